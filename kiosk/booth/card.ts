/** What a delegate shows or types: a ballot card, as its QR or its printed code. */

import { readCredential } from '../../crypto/ts/index.ts';

export interface Card {
  /** Known if the QR was read, not if the code was typed. */
  readonly uuid?: string;
  readonly credential: string;
}

/** The printed code stands in these groups. */
export const GROUPS = [5, 6, 5, 6] as const;
const QR = /^PK1:([1-9A-HJ-NP-Za-km-z]{14,22}):(\S+)$/;
const NOT_PRINTED = /[^1-9A-HJ-NP-Za-km-z]/g;

/** Read a card; throws if the text is not one. */
export function readCard(text: string): Card {
  const qr = QR.exec(text.trim());
  if (qr?.[1] !== undefined && qr[2] !== undefined) {
    return { uuid: qr[1], credential: readCredential(qr[2]) };
  }
  return { credential: readCredential(text) };
}

/** Whether a text is, or is becoming, the content of a QR rather than a typed code. */
export function isQr(text: string): boolean {
  return text.includes(':');
}

/** Characters that no card has: 0, O, I, l and everything but letters and digits. */
export function strangers(text: string): readonly string[] {
  return [...new Set(text.replaceAll(/[\s-]/g, '').match(NOT_PRINTED) ?? [])];
}

/** Lay a typed or pasted text out over the groups, from group `first` on. */
export function fillGroups(
  groups: readonly string[], first: number, text: string,
): readonly string[] {
  let rest = text.replaceAll(/[\s-]/g, '');
  return groups.map((group, index) => {
    if (index < first) return group;
    if (index > first && rest === '') return group;
    const size = index === groups.length - 1 ? rest.length : GROUPS[index] ?? 0;
    const taken = rest.slice(0, size);
    rest = rest.slice(size);
    return taken;
  });
}

export function isComplete(groups: readonly string[]): boolean {
  return groups.every(
    (group, index) => group.length === GROUPS[index] && strangers(group).length === 0,
  );
}
