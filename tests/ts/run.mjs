/** Bundle every tests/ts/*.test.ts for Node and run them with node:test. */

import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const outdir = `${root}build/ts-tests`;
const only = process.argv.slice(2);
const names = readdirSync(`${root}tests/ts`)
  .filter((name) => name.endsWith('.test.ts'))
  .filter((name) => only.length === 0 || only.some((part) => name.includes(part)));
if (names.length === 0) throw new Error('no test to run');

rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: names.map((name) => `${root}tests/ts/${name}`),
  outdir, bundle: true, platform: 'node', format: 'esm', target: 'node20',
  packages: 'external', outExtension: { '.js': '.mjs' }, sourcemap: 'inline',
  logLevel: 'warning',
});
const run = spawnSync(
  process.execPath,
  [
    '--enable-source-maps', '--test', '--test-reporter=spec',
    ...names.map((name) => `${outdir}/${name.replace(/\.ts$/, '.mjs')}`),
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exit(run.status ?? 1);
