/**
 * Printing a page: the time of printing, and what stands on every sheet.
 *
 * The margins of a sheet can be written by a style sheet alone; this one is made when
 * somebody prints, from the page's own title, the time, and whether it is a demo.
 */

/** Print on demand, and write the margins before anything is printed. */
export function installPrinting(): void {
  document.addEventListener('click', (event) => {
    const target = event.target;
    if (target instanceof Element && target.closest('[data-print]')) print();
  });
  const margins = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, margins];
  addEventListener('beforeprint', () => writeMargins(margins));
}

/** A moment as the server writes it: 14:00, 18/03/2026. */
export function moment(time: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = [two(time.getDate()), two(time.getMonth() + 1), time.getFullYear()].join('/');
  return `${two(time.getHours())}:${two(time.getMinutes())}, ${day}`;
}

/** A text as a string of CSS; line breaks and quotes cannot end it. */
export function cssString(text: string): string {
  const escaped = text.replace(/["\\\n\r\f]/g, (one) => `\\${one.codePointAt(0)?.toString(16)} `);
  return `"${escaped}"`;
}

/** The rules of the sheets' margins. */
export function marginRules(title: string, printed: string, demo: string): string {
  const mark = demo === '' ? '' : `@top-center { content: ${cssString(demo)}; }`;
  const first = '@page :first { @top-center { content: none; } }'; // the page says it there
  return `@page {
    @bottom-left { content: ${cssString(`${title} · ${printed}`)}; }
    @bottom-right { content: counter(page) " / " counter(pages); }
    ${mark}
  }
  ${first}`;
}

function writeMargins(margins: CSSStyleSheet): void {
  const now = moment(new Date());
  for (const place of document.querySelectorAll<HTMLElement>('[data-printed-at]')) {
    const words = place.dataset['printedAt'] ?? '';
    place.textContent = words.replace('{moment}', now);
  }
  const printed = document.querySelector('[data-printed-at]')?.textContent ?? now;
  const demo = document.querySelector('.demo-mark')?.textContent ?? '';
  margins.replaceSync(marginRules(shortTitle(), printed, demo));
}

function shortTitle(): string {
  const title = document.title.replace(/ · phieukin$/, '').replace(/\s+/g, ' ').trim();
  return title.length > 60 ? `${title.slice(0, 59)}…` : title;
}
