/**
 * Keeping a page as the server has it, without touching what a person is doing.
 *
 * The page is fetched again and every `[data-live]` region that differs is replaced.
 * A region somebody is typing in, or with an open dialog, is left alone until later;
 * what is typed in a `[data-scratch]`, such as a calculator, keeps no page from reloading,
 * what is typed in a `form[data-keeps]` keeps it from that until it is saved.
 */

import { watch } from '../../../web/ts/realtime.ts';
import { asServed } from '../../../web/ts/tables.ts';

const TYPED = 'input, textarea, select';
const UNSAVED = 'dialog[open], [data-printed]:not([hidden]), form[data-unsaved]';
const FALLBACK_SECONDS = 20;

let latest = 0;

/** Follow the topic that the page names in `data-topic`. */
export function installLive(): void {
  const page = document.querySelector<HTMLElement>('[data-topic]');
  const topic = page?.dataset['topic'];
  if (!page || topic === undefined) return;
  const everySeconds = Number(page.dataset['poll'] ?? FALLBACK_SECONDS);
  watch(topic, refresh, { everySeconds });
  page.addEventListener('input', (event) => {
    const form = event.target instanceof Element ? event.target.closest('form[data-keeps]') : null;
    form?.setAttribute('data-unsaved', '');
  });
}

/** Fetch this page again and replace what changed. */
export async function refresh(): Promise<void> {
  const asked = (latest += 1);
  const response = await fetch(location.href, { cache: 'no-store' });
  if (!response.ok || asked !== latest) return;
  if (response.redirected) {
    location.reload(); // logged out meanwhile: show the login
    return;
  }
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (asked !== latest) return;
  if (stateOf(fresh) !== stateOf(document) && !busy()) {
    location.reload();
    return;
  }
  for (const region of document.querySelectorAll<HTMLElement>('[data-live]')) {
    const name = region.dataset['live'] ?? '';
    const newer = fresh.querySelector(`[data-live="${CSS.escape(name)}"]`);
    if (newer && newer.innerHTML !== asServed(region) && !inUse(region)) {
      replace(region, newer);
    }
  }
}

function stateOf(page: Document): string {
  return page.querySelector<HTMLElement>('[data-state]')?.dataset['state'] ?? '';
}

/** Whether a reload would lose something: typed text, a dialog, a printed sheet. */
function busy(): boolean {
  const active = document.activeElement;
  const typing = active?.matches(TYPED) === true && active.closest('[data-scratch]') === null;
  return typing || document.querySelector(UNSAVED) !== null;
}

function inUse(region: HTMLElement): boolean {
  const active = document.activeElement;
  return region.querySelector('dialog[open]') !== null
    || (active !== null && active.matches(TYPED) && region.contains(active));
}

function replace(region: HTMLElement, newer: Element): void {
  const active = document.activeElement;
  const focused = active instanceof HTMLElement && region.contains(active)
    ? active.dataset['testid'] : undefined;
  region.replaceChildren(...newer.childNodes);
  if (focused !== undefined) {
    region.querySelector<HTMLElement>(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
  }
}
