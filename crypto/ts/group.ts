/**
 * The group Ed25519 in the specification's multiplicative notation.
 *
 * Scalar 0 and the identity are handled here and nowhere else. There is no curve
 * arithmetic of our own: every operation is one of @noble/curves.
 */

import { ed25519 } from '@noble/curves/ed25519.js';
import { normalizeZ } from '@noble/curves/abstract/curve.js';

import { EncodingError, GroupError } from './errors.ts';

export type Point = typeof ed25519.Point.BASE;
/** An integer modulo ORDER. */
export type Scalar = bigint;

export const GROUP = 'Ed25519';
export const ORDER: bigint = ed25519.Point.Fn.ORDER;
export const IDENTITY: Point = ed25519.Point.ZERO;
export const GENERATOR: Point = ed25519.Point.BASE;

const IDENTITY_TEXT = `${'0'.repeat(63)}1`;
const POINT_TEXT = /^[0-9a-f]{64}$/;
const SCALAR_TEXT = /^(?:0|[1-9][0-9]{0,76})$/;
/** 2^8 entries a row: 33 additions a power; the table takes about 25 ms to build. */
const TABLE_WINDOW = 8;

/** n modulo ORDER, never negative. */
export function reduce(n: bigint): Scalar {
  const rest = n % ORDER;
  return rest < 0n ? rest + ORDER : rest;
}

/** The scalar whose product with n is 1; n must not be 0 modulo ORDER. */
export function invert(n: bigint): Scalar {
  return ed25519.Point.Fn.inv(reduce(n));
}

/** A uniform scalar: 512 random bits leave no measurable bias modulo ORDER. */
export function randomScalar(): Scalar {
  const bytes = crypto.getRandomValues(new Uint8Array(64));
  return reduce(bytes.reduce((n, byte) => (n << 8n) | BigInt(byte), 0n));
}

export function encodeScalar(n: Scalar): string {
  if (n < 0n || n >= ORDER) throw new RangeError('scalar out of range');
  return n.toString(10);
}

export function decodeScalar(text: unknown): Scalar {
  if (typeof text !== 'string' || !SCALAR_TEXT.test(text)) {
    throw new EncodingError('scalar', 'a scalar is a decimal number in a string');
  }
  const n = BigInt(text);
  if (n >= ORDER) throw new EncodingError('scalar', 'scalar is not below the order');
  return n;
}

function reversed(hex: string): string {
  return (hex.match(/../g) ?? []).reverse().join('');
}

/** 64 lower-case hex digits, big-endian as Belenios writes them. */
export function encodePoint(point: Point): string {
  return reversed(point.toHex());
}

/** As encodePoint, with one inversion for all. */
export function encodePoints(points: readonly Point[]): string[] {
  return normalizeZ(ed25519.Point, [...points]).map(encodePoint);
}

/**
 * Read a point of the curve, perhaps outside of the subgroup. Only for points that
 * are summed before anything secret touches them: check the sum with checkSubgroup.
 */
export function decodeCurvePoint(text: unknown): Point {
  if (typeof text !== 'string' || !POINT_TEXT.test(text)) {
    throw new GroupError('point.text', 'a group element is 64 lower-case hex digits');
  }
  if (text === IDENTITY_TEXT) {
    throw new GroupError('point.identity', 'the identity is not allowed here');
  }
  try {
    return ed25519.Point.fromHex(reversed(text));
  } catch {
    throw new GroupError('point.group', 'not a point of the curve');
  }
}

export function checkSubgroup(point: Point): void {
  if (!point.isTorsionFree()) {
    throw new GroupError('point.group', 'not an element of the prime-order subgroup');
  }
}

/** Read a group element; what this returns is safe to compute with. */
export function decodePoint(text: unknown): Point {
  const point = decodeCurvePoint(text);
  checkSubgroup(point);
  return point;
}

/** As decodePoint, where the protocol can produce the identity (an empty box). */
export function decodePointOrIdentity(text: unknown): Point {
  return text === IDENTITY_TEXT ? IDENTITY : decodePoint(text);
}

export function multiply(a: Point, b: Point): Point {
  return a.add(b);
}

export function divide(a: Point, b: Point): Point {
  return a.subtract(b);
}

export function product(points: Iterable<Point>): Point {
  let result = IDENTITY;
  for (const point of points) result = result.add(point);
  return result;
}

/** base^exponent in constant time: for secret exponents. */
export function power(base: Point, exponent: Scalar): Point {
  const n = reduce(exponent);
  return n === 0n || base.is0() ? IDENTITY : base.multiply(n);
}

/** base^exponent for public exponents: faster, and its time tells the exponent. */
export function publicPower(base: Point, exponent: Scalar): Point {
  return base.multiplyUnsafe(reduce(exponent));
}

/** g^exponent for long-lived secrets: constant time and blinded. */
export function powerOfGenerator(exponent: Scalar): Point {
  return power(GENERATOR, exponent);
}

/**
 * A base with a table of its powers, for secrets that are used once.
 *
 * The generator may be one too: as a separate point it has a wider table than
 * noble's own and no blinding, which protects secrets used many times.
 */
export class FixedBase {
  readonly #base: Point;

  constructor(base: Point) {
    if (base.is0()) throw new GroupError('point.identity', 'the identity has no table');
    this.#base = ed25519.Point.fromAffine(base.toAffine());
    this.#base.precompute(TABLE_WINDOW, false);
  }

  power(exponent: Scalar): Point {
    return power(this.#base, exponent);
  }
}
