/** Stock belenios-tool 3.0 as the other side of conformance tests. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

  readBytes(name: string): Uint8Array {
    return readFileSync(join(this.folder, name));
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
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
  const group = ['--group', 'Ed25519'];
  bench.run(['setup', 'generate-trustee-key', ...group]);
  bench.write('public_keys.jsons', readMatching(bench, '.pubkey'));
  bench.run(['setup', 'make-trustees']);
  bench.run(['setup', 'generate-credentials', ...group, '--uuid', uuid, '--count', '3']);
  const template = { description: 'Đại hội', name: 'Bầu cử', questions };
  bench.write('template.json', JSON.stringify({
    ...template, administrator: 'a', credential_authority: 'c',
  }));
  bench.run(['setup', 'make-election', ...group, '--uuid', uuid, '--template', 'template.json']);
  const listed = JSON.parse(readMatching(bench, '.pubcreds')) as string[];
  bench.write('public_creds.json', JSON.stringify(
    listed.map((entry) => entry.split(',')[0]),
  ));
  bench.run(['archive', 'init']);
  const credentials = Object.values(
    JSON.parse(readMatching(bench, '.privcreds')) as Record<string, string>,
  );
  return { bench, text: bench.read('election.json').trimEnd(), credentials };
}

export function readMatching(bench: Bench, ending: string): string {
  const name = readdirSync(bench.folder).find((entry) => entry.endsWith(ending));
  return bench.read(name ?? `missing${ending}`);
}
