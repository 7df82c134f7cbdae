/**
 * Choosing people out of the register: a search, and the list of those chosen, in
 * their order.
 */

import { get } from '../../../web/ts/api.ts';
import { t } from '../../../web/ts/i18n.ts';
import { element } from './elements.ts';

const PAUSE_MS = 200; // between two keys, before the register is asked
const SHOWN = 8; // of what was found; more words find fewer

/** Somebody as lists show them. */
export interface Listed {
  readonly id: number;
  readonly name: string;
  readonly post: string;
  readonly unit: string;
}

export interface Picker {
  readonly element: HTMLElement;
  readonly chosen: () => readonly Listed[];
}

/** A search above a list; `changed` is called whenever somebody comes or goes. */
export function picker(
  testid: string, start: readonly Listed[], changed: () => void,
): Picker {
  const people = [...start];
  const field = element('input', {
    'class': 'input',
    'type': 'search',
    'autocomplete': 'off',
    'spellcheck': 'false',
    'placeholder': t('summons.search'),
    'aria-label': t('summons.search'),
    'data-testid': `${testid}-search`,
  });
  const found = element('ul', { 'class': 'picked found', 'data-testid': `${testid}-found` });
  const list = element('ol', { 'class': 'picked', 'data-testid': `${testid}-chosen` });

  const draw = (): void => {
    list.replaceChildren(...people.map((person, place) => chosenRow(person, place)));
    list.hidden = people.length === 0;
    changed();
  };
  const chosenRow = (person: Listed, place: number): HTMLElement => {
    const up = button(t('summons.up'), `${testid}-up-${person.id}`);
    up.disabled = place === 0;
    up.addEventListener('click', () => {
      people.splice(place - 1, 0, ...people.splice(place, 1));
      draw();
    });
    const remove = button(t('summons.remove'), `${testid}-remove-${person.id}`);
    remove.addEventListener('click', () => {
      people.splice(place, 1);
      draw();
    });
    return element('li', {}, words(person), element('span', { class: 'ends' }, up, remove));
  };
  const foundRow = (person: Listed): HTMLElement => {
    const taken = people.some((each) => each.id === person.id);
    const add = button(t(taken ? 'summons.added' : 'summons.add'), `${testid}-add-${person.id}`);
    add.disabled = taken;
    add.addEventListener('click', () => {
      people.push(person);
      field.value = '';
      found.replaceChildren();
      field.focus();
      draw();
    });
    return element('li', {}, words(person), add);
  };
  ask(field, (answer) => {
    found.replaceChildren(...answer.map(foundRow));
    if (answer.length === 0 && field.value.trim() !== '') {
      found.append(element('li', { class: 'muted' }, t('summons.nobody_found')));
    }
  });
  draw();
  return {
    element: element('div', { class: 'people-picker' }, list, field, found),
    chosen: () => people,
  };
}

/** A person's name above the post and the unit. */
export function words(person: Listed): HTMLElement {
  const post = [person.post, person.unit].filter(Boolean).join(', ');
  return element('span', { class: 'who' },
    element('b', {}, person.name), element('span', { class: 'post' }, post));
}

function button(text: string, testid: string): HTMLButtonElement {
  return element('button', { 'type': 'button', 'class': 'btn small', 'data-testid': testid }, text);
}

function ask(field: HTMLInputElement, show: (people: readonly Listed[]) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const look = async (): Promise<void> => {
    const mine = (asked += 1);
    const text = field.value.trim();
    const path = `/api/people?q=${encodeURIComponent(text)}`;
    const people = text === '' ? [] : (await get<{ people: Listed[] }>(path)).people;
    if (mine === asked) show(people.slice(0, SHOWN));
  };
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      look().catch(() => undefined); // the next key asks again
    }, PAUSE_MS);
  });
}
