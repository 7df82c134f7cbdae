/** The vector of a whole election, written by the Python code: both must agree. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readArchive } from '../../crypto/ts/board.ts';
import { ProofError } from '../../crypto/ts/errors.ts';
import {
  checkCertificates, makeVoutput, privateKey,
} from '../../crypto/ts/pedersen.ts';
import { checkStatementProofs, makeStatementProofs } from '../../crypto/ts/statement.ts';
import { aggregate } from '../../crypto/ts/running_tally.ts';
import { checkPartialDecryption, unseal } from '../../crypto/ts/tally.ts';
import { readTrustees } from '../../crypto/ts/trustees.ts';
import { vectors } from './vectors.ts';

interface Vector {
  readonly threshold: number;
  readonly seeds: readonly string[];
  readonly certificates: readonly string[];
  readonly vinputs: readonly string[];
  readonly voutputs: readonly string[];
  readonly private_keys: readonly string[];
  readonly trustees: string;
  readonly fingerprint: string;
  readonly encrypted_tally: string;
  readonly sized_encrypted_tally: string;
  readonly partial_decryptions: Readonly<Record<string, string>>;
  readonly statement_proofs: Readonly<Record<string, string>>;
  readonly archive: string;
}

const vector = vectors<Vector>('ceremony');
const trustees = readTrustees(vector.trustees);
const archive = readArchive(Buffer.from(vector.archive, 'base64'));
const lockedKey = (voutput: string) =>
  (JSON.parse(voutput) as { private_key: string }).private_key;
/** Owner 1 is a Single trustee, so member 1 is owner 2. */
const keyOf = (owner: number) =>
  trustees.trustees.find((each) => each.owner === owner)?.publicKey ?? '';

test('the certificates of the vector are one ceremony', () => {
  checkCertificates(vector.certificates, vector.threshold);
});

for (const [at, seed] of vector.seeds.entries()) {
  test(`member ${at + 1} opens its private key`, () => {
    const key = privateKey(seed, lockedKey(vector.voutputs[at] ?? ''), keyOf(at + 2));
    assert.equal(String(key), vector.private_keys[at]);
  });

  test(`member ${at + 1} makes the same key of its vinput`, () => {
    const made = makeVoutput(seed, vector.certificates, vector.vinputs[at] ?? '', at + 1);
    const key = privateKey(seed, lockedKey(made), keyOf(at + 2));
    assert.equal(String(key), vector.private_keys[at]);
  });
}

test('the ballots of the archive add up to the encrypted tally', async () => {
  const sums = await aggregate(archive, { checkProofs: true });
  assert.equal(sums.encryptedTally, vector.encrypted_tally);
  assert.equal(sums.sizedEncryptedTally, vector.sized_encrypted_tally);
});

for (const [owner, partialDecryption] of Object.entries(vector.partial_decryptions)) {
  test(`the partial decryption of trustee ${owner} is proven`, () => {
    checkPartialDecryption({
      fingerprint: vector.fingerprint,
      encryptedTally: vector.encrypted_tally,
      publicKey: keyOf(Number(owner)),
      partialDecryption,
    });
  });
}

test('unsealing gives the same decryption factors', async () => {
  const made = await unseal({
    archive,
    seed: vector.seeds[0] ?? '',
    encryptedPrivateKey: lockedKey(vector.voutputs[0] ?? ''),
    owner: 2,
  });
  const factors = (text: string) =>
    (JSON.parse(text) as { decryption_factors: unknown }).decryption_factors;
  assert.deepEqual(factors(made), factors(vector.partial_decryptions['2'] ?? ''));
});

const stated = (owner: number, proofs: string, share = vector.partial_decryptions[owner]) =>
  checkStatementProofs({
    fingerprint: vector.fingerprint, encryptedTally: vector.encrypted_tally,
    publicKey: keyOf(owner), partialDecryption: share ?? '', proofs,
  });
const unproven = (error: unknown) =>
  error instanceof ProofError && error.check === 'decryption.statement';

for (const [owner, proofs] of Object.entries(vector.statement_proofs)) {
  test(`the statement of trustee ${owner} is proven`, () => stated(Number(owner), proofs));
}

test('statement proofs made here hold for the share of the vector', () => {
  const { fingerprint, encrypted_tally: encryptedTally } = vector;
  const privateKey = BigInt(vector.private_keys[0] ?? '');
  stated(2, makeStatementProofs({ fingerprint, encryptedTally, privateKey }));
});

const good = vector.statement_proofs['2'] ?? '';
const share = JSON.parse(vector.partial_decryptions['2'] ?? '') as {
  decryption_factors: string[][]; decryption_proofs: unknown;
};
const rows = JSON.parse(good) as unknown[][];
const bad: Record<string, string> = {
  absent: '',
  'an object': '{}',
  'no rows': '[]',
  'a row too short': JSON.stringify([rows[0]?.slice(1), ...rows.slice(1)]),
  "another trustee's": vector.statement_proofs['4'] ?? '',
  "the archive's": JSON.stringify(share.decryption_proofs),
};
for (const [name, proofs] of Object.entries(bad)) {
  test(`a statement is refused: ${name}`, () => {
    assert.throws(() => stated(2, proofs), unproven);
  });
}

test('a factor that was changed is not proven', () => {
  const [[first = '', second = ''] = [], ...rest] = share.decryption_factors;
  const changed = { ...share, decryption_factors: [[second, first], ...rest] };
  assert.throws(() => stated(2, good, JSON.stringify(changed)), unproven);
});
