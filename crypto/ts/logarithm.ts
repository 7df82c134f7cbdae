/** Small discrete logarithms (spec: Election result): how many votes a sum holds. */

import { EncodingError } from './errors.ts';
import {
  encodePoint, encodePoints, GENERATOR, IDENTITY, multiply, type Point, publicPower,
} from './group.ts';

/** Finds n from g to the n, for n up to a bound (baby steps, giant steps). */
export class SmallLogarithm {
  readonly #bound: number;
  readonly #step: number;
  readonly #table: ReadonlyMap<string, number>;
  readonly #giant: Point;

  constructor(bound: number, uses = 1) {
    if (!Number.isSafeInteger(bound) || bound < 0) {
      throw new TypeError('bound must be a natural number');
    }
    // A table of this size makes building it and using it equally dear.
    this.#bound = bound;
    this.#step = Math.floor(Math.sqrt(bound * Math.max(uses, 1))) + 1;
    this.#table = babySteps(Math.min(this.#step, bound + 1));
    this.#giant = publicPower(GENERATOR, BigInt(-this.#step));
  }

  /** The exponent of a point; refused if it is above the bound. */
  find(point: Point): number {
    let rest = point;
    for (let giant = 0; giant * this.#step <= this.#bound; giant += 1) {
      const baby = this.#table.get(encodePoint(rest));
      if (baby !== undefined) return this.#bounded(giant * this.#step + baby);
      rest = multiply(rest, this.#giant);
    }
    return refuse();
  }

  #bounded(exponent: number): number {
    return exponent <= this.#bound ? exponent : refuse();
  }
}

function babySteps(size: number): Map<string, number> {
  const points = [IDENTITY];
  while (points.length < size) {
    points.push(multiply(points.at(-1) ?? IDENTITY, GENERATOR));
  }
  return new Map(encodePoints(points).map((text, exponent) => [text, exponent]));
}

function refuse(): never {
  throw new EncodingError('result.sum', 'a sum is larger than the number of ballots');
}
