/** The public board: a chain of events, read from an archive (spec: Public data). */

import { type ArchiveRecord, readRecords, type Records, recordSteps } from './archive.ts';
import { readCount, readFields, readHash, readJson } from './encoding.ts';
import { BoardError } from './errors.ts';
import { Pace, paced } from './pace.ts';

const EVENT_TYPES = [
  'Setup', 'Ballot', 'EndBallots', 'EncryptedTally', 'Shuffle', 'EndShuffles',
  'PartialDecryption', 'Result',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

const MAY_FOLLOW: Readonly<Record<EventType | 'nothing', readonly EventType[]>> = {
  nothing: ['Setup'],
  Setup: ['Ballot', 'EndBallots'],
  Ballot: ['Ballot', 'EndBallots'],
  EndBallots: ['EncryptedTally'],
  EncryptedTally: ['Shuffle', 'PartialDecryption'],
  Shuffle: ['Shuffle', 'EndShuffles'],
  EndShuffles: ['PartialDecryption'],
  PartialDecryption: ['PartialDecryption', 'Result'],
  Result: [],
};

/** Fields of a payload that are hashes of further records, in the order stored. */
const REFERENCES: Readonly<Record<EventType, readonly string[]>> = {
  Setup: ['election', 'trustees', 'credentials'],
  Ballot: [],
  EndBallots: [],
  EncryptedTally: ['encrypted_tally'],
  Shuffle: ['payload'],
  EndShuffles: [],
  PartialDecryption: ['payload'],
  Result: [],
};

const PAYLOAD_FIELDS: Partial<Record<EventType, readonly string[]>> = {
  Setup: ['election', 'trustees', 'credentials'],
  EncryptedTally: ['num_tallied', 'total_weight', 'encrypted_tally'],
  Shuffle: ['owner', 'payload'],
  PartialDecryption: ['owner', 'payload'],
};

export interface BoardEvent {
  readonly hash: string;
  readonly parent?: string;
  readonly height: number;
  readonly type: EventType;
  readonly payload?: string;
}

export interface Archive {
  readonly timestamp: number;
  readonly events: readonly BoardEvent[];
  /** Hash of the last event (hex). */
  readonly head: string;
  /** Texts by their SHA-256 (hex). */
  readonly data: ReadonlyMap<string, string>;
}

/** Read a `.bel` file: form, hashes, chain, grammar of events. */
export function readArchive(bytes: Uint8Array): Archive {
  return archiveOf(readRecords(bytes));
}

/** The same in slices, for large boards on slow machines. */
export async function readArchiveSlowly(bytes: Uint8Array): Promise<Archive> {
  return archiveOf(await paced(recordSteps(bytes), new Pace()));
}

function archiveOf({ timestamp, records }: Records): Archive {
  const events: BoardEvent[] = [];
  const data = new Map<string, string>();
  const owners = new Set<unknown>();
  let pending: ArchiveRecord[] = [];
  for (const record of records) {
    if (record.kind === 'data') {
      pending.push(record);
      continue;
    }
    const event = readEvent(record);
    checkNext(events.at(-1), event);
    checkRecords(event, pending);
    checkOwner(event, pending.at(-1), owners);
    keep(pending, data);
    events.push(event);
    pending = [];
  }
  const head = events.at(-1)?.hash;
  if (head === undefined || pending.length > 0) {
    throw new BoardError('board.records', 'a record belongs to no event');
  }
  return { timestamp, events, head, data };
}

function readEvent({ text, hash }: ArchiveRecord): BoardEvent {
  const check = 'board.event';
  const fields = readFields(
    readJson(text, check), ['parent?', 'height', 'type', 'payload?'], check,
  );
  const type = EVENT_TYPES.find((known) => known === fields['type']);
  if (type === undefined) throw new BoardError(check, 'unknown type of event');
  const { parent, payload } = fields;
  return {
    hash,
    ...(parent === undefined ? {} : { parent: readHash(parent, check) }),
    height: readCount(fields['height'], check),
    type,
    ...(payload === undefined ? {} : { payload: readHash(payload, check) }),
  };
}

function checkNext(last: BoardEvent | undefined, event: BoardEvent): void {
  if (!MAY_FOLLOW[last?.type ?? 'nothing'].includes(event.type)) {
    throw new BoardError(
      'board.grammar', `${event.type} may not follow ${last?.type ?? 'nothing'}`,
    );
  }
  if (event.parent !== last?.hash || event.height !== (last?.height ?? -1) + 1) {
    throw new BoardError('board.chain', `event ${event.height} breaks the chain`);
  }
}

/** The records before an event are exactly those it refers to, in fixed order. */
function checkRecords(event: BoardEvent, pending: readonly ArchiveRecord[]): void {
  const payload = pending.at(-1);
  const expected = payload === undefined
    ? [] : [...references(event.type, payload), payload.hash];
  const found = pending.map(({ hash }) => hash);
  const needsPayload = event.type !== 'EndBallots' && event.type !== 'EndShuffles';
  if (
    event.payload !== payload?.hash
    || needsPayload !== (payload !== undefined)
    || expected.join() !== found.join()
  ) {
    throw new BoardError(
      'board.records', `the records of event ${event.height} are not what it names`,
    );
  }
}

function references(type: EventType, { text }: ArchiveRecord): string[] {
  const names = PAYLOAD_FIELDS[type];
  if (names === undefined) return [];
  const fields = readFields(readJson(text, 'board.payload'), names, 'board.payload');
  return REFERENCES[type].map((name) => readHash(fields[name], 'board.payload'));
}

function checkOwner(
  event: BoardEvent, payload: ArchiveRecord | undefined, owners: Set<unknown>,
): void {
  if (event.type !== 'PartialDecryption' || payload === undefined) return;
  const { owner } = JSON.parse(payload.text) as { owner: unknown };
  if (owners.has(owner)) {
    throw new BoardError('board.owner', 'one trustee decrypted twice');
  }
  owners.add(owner);
}

function keep(pending: readonly ArchiveRecord[], data: Map<string, string>): void {
  for (const { hash, text } of pending) {
    if (data.has(hash)) {
      throw new BoardError('board.replay', 'a record stands on the board twice');
    }
    data.set(hash, text);
  }
}

/** Refuse `newer` unless it continues `older`: history must not change. */
export function checkContinues(older: Archive, newer: Archive): void {
  const same = newer.events[older.events.length - 1]?.hash === older.head;
  if (!same || newer.timestamp !== older.timestamp) {
    throw new BoardError('board.history', 'the board does not continue what we saw');
  }
}

/** A record's text; the archive was read, so what an event names is there. */
export function dataOf(archive: Archive, hash: string | undefined): string {
  const text = archive.data.get(hash ?? '');
  if (text === undefined) throw new BoardError('board.records', 'a record is missing');
  return text;
}
