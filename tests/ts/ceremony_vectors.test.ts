/** The vector of a whole election, written by the Python code: both must agree. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readArchive } from '../../crypto/ts/board.ts';
import {
  checkCertificates, makeVoutput, privateKey,
} from '../../crypto/ts/pedersen.ts';
import { aggregate, checkPartialDecryption, unseal } from '../../crypto/ts/tally.ts';
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
