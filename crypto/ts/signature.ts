/** Ballot signatures (spec: Signatures). */

import { fingerprint, readFields, readText } from './encoding.ts';
import { ProofError } from './errors.ts';
import type { Point, Scalar } from './group.ts';
import {
  checkKnowledgeProof, makeKnowledgeProof, type Proof, type ProofText, proofText,
  readProof,
} from './proofs.ts';
import { signatureChallenge } from './transcript.ts';

export interface SignatureText {
  readonly hash: string;
  readonly proof: ProofText;
}

export interface Signature {
  readonly hash: string;
  readonly proof: Proof;
}

export function readSignature(value: unknown): Signature {
  const fields = readFields(value, ['hash', 'proof'], 'signature');
  return {
    hash: readText(fields['hash'], 'signature.hash'),
    proof: readProof(fields['proof']),
  };
}

/** Sign the text of a ballot without its signature. */
export function sign(secret: Scalar, unsigned: string): SignatureText {
  const hash = fingerprint(unsigned);
  const proof = makeKnowledgeProof(secret, (a) => signatureChallenge(hash, a));
  return { hash, proof: proofText(proof) };
}

export function checkSignature(
  signature: Signature, unsigned: string, credential: Point,
): void {
  if (signature.hash !== fingerprint(unsigned)) {
    throw new ProofError('ballot.signature', 'the signature is of another ballot');
  }
  checkKnowledgeProof(
    credential, signature.proof, (a) => signatureChallenge(signature.hash, a),
    'ballot.signature',
  );
}
