/**
 * Random secrets with their powers, drawn ahead of time and used once.
 *
 * Nothing in a ballot's proofs but the last additions depends on the marks: the
 * prover knows every exponent, so all commitments are powers of g and y alone. A
 * tablet therefore draws a ballot's secrets while the delegate is still marking.
 */

import {
  decodePoint, FixedBase, GENERATOR, type Point, randomScalar, type Scalar,
} from './group.ts';

/** A secret exponent e with g^e and y^e. */
export interface Nonce {
  readonly exponent: Scalar;
  readonly g: Point;
  readonly y: Point;
}

/** A secret exponent d with g^d. */
export interface Blind {
  readonly exponent: Scalar;
  readonly g: Point;
}

/** Tables of g and of one election's key: public, worth keeping between ballots. */
export class Tables {
  readonly publicKey: string;
  readonly #g: FixedBase;
  readonly #y: FixedBase;
  static #sharedG: FixedBase | undefined;

  constructor(publicKey: string) {
    this.publicKey = publicKey;
    this.#g = Tables.#sharedG ??= new FixedBase(GENERATOR);
    this.#y = new FixedBase(decodePoint(publicKey));
  }

  drawBlind(): Blind {
    const exponent = randomScalar();
    return { exponent, g: this.#g.power(exponent) };
  }

  drawNonce(): Nonce {
    const exponent = randomScalar();
    return { exponent, g: this.#g.power(exponent), y: this.#y.power(exponent) };
  }
}

/** How many secrets one ballot takes. */
export interface Need {
  readonly nonces: number;
  readonly blinds: number;
}

/** Secrets of one ballot. Taking removes: no secret can be handed out twice. */
export class OneTimeSecrets {
  readonly #tables: Tables;
  readonly #nonces: Nonce[] = [];
  readonly #blinds: Blind[] = [];

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** Draw one missing secret; false when nothing is missing. */
  drawNext(need: Need): boolean {
    if (this.#nonces.length < need.nonces) {
      this.#nonces.push(this.#tables.drawNonce());
    } else if (this.#blinds.length < need.blinds) {
      this.#blinds.push(this.#tables.drawBlind());
    } else {
      return false;
    }
    return true;
  }

  get drawn(): number {
    return this.#nonces.length + this.#blinds.length;
  }

  takeNonce(): Nonce {
    return this.#nonces.pop() ?? this.#tables.drawNonce();
  }

  takeBlind(): Blind {
    return this.#blinds.pop() ?? this.#tables.drawBlind();
  }

  wipe(): void {
    this.#nonces.length = 0;
    this.#blinds.length = 0;
  }
}
