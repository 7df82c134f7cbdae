/** A finished archive of belenios-tool, and what a dishonest server could make of it. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { checkResult, countAgain } from '../../crypto/ts/audit_count.ts';
import { makeBallot } from '../../crypto/ts/ballot.ts';
import { readArchive } from '../../crypto/ts/board.ts';
import { ProtocolError } from '../../crypto/ts/errors.ts';
import { decodePoint, encodePoint, publicPower } from '../../crypto/ts/group.ts';
import { aggregate, RunningTally } from '../../crypto/ts/running_tally.ts';
import { checkPartialDecryption, makePartialDecryption } from '../../crypto/ts/tally.ts';
import { chain, record, type Step, steps, write } from './forge.ts';
import { needsTool, type OracleElection, oracleElection } from './oracle.ts';

const QUESTIONS = [{ answers: ['Đồng ý', 'Không đồng ý'], min: 0, max: 1, question: 'Q' }];
const MARKS = [[[1, 0]], [[0, 1]]];

function finish({ bench, text, credentials }: OracleElection, ballots: number): Uint8Array {
  for (let index = 0; index < ballots; index += 1) {
    const { ballot } = makeBallot(text, credentials[index] ?? '', MARKS[index] ?? []);
    bench.addEvent('Ballot', ballot);
  }
  bench.addEvent('EndBallots');
  bench.addEvent('EncryptedTally', bench.run(['election', 'compute-encrypted-tally']));
  const key = bench.find('.privkey');
  bench.addEvent('PartialDecryption', bench.run(
    ['election', 'decrypt', '--privkey', key, '--trustee-id', '1'],
  ));
  bench.addEvent('Result', bench.run(['election', 'compute-result']));
  bench.run(['election', 'verify']);
  return bench.readArchive();
}

type Forge = (list: Step[]) => Step[];
const isBallot = ({ type }: Step) => type === 'Ballot';

function withBallot(list: Step[], change: (text: string) => string): Step[] {
  const at = list.findIndex(isBallot);
  return list.map((step, index) =>
    (index === at ? { ...step, data: step.data.map(change) } : step));
}

/** Forgeries that the chain and its grammar give away. */
const BROKEN: Record<string, [Forge, string]> = {
  'two EndBallots': [
    (list) => list.flatMap((step) => (step.type === 'EndBallots' ? [step, step] : [step])),
    'board.grammar',
  ],
  'no EndBallots': [
    (list) => list.filter(({ type }) => type !== 'EndBallots'), 'board.grammar',
  ],
  'second Setup': [(list) => [...list.slice(0, 1), ...list], 'board.grammar'],
  'ballot after the result': [
    (list) => [...list.filter((step) => !isBallot(step)), ...list.filter(isBallot)],
    'board.grammar',
  ],
  'ballots first': [(list) => [...list.filter(isBallot), ...list], 'board.grammar'],
  'two encrypted tallies': [
    (list) => list.flatMap((step) => (step.type === 'EncryptedTally' ? [step, step] : [step])),
    'board.grammar',
  ],
  'one owner decrypts twice': [
    (list) => list.flatMap((step) => (step.type === 'PartialDecryption' ? [step, step] : [step])),
    'board.owner',
  ],
  'the same ballot twice': [
    (list) => list.flatMap((step) => (isBallot(step) ? [step, step] : [step])),
    'board.replay',
  ],
  'unknown event': [
    (list) => [...list, { type: 'Recount', data: [] }], 'board.event',
  ],
  'a record that nothing refers to': [
    (list) => list.map((step) => (isBallot(step) ? { ...step, data: ['{}', ...step.data] } : step)),
    'board.records',
  ],
  'setup records in another order': [
    (list) => list.map((step) => (step.type === 'Setup'
      ? { ...step, data: [step.data[1] ?? '', step.data[0] ?? '', ...step.data.slice(2)] }
      : step)),
    'board.records',
  ],
  'EndBallots with a payload': [
    (list) => list.map((step) => (step.type === 'EndBallots' ? { ...step, data: ['{}'] } : step)),
    'board.records',
  ],
};

