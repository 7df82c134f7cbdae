/** Messages between trustees, AES-CCM beneath them, and key cards. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { open, seal } from '../../crypto/ts/ccm.ts';
import { sha256Hex, toHex } from '../../crypto/ts/encoding.ts';
import { EncodingError, ProofError, ProtocolError } from '../../crypto/ts/errors.ts';
import { decodePoint } from '../../crypto/ts/group.ts';
import { keyCardText, readableSeed, readKeyCard } from '../../crypto/ts/key_card.ts';
import { keysOfSeed, newSeed, receive, send } from '../../crypto/ts/pki.ts';

/** Made by Python's `cryptography`: AESCCM(key, tag_length=8); long ones as SHA-256. */
const SEALED: Record<number, string> = {
  0: 'ff7b65a9aabaf0b3',
  1: '68a3bbb47e9b0cadf2',
  15: 'dfd33d8ae37cb49ff5932d4ef63a79dacfabcb3816f8e2',
  16: 'e4e748e7bbeef6acedf2255f719f75c95e7e859d17e0d578',
  17: '0f61c03aaa60da916686064406d2a0c0834bf526beb9361a79',
  300: 'b8120539b6e1526630baf07910fe990507d1ee37f854e6cac8355d7126da8882',
};

function bytes(length: number, factor: number, offset: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (factor * i + offset) % 256);
}

describe('AES-CCM', () => {
  for (const [size, expected] of Object.entries(SEALED)) {
    const n = Number(size);
    const [key, nonce, message] = [bytes(32, 7, n), bytes(13, 11, n), bytes(n, 3, n)];
    const sealed = seal(key, nonce, message);

    test(`${n} bytes`, () => {
      assert.equal(n < 20 ? toHex(sealed) : sha256Hex(sealed), expected);
      assert.deepEqual(open(key, nonce, sealed), message);
    });

    test(`${n} bytes, changed`, () => {
      for (const at of [0, sealed.length - 1]) {
        const changed = sealed.slice();
        changed[at] = (changed[at] ?? 0) ^ 1;
        assert.throws(() => open(key, nonce, changed), ProofError);
      }
      assert.throws(() => open(key, bytes(13, 11, n + 1), sealed), ProofError);
    });
  }

  test('too short, too long, wrong sizes', () => {
    const [key, nonce] = [new Uint8Array(32), new Uint8Array(13)];
    assert.throws(() => open(key, nonce, new Uint8Array(7)), EncodingError);
    assert.throws(() => seal(key, nonce, new Uint8Array(65536)), EncodingError);
    assert.throws(() => seal(key.slice(1), nonce, new Uint8Array(1)), TypeError);
    assert.throws(() => seal(key, nonce.slice(1), new Uint8Array(1)), TypeError);
  });
});

describe('messages', () => {
  const [sender, recipient, other] = [1, 2, 3].map(() => keysOfSeed(newSeed()));
  if (!sender || !recipient || !other) throw new Error('three keys');
  const sent = send(sender, recipient.encryption, 'Đại hội');
  const from = decodePoint(sender.verification);

  test('arrive', () => assert.equal(receive(recipient, from, sent), 'Đại hội'));

  test('are for nobody else', () => {
    assert.throws(() => receive(other, from, sent), ProtocolError);
  });

  test('are from nobody else', () => {
    assert.throws(
      () => receive(recipient, decodePoint(other.verification), sent),
      (error) => error instanceof ProofError && error.check === 'trustee.signature',
    );
  });

  test('cannot be changed', () => {
    const changed = sent.replace(/.{10}"}$/, '0123456789"}');
    assert.throws(() => receive(recipient, from, changed), ProofError);
  });
});

describe('key cards', () => {
  const seed = 'rGNefYzsdVzBrusNNubSqR';
  const card = { uuid: 'AbCdEfGhJkLmNp', index: 3, seed };

  test('survive printing and scanning', () => {
    assert.deepEqual(readKeyCard(keyCardText(card)), card);
    assert.equal(readableSeed(seed), 'rGNef-YzsdVz-BrusN-NubSqR');
    assert.deepEqual(readKeyCard(` ${readableSeed(seed)} `), { seed });
  });

  const BAD: Record<string, string> = {
    empty: '',
    'a ballot card with a zero': '02345-6789AB-CDEFG-HJKLMN',
    'one short': seed.slice(1),
    'without index': `phieukin-key:${card.uuid}::${seed}`,
    'more parts': `${keyCardText(card)}:x`,
    'bad uuid': `phieukin-key:short:1:${seed}`,
  };
  for (const [name, text] of Object.entries(BAD)) {
    test(`refused: ${name}`, () => assert.throws(() => readKeyCard(text), EncodingError));
  }

  test('seeds are 22 base58 characters and differ', () => {
    const seeds = new Set(Array.from({ length: 100 }, newSeed));
    assert.equal(seeds.size, 100);
    for (const each of seeds) readKeyCard(each);
  });
});
