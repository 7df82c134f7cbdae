/**
 * Every challenge of the protocol, one function each, prefix visible.
 *
 * Points come as their texts: a prover has most of them encoded already.
 */

import { hashToScalar } from './encoding.ts';
import type { Scalar } from './group.ts';

/** Section "Verification keys". */
export function keyChallenge(group: string, key: string, a: string): Scalar {
  return hashToScalar(`pok|${group}|${key}|${a}`);
}

/** Section "Signing" of trustees. */
export function messageChallenge(message: string, a: string): Scalar {
  return hashToScalar(`sigmsg|${message}|${a}`);
}

/** S0 of section "Encrypted answers". */
export function answerContext(fingerprint: string, credential: string): string {
  return `${fingerprint}|${credential}`;
}

/** S of section "Homomorphic answers", over all choices, the blank one included. */
export function choicesContext(context: string, choices: readonly string[]): string {
  return `${context}|${choices.join(',')}`;
}

/** Section "Proofs of interval membership". */
export function intervalChallenge(
  context: string, alpha: string, beta: string, commitments: readonly string[],
): Scalar {
  return hashToScalar(`prove|${context}|${alpha},${beta}|${commitments.join(',')}`);
}

/** Section "Proofs of possibly-blank votes", blank proof. */
export function blankChallenge(context: string, commitments: readonly string[]): Scalar {
  return hashToScalar(`bproof0|${context}|${commitments.join(',')}`);
}

/** Section "Proofs of possibly-blank votes", overall proof. */
export function blankOverallChallenge(
  context: string, commitments: readonly string[],
): Scalar {
  return hashToScalar(`bproof1|${context}|${commitments.join(',')}`);
}

/** Section "Signatures". */
export function signatureChallenge(ballotHash: string, a: string): Scalar {
  return hashToScalar(`sig|${ballotHash}|${a}`);
}

/** Section "Partial decryptions". */
export function decryptionChallenge(
  fingerprint: string, key: string, a: string, b: string,
): Scalar {
  return hashToScalar(`decrypt|${fingerprint}|${key}|${a},${b}`);
}

/**
 * Ours, not the specification's, whose challenge leaves out alpha and the factor:
 * docs/adr/0008-a-second-decryption-proof.md. The prefix keeps the two apart.
 */
export function decryptionStatementChallenge(
  fingerprint: string, key: string, statement: readonly string[],
  commitments: readonly string[],
): Scalar {
  return hashToScalar(
    `phieukin-decrypt|${fingerprint}|${key}|${statement.join(',')}|${commitments.join(',')}`,
  );
}
