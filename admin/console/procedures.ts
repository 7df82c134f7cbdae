/** Adding a procedure of the office: a file is sent, its faults are listed. */

import { ApiError, post } from '../../web/ts/api.ts';
import { t } from '../../web/ts/i18n.ts';
import { tell } from './parts/errors.ts';

interface Fault {
  readonly step: string;
  readonly key: string;
  readonly message: string;
}

const form = document.querySelector<HTMLFormElement>('form[data-add-procedure]');
if (form) install(form);

function install(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type=file]');
  input?.addEventListener('change', () => {
    const file = input.files?.[0];
    input.value = ''; // the same file, mended, may be chosen again
    if (file) void send(form, file);
  });
  const zone = form.querySelector<HTMLElement>('[data-drop]');
  if (zone) acceptDrops(zone, (file) => void send(form, file));
}

function acceptDrops(zone: HTMLElement, take: (file: File) => void): void {
  for (const name of ['dragenter', 'dragover', 'dragleave', 'drop'] as const) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.toggle('is-over', name === 'dragenter' || name === 'dragover');
      const file = name === 'drop' ? event.dataTransfer?.files[0] : undefined;
      if (file) take(file);
    });
  }
}

async function send(form: HTMLFormElement, file: File): Promise<void> {
  const body = new FormData();
  body.set('file', file);
  tell(form, '');
  list(form, []);
  form.setAttribute('aria-busy', 'true');
  try {
    const added = await post<{ readonly id: string }>('/api/procedures', body);
    location.assign(`/procedures/${encodeURIComponent(added.id)}`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const faults = error.answer['faults'];
    if (Array.isArray(faults)) list(form, faults as Fault[]);
    tell(form, error.message || t('form.unreachable'));
  } finally {
    form.removeAttribute('aria-busy');
  }
}

function list(form: HTMLFormElement, faults: readonly Fault[]): void {
  const table = form.querySelector<HTMLElement>('[data-faults]');
  const rows = table?.querySelector('tbody');
  if (!table || !rows) return;
  table.hidden = faults.length === 0;
  rows.replaceChildren(...faults.map(row));
}

function row(fault: Fault): HTMLTableRowElement {
  const line = document.createElement('tr');
  for (const text of [fault.step, fault.key, fault.message]) {
    line.insertCell().textContent = text || '–';
  }
  return line;
}
