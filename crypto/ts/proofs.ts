/** Zero-knowledge proofs: knowledge of a key, one of many statements, decryption. */

import { readFields, readList } from './encoding.ts';
import { ProofError } from './errors.ts';
import {
  decodeScalar, divide, encodePoint, encodePoints, encodeScalar, GENERATOR, GROUP,
  invert, multiply, type Point, power, powerOfGenerator, publicPower, randomScalar,
  reduce, type Scalar,
} from './group.ts';
import type { Ciphertext } from './elgamal.ts';
import type { OneTimeSecrets } from './one_time.ts';
import {
  decryptionChallenge, decryptionStatementChallenge, keyChallenge,
} from './transcript.ts';

export interface Proof {
  readonly challenge: Scalar;
  readonly response: Scalar;
}

export interface ProofText {
  readonly challenge: string;
  readonly response: string;
}

export function proofText({ challenge, response }: Proof): ProofText {
  return { challenge: encodeScalar(challenge), response: encodeScalar(response) };
}

export function readProof(value: unknown): Proof {
  const fields = readFields(value, ['challenge', 'response'], 'proof');
  return {
    challenge: decodeScalar(fields['challenge']),
    response: decodeScalar(fields['response']),
  };
}

/** A list of proofs; `check` is what fails if there are more or fewer. */
export function readProofs(value: unknown, length: number, check: string): Proof[] {
  return readList(readList(value, 'proof'), check, length).map(readProof);
}

/** base^response × key^challenge: the commitment a true proof started from. */
function commitment(base: Point, key: Point, { challenge, response }: Proof): Point {
  return multiply(publicPower(base, response), publicPower(key, challenge));
}

/**
 * Schnorr's proof for key = g^secret; who calls chooses the challenge's text.
 * Signatures of ballots and of trustees' messages are made in the same way.
 */
export function makeKnowledgeProof(
  secret: Scalar, challengeOf: (a: string) => Scalar, nonce: Scalar = randomScalar(),
): Proof {
  const challenge = challengeOf(encodePoint(powerOfGenerator(nonce)));
  return { challenge, response: reduce(nonce - secret * challenge) };
}

export function checkKnowledgeProof(
  key: Point, proof: Proof, challengeOf: (a: string) => Scalar, check: string,
): void {
  const a = encodePoint(commitment(GENERATOR, key, proof));
  if (challengeOf(a) !== proof.challenge) {
    throw new ProofError(check, `${check}: the proof does not verify`);
  }
}

/** Section "Verification keys". */
export function makeKeyProof(secret: Scalar): Proof {
  const key = encodePoint(powerOfGenerator(secret));
  return makeKnowledgeProof(secret, (a) => keyChallenge(GROUP, key, a));
}

export function checkKeyProof(key: Point, proof: Proof): void {
  const text = encodePoint(key);
  checkKnowledgeProof(key, proof, (a) => keyChallenge(GROUP, text, a), 'trustee.pok');
}

/**
 * What the prover knows of "(α, β) encrypts M": r, and how far the encrypted value
 * is above M. The statement is true if `excess` is 0.
 */
export interface Claim {
  readonly r: Scalar;
  readonly excess: number;
}

interface Commitment {
  readonly exponent: Scalar;
  readonly challenge: Scalar;
  readonly a: Point;
  readonly b: Point;
}

/**
 * Commit to a claim that need not be true.
 *
 * The textbook draws challenge and response and computes g^response α^challenge and
 * y^response (β/g^M)^challenge. Drawing u = response + r challenge and
 * d = excess × challenge instead gives the same distribution, and the commitments
 * g^u and y^u g^d.
 */
function simulate({ excess }: Claim, secrets: OneTimeSecrets): Commitment {
  const { exponent, g, y } = secrets.takeNonce();
  const blind = secrets.takeBlind();
  const shifted = multiply(y, blind.g);
  return excess === 0
    ? { exponent, challenge: blind.exponent, a: g, b: y }
    : {
      exponent,
      challenge: reduce(blind.exponent * invert(BigInt(excess))),
      a: g,
      b: shifted,
    };
}

