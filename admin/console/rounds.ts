/** The pages of planning rounds: what a form that speaks JSON cannot do by itself. */

import { get, post } from '../../web/ts/api.ts';
import { loadTexts, t } from '../../web/ts/i18n.ts';
import { open } from './parts/buttons.ts';
import { attempt } from './parts/errors.ts';
import { field, text } from './parts/fields.ts';

interface Person {
  readonly id: number;
  readonly name: string;
  readonly birth: string;
  readonly post: string;
  readonly unit: string;
}

const PAUSE_MS = 150; // between two keys, before the register is asked

/** Go where the answer's number leads: `data-goes="/rounds/{id}"` in a form. */
function followAnswers(): void {
  document.addEventListener('done', (event) => {
    if (!(event instanceof CustomEvent) || !(event.target instanceof HTMLElement)) return;
    const goes = event.target.querySelector<HTMLElement>('[data-goes]')?.dataset['goes'];
    const { id } = event.detail as { id?: number };
    if (goes !== undefined && id !== undefined) location.assign(goes.replace('{id}', String(id)));
  });
}

/** Open the dialog that is about the pressed line, with its name and its address. */
function installDialogs(): void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const changed = target?.closest<HTMLElement>('[data-changes]');
    if (changed) showChoices(changed);
    const chosen = target?.closest<HTMLElement>('[data-needs]');
    if (chosen) void choose(chosen);
    const edited = target?.closest<HTMLElement>('[data-edits-position]');
    if (edited) showPosition(edited);
    const here = target?.closest<HTMLElement>('[data-opens-here]');
    if (here) {
      event.preventDefault();
      open(here.dataset['opensHere'] ?? '');
    }
    if (target?.closest('[data-prints]')) print();
  });
}

let about: DOMStringMap = {}; // the line of somebody that the dialogs are about

const VERBS: Readonly<Record<string, string>> = {
  exit: 'exit', removal: 'propose-removal', withdraw: 'withdraw',
};

/** Offer what is open to somebody as they stand. */
function showChoices(button: HTMLElement): void {
  about = { ...button.dataset };
  const may = (about['may'] ?? '').split(' ');
  const dialog = open('change');
  nameIn(dialog);
  for (const choice of dialog.querySelectorAll<HTMLElement>('[data-needs]')) {
    choice.hidden = !may.includes(choice.dataset['needs'] ?? '');
  }
}

/** Do what was chosen at once, or ask for what it needs. */
async function choose(choice: HTMLElement): Promise<void> {
  const id = choice.dataset['leads'] ?? '';
  const path = `/api/entries/${about['changes']}`;
  if (id === '') {
    await attempt(choice, async () => {
      await post(`${path}/keep`);
      location.reload();
    });
    return;
  }
  choice.closest('dialog')?.close();
  const dialog = open(id);
  nameIn(dialog);
  const form = dialog.querySelector('form');
  if (form) form.dataset['api'] = `${path}/${VERBS[id]}`;
  showOnly(dialog.querySelector('select'), about['position']);
}

function nameIn(dialog: HTMLElement): void {
  const title = dialog.querySelector('[data-name]');
  if (title) title.textContent = about['name'] ?? '';
}

/** Offer only the options that belong to what was chosen before. */
function showOnly(select: HTMLSelectElement | null, of: string | undefined): void {
  if (!select) return;
  for (const option of select.options) {
    option.hidden = option.disabled = option.dataset['of'] !== of;
  }
  const chosen = select.selectedOptions[0];
  if (!chosen || chosen.disabled) {
    select.value = [...select.options].find((option) => !option.disabled)?.value ?? '';
  }
}

function showPosition(button: HTMLElement): void {
  const dialog = open('edit-position');
  const form = dialog.querySelector('form');
  if (!form) return;
  form.dataset['api'] = `/api/positions/${button.dataset['editsPosition']}`;
  const values = JSON.parse(button.dataset['values'] ?? '{}') as Record<string, unknown>;
  for (const [name, value] of Object.entries(values)) {
    const input = field(form, name);
    if (input) input.value = value === null ? '' : String(value);
  }
}

