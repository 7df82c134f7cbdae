/** One key, two votes: a member's browser adds up no board but the vote's own. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readArchive } from '../../crypto/ts/board.ts';
import { publicCredential, secretExponent } from '../../crypto/ts/credentials.ts';
import { readElection } from '../../crypto/ts/election.ts';
import { sha256Hex, toJson } from '../../crypto/ts/encoding.ts';
import { ProtocolError } from '../../crypto/ts/errors.ts';
import { sign } from '../../crypto/ts/signature.ts';
import { seedOf } from '../../tally/trustee/key_work.ts';
import { OwnBoard, sharesKey } from '../../tally/trustee/own_board.ts';
import type { CommitteeState, Phase } from '../../tally/trustee/types.ts';
import { chain, steps, write } from './forge.ts';
import { vectors } from './vectors.ts';

interface Vector {
  readonly seeds: readonly string[];
  readonly election: string;
  readonly trustees: string;
  readonly ballots: readonly string[];
  readonly archive: string;
}

const vector = vectors<Vector>('ceremony');
const bytes = Buffer.from(vector.archive, 'base64');
const FIRST = readElection(vector.election).uuid;
const SECOND = 'KjXuhXMNuGJKCB';
const CARD = '11111-222222-33333-444444';
const quiet = (): void => undefined;

/** A board of the second vote whose only ballot has the marks of one of the first. */
function withCopiedMarks(): Uint8Array {
  const election = vector.election.replace(FIRST, SECOND);
  const credential = publicCredential(SECOND, CARD);
  const credentials = toJson([credential]);
  const { answers } = JSON.parse(vector.ballots[0] ?? '') as { answers: unknown };
  const unsigned = {
    election_uuid: SECOND, election_hash: readElection(election).fingerprint,
    credential, answers,
  };
  const signature = sign(secretExponent(SECOND, CARD), toJson(unsigned));
  const parts = [election, vector.trustees, credentials];
  const [electionHash, trusteesHash, credentialsHash] = parts.map(sha256Hex);
  const setup = toJson({
    election: electionHash, trustees: trusteesHash, credentials: credentialsHash,
  });
  return write(chain([
    { type: 'Setup', data: [...parts, setup] },
    { type: 'Ballot', data: [toJson({ ...unsigned, signature })] },
    { type: 'EndBallots', data: [] },
  ]));
}

test('the board of the vote itself is added up, with and without all proofs', async () => {
  const box = steps(bytes).filter(({ type }) => /^(Setup|Ballot|EndBallots)$/.test(type));
  for (const checkProofs of [false, true]) {
    const own = new OwnBoard(FIRST, checkProofs);
    await own.follow(readArchive(write(chain(box))), quiet);
    assert.equal(own.tally.aggregate().ballots, vector.ballots.length);
  }
});

test('the board of another vote under the same key is refused', async () => {
  const own = new OwnBoard(SECOND, true);
  await assert.rejects(own.follow(readArchive(bytes), quiet), /another vote/);
});

test('marks of one vote, signed again in another, are refused by their proofs', async () => {
  const archive = readArchive(withCopiedMarks());
  const strict = new OwnBoard(SECOND, true);
  await assert.rejects(strict.follow(archive, quiet), (error: unknown) =>
    error instanceof ProtocolError && error.check === 'ballot.individual_proof');
  // Signatures alone would not tell: this is why a shared key asks for all proofs.
  await new OwnBoard(SECOND, false).follow(archive, quiet);
});

test('all proofs are asked for while another vote may have ballots under the key', () => {
  const vote = (uuid: string, key_uuid: string, phase: Phase) =>
    ({ uuid, key_uuid, phase, title: '' });
  const here = { uuid: SECOND, key_uuid: FIRST };
  const shares = (...day: ReturnType<typeof vote>[]) =>
    sharesKey({ ...here, day } as unknown as CommitteeState);
  const me = vote(SECOND, FIRST, 'open');
  assert.equal(shares(me), false);
  assert.equal(shares(me, vote(FIRST, FIRST, 'recorded')), true);
  assert.equal(shares(me, vote(FIRST, FIRST, 'ready')), false);
  assert.equal(shares(me, vote('other', FIRST, 'sealed')), true);
  assert.equal(shares(me, vote('other', FIRST, 'void')), true);
  assert.equal(shares(me, vote('other', 'other', 'open')), false);
});

test('the key card of the first vote opens the votes after it', () => {
  const seed = vector.seeds[0] ?? '';
  const card = `phieukin-key:${FIRST}:1:${seed}`;
  assert.equal(seedOf(card, FIRST, 1), seed); // what a later vote says its key is
  assert.throws(() => seedOf(card, SECOND, 1), /other_vote/);
});
