/** What is printed on a committee member's key card. */

import { checkUuid } from './credentials.ts';
import { assertText } from './encoding.ts';
import { EncodingError } from './errors.ts';
import { checkSeed } from './pki.ts';

const PREFIX = 'phieukin-key';
const GROUPS = [5, 6, 5, 6];

export interface KeyCard {
  readonly uuid: string;
  /** The member's place in its group, from 1. */
  readonly index: number;
  readonly seed: string;
}

/** What the QR of a key card contains. */
export function keyCardText({ uuid, index, seed }: KeyCard): string {
  checkUuid(uuid);
  checkSeed(seed);
  if (!Number.isSafeInteger(index) || index < 1) {
    throw new TypeError('index must be a number from 1');
  }
  return [PREFIX, uuid, index, seed].join(':');
}

/** The seed in printed groups, `XXXXX-XXXXXX-XXXXX-XXXXXX`. */
export function readableSeed(seed: string): string {
  checkSeed(seed);
  let at = 0;
  return GROUPS.map((size) => seed.slice(at, at += size)).join('-');
}

/** Read a scanned card, or a typed seed: then uuid and index are absent. */
export function readKeyCard(
  scanned: string,
): { readonly seed: string; readonly uuid?: string; readonly index?: number } {
  assertText(scanned, 'scanned');
  const text = scanned.replace(/\s+/g, '');
  if (!text.startsWith(`${PREFIX}:`)) {
    const seed = text.replaceAll('-', '');
    checkSeed(seed);
    return { seed };
  }
  const [, uuid = '', index = '', seed = '', ...more] = text.split(':');
  if (!/^[1-9][0-9]{0,3}$/.test(index) || more.length > 0) {
    throw new EncodingError('key_card', 'not a key card');
  }
  checkUuid(uuid);
  checkSeed(seed);
  return { uuid, index: Number(index), seed };
}
