/**
 * AES-256-CCM (RFC 3610) with the sizes of trustees' messages: a nonce of 13 bytes,
 * a tag of 8 and no associated data. Only the block cipher modes CBC and CTR of
 * @noble/ciphers are put together here.
 */

import { cbc, ctr } from '@noble/ciphers/aes.js';
import { concatBytes } from '@noble/hashes/utils.js';

import { EncodingError, ProofError } from './errors.ts';

const BLOCK = 16;
export const NONCE_BYTES = 13;
export const TAG_BYTES = 8;
/** Two bytes are left to count the message's bytes. */
const MAX_MESSAGE = 0xffff;
const LENGTH_FLAG = 1;
const TAG_FLAG = ((TAG_BYTES - 2) / 2) << 3;

function assertSizes(key: Uint8Array, nonce: Uint8Array): void {
  if (key.length !== 32) throw new TypeError('the key must have 32 bytes');
  if (nonce.length !== NONCE_BYTES) throw new TypeError('the nonce must have 13 bytes');
}

/** CBC-MAC over the first block, which tells the sizes, and the padded message. */
function authenticate(key: Uint8Array, nonce: Uint8Array, message: Uint8Array): Uint8Array {
  const length = Uint8Array.of(message.length >> 8, message.length & 0xff);
  const first = concatBytes(Uint8Array.of(TAG_FLAG | LENGTH_FLAG), nonce, length);
  const padding = new Uint8Array((BLOCK - (message.length % BLOCK)) % BLOCK);
  const chain = cbc(key, new Uint8Array(BLOCK), { disablePadding: true })
    .encrypt(concatBytes(first, message, padding));
  return chain.slice(-BLOCK).slice(0, TAG_BYTES);
}

/** The key stream: its first block hides the tag, the others the message. */
function mask(
  key: Uint8Array, nonce: Uint8Array, tag: Uint8Array, message: Uint8Array,
): { readonly tag: Uint8Array; readonly message: Uint8Array } {
  const start = concatBytes(Uint8Array.of(LENGTH_FLAG), nonce, new Uint8Array(2));
  const padding = new Uint8Array(BLOCK - TAG_BYTES);
  const masked = ctr(key, start).encrypt(concatBytes(tag, padding, message));
  return { tag: masked.slice(0, TAG_BYTES), message: masked.slice(BLOCK) };
}

/** The encrypted message followed by its tag. */
export function seal(key: Uint8Array, nonce: Uint8Array, message: Uint8Array): Uint8Array {
  assertSizes(key, nonce);
  if (message.length > MAX_MESSAGE) {
    throw new EncodingError('message', 'a message between trustees is too long');
  }
  const masked = mask(key, nonce, authenticate(key, nonce, message), message);
  return concatBytes(masked.message, masked.tag);
}

export function open(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array {
  assertSizes(key, nonce);
  if (sealed.length < TAG_BYTES || sealed.length > MAX_MESSAGE + TAG_BYTES) {
    throw new EncodingError('message', 'a message between trustees has a wrong length');
  }
  const end = sealed.length - TAG_BYTES;
  const clear = mask(key, nonce, sealed.slice(end), sealed.slice(0, end));
  const expected = authenticate(key, nonce, clear.message);
  const difference = expected.reduce(
    (bits, byte, index) => bits | (byte ^ (clear.tag[index] ?? 0)), 0,
  );
  if (difference !== 0) {
    throw new ProofError('message', 'a message between trustees cannot be decrypted');
  }
  return clear.message;
}
