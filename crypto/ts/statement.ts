/**
 * The second proof of a decryption share, which never enters the archive: its challenge
 * hashes the ciphertext and the factor, which the specification's leaves out
 * (docs/adr/0008-a-second-decryption-proof.md).
 */

import { assertText, readFields, readJson, readList, toJson } from './encoding.ts';
import { ProofError, ProtocolError } from './errors.ts';
import {
  decodePoint, decodePointOrIdentity, encodePoint, powerOfGenerator, type Scalar,
} from './group.ts';
import {
  checkStatementProof, makeStatementProof, proofText, readProof,
} from './proofs.ts';
import { readTally } from './tally.ts';

const CHECK = 'decryption.statement';

/** A proof for each of a member's decryption factors; JSON text. */
export function makeStatementProofs(share: {
  readonly fingerprint: string;
  readonly encryptedTally: string;
  readonly privateKey: Scalar;
}): string {
  const { fingerprint, encryptedTally, privateKey: secret } = share;
  assertText(fingerprint, 'fingerprint');
  if (typeof secret !== 'bigint') throw new TypeError('privateKey must be a bigint');
  const key = encodePoint(powerOfGenerator(secret));
  return toJson(readTally(encryptedTally).map((row) => row.map(({ alpha }) =>
    proofText(makeStatementProof(fingerprint, secret, key, alpha)))));
}

/** Check them with the share they came with, against its trustee's public key (hex). */
export function checkStatementProofs(share: {
  readonly fingerprint: string;
  readonly encryptedTally: string;
  readonly publicKey: string;
  readonly partialDecryption: string;
  readonly proofs: string;
}): void {
  try {
    checkAll(share);
  } catch (error) {
    if (error instanceof ProtocolError) throw new ProofError(CHECK, error.message);
    throw error;
  }
}

function checkAll(share: Parameters<typeof checkStatementProofs>[0]): void {
  const key = decodePoint(share.publicKey);
  const tally = readTally(share.encryptedTally);
  const fields = readFields(
    readJson(share.partialDecryption, CHECK),
    ['decryption_factors', 'decryption_proofs'], CHECK,
  );
  const factors = readList(fields['decryption_factors'], CHECK, tally.length);
  const proofs = readList(readJson(share.proofs, CHECK), CHECK, tally.length);
  tally.forEach((row, i) => {
    const rowFactors = readList(factors[i], CHECK, row.length);
    const rowProofs = readList(proofs[i], CHECK, row.length);
    row.forEach(({ alpha }, j) => {
      const factor = decodePointOrIdentity(rowFactors[j]);
      checkStatementProof(share.fingerprint, key, alpha, factor, readProof(rowProofs[j]));
    });
  });
}
