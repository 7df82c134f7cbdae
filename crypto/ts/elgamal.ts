/** Ciphertexts (spec: Common structures). */

import { readFields } from './encoding.ts';
import { decodePoint, multiply, type Point, product } from './group.ts';

export interface Ciphertext {
  readonly alpha: Point;
  readonly beta: Point;
}

/** How a ciphertext stands in JSON; field order matters. */
export interface CiphertextText {
  readonly alpha: string;
  readonly beta: string;
}

export function readCiphertext(
  value: unknown, decode: (text: unknown) => Point = decodePoint,
): Ciphertext {
  const fields = readFields(value, ['alpha', 'beta'], 'ciphertext');
  return { alpha: decode(fields['alpha']), beta: decode(fields['beta']) };
}

export function multiplyCiphertexts(a: Ciphertext, b: Ciphertext): Ciphertext {
  return { alpha: multiply(a.alpha, b.alpha), beta: multiply(a.beta, b.beta) };
}

export function sumCiphertexts(ciphertexts: readonly Ciphertext[]): Ciphertext {
  return {
    alpha: product(ciphertexts.map(({ alpha }) => alpha)),
    beta: product(ciphertexts.map(({ beta }) => beta)),
  };
}
