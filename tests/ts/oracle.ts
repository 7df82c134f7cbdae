/** Stock belenios-tool 3.0 as the other side of conformance tests. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const candidates = [
  process.env['BELENIOS_TOOL'] ?? '',
  join(homedir(), '.cache/belenios-tool-3.0/belenios-tool'),
];
export const TOOL = candidates.find((path) => path !== '' && existsSync(path));
/** Option for node:test: conformance needs the tool on the machine. */
export const needsTool = TOOL === undefined ? { skip: 'belenios-tool 3.0 is missing' } : {};

/** A folder that belenios-tool works in. */
export class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'phieukin-ts-'));

  run(args: readonly string[], input = ''): string {
    return execFileSync(TOOL ?? '', [...args], {
      cwd: this.folder, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'],
    });
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  find(ending: string): string {
    const name = readdirSync(this.folder).find((entry) => entry.endsWith(ending));
    if (name === undefined) throw new Error(`no file ends with ${ending}`);
    return name;
  }

  remove(...endings: readonly string[]): void {
    for (const ending of endings) rmSync(join(this.folder, this.find(ending)));
  }

  readArchive(): Uint8Array {
    return new Uint8Array(readFileSync(join(this.folder, this.find('.bel'))));
  }

  addEvent(type: string, data = ''): void {
    this.run(['archive', 'add-event', '--type', type], data);
  }

  addPartialDecryption(owner: number, share: string): void {
    const payload = createHash('sha256').update(share).digest('hex');
    const owned = JSON.stringify({ owner, payload });
    this.addEvent('PartialDecryption', `${share}\n${owned}\n`);
  }

  /** An election with the trustees of trustees.json; its three cards. */
  makeElection(questions: readonly object[], uuid: string): string[] {
    const options = ['--group', 'Ed25519', '--uuid', uuid];
    this.run(['setup', 'generate-credentials', ...options, '--count', '3']);
    const listed = JSON.parse(readMatching(this, '.pubcreds')) as string[];
    this.write('public_creds.json', JSON.stringify(
      listed.map((entry) => entry.split(',')[0]),
    ));
    this.write('template.json', JSON.stringify({
      description: 'Đại hội', name: 'Bầu cử', questions,
      administrator: 'a', credential_authority: 'c',
    }));
    this.run(['setup', 'make-election', ...options, '--template', 'template.json']);
    this.run(['archive', 'init']);
    return Object.values(
      JSON.parse(readMatching(this, '.privcreds')) as Record<string, string>,
    );
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function readMatching(bench: Bench, ending: string): string {
  return bench.read(bench.find(ending));
}

export interface OracleElection {
  readonly bench: Bench;
  readonly text: string;
  readonly credentials: readonly string[];
}

/** An open election with one Single trustee, made by belenios-tool alone. */
export function oracleElection(
  questions: readonly object[], uuid = 'AbCdEfGhJkLmNp',
): OracleElection {
  const bench = new Bench();
  bench.run(['setup', 'generate-trustee-key', '--group', 'Ed25519']);
  bench.write('public_keys.jsons', readMatching(bench, '.pubkey'));
  bench.run(['setup', 'make-trustees']);
  const credentials = bench.makeElection(questions, uuid);
  return { bench, text: bench.read('election.json').trim(), credentials };
}
