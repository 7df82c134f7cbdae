/** The register of people: what an import did, and the dialog of one person. */

import { get, post } from '../../../web/ts/api.ts';
import { number, t } from '../../../web/ts/i18n.ts';
import { attempt } from './errors.ts';
import { refresh } from './live.ts';

/** Somebody as the API says them. */
interface Person {
  readonly evaluations: Readonly<Record<string, string>>;
  readonly roles: readonly string[];
  readonly [field: string]: unknown;
}

interface Imported {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly ignored: readonly string[];
}

let path = ''; // where the open dialog is saved to

export function installRegister(): void {
  const form = document.querySelector<HTMLFormElement>('[data-person-form]');
  document.addEventListener('imported', (event) => {
    if (event instanceof CustomEvent) tellImported(event);
  });
  if (!form) return;
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const who = target?.closest<HTMLElement>('[data-person]')?.dataset['person'];
    if (who !== undefined) void attempt(form, () => show(form, who));
    const label = target?.closest<HTMLElement>('[data-chip]')?.dataset['chip'];
    if (label !== undefined) toggle(form, label);
  });
  form.addEventListener('input', () => {
    followChips(form);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void attempt(form, async () => {
      await post(path, order(form));
      form.closest('dialog')?.close();
      await refresh();
    });
  });
}

function tellImported(event: CustomEvent): void {
  const form = event.target instanceof Element ? event.target : null;
  const line = form?.querySelector<HTMLElement>('[data-imported]');
  if (!line) return;
  const done = event.detail as Imported;
  const sentences = [t('register.imported', {
    added: number(done.added),
    updated: number(done.updated),
    unchanged: number(done.unchanged),
  })];
  if (done.ignored.length > 0) {
    sentences.push(t('register.ignored', { titles: done.ignored.join(', ') }));
  }
  line.textContent = sentences.join(' ');
  line.hidden = false;
}

async function show(form: HTMLFormElement, who: string): Promise<void> {
  form.reset();
  const known = who !== 'new';
  path = known ? `/api/people/${who}` : '/api/people/one';
  const title = form.querySelector<HTMLElement>('#person-title');
  if (title) title.textContent = title.dataset[known ? 'known' : 'new'] ?? '';
  const person = known ? await get<Person>(path) : { evaluations: {}, roles: [] };
  for (const field of named(form)) {
    const value = (person as Person)[field.name];
    if (typeof value === 'string') field.value = value;
  }
  rolesOf(form).value = person.roles.join('; ');
  showYears(form, person.evaluations);
  followChips(form);
}

/** One field for each of the last years, and for each year that has a grade. */
function showYears(form: HTMLFormElement, grades: Readonly<Record<string, string>>): void {
  const place = form.querySelector<HTMLElement>('[data-evaluations]');
  const shape = form.querySelector<HTMLTemplateElement>('template[data-evaluation]');
  if (!place || !shape) return;
  const recent = (place.dataset['years'] ?? '').split(' ');
  const years = [...new Set([...recent, ...Object.keys(grades)])].sort();
  place.replaceChildren(...years.map((year) => {
    const row = shape.content.cloneNode(true) as DocumentFragment;
    const label = row.querySelector('span');
    const input = row.querySelector('input');
    if (label) label.textContent = year;
    if (input) {
      input.dataset['year'] = year;
      input.dataset['testid'] = `grade-${year}`;
      input.value = grades[year] ?? '';
    }
    return row;
  }));
}

function order(form: HTMLFormElement): object {
  const fields = named(form).map((field) => [field.name, field.value.trim()] as const);
  const grades = [...form.querySelectorAll<HTMLInputElement>('[data-year]')]
    .filter((field) => field.value.trim() !== '')
    .map((field) => [field.dataset['year'] ?? '', field.value.trim()] as const);
  return {
    ...Object.fromEntries(fields),
    roles: written(form),
    evaluations: Object.fromEntries(grades),
  };
}

function named(form: HTMLFormElement): (HTMLInputElement | HTMLSelectElement)[] {
  return [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>(
    'input[name], select[name]',
  )];
}

function rolesOf(form: HTMLFormElement): HTMLTextAreaElement {
  const field = form.querySelector<HTMLTextAreaElement>('textarea[name=roles]');
  if (!field) throw new TypeError('the form has no roles');
  return field;
}

function written(form: HTMLFormElement): string[] {
  return rolesOf(form).value.split(';').map((label) => label.trim()).filter(Boolean);
}

function toggle(form: HTMLFormElement, label: string): void {
  const held = written(form);
  const left = held.filter((each) => each !== label);
  rolesOf(form).value = (left.length < held.length ? left : [...held, label]).join('; ');
  followChips(form);
}

function followChips(form: HTMLFormElement): void {
  const held = new Set(written(form));
  for (const chip of form.querySelectorAll<HTMLElement>('[data-chip]')) {
    chip.setAttribute('aria-pressed', String(held.has(chip.dataset['chip'] ?? '')));
  }
}
