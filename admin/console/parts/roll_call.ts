/** The roll call: search as one types; one press marks present and counts a card. */

import { post } from '../../../web/ts/api.ts';
import { open } from './buttons.ts';
import { attempt } from './errors.ts';
import { refresh } from './live.ts';

const PAUSE_MS = 150; // between two keys, before the list is asked for

let chosen = ''; // the delegate that an open dialog is about

export function installRollCall(): void {
  installSearch();
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest<HTMLElement>('[data-present]');
    if (button) press(button);
  });
  for (const form of document.querySelectorAll<HTMLFormElement>('[data-presence-form]')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const undo = form.closest('dialog')?.id === 'undo';
      finish(form, undo ? takenBack(true) : absent(form));
    });
    form.querySelector('[data-kept]')?.addEventListener('click', () => finish(form, takenBack(false)));
    form.querySelector('[data-expected]')?.addEventListener('click', () => finish(form, takenBack(false)));
  }
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
  const fields = [...document.querySelectorAll<HTMLInputElement>('[data-search]')];
  let timer: ReturnType<typeof setTimeout> | undefined;
  for (const field of fields) {
    field.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        search(fields);
      }, PAUSE_MS);
    });
  }
}

function search(fields: readonly HTMLInputElement[]): void {
  const address = new URL(location.href);
  for (const field of fields) {
    if (field.value === '' || field.value === 'all') address.searchParams.delete(field.name);
    else address.searchParams.set(field.name, field.value);
  }
  history.replaceState(null, '', address);
  void refresh();
}
