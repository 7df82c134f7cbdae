/**
 * What the encryption bench runs inside Chromium: the tablet's own ballot code, once
 * in its worker and once on the page's main thread.
 */

import { encodePoint, powerOfGenerator, randomScalar } from '../../crypto/ts/group.ts';
import { BallotMaker, type Marks } from '../../crypto/ts/index.ts';
import { BallotSession } from '../../crypto/ts/ballot_session.ts';

const CARD = 'Wz9gH-BVZgGU-xYgSz-t6vhsy';
const SPINS = 20_000_000;
const MARKS = [[1, 0], [0, 1], [0, 0]];

/** Milliseconds; `prepare` is 0 where everything is made at once. */
interface Times { readonly prepare: number; readonly make: number }

function electionOf(nominees: number): string {
  const questions = Array.from({ length: nominees }, (_, index) => ({
    answers: ['Đồng ý', 'Không đồng ý'], min: 0, max: 1, question: `Nhân sự ${index}`,
  }));
  return JSON.stringify({
    version: 1, description: '', name: '', group: 'Ed25519',
    public_key: encodePoint(powerOfGenerator(randomScalar())), questions,
    uuid: 'AbCdEfGhJkLmNp',
  });
}

function marksOf(nominees: number): Marks {
  return Array.from({ length: nominees }, (_, index) => MARKS[index % MARKS.length] ?? []);
}

async function time(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function onMainThread(nominees: number, ahead: boolean): Promise<Times> {
  const election = electionOf(nominees);
  const session = new BallotSession();
  const prepare = ahead ? await time(() => {
    session.open(election);
    session.drawUntil(Infinity);
  }) : 0;
  const make = await time(() => {
    session.open(election);
    session.make(CARD, marksOf(nominees), () => undefined);
  });
  return { prepare, make };
}

async function inWorker(nominees: number, ahead: boolean): Promise<Times> {
  const election = electionOf(nominees);
  const maker = new BallotMaker('ballot_worker.js');
  const prepare = ahead ? await time(() => maker.prepare(election)) : 0;
  const make = await time(() => maker.make(marksOf(nominees), CARD, election));
  maker.close();
  return { prepare, make };
}

/** A fixed amount of arithmetic, to see what a slowdown slows down. */
function spin(turns: number): number {
  const start = performance.now();
  let state = 1;
  for (let turn = 0; turn < turns; turn += 1) state = Math.imul(state, 48_271) ^ turn;
  return state === 0 ? 0 : performance.now() - start;
}

function spinInWorker(): Promise<number> {
  const source = `${spin.toString()}; postMessage(${spin.name}(${SPINS}));`;
  const worker = new Worker(URL.createObjectURL(new Blob([source])));
  return new Promise((resolve) => {
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data as number);
    };
  });
}

Object.assign(globalThis, {
  bench: { onMainThread, inWorker, spin: () => spin(SPINS), spinInWorker },
});
