/**
 * Turning the pages of a long result or text, by itself or with the arrow keys of a clicker.
 *
 * Pages stand side by side in `[data-room]` and are scrolled to: which one is shown is
 * no part of the page's text, so a refresh of the text does not turn back.
 */

const TURN_MS = 12_000;
const KEYS: Readonly<Record<string, number>> = {
  ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1,
};

let shown = 0;
let of: string | undefined;
let turning: ReturnType<typeof setInterval> | undefined;

export function installPages(): void {
  const main = document.querySelector('[data-live="main"]');
  if (main) new MutationObserver(show).observe(main, { childList: true, subtree: true });
  addEventListener('resize', show);
  document.addEventListener('keydown', (event) => {
    const by = KEYS[event.key];
    if (by !== undefined) turn(by);
  });
  wind();
  show();
}

function turn(by: number): void {
  const count = Math.max(pages(), 1);
  shown = (shown + by + count) % count;
  wind();
  show();
}

/** A page turned by hand stays as long as any other. */
function wind(): void {
  clearInterval(turning);
  turning = setInterval(() => turn(1), TURN_MS);
}

function pages(): number {
  return room()?.children.length ?? 0;
}

function room(): HTMLElement | null {
  return document.querySelector('[data-room]');
}

function show(): void {
  const count = pages();
  const what = room()?.dataset['room'];
  if (what !== of) shown = 0; // another view begins with its first page
  of = what;
  if (shown >= count) shown = 0;
  const at = room();
  at?.scrollTo({ left: shown * at.clientWidth, behavior: 'instant' });
  const words = document.querySelector<HTMLElement>('[data-turn]');
  if (!words) return;
  words.hidden = count < 2;
  words.textContent = (words.dataset['words'] ?? '')
    .replace('{page}', `${shown + 1}`).replace('{count}', `${count}`);
}