/** Forgeries with a perfect chain that adding up the ballots gives away. */
const UNFAIR: Record<string, [Forge, string]> = {
  'a ballot left out': [
    (list) => list.filter((_, at) => at !== list.findIndex(isBallot)), 'tally.encrypted',
  ],
  'a ballot of another election': [
    (list) => withBallot(list, (text) => text.replace('AbCdEfGhJkLmNp', 'ZbCdEfGhJkLmNp')),
    'ballot.election',
  ],
  'a ballot of an unknown card': [
    (list) => withBallot(list, (text) => text.replace(
      /"credential":"[0-9a-f]{64}"/,
      '"credential":"2260cdf3092329c21da25ee8c9a21f5697390f51643851560e5f46ae6af8a3c9"',
    )),
    'ballot.credential',
  ],
  'a ballot that does not parse': [
    (list) => withBallot(list, (text) => `${text} `), 'ballot.encoding',
  ],
  'swapped choices': [
    (list) => withBallot(list, (text) => {
      const tree = JSON.parse(text);
      tree.answers[0].choices.reverse();
      return JSON.stringify(tree);
    }),
    'ballot.signature',
  ],
};

describe('an archive of belenios-tool', needsTool, () => {
  let oracle: OracleElection;
  let bytes: Uint8Array;
  before(() => {
    oracle = oracleElection(QUESTIONS);
    bytes = finish(oracle, 2);
  });
  after(() => oracle.bench.close());
  const refusal = (check: string) => (error: unknown) =>
    error instanceof ProtocolError && error.check === check;

  test('is read, and its tally is the sum of its ballots', async () => {
    const whole = await aggregate(readArchive(bytes), { checkProofs: true });
    assert.equal(whole.ballots, 2);
    const [, tally] = steps(bytes).find(({ type }) => type === 'EncryptedTally')?.data ?? [];
    assert.equal(whole.sizedEncryptedTally, tally);
  });

  test('is counted again as belenios-tool counted', async () => {
    const archive = readArchive(bytes);
    const counted = await countAgain(archive, await aggregate(archive));
    checkResult(archive, counted);
    assert.deepEqual(counted.result, [[1, 1]]);
  });

  test('survives being written again', () => {
    const again = write(chain(steps(bytes)), readArchive(bytes).timestamp);
    assert.deepEqual(new Uint8Array(again), bytes);
  });

  for (const [name, [forge, check]] of Object.entries(BROKEN)) {
    test(`refused by the board: ${name}`, () => {
      const forged = write(chain(forge(steps(bytes))));
      assert.throws(() => readArchive(forged), refusal(check));
    });
  }

  for (const [name, [forge, check]] of Object.entries(UNFAIR)) {
    test(`refused by adding up: ${name}`, async () => {
      const archive = readArchive(write(chain(forge(steps(bytes)))));
      await assert.rejects(aggregate(archive), refusal(check));
    });
  }

  test('a card that votes twice is refused', async () => {
    const again = makeBallot(oracle.text, oracle.credentials[0] ?? '', [[0, 0]]).ballot;
    const list = steps(bytes).filter(({ type }) => type === 'Setup' || type === 'Ballot');
    const archive = readArchive(write(chain([...list, { type: 'Ballot', data: [again] }])));
    await assert.rejects(aggregate(archive), refusal('ballot.revote'));
  });

  test('a ballot that copies a ciphertext is refused', async () => {
    const list = steps(bytes).filter(({ type }) => type === 'Setup' || type === 'Ballot');
    const tree = JSON.parse(list[2]?.data[0] ?? '');
    tree.answers = JSON.parse(list[1]?.data[0] ?? '').answers;
    const data = [JSON.stringify(tree)];
    const archive = readArchive(write(chain([...list.slice(0, 2), { type: 'Ballot', data }])));
    await assert.rejects(aggregate(archive), refusal('ballot.replay'));
    await assert.rejects(aggregate(archive, { checkProofs: true }), refusal('ballot.signature'));
  });

  test('a magnified vote that no card signed is not opened', async () => {
    const list = steps(bytes).filter(({ type }) => type === 'Setup' || type === 'Ballot');
    const victim = JSON.parse(list[1]?.data[0] ?? '');
    const tree = JSON.parse(list[2]?.data[0] ?? '');
    const magnify = (text: string) => encodePoint(publicPower(decodePoint(text), 1000n));
    for (const [at, { choices }] of victim.answers.entries()) {
      tree.answers[at].choices = choices.map(({ alpha, beta }: { alpha: string; beta: string }) =>
        ({ alpha: magnify(alpha), beta: magnify(beta) }));
    }
    const data = [JSON.stringify(tree)];
    const archive = readArchive(write(chain([...list.slice(0, 2), { type: 'Ballot', data }])));
    await assert.rejects(aggregate(archive), refusal('ballot.signature'));
  });

  test('damaged files are refused', () => {
    const records = chain(steps(bytes));
    const damaged: Record<string, Uint8Array> = {
      'nothing': new Uint8Array(),
      'no archive': new TextEncoder().encode('không phải hòm phiếu'.repeat(60)),
      'cut off': bytes.slice(0, -512),
      'cut off inside a header': bytes.slice(0, 700),
      'zero blocks after': new Uint8Array([...bytes, ...new Uint8Array(1024)]),
      'a bit in a ballot': Uint8Array.from(bytes, (byte, at) => (at === 5000 ? byte ^ 1 : byte)),
      'a bit in a header': Uint8Array.from(bytes, (byte, at) => (at === 130 ? byte ^ 1 : byte)),
      'wrong name': write(records.map((each, at) => (at === 2 ? { ...each, hash: '0'.repeat(64) } : each))),
    };
    for (const [name, data] of Object.entries(damaged)) {
      assert.throws(() => readArchive(data), refusal('archive'), name);
    }
  });

  test('data after the last event is refused', () => {
    const forged = write([...chain(steps(bytes)), record('data', '{}')]);
    assert.throws(() => readArchive(forged), refusal('board.records'));
  });

  test('a broken link is refused', () => {
    const records = chain(steps(bytes)).map((each) => (each.kind === 'event'
      ? record('event', each.text.replace('"height":2', '"height":3')) : each));
    assert.throws(() => readArchive(write(records)), refusal('board.chain'));
  });

  test('a board that changes its history is refused while voting runs', async () => {
    const list = steps(bytes).filter(({ type }) => type === 'Setup' || type === 'Ballot');
    const tally = new RunningTally();
    await tally.follow(readArchive(write(chain(list.slice(0, 2)))));
    await tally.follow(readArchive(write(chain(list))));
    assert.equal(tally.aggregate().ballots, 2);
    const changed = [list[0], list[2], list[1]].filter((step) => step !== undefined);
    await assert.rejects(
      tally.follow(readArchive(write(chain(changed)))), refusal('board.history'),
    );
    assert.equal(tally.aggregate().ballots, 2);
  });
});

describe('an empty box', needsTool, () => {
  test('is read, added up and decrypted', async () => {
    const oracle = oracleElection(QUESTIONS);
    try {
      const bytes = finish(oracle, 0);
      const archive = readArchive(bytes);
      const whole = await aggregate(archive);
      assert.equal(whole.ballots, 0);
      const counted = await countAgain(archive, whole);
      checkResult(archive, counted);
      assert.deepEqual(counted.result, [[0, 0]]);
      const privateKey = BigInt(JSON.parse(oracle.bench.read(oracle.bench.find('.privkey'))));
      const { fingerprint } = whole.election;
      const { encryptedTally } = whole;
      const share = makePartialDecryption({ fingerprint, encryptedTally, privateKey });
      checkPartialDecryption({
        fingerprint, encryptedTally, partialDecryption: share,
        publicKey: whole.trustees.publicKey,
      });
    } finally {
      oracle.bench.close();
    }
  });
});
