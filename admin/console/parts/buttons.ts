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
