/** Reading the fields of a part of a page. */

import type { Fields } from './choices.ts';

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** A field by its name; absent if this part of the page has none. */
export function field(place: ParentNode, name: string): Field | null {
  return place.querySelector<Field>(`[name="${name}"]`);
}

/** What is written or chosen in a field, '' if it is not there or closed. */
export function text(place: ParentNode, name: string): string {
  const found = field(place, name);
  return !found || found.disabled ? '' : found.value.trim();
}

/** The whole number in a field, or nothing. */
export function number(place: ParentNode, name: string): number | null {
  const said = text(place, name);
  return said === '' ? null : Number(said);
}

/** The lines of a list that grows. */
export function rows(place: ParentNode, name: string): HTMLElement[] {
  return [...place.querySelectorAll<HTMLElement>(`[data-repeat="${name}"] > [data-row]`)];
}

/** The fields of a part of a page, as choices are read from them. */
export function fieldsOf(place: ParentNode): Fields {
  return {
    text: (name) => text(place, name),
    ticked: (name) => {
      const found = field(place, name);
      return found instanceof HTMLInputElement && found.checked;
    },
    option: (name, part) => {
      const found = field(place, name);
      const option = found instanceof HTMLSelectElement ? found.selectedOptions[0] : undefined;
      return option?.dataset[part] ?? '';
    },
  };
}

/** Show the fields of an "other" option while it is chosen, and ask for them. */
export function followOther(place: ParentNode): void {
  for (const other of place.querySelectorAll<HTMLElement>('[data-other]')) {
    const shown = text(place, other.dataset['other'] ?? '') === 'other';
    other.hidden = !shown;
    for (const input of other.querySelectorAll('input')) input.required = shown;
  }
}

/** Say in a field itself that a share was not understood. */
export function checkShares(
  place: ParentNode, understood: (typed: string) => boolean, words: string,
): void {
  for (const name of ['rule_share', 'quorum_share']) {
    const input = field(place, name);
    const typed = input?.value.trim() ?? '';
    input?.setCustomValidity(typed === '' || understood(typed) ? '' : words);
  }
}
