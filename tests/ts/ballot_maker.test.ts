/** The page's client and the worker's service, over a real message channel. */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';

import { checkBallot } from '../../crypto/ts/ballot.ts';
import { BallotMaker, type WorkerPort } from '../../crypto/ts/ballot_maker.ts';
import { BallotService, type Port } from '../../crypto/ts/ballot_service.ts';
import { BallotSession } from '../../crypto/ts/ballot_session.ts';
import { readElection } from '../../crypto/ts/election.ts';
import { ProtocolError } from '../../crypto/ts/errors.ts';
import { encodePoint, powerOfGenerator } from '../../crypto/ts/group.ts';

const CARD = 'Wz9gH-BVZgGU-xYgSz-t6vhsy';
const NOMINEES = ['Lê Thị Thử', 'Trần Văn Mẫu'];
const MARKS = [[1, 0], [0, 1]];

function election(name = 'Bầu cử thử'): string {
  const questions = NOMINEES.map((question) =>
    ({ answers: ['Đồng ý', 'Không đồng ý'], min: 0, max: 1, question }));
  return JSON.stringify({
    version: 1, description: '', name, group: 'Ed25519',
    public_key: encodePoint(powerOfGenerator(12345n)), questions,
    uuid: 'AbCdEfGhJkLmNp',
  });
}

function everyKind(): string {
  const value = JSON.parse(election());
  value.questions = [
    value.questions[0],
    { answers: ['A', 'B', 'C', 'D'], min: 0, max: 3, question: 'Chọn' },
    { answers: ['A', 'B'], blank: true, min: 1, max: 2, question: 'Có phiếu trắng' },
  ];
  return JSON.stringify(value);
}

describe('BallotMaker', () => {
  let channel: MessageChannel;
  let maker: BallotMaker;
  beforeEach(() => {
    channel = new MessageChannel();
    new BallotService(channel.port2 as unknown as Port);
    maker = new BallotMaker(channel.port1 as unknown as WorkerPort);
  });
  afterEach(() => channel.port1.close());

  test('prepares, then makes a ballot whose proofs hold', async () => {
    const seen: number[] = [];
    maker.onProgress = ({ done, total }) => { seen.push(done / total); };
    await maker.prepare(election());
    const made = await maker.make(MARKS, CARD);
    checkBallot(made.ballot, readElection(election()));
    assert.equal(seen.at(-1), 1);
  });

  test('makes a ballot without preparation', async () => {
    const made = await maker.make(MARKS, CARD, election());
    checkBallot(made.ballot, readElection(election()));
  });

  test('makes a ballot while the preparation still runs', async () => {
    const ready = maker.prepare(election());
    const made = await maker.make(MARKS, CARD);
    checkBallot(made.ballot, readElection(election()));
    await ready;
  });

  test('a second ballot uses no secret of the first', async () => {
    await maker.prepare(election());
    const ballots = [await maker.make(MARKS, CARD), await maker.make(MARKS, CARD)];
    const [a, b] = ballots.map(({ ballot }): string[] =>
      ballot.match(/"alpha":"[0-9a-f]+"/g) ?? []);
    assert.equal(a?.length, 4);
    assert.deepEqual(a?.filter((alpha) => b?.includes(alpha)), []);
  });

  test('another paper after the first', async () => {
    await maker.make(MARKS, CARD, election());
    const next = election('Bầu cử lần hai');
    await maker.prepare(next);
    checkBallot((await maker.make(MARKS, CARD)).ballot, readElection(next));
  });

  test('wipe ends a ballot that is being made', async () => {
    const made = maker.make(MARKS, CARD, election());
    maker.wipe();
    await assert.rejects(made, { name: 'AbortError' });
  });

  test('wipe ends a preparation quietly', async () => {
    const ready = maker.prepare(election());
    maker.wipe();
    await ready;
  });

  test('errors keep the name of the failing check', async () => {
    await assert.rejects(
      maker.make([[1, 1], [0, 0]], CARD, election()),
      (error) => error instanceof ProtocolError && error.check === 'marks.sum',
    );
    await assert.rejects(
      maker.make(MARKS, 'not a card', election()),
      (error) => error instanceof ProtocolError && error.check === 'credential',
    );
    await assert.rejects(
      maker.prepare('{}'),
      (error) => error instanceof ProtocolError && error.check === 'election',
    );
  });
});

describe('BallotSession', () => {
  test('draws exactly what one ballot needs', () => {
    const session = new BallotSession();
    session.open(everyKind());
    while (session.drawUntil(0)) { /* one secret at a time */ }
    const { done, total } = session.progress;
    assert.equal(done, total);
    const random = mock.method(globalThis.crypto, 'getRandomValues');
    let left = 0;
    session.make(CARD, [[1, 0], [0, 1, 1, 0], [0, 1, 0]], () => {
      left = session.progress.done;
    });
    random.mock.restore();
    assert.equal(left, 0);
    const scalars = random.mock.calls.filter(({ arguments: [array] }) =>
      array instanceof Uint8Array && array.length === 64);
    assert.equal(scalars.length, 1, 'only the nonce of the signature is new');
  });

  test('forgets its secrets when wiped', () => {
    const session = new BallotSession();
    session.open(election());
    session.drawUntil(Infinity);
    session.wipe();
    assert.equal(session.progress.done, 0);
  });
});
