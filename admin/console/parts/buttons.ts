/**
 * Buttons: `data-post` posts at once, `data-opens` opens a dialog, `data-close` closes
 * it. `data-sure` asks a question first, in the page's `#sure` dialog.
 */

import { post } from '../../../web/ts/api.ts';
import { attempt } from './errors.ts';
import { refresh } from './live.ts';

export function installButtons(): void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest<HTMLElement>('[data-opens], [data-close], [data-post]');
    if (!button || button.hasAttribute('disabled')) return;
    if (button.dataset['close'] !== undefined) button.closest('dialog')?.close();
    else if (button.dataset['opens'] !== undefined) open(button.dataset['opens']);
    else void attempt(button, () => send(button));
  });
  document.addEventListener('done', follow);
}

/** Open a dialog of this page. */
export function open(id: string): HTMLDialogElement {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement)) throw new TypeError(`no dialog ${id}`);
  if (!dialog.open) dialog.showModal();
  return dialog;
}

async function send(button: HTMLElement): Promise<void> {
  const { post: path, body, then, sure } = button.dataset;
  if (path === undefined || !(await agreed(sure))) return;
  await post(path, JSON.parse(body ?? '{}'));
  if (then === 'live') await refresh();
  else location.reload();
}

/** Ask; resolves to whether the person agreed. */
async function agreed(question: string | undefined): Promise<boolean> {
  if (question === undefined) return true;
  const dialog = open('sure');
  const words = dialog.querySelector('[data-sure-words]');
  if (words) words.textContent = question;
  return await new Promise((resolve) => {
    const yes = dialog.querySelector<HTMLElement>('[data-sure-yes]');
    let said = false;
    const agree = (): void => {
      said = true;
      dialog.close();
    };
    yes?.addEventListener('click', agree);
    dialog.addEventListener('close', () => {
      yes?.removeEventListener('click', agree);
      resolve(said);
    }, { once: true });
  });
}

/** A form with `data-next="/conferences/{id}"` goes on to what the answer names. */
function follow(event: Event): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset['next'] === undefined) return;
  const answer = (event as CustomEvent<Record<string, unknown>>).detail;
  location.assign(fill(form.dataset['next'], answer));
}

/** Put the fields of an answer into a path. */
export function fill(path: string, answer: Readonly<Record<string, unknown>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(answer[name] ?? '')));
}