/** Prove that claim `real` is true or another one is, without telling which. */
export function proveOneOf(
  claims: readonly Claim[], real: number, secrets: OneTimeSecrets,
  challengeOf: (commitments: string[]) => Scalar,
): Proof[] {
  if (claims[real]?.excess !== 0) throw new RangeError('the real claim must be true');
  const nonce = secrets.takeNonce();
  const honest = { exponent: nonce.exponent, challenge: 0n, a: nonce.g, b: nonce.y };
  const commitments = claims.map((claim, index) =>
    index === real ? honest : simulate(claim, secrets));
  const whole = challengeOf(encodePoints(commitments.flatMap(({ a, b }) => [a, b])));
  const simulated = commitments.reduce((sum, { challenge }) => sum + challenge, 0n);
  return claims.map(({ r }, index) => {
    const { exponent, challenge: drawn } = commitments[index] ?? honest;
    const challenge = index === real ? reduce(whole - simulated) : drawn;
    return { challenge, response: reduce(exponent - r * challenge) };
  });
}

/** "(α, β) encrypts M", as the verifier sees it. */
export interface Statement {
  readonly ciphertext: Ciphertext;
  readonly value: number;
}

/** Check proofs that one of the statements is true. */
export function checkOneOf(
  statements: readonly Statement[], proofs: readonly Proof[], publicKey: Point,
  challengeOf: (commitments: string[]) => Scalar, check: string,
): void {
  const commitments = statements.flatMap(({ ciphertext, value }, index) => {
    const proof = proofs[index];
    if (proof === undefined) throw new ProofError(check, `${check}: a proof is missing`);
    const shifted = divide(ciphertext.beta, publicPower(GENERATOR, BigInt(value)));
    return [
      commitment(GENERATOR, ciphertext.alpha, proof),
      commitment(publicKey, shifted, proof),
    ];
  });
  const sum = reduce(proofs.reduce((n, { challenge }) => n + challenge, 0n));
  if (
    proofs.length !== statements.length
    || challengeOf(encodePoints(commitments)) !== sum
  ) {
    throw new ProofError(check, `${check}: the proof does not verify`);
  }
}

/** Section "Partial decryptions": alpha^secret is what we say it is. */
export function makeDecryptionProof(
  fingerprint: string, secret: Scalar, key: string, alpha: Point,
): Proof {
  const nonce = randomScalar();
  const [a = '', b = ''] = encodePoints([powerOfGenerator(nonce), power(alpha, nonce)]);
  const challenge = decryptionChallenge(fingerprint, key, a, b);
  return { challenge, response: reduce(nonce - secret * challenge) };
}

export function checkDecryptionProof(
  fingerprint: string, key: Point, alpha: Point, factor: Point, proof: Proof,
): void {
  const [a = '', b = ''] = encodePoints([
    commitment(GENERATOR, key, proof), commitment(alpha, factor, proof),
  ]);
  const expected = decryptionChallenge(fingerprint, encodePoint(key), a, b);
  if (expected !== proof.challenge) {
    throw new ProofError('decryption.proof', 'a decryption proof does not verify');
  }
}

/** The same, with a challenge that hashes alpha and the factor too. */
export function makeStatementProof(
  fingerprint: string, secret: Scalar, key: string, alpha: Point,
): Proof {
  const nonce = randomScalar();
  const [alphaText = '', factor = '', a = '', b = ''] = encodePoints([
    alpha, power(alpha, secret), powerOfGenerator(nonce), power(alpha, nonce),
  ]);
  const challenge = decryptionStatementChallenge(
    fingerprint, key, [alphaText, factor], [a, b],
  );
  return { challenge, response: reduce(nonce - secret * challenge) };
}

export function checkStatementProof(
  fingerprint: string, key: Point, alpha: Point, factor: Point, proof: Proof,
): void {
  const [alphaText = '', factorText = '', a = '', b = ''] = encodePoints([
    alpha, factor, commitment(GENERATOR, key, proof), commitment(alpha, factor, proof),
  ]);
  const expected = decryptionStatementChallenge(
    fingerprint, encodePoint(key), [alphaText, factorText], [a, b],
  );
  if (expected !== proof.challenge) {
    throw new ProofError(
      'decryption.statement', "a proof of a decryption's statement does not verify",
    );
  }
}
