/**
 * One ballot of a new conference: procedure, step, open choices, positions. What it
 * shows comes ready from the page's templates; this only puts the right one in.
 */

import { t } from '../../../web/ts/i18n.ts';
import { baseOf, choicesOf, shareOf, type Choices } from './choices.ts';
import { checkShares, field, fieldsOf, followOther, number, rows, text } from './fields.ts';

/** A position of a planning round. */
export interface PlannedPosition {
  readonly id: number;
  readonly title: string;
  readonly term: string;
  readonly quota: number | null;
  readonly people: number;
}

/** A ballot that a planning round asks for. */
export interface Planned {
  readonly key: string;
  readonly instance: number;
  readonly positions: readonly PlannedPosition[];
}

export interface Item {
  readonly procedure: string;
  readonly step: string;
  readonly instance: number | null;
  readonly choices: Choices;
  readonly positions: readonly ItemPosition[];
}

interface ItemPosition {
  readonly title: string;
  readonly term: string;
  readonly quota: number | null;
  readonly planned_position: number | null;
}

let cards = 0; // a step's radio buttons must not be those of another card

export class BallotCard {
  readonly element: HTMLElement;
  readonly #number = (cards += 1);
  #planned: Planned | undefined;

  constructor(list: HTMLElement) {
    this.element = clone('[data-template="ballot"]');
    list.append(this.element);
  }

  /** The chosen step, as its template describes it. */
  get step(): DOMStringMap | undefined {
    return this.element.querySelector<HTMLElement>('[data-step]')?.dataset;
  }

  get key(): string {
    return this.step?.['key'] ?? '';
  }

  /** What the share is measured against, as chosen or as stated. */
  get base(): string {
    return baseOf(this.step?.['base'] ?? '', fieldsOf(this.element));
  }

  /** Show a procedure's ballot steps, and take the one asked for, or the first. */
  choose(procedure: string, step?: string): void {
    const chosen = this.#part('[data-chosen]');
    chosen.replaceChildren(content(`template[data-procedure="${procedure}"]`));
    const radios = [...chosen.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    for (const radio of radios) radio.name = `step-${this.#number}`;
    const wanted = radios.find((radio) => radio.value === `${procedure}/${step}`) ?? radios[0];
    if (wanted) wanted.checked = true;
    this.showStep();
  }

  /** Fill in what a planning round has decided, which nobody changes here. */
  plan(planned: Planned): void {
    const [procedure = '', step = ''] = planned.key.split('/');
    this.choose(procedure, step);
    this.#planned = planned;
    for (const part of this.element.querySelectorAll<HTMLElement>(
      '[data-change-procedure], .step-choice:not(:has(:checked)), [data-add="positions"]',
    )) part.hidden = true;
    const list = this.#part('[data-repeat="positions"]');
    const [row] = rows(this.element, 'positions');
    if (!row) return;
    list.replaceChildren(...planned.positions.map((each) => fixedRow(row, each)));
    const count = planned.positions.reduce((sum, each) => sum + each.people, 0);
    this.#part('[data-positions-words]').textContent = t('form.positions_planned', { count });
  }

  /** Put in the details of the step that is marked. */
  showStep(): void {
    const marked = this.element.querySelector<HTMLInputElement>('.step-choice input:checked');
    if (!marked || marked.value === this.key) return;
    const details = this.#part('[data-details]');
    details.replaceChildren(content(`template[data-ballot="${marked.value}"]`));
    const positions = [...this.element.querySelectorAll<HTMLElement>('[data-quota-field]')];
    for (const one of positions) this.#askQuota(one);
  }

  addPosition(): void {
    const last = rows(this.element, 'positions').at(-1);
    const row = last?.cloneNode(true);
    if (!(row instanceof HTMLElement)) return;
    for (const name of ['title', 'planned_position']) {
      const input = field(row, name);
      if (input) input.value = '';
    }
    last?.after(row);
    field(row, 'title')?.focus();
  }

  /** Begin as another ballot of the sitting stands: what is alike is typed once. */
  takeAfter(other: BallotCard): void {
    for (const name of ['quorum', 'announced']) {
      const mine = field(this.element, name);
      const said = field(other.element, name);
      if (mine && said && said.value !== 'other') mine.value = said.value;
    }
    if (this.#planned) return;
    const theirs = rows(other.element, 'positions');
    while (rows(this.element, 'positions').length < theirs.length) this.addPosition();
    for (const [place, row] of rows(this.element, 'positions').entries()) {
      for (const name of ['title', 'term']) {
        const input = field(row, name);
        const from = theirs[place];
        if (input && from) input.value = text(from, name);
      }
    }
  }

  /** Keep the card in step with what is written in it. */
  follow(title: string, alone: boolean): void {
    this.#part('[data-ballot-title]').textContent = title;
    this.#part('[data-remove-ballot]').hidden = alone;
    followOther(this.element);
    checkShares(this.element, (typed) => shareOf(typed) !== '', t('form.share_wrong'));
  }

  /** Offer the other ballots of the sitting that are not on the paper yet. */
  offerTogether(taken: ReadonlySet<string>, possible: (key: string) => boolean): void {
    for (const one of this.element.querySelectorAll<HTMLElement>('[data-together-with]')) {
      const key = one.dataset['togetherWith'] ?? '';
      one.hidden = taken.has(key) || !possible(key);
    }
  }

  item(): Item {
    const step = this.step ?? {};
    const unstated = (step['unstated'] ?? '').split(' ').filter(Boolean);
    return {
      procedure: step['procedureId'] ?? '',
      step: step['stepId'] ?? '',
      instance: this.#planned?.instance ?? null,
      choices: choicesOf(unstated, fieldsOf(this.element)),
      positions: rows(this.element, 'positions').map((row) => ({
        title: text(row, 'title'),
        term: text(row, 'term'),
        quota: number(row, 'quota'),
        planned_position: number(row, 'planned_position'),
      })),
    };
  }

  #askQuota(place: HTMLElement): void {
    const asked = this.step?.['quota'] === 'yes';
    place.hidden = !asked; // asked for when that step's conference is opened
    const input = place.querySelector('input');
    if (!input) return;
    input.required = asked;
    input.disabled = !asked;
    const cap = this.step?.['cap'] ?? '';
    if (cap !== '') input.max = cap;
  }

  #part(selector: string): HTMLElement {
    const found = this.element.querySelector<HTMLElement>(selector);
    if (!found) throw new TypeError(`no ${selector} in a ballot`);
    return found;
  }
}

function fixedRow(row: HTMLElement, position: PlannedPosition): HTMLElement {
  const fixed = row.cloneNode(true) as HTMLElement;
  const values: [string, string][] = [
    ['planned_position', String(position.id)],
    ['title', position.title],
    ['term', position.term],
    ['quota', position.quota === null ? '' : String(position.quota)],
  ];
  for (const [name, value] of values) {
    const input = field(fixed, name);
    if (!(input instanceof HTMLInputElement)) continue;
    input.value = value;
    input.readOnly = name !== 'quota';
  }
  const remove = fixed.querySelector<HTMLElement>('[data-remove]');
  if (remove) remove.hidden = true;
  return fixed;
}

function clone(selector: string): HTMLElement {
  const made = content(selector).firstElementChild;
  if (!(made instanceof HTMLElement)) throw new TypeError(`no template ${selector}`);
  return made;
}

function content(selector: string): DocumentFragment {
  const template = document.querySelector(selector);
  if (!(template instanceof HTMLTemplateElement)) throw new TypeError(`no ${selector}`);
  return document.importNode(template.content, true);
}
