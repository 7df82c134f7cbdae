/** Ballot cards (spec: Credentials). */

import {
  assertText, BASE58, isBase58, readJson, readList, sha256Hex,
} from './encoding.ts';
import { EncodingError } from './errors.ts';
import { encodePoint, powerOfGenerator, reduce, type Scalar } from './group.ts';

const CARD = new RegExp(
  `^([${BASE58}]{5})-?([${BASE58}]{6})-?([${BASE58}]{5})-?([${BASE58}]{6})$`,
);
const LISTED = /^([0-9a-f]{64})(?:,([1-9][0-9]{0,8}))?$/;

/** Bring what a scanner or a person typed into card form. */
export function readCredential(typed: string): string {
  assertText(typed, 'typed');
  const groups = CARD.exec(typed.replace(/\s+/g, ''));
  if (groups === null) throw new EncodingError('credential', 'not a ballot card');
  return groups.slice(1).join('-');
}

export function checkUuid(uuid: string): void {
  assertText(uuid, 'uuid');
  if (uuid.length < 14 || !isBase58(uuid)) {
    throw new EncodingError('uuid', 'a uuid is at least 14 base58 characters');
  }
}

/** The exponent behind a card in this election. */
export function secretExponent(uuid: string, credential: string): Scalar {
  checkUuid(uuid);
  if (readCredential(credential) !== credential) {
    throw new EncodingError('credential', 'the card is not in card form');
  }
  const half = (i: number) => sha256Hex(`derive_credential|${uuid}|${i}|${credential}`);
  return reduce(BigInt(`0x${half(0)}${half(1)}`));
}

/** The hex point that stands on the list of public credentials. */
export function publicCredential(uuid: string, credential: string): string {
  return encodePoint(powerOfGenerator(secretExponent(uuid, credential)));
}

/** The list of public credentials: weight by hex point; sorted, without doubles. */
export function readPublicCredentials(text: string): Map<string, number> {
  const weights = new Map<string, number>();
  let last = '';
  for (const entry of readList(readJson(text, 'credentials'), 'credentials')) {
    const [, key, weight] = LISTED.exec(String(entry)) ?? [];
    if (key === undefined) {
      throw new EncodingError('credentials', 'not a public credential');
    }
    // The list is sorted by little-endian bytes, texts are big-endian.
    const rank = (key.match(/../g) ?? []).reverse().join('');
    if (rank <= last) {
      throw new EncodingError('credentials', 'credentials are not sorted and distinct');
    }
    last = rank;
    weights.set(key, weight === undefined ? 1 : Number(weight));
  }
  return weights;
}

