/**
 * Time to make one ballot of 40 nominees in Node, cold and with its secrets drawn.
 *
 * Bundles the worker's session first, as a tablet would get it.
 */

import { rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const NOMINEES = 40;
const ROUNDS = 5;
const CARD = 'Wz9gH-BVZgGU-xYgSz-t6vhsy';
const root = fileURLToPath(new URL('../..', import.meta.url));
const outfile = `${root}build/encrypt-benchmark.mjs`;

await build({
  stdin: {
    contents: `export { BallotSession } from './crypto/ts/ballot_session.ts';
      export { encodePoint, powerOfGenerator, randomScalar } from './crypto/ts/group.ts';`,
    resolveDir: root, loader: 'ts',
  },
  outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20',
});
const { BallotSession, encodePoint, powerOfGenerator, randomScalar } =
  await import(pathToFileURL(outfile).href);
rmSync(outfile);

function election(key) {
  const questions = Array.from({ length: NOMINEES }, (_, index) => ({
    answers: ['Đồng ý', 'Không đồng ý'], min: 0, max: 1, question: `Đại biểu ${index}`,
  }));
  return JSON.stringify({
    version: 1, description: '', name: '', group: 'Ed25519', public_key: key, questions,
    uuid: 'AbCdEfGhJkLmNp',
  });
}

function time(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const marks = Array.from({ length: NOMINEES }, (_, index) => [[1, 0], [0, 1], [0, 0]][index % 3]);
for (let round = 1; round <= ROUNDS; round += 1) {
  const text = election(encodePoint(powerOfGenerator(randomScalar())));
  const cold = new BallotSession();
  const coldMs = time(() => {
    cold.open(text);
    cold.make(CARD, marks, () => undefined);
  });
  const ahead = new BallotSession();
  const prepareMs = time(() => {
    ahead.open(text);
    ahead.drawUntil(Infinity);
  });
  const makeMs = time(() => ahead.make(CARD, marks, () => undefined));
  console.log(
    `round ${round}: everything at once ${coldMs.toFixed(0)} ms; `
    + `drawn ahead ${prepareMs.toFixed(0)} ms, then ${makeMs.toFixed(0)} ms`,
  );
}
