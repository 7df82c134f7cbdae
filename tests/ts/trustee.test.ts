/** A member's key opens the sum that its own browser computed, and no other. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readArchive } from '../../crypto/ts/board.ts';
import { readElection } from '../../crypto/ts/election.ts';
import { checkStatementProofs } from '../../crypto/ts/statement.ts';
import { RunningTally } from '../../crypto/ts/running_tally.ts';
import { readTrustees } from '../../crypto/ts/trustees.ts';
import { CardError, openBox, openTrial, seedOf } from '../../tally/trustee/key_work.ts';
import type { BoxSums } from '../../tally/trustee/types.ts';
import { vectors } from './vectors.ts';

interface Vector {
  readonly seeds: readonly string[];
  readonly voutputs: readonly string[];
  readonly election: string;
  readonly trustees: string;
  readonly encrypted_tally: string;
  readonly archive: string;
}

const vector = vectors<Vector>('ceremony');
const archive = readArchive(Buffer.from(vector.archive, 'base64'));
const seed = vector.seeds[0] ?? '';
const UUID = readElection(vector.election).uuid;
const sums: BoxSums = {
  election: vector.election,
  trustees: vector.trustees,
  encrypted_tally: vector.encrypted_tally,
  private_key: (JSON.parse(vector.voutputs[0] ?? '') as { private_key: string }).private_key,
  kiosk_url: 'http://127.0.0.1:8200',
  head: archive.head,
  height: archive.events.length - 1,
  owner: 2, // owner 1 is a Single trustee
};

async function ownTally(): Promise<RunningTally> {
  const tally = new RunningTally();
  await tally.follow(archive);
  return tally;
}

/** Stand in for the network; returns what was posted. */
function network(...answers: unknown[]): string[] {
  const posted: string[] = [];
  globalThis.fetch = async (_path, init) => {
    if (init?.method === 'POST') posted.push(String(init.body));
    return new Response(JSON.stringify(answers.shift() ?? { ok: true, csrf_token: 'x' }));
  };
  return posted;
}

const because = (key: string) => (error: unknown) =>
  error instanceof CardError && error.key === key;

test('the sum that this browser computed is opened', async () => {
  const posted = network();
  await openBox(UUID, seed, archive, await ownTally(), sums);
  assert.equal(posted.length, 1);
  const { text, statement } = JSON.parse(posted[0] ?? '') as Record<string, string>;
  checkStatementProofs({
    fingerprint: readElection(vector.election).fingerprint,
    encryptedTally: vector.encrypted_tally,
    publicKey: readTrustees(vector.trustees).trustees[1]?.publicKey ?? '',
    partialDecryption: text ?? '',
    proofs: statement ?? '',
  });
});

const first = JSON.parse(vector.encrypted_tally) as unknown[][];
const lies: Record<string, Partial<BoxSums>> = {
  'a single ballot in place of the sum': {
    encrypted_tally: JSON.stringify(first.map((row) => [...row].reverse())),
  },
  'another board': { head: '0'.repeat(64) },
};
for (const [name, lie] of Object.entries(lies)) {
  test(`nothing is opened for ${name}`, async () => {
    const posted = network();
    const opened = openBox(UUID, seed, archive, await ownTally(), { ...sums, ...lie });
    await assert.rejects(opened, because('tally.unseal.other_board'));
    assert.deepEqual(posted, []);
  });
}

test('nothing is opened for another vote under the same key', async () => {
  const posted = network();
  const opened = openBox('KjXuhXMNuGJKCB', seed, archive, await ownTally(), sums);
  await assert.rejects(opened, because('tally.unseal.other_board'));
  assert.deepEqual(posted, []);
});

test('a card of another member opens nothing', async () => {
  const posted = network();
  const opened = openBox(UUID, vector.seeds[1] ?? '', archive, await ownTally(), sums);
  await assert.rejects(opened, because('tally.card.wrong'));
  assert.deepEqual(posted, []);
});

test('the real vote is not opened in the name of a trial', async () => {
  const { uuid } = readElection(vector.election);
  for (const asked of [uuid, 'a-different-vote']) {
    const posted = network({ ok: true, ...sums });
    await assert.rejects(openTrial(asked, 1, seed), because('tally.trial.not_a_trial'));
    assert.deepEqual(posted, []);
  }
});

test('a key card says for whom and for which vote it is', () => {
  const [vote, other] = ['KjXuhXMNuGJKCB', 'Hhbaj3SX8KCZQQ'];
  assert.equal(seedOf(`phieukin-key:${vote}:1:${seed}`, vote, 1), seed);
  assert.equal(seedOf(seed, vote, 1), seed);
  const wrong = {
    'tally.card.other_vote': `${other}:1`, 'tally.card.other_member': `${vote}:2`,
  };
  for (const [key, place] of Object.entries(wrong)) {
    assert.throws(() => seedOf(`phieukin-key:${place}:${seed}`, vote, 1), because(key));
  }
  assert.throws(() => seedOf('not a card', vote, 1), because('tally.card.unreadable'));
});