function installStart(): void {
  const form = document.querySelector<HTMLFormElement>('[data-start-form]');
  if (!form) return;
  const follow = (): void => {
    const level = field(form, 'level');
    const place = form.querySelector<HTMLElement>('[data-level-field]');
    if (!(level instanceof HTMLSelectElement) || !place) return;
    showOnly(level, text(form, 'procedure'));
    place.hidden = [...level.options].every((option) => option.disabled);
  };
  form.addEventListener('change', follow);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void attempt(form, async () => {
      const ticked = [...form.querySelectorAll<HTMLInputElement>('[name=positions]:checked')];
      await post(form.dataset['startForm'] ?? '', {
        procedure: text(form, 'procedure'),
        level: text(form, 'level'),
        positions: ticked.map((one) => Number(one.value)),
      });
      location.reload();
    });
  });
  follow();
}

/** Adding people: search the register, press once for each, then finish. */
class Adding {
  readonly #dialog: HTMLElement;
  #position = '';
  #added = 0;

  constructor(dialog: HTMLElement) {
    this.#dialog = dialog;
  }

  listen(): void {
    document.addEventListener('click', (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const button = target?.closest<HTMLElement>('[data-adds-to]');
      if (button) this.#begin(button);
      if (target?.closest('[data-finish]')) this.#finish();
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    field(this.#dialog, 'q')?.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => void this.#search(), PAUSE_MS);
    });
    this.#dialog.closest('dialog')?.addEventListener('close', () => {
      if (this.#added > 0) location.reload();
    });
  }

  #begin(button: HTMLElement): void {
    this.#position = button.dataset['addsTo'] ?? '';
    const title = this.#dialog.querySelector('[data-name]');
    if (title) title.textContent = button.dataset['title'] ?? '';
    open('add-entry');
    field(this.#dialog, 'q')?.focus();
    void this.#search();
  }

  #finish(): void {
    this.#dialog.closest('dialog')?.close();
  }

  async #search(): Promise<void> {
    await attempt(this.#dialog, async () => {
      await loadTexts().catch(() => undefined);
      const asked = text(this.#dialog, 'q');
      const found = await get<{ people: readonly Person[] }>(
        `/api/people?q=${encodeURIComponent(asked)}`,
      );
      if (asked !== text(this.#dialog, 'q')) return;
      this.#list().replaceChildren(...found.people.map((person) => this.#line(person)));
      if (found.people.length === 0) this.#list().textContent = t('round.nobody_found');
    });
  }

  #line(person: Person): HTMLElement {
    const line = document.createElement('li');
    const words = document.createElement('span');
    const more = document.createElement('small');
    words.textContent = person.name;
    more.textContent = [person.birth, person.post, person.unit].filter(Boolean).join(' · ');
    words.append(more);
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'btn small';
    button.dataset['testid'] = `add-person-${person.id}`;
    button.textContent = t('round.add_this');
    button.addEventListener('click', () => void attempt(button, () => this.#add(person, button)));
    line.append(words, button);
    return line;
  }

  async #add(person: Person, button: HTMLButtonElement): Promise<void> {
    await post(`/api/positions/${this.#position}/entries`, {
      person: person.id,
      standing: text(this.#dialog, 'standing'),
      origin: text(this.#dialog, 'origin'),
    });
    this.#added += 1;
    button.disabled = true;
    button.textContent = t('round.added');
  }

  #list(): HTMLElement {
    const list = this.#dialog.querySelector<HTMLElement>('[data-found]');
    if (!list) throw new TypeError('no list for who was found');
    return list;
  }
}

followAnswers();
installDialogs();
installStart();
const adding = document.querySelector<HTMLElement>('[data-add-entry]');
if (adding) new Adding(adding).listen();
