/** The roll call: search as one types; one press marks present and counts a card. */

import { post } from '../../../web/ts/api.ts';
import { open } from './buttons.ts';
import { attempt } from './errors.ts';
import { refresh } from './live.ts';

const FIELDS = '[data-search]';
const PAUSE_MS = 150; // between two keys, before the list is asked for

let chosen = ''; // the delegate that an open dialog is about

export function installRollCall(): void {
  installSearch();
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest<HTMLElement>('[data-present]');
    if (button) press(button);
    const back = target?.closest('[data-kept], [data-expected]')?.closest('form');
    if (back) finish(back, takenBack(false));
  });
  // On the document, because dialogs are replaced when the page is refreshed.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset['presenceForm'] === undefined) return;
    event.preventDefault();
    const undo = form.closest('dialog')?.id === 'undo';
    finish(form, undo ? takenBack(true) : absent(form));
  });
}

function press(button: HTMLElement): void {
  const { present: path, presence, name, reason, issue } = button.dataset;
  if (path === undefined) return;
  if (presence === 'present') {
    void attempt(button, () => mark(path, { presence, issue: issue === 'yes' }));
    return;
  }
  chosen = path;
  const dialog = open(presence === 'absent' ? 'absence' : 'undo');
  const title = dialog.querySelector('[data-name]');
  if (title) title.textContent = name ?? '';
  const field = dialog.querySelector<HTMLInputElement>('input[name=reason]');
  if (field) field.value = reason ?? '';
}

function absent(form: HTMLFormElement): object {
  return { presence: 'absent', reason: String(new FormData(form).get('reason') ?? '') };
}

function takenBack(returned: boolean): object {
  return { presence: 'expected', returned };
}

function finish(form: HTMLFormElement, order: object): void {
  void attempt(form, async () => {
    await post(chosen, order);
    form.closest('dialog')?.close();
    await refresh();
  });
}

async function mark(path: string, order: object): Promise<void> {
  await post(path, order);
  await refresh();
}

function installSearch(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  // On the document, because fields may be replaced when the page is refreshed.
  document.addEventListener('input', (event) => {
    if (!(event.target instanceof Element) || !event.target.matches(FIELDS)) return;
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE_MS);
  });
  const asked = new URL(location.href).searchParams;
  if (searched().some((field) => meant(field) !== (asked.get(field.name) ?? ''))) {
    search(); // somebody typed before this script was there
  }
}

function searched(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>(FIELDS)];
}

function search(): void {
  const address = new URL(location.href);
  address.searchParams.delete('page'); // of what was found before
  for (const field of searched()) {
    if (meant(field) === '') address.searchParams.delete(field.name);
    else address.searchParams.set(field.name, meant(field));
  }
  history.replaceState(null, '', address);
  void refresh();
}

/** What a field asks for; everybody is not a question. */
function meant(field: HTMLInputElement): string {
  return field.value === 'all' ? '' : field.value;
}
