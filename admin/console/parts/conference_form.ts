/** The form of a new conference: ballots that come and go, defaults that follow. */

import { post } from '../../../web/ts/api.ts';
import { t } from '../../../web/ts/i18n.ts';
import { BallotCard, type Item, type Planned } from './ballot_card.ts';
import { attempt } from './errors.ts';
import { field, number, rows, text } from './fields.ts';
import { installPicker, pickProcedure } from './procedure_picker.ts';

interface Made {
  readonly id: number;
}

export function installConferenceForm(): void {
  const form = document.querySelector<HTMLFormElement>('[data-conference-form]');
  const list = form?.querySelector<HTMLElement>('[data-ballots]');
  if (!form || !list) return;
  installPicker();
  new ConferenceForm(form, list).begin();
}

class ConferenceForm {
  readonly #form: HTMLFormElement;
  readonly #list: HTMLElement;
  readonly #planned: readonly Planned[];
  readonly #cards: BallotCard[] = [];

  constructor(form: HTMLFormElement, list: HTMLElement) {
    this.#form = form;
    this.#list = list;
    this.#planned = JSON.parse(form.dataset['planned'] ?? '[]') as Planned[];
  }

  begin(): void {
    const [first] = this.#planned;
    const [procedure = '', step] = (first?.key ?? this.#form.dataset['first'] ?? '').split('/');
    if (first) this.#add().plan(first);
    else if (procedure !== '') this.#add().choose(procedure, step);
    const add = this.#form.querySelector<HTMLElement>('[data-add-ballot]');
    // A round's sitting has the ballots that its instances have, and no others.
    if (first && add?.parentElement) add.parentElement.hidden = true;
    this.#form.addEventListener('click', (event) => {
      if (event.target instanceof Element) this.#press(event.target);
    });
    this.#form.addEventListener('input', () => {
      this.#follow();
    });
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      const button = this.#form.querySelector('[data-testid=create]') ?? this.#form;
      void attempt(button, () => this.#send());
    });
    this.#follow();
  }

  #add(): BallotCard {
    const card = new BallotCard(this.#list);
    this.#cards.push(card);
    return card;
  }

  #press(target: Element): void {
    const card = this.#cards.find((one) => one.element.contains(target));
    if (target.closest('[data-add-ballot]')) pickProcedure((id) => this.#begun(id));
    else if (card && target.closest('[data-change-procedure]')) {
      pickProcedure((id) => {
        card.choose(id);
        this.#follow();
      });
    } else if (card && target.closest('[data-remove-ballot]')) this.#remove(card);
    const together = target.closest<HTMLElement>('[data-together]')?.dataset['together'];
    if (together !== undefined) this.#addTogether(together);
    const added = target.closest<HTMLElement>('[data-add]')?.dataset['add'];
    if (added === 'positions') card?.addPosition();
    else if (added === 'committee') addMember(this.#form);
    const row = target.closest('[data-remove]')?.closest<HTMLElement>('[data-row]');
    if (row && (row.parentElement?.children.length ?? 0) > 1) row.remove();
    this.#follow();
  }

  #begun(procedure: string): void {
    const card = this.#add();
    card.choose(procedure);
    this.#follow();
    card.element.scrollIntoView({ block: 'start' });
  }

  #addTogether(key: string): void {
    const planned = this.#planned.find((one) => one.key === key);
    const [procedure = '', step] = key.split('/');
    const [first] = this.#cards;
    const card = this.#add();
    if (planned) card.plan(planned);
    else card.choose(procedure, step);
    if (first) card.takeAfter(first);
  }

  #remove(card: BallotCard): void {
    if (this.#cards.length < 2) return;
    this.#cards.splice(this.#cards.indexOf(card), 1);
    card.element.remove();
  }

  /** Show only what the chosen steps need, and say what an empty field means. */
  #follow(): void {
    for (const card of this.#cards) card.showStep();
    const keys = new Set(this.#cards.map((card) => card.key));
    const alone = this.#cards.length < 2;
    for (const [place, card] of this.#cards.entries()) {
      card.follow(alone ? t('new.procedure') : t('form.ballot', { number: place + 1 }), alone);
      card.offerTogether(keys, (key) => this.#planned.length === 0
        || this.#planned.some((one) => one.key === key));
    }
    proposeTitle(this.#form, this.#cards[0]?.step?.['title'] ?? '');
    const members = this.#form.querySelector<HTMLElement>('[data-members-field]');
    if (members) ask(members, this.#cards.some((card) => card.base === 'members'));
    followCommittee(this.#form);
    followThreshold(this.#form);
  }

  async #send(): Promise<void> {
    const items = this.#cards.map((card) => card.item());
    const [first, ...others] = items;
    if (!first) return;
    const made = first.instance === null
      ? await post<Made>('/api/conferences', { ...sitting(this.#form), items })
      : await post<Made>(
        `/api/instances/${first.instance}/steps/${first.step}/conference`,
        {
          ...sitting(this.#form),
          choices: first.choices,
          with: others.map(planned),
          quotas: quotas(items),
        },
      );
    location.assign(`/conferences/${made.id}/people`);
  }
}

function planned(item: Item): object {
  return { instance: item.instance, step: item.step, choices: item.choices };
}

/** How many may pass, by the position of the round's plan. */
function quotas(items: readonly Item[]): Record<string, number> {
  const positions = items.flatMap((item) => item.positions);
  return Object.fromEntries(positions.flatMap(({ planned_position: id, quota }) =>
    id === null || quota === null ? [] : [[String(id), quota]]));
}

/** What holds for the whole sitting, whatever is balloted on. */
function sitting(form: HTMLFormElement): object {
  const keyOf = number(form, 'key_of');
  return {
    title: text(form, 'conference'),
    office: text(form, 'office'),
    place: text(form, 'place'),
    starts_at: new Date(text(form, 'starts_at')).toISOString(),
    members: number(form, 'members'),
    committee: keyOf === null
      ? rows(form, 'committee').map((row) => ({ name: text(row, 'name'), role: text(row, 'role') }))
      : [],
    threshold: keyOf === null ? number(form, 'threshold') : null,
    override: keyOf === null ? text(form, 'override') : '',
    key_of: keyOf,
  };
}

function addMember(form: HTMLFormElement): void {
  const last = rows(form, 'committee').at(-1);
  const row = last?.cloneNode(true);
  if (!(row instanceof HTMLElement)) return;
  const name = field(row, 'name');
  if (name) name.value = '';
  last?.after(row);
  name?.focus();
}

/** Propose the step's name as title until somebody writes another. */
function proposeTitle(form: HTMLFormElement, proposed: string): void {
  const title = field(form, 'conference');
  if (!title || (title.value !== '' && title.value !== title.dataset['proposed'])) return;
  title.value = proposed;
  title.dataset['proposed'] = proposed;
}

/** Keep the committee of an earlier conference as it is, or ask for one. */
function followCommittee(form: HTMLFormElement): void {
  const list = field(form, 'key_of');
  const own = form.querySelector<HTMLElement>('[data-own-committee]');
  const shown = form.querySelector<HTMLElement>('[data-kept-committee]');
  if (!(list instanceof HTMLSelectElement) || !own || !shown) return;
  const kept = list.value === '' ? undefined : list.selectedOptions[0]?.dataset['members'];
  own.hidden = kept !== undefined;
  for (const input of own.querySelectorAll('input')) input.disabled = kept !== undefined;
  shown.hidden = kept === undefined;
  const members = JSON.parse(kept ?? '[]') as { name: string; role: string }[];
  shown.replaceChildren(...members.map(({ name, role }) => {
    const line = document.createElement('li');
    line.textContent = role === '' ? name : `${name}, ${role}`;
    return line;
  }));
}

function followThreshold(form: HTMLFormElement): void {
  const size = rows(form, 'committee').length;
  const threshold = number(form, 'threshold');
  const all = threshold !== null && threshold === size;
  const words = form.querySelector('[data-threshold-words]');
  if (words) {
    words.textContent = all
      ? t('new.threshold_all', { size })
      : t('new.threshold_default', { threshold: Math.floor(size / 2) + 1, size });
  }
  const override = form.querySelector<HTMLElement>('[data-override]');
  if (!override) return;
  const input = override.querySelector('input');
  if (input && !all) input.value = '';
  ask(override, all);
}

/** Show a field and require it, or hide and empty it. */
function ask(place: HTMLElement, asked: boolean): void {
  place.hidden = !asked;
  const input = place.querySelector('input');
  if (!input) return;
  input.required = asked;
  input.disabled = !asked;
}
