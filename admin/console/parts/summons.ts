/**
 * The lists of a conference, chosen from the register: whom the step's composition
 * proposes to summon, and who is on the paper. The secretary confirms; nothing is
 * taken over unseen.
 */

import { get, post } from '../../../web/ts/api.ts';
import { t } from '../../../web/ts/i18n.ts';
import { element } from './elements.ts';
import { attempt } from './errors.ts';
import { refresh } from './live.ts';
import { picker, words, type Listed, type Picker } from './people_picker.ts';

interface Proposed extends Listed {
  readonly roles: readonly string[];
  readonly own: boolean;
}

interface Proposal {
  readonly step: string;
  readonly level: string | null;
  readonly level_name: string;
  readonly text: string;
  readonly roles: readonly string[];
  readonly unit: string;
  readonly limited: boolean;
  readonly missing: readonly string[];
  readonly proposed: readonly Proposed[];
}

interface PaperList {
  readonly position: number;
  readonly part: string;
  readonly title: string;
  readonly term: string;
  readonly others: number;
  readonly people: readonly Listed[];
}

interface Lists {
  readonly items: readonly Proposal[];
  readonly summoned: readonly Listed[];
  readonly positions: readonly PaperList[];
}

export function installSummons(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-summons]')) {
    const details = place.closest('details');
    const load = (): void => {
      if (place.dataset['loaded'] !== undefined) return;
      place.dataset['loaded'] = '';
      void attempt(place, async () => {
        const base = place.dataset['summons'] ?? '';
        const lists = await get<Lists>(`${base}/summons`);
        place.replaceChildren(...('paper' in place.dataset
          ? paper(place, base, lists.positions)
          : delegates(place, base, lists)));
      });
    };
    if (!details || details.open) load();
    details?.addEventListener('toggle', load);
  }
}

function delegates(place: HTMLElement, base: string, lists: Lists): HTMLElement[] {
  const checks = new Map<number, HTMLInputElement[]>();
  const confirm = element('button', {
    'type': 'button', 'class': 'btn primary', 'data-testid': 'summon',
  });
  const named = new Set(lists.items.flatMap((each) => each.proposed.map((one) => one.id)));
  const beyond = lists.summoned.filter((each) => !named.has(each.id));
  const chosen = (): number[] => {
    const ids = [...checks].filter(([, boxes]) => boxes.some((box) => box.checked && shown(box)))
      .map(([id]) => id);
    return [...new Set([...ids, ...others.chosen().map((each) => each.id)])];
  };
  const count = (): void => {
    const size = chosen().length;
    confirm.textContent = t('summons.confirm', { count: size });
    confirm.disabled = size === 0;
  };
  let others: Picker = { element: place, chosen: () => beyond };
  const before = new Set(lists.summoned.map((each) => each.id));
  const parts = steps(lists.items).map(([step, proposals]) =>
    compositions(step, proposals, before, checks, count));
  others = picker('others', beyond, count);
  confirm.addEventListener('click', () => void attempt(confirm, async () => {
    await post(`${base}/delegates/from-register`, { people: chosen() });
    await finish(place);
  }));
  count();
  return [...parts,
    element('h3', {}, t('summons.others')), others.element,
    element('div', { class: 'confirm' }, confirm)];
}

/** The proposals by step: those of one step are its levels. */
function steps(items: readonly Proposal[]): [string, Proposal[]][] {
  const found = new Map<string, Proposal[]>();
  for (const each of items) found.set(each.step, [...(found.get(each.step) ?? []), each]);
  return [...found];
}

/** The compositions of a step; with several levels, only that of the chosen one. */
function compositions(
  step: string, proposals: readonly Proposal[], before: ReadonlySet<number>,
  checks: Map<number, HTMLInputElement[]>, count: () => void,
): HTMLElement {
  const parts = proposals.map((each) => composition(each, before, checks, count));
  const whole = element('div', { 'class': 'composition-step', 'data-testid': `step-${step}` });
  if (proposals.length > 1) {
    const fullest = before.size === 0 ? -1 : fullestOf(proposals, before);
    const choice = element('select', {
      'class': 'input', 'aria-label': t('summons.level'), 'data-testid': `level-${step}`,
    }, element('option', { value: '-1' }, t('summons.choose_level')),
    ...proposals.map((each, place) => element('option', {
      value: String(place), selected: place === fullest,
    }, each.level_name)));
    const follow = (): void => {
      parts.forEach((part, place) => {
        part.hidden = String(place) !== choice.value;
      });
      count();
    };
    choice.addEventListener('input', follow);
    parts.forEach((part, place) => {
      part.hidden = place !== fullest;
    });
    whole.append(element('label', { class: 'field' },
      element('span', {}, `${t('summons.step', { step })} · ${t('summons.level')}`), choice));
  }
  whole.append(...parts);
  return whole;
}

