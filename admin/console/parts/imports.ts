/** Importing a list: by choosing or dropping a file; faults are named row by row. */

import { ApiError, post } from '../../../web/ts/api.ts';
import { t } from '../../../web/ts/i18n.ts';
import { tell } from './errors.ts';
import { refresh } from './live.ts';

interface Fault {
  readonly row: number;
  readonly column: string;
  readonly message: string;
}

export function installImports(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-import]')) {
    const input = form.querySelector<HTMLInputElement>('input[type=file]');
    const zone = form.querySelector<HTMLElement>('[data-drop]');
    if (!input || !zone) continue;
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      input.value = ''; // the same file, mended, may be chosen again
      if (file) void send(form, file);
    });
    acceptDrops(zone, (file) => void send(form, file));
  }
}

function acceptDrops(zone: HTMLElement, take: (file: File) => void): void {
  const show = (over: boolean) => (event: Event): void => {
    event.preventDefault();
    zone.classList.toggle('is-over', over);
  };
  zone.addEventListener('dragenter', show(true));
  zone.addEventListener('dragover', show(true));
  zone.addEventListener('dragleave', show(false));
  zone.addEventListener('drop', (event) => {
    show(false)(event);
    const file = event.dataTransfer?.files[0];
    if (file) take(file);
  });
}

async function send(form: HTMLFormElement, file: File): Promise<void> {
  const body = new FormData();
  body.set('file', file);
  tell(form, '');
  list(form, []);
  form.setAttribute('aria-busy', 'true');
  try {
    const answer = await post(form.dataset['import'] ?? '', body);
    form.dispatchEvent(new CustomEvent('imported', { detail: answer, bubbles: true }));
    await refresh();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const faults = error.answer['faults'];
    if (Array.isArray(faults)) list(form, faults as Fault[]);
    else tell(form, error.message || t('form.unreachable'));
  } finally {
    form.removeAttribute('aria-busy');
  }
}

function list(form: HTMLFormElement, faults: readonly Fault[]): void {
  const table = form.querySelector<HTMLElement>('[data-faults]');
  const body = table?.querySelector('tbody');
  if (!table || !body) return;
  table.hidden = faults.length === 0;
  body.replaceChildren(...faults.map(line));
}

function line(fault: Fault): HTMLTableRowElement {
  const row = document.createElement('tr');
  const texts = [fault.row > 0 ? String(fault.row) : '–', fault.column, fault.message];
  for (const [index, text] of texts.entries()) {
    const cell = row.insertCell();
    cell.textContent = text;
    if (index === 0) cell.className = 'count';
    if (index === 1) cell.className = 'name';
  }
  return row;
}
