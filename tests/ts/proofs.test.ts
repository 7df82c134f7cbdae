/** Proofs and ballots that the Python implementation made, and those it refuses. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { checkBallot, tracker } from '../../crypto/ts/ballot.ts';
import { readPublicCredentials } from '../../crypto/ts/credentials.ts';
import { readElection } from '../../crypto/ts/election.ts';
import { readCiphertext } from '../../crypto/ts/elgamal.ts';
import { ProofError, ProtocolError } from '../../crypto/ts/errors.ts';
import { decodePoint, decodeScalar, GROUP, reduce } from '../../crypto/ts/group.ts';
import {
  checkDecryptionProof, checkKeyProof, checkOneOf, makeKnowledgeProof, type Proof,
  proofText, readProof,
} from '../../crypto/ts/proofs.ts';
import { checkSignature, readSignature } from '../../crypto/ts/signature.ts';
import {
  blankChallenge, blankOverallChallenge, intervalChallenge, keyChallenge,
} from '../../crypto/ts/transcript.ts';
import { type Ballots, type Proofs, vectors } from './vectors.ts';

const proofs = vectors<Proofs>('proofs');
const publicKey = decodePoint(proofs.public_key);

function changed({ challenge, response }: Proof): Proof {
  return { challenge, response: reduce(response + 1n) };
}

test('knowledge: made from the same draw, and checked', () => {
  const { draws, proof } = proofs.knowledge;
  const made = makeKnowledgeProof(
    decodeScalar(proofs.private_key),
    (a) => keyChallenge(GROUP, proofs.public_key, a), decodeScalar(draws[0]),
  );
  assert.deepEqual(proofText(made), proof);
  checkKeyProof(publicKey, readProof(proof));
  assert.throws(() => checkKeyProof(publicKey, changed(readProof(proof))), ProofError);
});

test('decryption', () => {
  const { fingerprint, alpha, factor, proof } = proofs.decryption;
  const check = (given: Proof) => checkDecryptionProof(
    fingerprint, publicKey, decodePoint(alpha), decodePoint(factor), given,
  );
  check(readProof(proof));
  assert.throws(() => check(changed(readProof(proof))), ProofError);
});

test('signature', () => {
  const { credential, unsigned, signature } = proofs.signature;
  checkSignature(readSignature(signature), unsigned, decodePoint(credential));
  assert.throws(
    () => checkSignature(readSignature(signature), `${unsigned} `, decodePoint(credential)),
    ProofError,
  );
});

for (const [index, vector] of proofs.intervals.entries()) {
  test(`interval ${index}: ${vector.context}`, () => {
    const ciphertext = readCiphertext(vector.ciphertext);
    const { alpha, beta } = vector.ciphertext;
    const check = (given: readonly Proof[]) => checkOneOf(
      vector.values.map((value) => ({ ciphertext, value })), given, publicKey,
      (commitments) => intervalChallenge(vector.context, alpha, beta, commitments), 'it',
    );
    const given = vector.proofs.map(readProof);
    check(given);
    assert.throws(() => check(given.map(changed)), ProofError);
    assert.throws(() => check(given.slice(1)), ProofError);
  });
}

for (const [index, vector] of proofs.blanks.entries()) {
  test(`blank ${index}: ${vector.context}`, () => {
    const blank = readCiphertext(vector.blank);
    const total = readCiphertext(vector.total);
    checkOneOf(
      [{ ciphertext: blank, value: 0 }, { ciphertext: total, value: 0 }],
      vector.blank_proof.map(readProof), publicKey,
      (commitments) => blankChallenge(vector.context, commitments), 'it',
    );
    checkOneOf(
      [
        { ciphertext: blank, value: 1 },
        ...vector.values.map((value) => ({ ciphertext: total, value })),
      ],
      vector.overall_proof.map(readProof), publicKey,
      (commitments) => blankOverallChallenge(vector.context, commitments), 'it',
    );
  });
}

describe('ballots of the Python implementation', () => {
  const ballots = vectors<Ballots>('ballots');
  const election = readElection(ballots.election);
  const listed = readPublicCredentials(ballots.public_credentials);

  test('the election', () => assert.equal(election.fingerprint, ballots.fingerprint));

  for (const { name, ballot, tracker: expected } of ballots.ballots) {
    test(`accepted: ${name}`, () => {
      assert.ok(listed.has(checkBallot(ballot, election).credential));
      assert.equal(tracker(ballot), expected);
    });
  }

  for (const { name, check, ballot } of ballots.refused) {
    test(`refused: ${name}`, () => {
      if (check === 'ballot.credential') {
        // The list of cards is the board's business; the signature fails anyway.
        assert.throws(() => checkBallot(ballot, election), ProtocolError);
        return;
      }
      assert.throws(
        () => checkBallot(ballot, election),
        (error) => error instanceof ProtocolError && error.check === check,
      );
    });
  }
});
