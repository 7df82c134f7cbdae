/** Writes archives record by record, honest or not, as a dishonest server could. */

import { type ArchiveRecord, readRecords } from '../../crypto/ts/archive.ts';
import { sha256Hex, toJson } from '../../crypto/ts/encoding.ts';

const BLOCK = 512;

/** One event with the records that it brings: the last one is its payload. */
export interface Step {
  readonly type: string;
  readonly data: readonly string[];
}

export function steps(bytes: Uint8Array): Step[] {
  const found: Step[] = [];
  let data: string[] = [];
  for (const { kind, text } of readRecords(bytes).records) {
    if (kind === 'data') data.push(text);
    else {
      found.push({ type: (JSON.parse(text) as { type: string }).type, data });
      data = [];
    }
  }
  return found;
}

/** The records of steps, with a chain that holds. */
export function chain(list: readonly Step[]): ArchiveRecord[] {
  let parent: string | undefined;
  return list.flatMap(({ type, data }, height) => {
    const payload = data.at(-1);
    const event = toJson({
      ...(parent === undefined ? {} : { parent }), height, type,
      ...(payload === undefined ? {} : { payload: sha256Hex(payload) }),
    });
    parent = sha256Hex(event);
    return [...data.map((text) => record('data', text)), record('event', event)];
  });
}

export function record(kind: 'data' | 'event', text: string): ArchiveRecord {
  return { kind, hash: sha256Hex(text), text };
}

export function write(records: readonly ArchiveRecord[], timestamp = 1_700_000_000): Uint8Array {
  const header = toJson({ version: 1, timestamp: String(timestamp) });
  const files: [string, string][] = [
    ['BELENIOS', header],
    ...records.map(({ kind, hash, text }): [string, string] =>
      [`${hash}.${kind}.json`, text]),
  ];
  return Buffer.concat(files.map(([name, text]) => file(name, text, timestamp)));
}

function file(name: string, text: string, timestamp: number): Uint8Array {
  const content = Buffer.from(text, 'utf8');
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 'latin1');
  block.write('0000644\u00000000000\u00000000000\u0000', 100, 'latin1');
  block.write(`${content.length.toString(8).padStart(11, '0')}\u0000`, 124, 'latin1');
  block.write(`${timestamp.toString(8).padStart(11, '0')}\u0000        0`, 136, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148, 'latin1');
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  return Buffer.concat([block, content, padding]);
}
