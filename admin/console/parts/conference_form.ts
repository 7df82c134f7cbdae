/** The form of a new conference: lines that come and go, defaults that follow. */

import { post } from '../../../web/ts/api.ts';
import { t } from '../../../web/ts/i18n.ts';
import { attempt } from './errors.ts';

export function installConferenceForm(): void {
  const form = document.querySelector<HTMLFormElement>('[data-conference-form]');
  if (!form) return;
  form.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const add = target?.closest<HTMLElement>('[data-add]')?.dataset['add'];
    if (add !== undefined) addRow(form, add);
    const row = target?.closest('[data-remove]')?.closest<HTMLElement>('[data-row]');
    if (row && (row.parentElement?.children.length ?? 0) > 1) row.remove();
    follow(form);
  });
  form.addEventListener('input', () => {
    follow(form);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const button = form.querySelector('[data-testid=create]') ?? form;
    void attempt(button, async () => {
      const made = await post<{ id: number }>('/api/conferences', order(form));
      location.assign(`/conferences/${made.id}/people`);
    });
  });
  follow(form);
}

function addRow(form: HTMLFormElement, name: string): void {
  const list = form.querySelector<HTMLElement>(`[data-repeat="${name}"]`);
  const last = list?.lastElementChild;
  if (!list || !(last instanceof HTMLElement)) return;
  const row = last.cloneNode(true) as HTMLElement;
  for (const input of row.querySelectorAll('input')) {
    if (input.name === 'title' || input.name === 'name') input.value = '';
  }
  list.append(row);
  row.querySelector('input')?.focus();
}

/** Show only what the chosen step needs, and say what an empty threshold means. */
function follow(form: HTMLFormElement): void {
  const step = chosenStep(form);
  const title = field(form, 'title');
  if (step && title && title.dataset['typed'] === undefined) {
    if (title.value === '' || title.value === title.dataset['proposed']) {
      title.value = step.dataset['title'] ?? '';
      title.dataset['proposed'] = title.value;
    }
  }
  const quota = step?.dataset['quota'] === 'yes';
  for (const one of form.querySelectorAll<HTMLElement>('[data-quota-field]')) {
    one.hidden = !quota; // asked for when that step's conference is opened
    const input = one.querySelector('input');
    if (!input) continue;
    input.required = quota;
    input.disabled = !quota;
  }
  const members = form.querySelector<HTMLElement>('[data-members-field]');
  if (members) members.hidden = step?.dataset['members'] !== 'yes';
  followThreshold(form);
}

function followThreshold(form: HTMLFormElement): void {
  const size = rows(form, 'committee').length;
  const threshold = number(field(form, 'threshold'));
  const all = threshold !== null && threshold === size;
  const words = form.querySelector('[data-threshold-words]');
  if (words) {
    words.textContent = all
      ? t('new.threshold_all', { size })
      : t('new.threshold_default', { threshold: Math.floor(size / 2) + 1, size });
  }
  const override = form.querySelector<HTMLElement>('[data-override]');
  const input = override?.querySelector('input');
  if (!override || !input) return;
  override.hidden = !all;
  input.required = all;
  if (!all) input.value = '';
}

function order(form: HTMLFormElement): object {
  const step = chosenStep(form);
  return {
    procedure: step?.dataset['procedure'] ?? '',
    step: step?.value ?? '',
    title: text(field(form, 'title')),
    office: text(field(form, 'office')),
    place: text(field(form, 'place')),
    starts_at: new Date(text(field(form, 'starts_at'))).toISOString(),
    members: number(field(form, 'members')),
    positions: rows(form, 'positions').map((row) => ({
      title: text(field(row, 'title')),
      term: text(field(row, 'term')),
      quota: number(field(row, 'quota')),
    })),
    committee: rows(form, 'committee').map((row) => ({
      name: text(field(row, 'name')),
      role: text(field(row, 'role')),
    })),
    threshold: number(field(form, 'threshold')),
    override: text(field(form, 'override')),
  };
}

function chosenStep(form: HTMLFormElement): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>('input[name=step]:checked');
}

function rows(form: HTMLFormElement, name: string): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>(`[data-repeat="${name}"] > [data-row]`)];
}

function field(place: HTMLElement, name: string): HTMLInputElement | null {
  return place.querySelector<HTMLInputElement>(`input[name="${name}"]`);
}

function text(input: HTMLInputElement | null): string {
  return input?.value.trim() ?? '';
}

function number(input: HTMLInputElement | null): number | null {
  const value = input?.disabled ? '' : text(input);
  return value === '' ? null : Number(value);
}
