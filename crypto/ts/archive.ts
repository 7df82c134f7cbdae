/**
 * The archive file `.bel` (spec: Public data): an old-style tar that only grows.
 *
 * Every byte of it is fixed by what it contains, so a record is read by finding its
 * name and size, and checked by writing its header again.
 */

import { sha256 } from '@noble/hashes/sha2.js';

import { readFields, readJson, sha256Hex, toHex } from './encoding.ts';
import { EncodingError } from './errors.ts';
import { finish, Pace } from './pace.ts';

const BLOCK = 512;
const NAME_BYTES = 100;
const SIZE_AT = 124;
const CHECKSUM_AT = 148;
const VERSION = 1;
const HASHED_AT_ONCE = 262_144; // bytes, some milliseconds
const HEADER_NAME = 'BELENIOS';
const RECORD_NAME = /^([0-9a-f]{64})\.(data|event)\.json$/;
const TIMESTAMP = /^(?:0|[1-9][0-9]{0,10})$/;

export interface ArchiveRecord {
  readonly kind: 'data' | 'event';
  readonly hash: string;
  readonly text: string;
}

export interface Records {
  readonly timestamp: number;
  readonly records: readonly ArchiveRecord[];
}

interface File {
  readonly name: string;
  readonly content: Uint8Array;
  readonly header: Uint8Array;
}

function refuse(message: string): never {
  throw new EncodingError('archive', message);
}

/** SHA-256 of a whole file (hex), in slices. */
export async function fileHash(bytes: Uint8Array): Promise<string> {
  const hash = sha256.create();
  const pace = new Pace();
  for (let at = 0; at < bytes.length; at += HASHED_AT_ONCE) {
    hash.update(bytes.subarray(at, at + HASHED_AT_ONCE));
    if (pace.due) await pace.rest();
  }
  return toHex(hash.digest());
}

/** Read what an archive contains; its chain of events is `board.ts`' business. */
export function readRecords(bytes: Uint8Array): Records {
  return finish(recordSteps(bytes));
}

/** The same, resting between two records. */
export function* recordSteps(bytes: Uint8Array): Generator<void, Records> {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('bytes must be a Uint8Array');
  let timestamp: number | undefined;
  const records: ArchiveRecord[] = [];
  for (const file of splitFiles(bytes)) {
    if (timestamp === undefined) {
      if (file.name !== HEADER_NAME) refuse('the file does not begin as an archive');
      timestamp = readHeader(file.content);
      checkHeader(file, timestamp);
      continue;
    }
    checkHeader(file, timestamp);
    records.push(readRecord(file));
    yield;
  }
  if (timestamp === undefined) refuse('the file does not begin as an archive');
  return { timestamp, records };
}

function* splitFiles(bytes: Uint8Array): Generator<File> {
  for (let at = 0; at < bytes.length;) {
    const header = bytes.subarray(at, at + BLOCK);
    const size = /^([0-7]{11})\0/.exec(latin1(header.subarray(SIZE_AT, SIZE_AT + 12)));
    if (header.length < BLOCK || size?.[1] === undefined) {
      refuse('the file is cut off, damaged or no archive');
    }
    const start = at + BLOCK;
    const end = start + Number.parseInt(size[1], 8);
    at = Math.ceil(end / BLOCK) * BLOCK;
    if (at > bytes.length) refuse('the file is cut off');
    if (bytes.subarray(end, at).some((byte) => byte !== 0)) refuse('padding is not zero');
    const name = latin1(header.subarray(0, NAME_BYTES)).replace(/\0+$/, '');
    yield { name, content: bytes.subarray(start, end), header };
  }
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function readHeader(content: Uint8Array): number {
  const fields = readFields(
    readJson(utf8(content), 'archive'), ['version', 'timestamp'], 'archive',
  );
  const { version, timestamp } = fields;
  if (version !== VERSION) refuse('the archive has an unknown version');
  if (typeof timestamp !== 'string' || !TIMESTAMP.test(timestamp)) {
    refuse('the archive has a wrong time stamp');
  }
  return Number(timestamp);
}

function checkHeader({ name, content, header }: File, timestamp: number): void {
  const expected = tarHeader(name, content.length, timestamp);
  if (header.some((byte, at) => byte !== expected[at])) {
    refuse(`record ${name} is not in canonical form`);
  }
}

function octal(n: number, digits: number): string {
  return n.toString(8).padStart(digits, '0');
}

function tarHeader(name: string, size: number, timestamp: number): Uint8Array {
  const start = [
    name.padEnd(NAME_BYTES, '\0'), '0000644\0', '0000000\0', '0000000\0',
    `${octal(size, 11)}\0`, `${octal(timestamp, 11)}\0`,
  ].join('');
  const text = `${start}${' '.repeat(8)}0`.padEnd(BLOCK, '\0');
  const header = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.set(new TextEncoder().encode(`${octal(sum, 6)}\0 `), CHECKSUM_AT);
  return header;
}

function readRecord({ name, content }: File): ArchiveRecord {
  const [, hash, kind] = RECORD_NAME.exec(name) ?? [];
  if (hash === undefined) refuse('a record is neither data nor an event');
  if (sha256Hex(content) !== hash) refuse(`record ${name} is damaged`);
  return { kind: kind === 'event' ? 'event' : 'data', hash, text: utf8(content) };
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse('a record is not UTF-8');
  }
}
