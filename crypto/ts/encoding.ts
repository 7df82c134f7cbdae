/**
 * Texts and hashes: strict JSON, SHA-256 in its three spellings, base58.
 *
 * A protocol text has one spelling only (compact, fields in the specification's
 * order). Reading one therefore ends with writing it again and comparing: that
 * refuses duplicate fields, odd numbers, white space and escapes in one go.
 */

import { sha256 } from '@noble/hashes/sha2.js';

import { EncodingError } from './errors.ts';
import { reduce, type Scalar } from './group.ts';

export const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

const HEX_HASH = /^[0-9a-f]{64}$/;
const UTF8 = new TextEncoder();

export function assertText(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string') throw new TypeError(`${name} must be a string`);
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) {
    throw new EncodingError('hex', 'not an even number of lower-case hex digits');
  }
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function sha256Bytes(data: string | Uint8Array): Uint8Array {
  return sha256(typeof data === 'string' ? UTF8.encode(data) : data);
}

export function sha256Hex(data: string | Uint8Array): string {
  return toHex(sha256Bytes(data));
}

/** 43 characters of unpadded base64: φ of an election, tracker of a ballot. */
export function fingerprint(data: string | Uint8Array): string {
  return btoa(String.fromCharCode(...sha256Bytes(data))).replace(/=+$/, '');
}

/** SHA-256 as a big-endian integer modulo the group's order. */
export function hashToScalar(text: string): Scalar {
  return reduce(BigInt(`0x${sha256Hex(text)}`));
}

/** `length` uniform base58 characters. */
export function randomBase58(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(2 * length))) {
      // 232 is the greatest multiple of 58 in a byte: no character is likelier.
      if (byte < 232 && text.length < length) text += BASE58[byte % 58] ?? '';
    }
  }
  return text;
}

export function isBase58(text: string): boolean {
  return [...text].every((character) => BASE58.includes(character));
}

export function toJson(value: unknown): string {
  return JSON.stringify(value);
}

/** Parse a text that has one spelling only; `check` names the kind of text. */
export function readJson(text: string, check: string): unknown {
  assertText(text, check);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new EncodingError(check, `${check} is not JSON`);
  }
  if (JSON.stringify(value) !== text) {
    throw new EncodingError(check, `${check} is not in its canonical spelling`);
  }
  return value;
}

export type Fields = Readonly<Record<string, unknown>>;

/** An object with exactly these fields in this order; a final `?` means optional. */
export function readFields(
  value: unknown, names: readonly string[], check: string,
): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new EncodingError(check, `${check} must be an object`);
  }
  const present = Object.keys(value);
  const expected = names
    .filter((name) => !name.endsWith('?') || present.includes(name.slice(0, -1)))
    .map((name) => name.replace('?', ''));
  if (present.join() !== expected.join()) {
    throw new EncodingError(check, `${check} must have the fields ${names.join(', ')}`);
  }
  return value as Fields;
}

export function readList(value: unknown, check: string, length?: number): unknown[] {
  if (!Array.isArray(value)) throw new EncodingError(check, `${check} must be a list`);
  if (length !== undefined && value.length !== length) {
    throw new EncodingError(check, `${check} must have ${length} entries`);
  }
  return value;
}

export function readText(value: unknown, check: string): string {
  if (typeof value !== 'string') {
    throw new EncodingError(check, `${check} must be a string`);
  }
  return value;
}

/** A small natural number written as a JSON number. */
export function readCount(value: unknown, check: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw new EncodingError(check, `${check} must be a natural number`);
  }
  return value as number;
}

export function readHash(value: unknown, check: string): string {
  if (typeof value !== 'string' || !HEX_HASH.test(value)) {
    throw new EncodingError(check, `${check} must be 64 lower-case hex digits`);
  }
  return value;
}
