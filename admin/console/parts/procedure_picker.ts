/** Choosing one of many procedures: searched as one types, without diacritics. */

import { open } from './buttons.ts';

/** Fold a text as the service folds names: no diacritics, no capitals, đ as d. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase().replaceAll('đ', 'd')
    .replace(/\s+/g, ' ').trim();
}

/** Whether every word of a search is found in a folded text. */
export function matches(foundBy: string, asked: string): boolean {
  return fold(asked).split(' ').every((word) => foundBy.includes(word));
}

let chosen: ((procedure: string) => void) | undefined;

/** Ask for a procedure; `then` is told which one. */
export function pickProcedure(then: (procedure: string) => void): void {
  chosen = then;
  const dialog = open('procedures');
  const search = dialog.querySelector<HTMLInputElement>('[data-picker-search]');
  if (!search) return;
  search.value = '';
  narrow(dialog, '');
  search.focus();
}

export function installPicker(): void {
  const dialog = document.querySelector<HTMLDialogElement>('[data-picker]');
  if (!dialog) return;
  dialog.addEventListener('input', (event) => {
    if (event.target instanceof HTMLInputElement) narrow(dialog, event.target.value);
  });
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    dialog.querySelector<HTMLElement>('[data-pick]:not([hidden])')?.click();
  });
  dialog.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const procedure = target?.closest<HTMLElement>('[data-pick]')?.dataset['pick'];
    if (procedure === undefined) return;
    dialog.close();
    chosen?.(procedure);
  });
}

function narrow(dialog: HTMLElement, asked: string): void {
  let found = 0;
  for (const one of dialog.querySelectorAll<HTMLElement>('[data-pick]')) {
    one.hidden = !matches(one.dataset['foundBy'] ?? '', asked);
    if (!one.hidden) found += 1;
  }
  for (const group of dialog.querySelectorAll<HTMLElement>('[data-picker-group]')) {
    group.hidden = group.querySelector('[data-pick]:not([hidden])') === null;
  }
  const none = dialog.querySelector<HTMLElement>('[data-picker-none]');
  if (none) none.hidden = found > 0;
}
