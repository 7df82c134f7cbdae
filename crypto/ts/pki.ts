/** How trustees speak to each other (spec: Public key infrastructure, Channels). */

import { NONCE_BYTES, open, seal } from './ccm.ts';
import {
  assertText, fromHex, hashToScalar, isBase58, randomBase58, readFields, readJson,
  readText, sha256Bytes, toHex, toJson,
} from './encoding.ts';
import { EncodingError, ProofError } from './errors.ts';
import {
  decodePoint, divide, encodePoint, multiply, type Point, power, powerOfGenerator,
  randomScalar, type Scalar,
} from './group.ts';
import {
  checkKnowledgeProof, makeKnowledgeProof, type Proof, type ProofText, proofText,
  readProof,
} from './proofs.ts';
import { messageChallenge } from './transcript.ts';

const SEED_LENGTH = 22;

/** The four keys of one trustee, and the public ones as texts. */
export interface TrusteeKeys {
  readonly signing: Scalar;
  readonly decryption: Scalar;
  readonly verification: string;
  readonly encryption: string;
}

export interface SignedMessage {
  readonly message: string;
  readonly signature: Proof;
}

/** How a signed message stands in JSON. */
export interface SignedMessageText {
  readonly message: string;
  readonly signature: ProofText;
}

/** A member's only secret: 22 base58 characters. */
export function newSeed(): string {
  return randomBase58(SEED_LENGTH);
}

export function checkSeed(seed: string): void {
  assertText(seed, 'seed');
  if (seed.length !== SEED_LENGTH || !isBase58(seed)) {
    throw new EncodingError('seed', 'a key card has 22 base58 characters');
  }
}

export function keysOfSeed(seed: string): TrusteeKeys {
  checkSeed(seed);
  const signing = hashToScalar(`sk|${seed}`);
  const decryption = hashToScalar(`dk|${seed}`);
  return {
    signing,
    decryption,
    verification: encodePoint(powerOfGenerator(signing)),
    encryption: encodePoint(powerOfGenerator(decryption)),
  };
}

export function signText(signing: Scalar, text: string): ProofText {
  return proofText(makeKnowledgeProof(signing, (a) => messageChallenge(text, a)));
}

export function checkTextSignature(key: Point, text: string, signature: Proof): void {
  checkKnowledgeProof(
    key, signature, (a) => messageChallenge(text, a), 'trustee.signature',
  );
}

export function signMessage(signing: Scalar, message: string): SignedMessageText {
  return { message, signature: signText(signing, message) };
}

export function readSignedMessage(value: unknown): SignedMessage {
  const fields = readFields(value, ['message', 'signature'], 'signed_message');
  return {
    message: readText(fields['message'], 'signed_message'),
    signature: readProof(fields['signature']),
  };
}

function cipherKey(shared: Point): Uint8Array {
  return sha256Bytes(`key|${encodePoint(shared)}`);
}

function cipherNonce(alpha: Point): Uint8Array {
  return sha256Bytes(`iv|${encodePoint(alpha)}`).slice(0, NONCE_BYTES);
}

function encrypt(recipient: Point, text: string): string {
  const r = randomScalar();
  const alpha = powerOfGenerator(r);
  const shared = powerOfGenerator(randomScalar());
  const plain = new TextEncoder().encode(text);
  return toJson({
    alpha: encodePoint(alpha),
    beta: encodePoint(multiply(power(recipient, r), shared)),
    data: toHex(seal(cipherKey(shared), cipherNonce(alpha), plain)),
  });
}

function decrypt(decryption: Scalar, text: string): string {
  const fields = readFields(readJson(text, 'message'), ['alpha', 'beta', 'data'], 'message');
  const alpha = decodePoint(fields['alpha']);
  const shared = divide(decodePoint(fields['beta']), power(alpha, decryption));
  const data = fromHex(readText(fields['data'], 'message'));
  const plain = open(cipherKey(shared), cipherNonce(alpha), data);
  return new TextDecoder().decode(plain);
}

/** Sign a message and encrypt it to `recipient`, an encryption key. */
export function send(keys: TrusteeKeys, recipient: string, message: string): string {
  const inner = toJson({ recipient, message });
  return encrypt(decodePoint(recipient), toJson(signMessage(keys.signing, inner)));
}

/** Decrypt a message for us; `sender` is a verification key. */
export function receive(keys: TrusteeKeys, sender: Point, sent: string): string {
  const text = decrypt(keys.decryption, sent);
  const signed = readSignedMessage(readJson(text, 'message'));
  checkTextSignature(sender, signed.message, signed.signature);
  const fields = readFields(
    readJson(signed.message, 'message'), ['recipient', 'message'], 'message',
  );
  if (fields['recipient'] !== keys.encryption) {
    throw new ProofError('message', 'a message between trustees is for somebody else');
  }
  return readText(fields['message'], 'message');
}