/** The level whose people are on the list already, as it was chosen before. */
function fullestOf(proposals: readonly Proposal[], before: ReadonlySet<number>): number {
  const sizes = proposals.map((each) => each.proposed.filter((one) => before.has(one.id)).length);
  const most = Math.max(...sizes);
  return most === 0 ? -1 : sizes.indexOf(most);
}

function composition(
  proposal: Proposal, before: ReadonlySet<number>,
  checks: Map<number, HTMLInputElement[]>, count: () => void,
): HTMLElement {
  const boxes = proposal.proposed.map((person) => {
    const box = element('input', { 'type': 'checkbox', 'data-testid': `summon-${person.id}` });
    box.checked = before.size === 0 || before.has(person.id);
    box.addEventListener('change', () => {
      for (const same of checks.get(person.id) ?? []) same.checked = box.checked;
      count();
    });
    checks.set(person.id, [...(checks.get(person.id) ?? []), box]);
    return box;
  });
  const set = (text: string, wanted: (person: Proposed) => boolean): HTMLElement => {
    const button = element('button', { type: 'button', class: 'btn small' }, text);
    button.addEventListener('click', () => {
      proposal.proposed.forEach((person, place) => {
        const box = boxes[place];
        if (!box) return;
        box.checked = wanted(person);
        box.dispatchEvent(new Event('change'));
      });
    });
    return button;
  };
  const rows = proposal.proposed.map((person, place) =>
    element('li', {}, element('label', {}, boxes[place] as HTMLInputElement, words(person),
      element('span', { class: 'labels' },
        ...person.roles.map((role) => element('span', { class: 'tag' }, role))))));
  const head = element('div', { class: 'composition-head' },
    element('b', {}, t('summons.proposed', { count: rows.length })));
  const own = proposal.proposed.filter((person) => person.own).length;
  if (own > 0 && own < rows.length) {
    head.append(set(t('summons.own', { unit: proposal.unit }), (person) => person.own));
  }
  if (rows.length > 1) {
    head.append(set(t('summons.all'), () => true), set(t('summons.none'), () => false));
  }
  return element('div', { class: 'composition' },
    element('p', {}, said(proposal)), ...notes(proposal),
    ...(rows.length > 0 ? [head, element('ul', { class: 'people' }, ...rows)] : []));
}

function said(proposal: Proposal): string {
  const level = proposal.level_name === '' ? '' : `${proposal.level_name}: `;
  return `${t('summons.step', { step: proposal.step })}. ${level}${proposal.text}`;
}

function notes(proposal: Proposal): HTMLElement[] {
  const found: string[] = [];
  if (proposal.limited) found.push(t('summons.limited', { unit: proposal.unit }));
  if (proposal.roles.length === 0) found.push(t('summons.no_roles'));
  else if (proposal.proposed.length === 0) found.push(t('summons.nobody'));
  if (proposal.missing.length > 0) {
    found.push(t('summons.missing', { roles: proposal.missing.join('; ') }));
  }
  return found.length === 0 ? [] : [element('p', { class: 'muted' }, found.join(' '))];
}

function paper(
  place: HTMLElement, base: string, positions: readonly PaperList[],
): HTMLElement[] {
  const save = element('button', {
    'type': 'button', 'class': 'btn primary', 'data-testid': 'nominate',
  }, t('summons.nominate'));
  const touched = new Set<number>();
  const pickers = positions.map((each) => {
    let ready = false;
    const made = picker(`position-${each.position}`, each.people, () => {
      if (ready) touched.add(each.position);
      save.disabled = touched.size === 0;
    });
    ready = true;
    return made;
  });
  save.addEventListener('click', () => void attempt(save, async () => {
    const lists = positions.map((each, index) => ({
      position: each.position,
      people: (pickers[index]?.chosen() ?? []).map((person) => person.id),
    }));
    const changed = lists.filter((each) => touched.has(each.position));
    await post(`${base}/nominees/from-register`, { positions: changed });
    await finish(place);
  }));
  const parts = positions.map((each, index) => element('section', { class: 'composition' },
    element('h3', {}, [`${each.position}. ${each.title}`, each.term].filter(Boolean).join(' · ')),
    ...(each.part === '' ? [] : [element('p', { class: 'muted' }, each.part)]),
    ...(each.others > 0
      ? [element('p', { class: 'muted' }, t('summons.nominees_others', { count: each.others }))]
      : []),
    pickers[index]?.element ?? place));
  return [...parts, element('div', { class: 'confirm' }, save)];
}

/** Show the page as it is now; the lists are asked for again when opened. */
async function finish(place: HTMLElement): Promise<void> {
  await refresh();
  delete place.dataset['loaded'];
  const details = place.closest('details');
  if (details) details.open = false;
}

function shown(box: HTMLElement): boolean {
  return box.closest('.composition')?.hasAttribute('hidden') !== true;
}
