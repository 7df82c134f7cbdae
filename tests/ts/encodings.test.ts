/** Points, scalars, hashes, cards and challenges, against the shared vectors. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import {
  publicCredential, readCredential, readPublicCredentials, secretExponent,
} from '../../crypto/ts/credentials.ts';
import {
  fingerprint, readFields, readJson, sha256Hex,
} from '../../crypto/ts/encoding.ts';
import { EncodingError, GroupError, ProtocolError } from '../../crypto/ts/errors.ts';
import {
  decodePoint, decodePointOrIdentity, decodeScalar, divide, encodePoint, encodePoints,
  encodeScalar, FixedBase, GENERATOR, GROUP, IDENTITY, multiply, ORDER, power,
  powerOfGenerator, publicPower, randomScalar,
} from '../../crypto/ts/group.ts';
import {
  answerContext, blankChallenge, blankOverallChallenge, decryptionChallenge,
  decryptionStatementChallenge,
  intervalChallenge, keyChallenge, messageChallenge, signatureChallenge,
} from '../../crypto/ts/transcript.ts';
import { type Cards, type Challenges, type Encodings, vectors } from './vectors.ts';

const encodings = vectors<Encodings>('encodings');
const cards = vectors<Cards>('credentials');

describe('group', () => {
  for (const { exponent, point } of encodings.points) {
    test(`g^${exponent}`, () => {
      assert.equal(encodePoint(powerOfGenerator(BigInt(exponent))), point);
      assert.equal(encodePoint(publicPower(GENERATOR, BigInt(exponent))), point);
      assert.equal(encodePoint(new FixedBase(GENERATOR).power(BigInt(exponent))), point);
      assert.equal(encodePoint(decodePoint(point)), point);
    });
  }

  for (const [name, text] of Object.entries(encodings.bad_points)) {
    test(`decodePoint refuses: ${name}`, () => {
      assert.throws(() => decodePoint(text), GroupError);
    });
  }

  test('values that are no strings are refused', () => {
    for (const value of [undefined, null, 1, {}, ['a']]) {
      assert.throws(() => decodePoint(value), GroupError);
      assert.throws(() => decodeScalar(value), EncodingError);
    }
  });

  test('the identity where it is allowed', () => {
    assert.equal(encodePoint(IDENTITY), encodings.identity);
    assert.ok(decodePointOrIdentity(encodings.identity).is0());
    const one = encodings.points[0]?.point ?? '';
    assert.equal(encodePoint(decodePointOrIdentity(one)), one);
    assert.deepEqual(encodePoints([IDENTITY, GENERATOR]), [encodings.identity, one]);
  });

  test('exponent 0, the identity as base, and exponents beyond the order', () => {
    for (const raise of [power, publicPower]) {
      assert.ok(raise(GENERATOR, 0n).is0());
      assert.ok(raise(GENERATOR, ORDER).is0());
      assert.ok(raise(IDENTITY, 5n).is0());
      assert.ok(raise(GENERATOR, -1n).equals(GENERATOR.negate()));
    }
    assert.ok(divide(multiply(GENERATOR, GENERATOR), GENERATOR).equals(GENERATOR));
  });

  for (const text of encodings.scalars) {
    test(`scalar ${text}`, () => assert.equal(encodeScalar(decodeScalar(text)), text));
  }

  for (const [name, text] of Object.entries(encodings.bad_scalars)) {
    test(`decodeScalar refuses: ${name}`, () => {
      assert.throws(() => decodeScalar(text), EncodingError);
    });
  }

  test('random scalars survive encoding, and their powers too', () => {
    for (let round = 0; round < 50; round += 1) {
      const n = randomScalar();
      assert.equal(decodeScalar(encodeScalar(n)), n);
      const text = encodePoint(powerOfGenerator(n));
      assert.equal(encodePoint(decodePoint(text)), text);
    }
  });
});

describe('hashes and JSON', () => {
  for (const { text, sha256, fingerprint: expected } of encodings.hashes) {
    test(`hashes of "${text}"`, () => {
      assert.equal(sha256Hex(text), sha256);
      assert.equal(fingerprint(text), expected);
    });
  }

  const BAD: Record<string, string> = {
    'white space': '{"a": 1}',
    'field twice': '{"a":1,"a":1}',
    'needless escape': '"\\u0061"',
    'line feed': '1\n',
    'number of another form': '1.0',
    'not JSON': '{',
    'byte order mark': '\ufeff1',
  };
  for (const [name, text] of Object.entries(BAD)) {
    test(`readJson refuses: ${name}`, () => {
      assert.throws(() => readJson(text, 'text'), EncodingError);
    });
  }

  test('fields must be exact and in order', () => {
    assert.deepEqual(readFields({ a: 1, c: 2 }, ['a', 'b?', 'c'], 'x'), { a: 1, c: 2 });
    for (const value of [{ c: 2, a: 1 }, { a: 1 }, { a: 1, c: 2, d: 3 }, [1, 2], null]) {
      assert.throws(() => readFields(value, ['a', 'b?', 'c'], 'x'), EncodingError);
    }
  });
});

describe('ballot cards', () => {
  for (const { credential, exponent, public: point } of cards.cards) {
    test(`card ${credential}`, () => {
      assert.equal(String(secretExponent(cards.uuid, credential)), exponent);
      assert.equal(publicCredential(cards.uuid, credential), point);
    });
  }

  for (const [name, card] of Object.entries(cards.bad_cards)) {
    test(`publicCredential refuses: ${name}`, () => {
      assert.throws(() => publicCredential(cards.uuid, card), EncodingError);
    });
  }

  test('readCredential takes what people type', () => {
    const [{ credential } = { credential: '' }] = cards.cards;
    for (const typed of [credential.replaceAll('-', ''), ` ${credential}\n`, credential.replaceAll('-', ' ')]) {
      assert.equal(readCredential(typed), credential);
    }
  });

  test('the list must be sorted and distinct', () => {
    const list = JSON.parse(cards.public_credentials) as string[];
    assert.deepEqual([...readPublicCredentials(cards.public_credentials).keys()], list);
    const weighted = readPublicCredentials(JSON.stringify([`${list[0]},7`, list[1]]));
    assert.deepEqual([...weighted.values()], [7, 1]);
    for (const bad of [[...list].reverse(), [list[0], list[0]], ['00'], [1], [`${list[0]},0`]]) {
      assert.throws(() => readPublicCredentials(JSON.stringify(bad)), EncodingError);
    }
  });
});

test('challenges', () => {
  const vector = vectors<Challenges>('challenges');
  const { fingerprint: phi, public_key: key, points, challenges } = vector;
  const [first = '', second = ''] = points;
  assert.equal(answerContext(phi, key), vector.ballot_context);
  const context = vector.answer_context;
  const ours = {
    knowledge: keyChallenge(GROUP, key, first),
    interval: intervalChallenge(context, key, first, points),
    blank_or_nothing: blankChallenge(context, points.slice(0, 4)),
    blank_or_interval: blankOverallChallenge(context, points),
    signature: signatureChallenge(phi, first),
    decryption: decryptionChallenge(phi, key, first, second),
    decryption_statement: decryptionStatementChallenge(
      phi, key, points.slice(0, 2), points.slice(2, 4),
    ),
    message: messageChallenge(vector.message, first),
  };
  const texts = Object.fromEntries(
    Object.entries(ours).map(([name, value]) => [name, String(value)]),
  );
  assert.deepEqual(texts, challenges);
});

test('callers that pass no string get a TypeError, not a protocol error', () => {
  for (const call of [readCredential, sha256Hex, readJson] as ((x: unknown) => unknown)[]) {
    assert.throws(() => call(undefined), (error) => !(error instanceof ProtocolError));
  }
});
