/**
 * "Tải bảng (XLSX)" under every table of a page, also under those that appear later.
 *
 * What is shown is read when somebody presses the button, sent to our own service,
 * which writes the file and keeps nothing (`web/tables.py`). A table that is
 * `data-no-sheet` is not offered, and nothing is on the room's display.
 */

import { ApiError, postForFile } from './api.ts';
import { pageLocale, t } from './i18n.ts';
import { fileName, readList, readRows, textOf, type Part, type Sheet } from './sheet.ts';

const LONGEST_TITLE = 300;
const TABLES = 'table, [data-sheet-list]';
const HEADINGS = 'h1, h2, h3, h4, legend';
/** What stands on a page because of us; a page that compares itself leaves it out. */
export const ADDED = 'data-sheet-line';

/** Offer every table of this page, now and later; texts must be loaded. */
export function installTables(root: HTMLElement = document.body): void {
  if (root.matches('.display-body')) return;
  offerAll(root);
  new MutationObserver(() => offerAll(root)).observe(root, { childList: true, subtree: true });
  root.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest<HTMLButtonElement>(`[${ADDED}] button`);
    if (button) void download(button);
  });
}

/** The HTML of a region as the server sent it: without what was added here. */
export function asServed(region: HTMLElement): string {
  if (region.querySelector(`[${ADDED}]`) === null) return region.innerHTML;
  const copy = region.cloneNode(true) as HTMLElement;
  for (const line of copy.querySelectorAll(`[${ADDED}]`)) line.remove();
  return copy.innerHTML;
}

/** What the file of a table or list says. */
export function sheetOf(source: HTMLElement): Sheet {
  const read = source instanceof HTMLTableElement ? readRows : readList;
  const title = titleOf(source) || t('table.title');
  const page = firstLine(document.querySelector('h1'));
  const place = firstLine(document.querySelector('[data-sheet-note], .topbar-title'));
  const note = [place, page].filter((part) => part !== '' && part !== title).join(' · ');
  const short = (text: string): string => text.slice(0, LONGEST_TITLE);
  return { title: short(title), note: short(note), ...read(source as unknown as Part, pageLocale()) };
}

function offerAll(root: HTMLElement): void {
  for (const line of root.querySelectorAll(`[${ADDED}]`)) {
    if (!line.previousElementSibling?.matches(TABLES)) line.remove(); // its table is gone
  }
  for (const source of root.querySelectorAll<HTMLElement>(TABLES)) {
    if (source.nextElementSibling?.hasAttribute(ADDED)) continue;
    if (source.closest('[data-no-sheet], template') === null) source.after(offer(source));
  }
}

function offer(source: HTMLElement): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn small quiet';
  button.textContent = t('table.download');
  button.dataset['testid'] = 'download-table';
  button.setAttribute('aria-label', t('table.download_of', { title: titleOf(source) }));
  const line = document.createElement('p');
  line.className = 'sheet-line no-print';
  line.setAttribute(ADDED, '');
  line.append(button);
  return line;
}

async function download(button: HTMLButtonElement): Promise<void> {
  const line = button.parentElement;
  const source = line?.previousElementSibling;
  if (!(source instanceof HTMLElement) || button.disabled) return;
  const sheet = sheetOf(source);
  button.disabled = true;
  line?.querySelector('[role=alert]')?.remove();
  try {
    save(await postForFile('/api/table.xlsx', sheet), fileName(sheet.title));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    line?.append(complaint(error.message));
  } finally {
    button.disabled = false;
  }
}

function complaint(message: string): HTMLElement {
  const words = document.createElement('span');
  words.setAttribute('role', 'alert');
  words.textContent = t('table.failed', { message });
  return words;
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** What a table is called: its caption or label, or the heading that it stands under. */
function titleOf(source: HTMLElement): string {
  const own = source.querySelector('caption') ?? undefined;
  const named = own === undefined ? source.getAttribute('aria-label') ?? '' : firstLine(own);
  return named || firstLine(headingBefore(source));
}

function headingBefore(source: HTMLElement): Element | null {
  const before = [...document.querySelectorAll(HEADINGS)].filter((heading) =>
    (heading.compareDocumentPosition(source) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
    && heading.closest('[hidden], dialog, template') === source.closest('[hidden], dialog, template'));
  return before.at(-1) ?? document.querySelector('h1');
}

function firstLine(element: Element | null): string {
  return element === null ? '' : textOf(element as unknown as Part).split('\n')[0] ?? '';
}
