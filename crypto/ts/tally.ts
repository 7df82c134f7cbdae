/**
 * From the encrypted sums to the result (spec: Partial decryptions, Election result): a
 * committee member's browser decrypts only the sum that it added up itself, and reads
 * the result off the members' shares once more.
 */

import { type Archive } from './board.ts';
import { type Ciphertext, readCiphertext } from './elgamal.ts';
import { assertText, readFields, readJson, readList, toJson } from './encoding.ts';
import { BoardError, EncodingError, ProofError } from './errors.ts';
import {
  decodePoint, decodePointOrIdentity, divide, encodePoint, encodePoints, IDENTITY, invert,
  multiply, type Point, power, powerOfGenerator, publicPower, reduce, type Scalar,
} from './group.ts';
import { SmallLogarithm } from './logarithm.ts';
import { finish } from './pace.ts';
import { privateKey } from './pedersen.ts';
import {
  checkDecryptionProof, makeDecryptionProof, proofText, readProof,
} from './proofs.ts';
import { RunningTally } from './running_tally.ts';
import type { Trustees } from './trustees.ts';

/** Encrypted sums, known to be in the group: per question, per answer. */
export type Sums = readonly (readonly Ciphertext[])[];

/** The decryption factors of one trustee: per question, per answer. */
export type Factors = readonly (readonly Point[])[];

/** An encrypted tally's text, in the group. */
export function readTally(text: string): Ciphertext[][] {
  assertText(text, 'encryptedTally');
  return readList(readJson(text, 'encrypted_tally'), 'encrypted_tally').map((row) =>
    readList(row, 'encrypted_tally').map((value) =>
      readCiphertext(value, decodePointOrIdentity)));
}

/** A member's share of the decryption with its proofs; JSON text. */
export function makePartialDecryption(share: {
  readonly fingerprint: string;
  readonly encryptedTally: string;
  readonly privateKey: Scalar;
}): string {
  const { fingerprint, encryptedTally, privateKey: secret } = share;
  assertText(fingerprint, 'fingerprint');
  if (typeof secret !== 'bigint') throw new TypeError('privateKey must be a bigint');
  const key = encodePoint(powerOfGenerator(secret));
  const tally = readTally(encryptedTally);
  return toJson({
    decryption_factors: tally.map((row) =>
      encodePoints(row.map(({ alpha }) => power(alpha, secret)))),
    decryption_proofs: tally.map((row) => row.map(({ alpha }) =>
      proofText(makeDecryptionProof(fingerprint, secret, key, alpha)))),
  });
}

/** A share of the decryption of sums, with its trustee's public key (hex). */
export interface Share {
  readonly fingerprint: string;
  readonly sums: Sums;
  readonly publicKey: string;
  readonly partialDecryption: string;
}

/** Check a share of the decryption. */
export function checkPartialDecryption(
  share: Omit<Share, 'sums'> & { readonly encryptedTally: string },
): void {
  finish(checkFactors({ ...share, sums: readTally(share.encryptedTally) }));
}

/** Check a share and return its factors; rests between two proofs. */
export function* checkFactors(share: Share): Generator<void, Factors> {
  const check = 'partial_decryption';
  const key = decodePoint(share.publicKey);
  const fields = readFields(
    readJson(share.partialDecryption, check),
    ['decryption_factors', 'decryption_proofs'], check,
  );
  const factors = readList(fields['decryption_factors'], check, share.sums.length);
  const proofs = readList(fields['decryption_proofs'], check, share.sums.length);
  const checked: Point[][] = [];
  for (const [i, row] of share.sums.entries()) {
    const rowFactors = readList(factors[i], check, row.length);
    const rowProofs = readList(proofs[i], check, row.length);
    checked.push([]);
    for (const [j, { alpha }] of row.entries()) {
      const factor = decodePointOrIdentity(rowFactors[j]);
      if (factor.is0() !== alpha.is0()) {
        throw new EncodingError(check, 'a decryption factor is the identity');
      }
      checkDecryptionProof(share.fingerprint, key, alpha, factor, readProof(rowProofs[j]));
      checked[i]?.push(factor);
      yield;
    }
  }
  return checked;
}

/** The Lagrange coefficient at 0 of one place among several. */
export function lagrange(places: readonly number[], place: number): Scalar {
  let numerator = 1n;
  let denominator = 1n;
  for (const other of places) {
    if (other === place) continue;
    numerator = reduce(numerator * BigInt(other));
    denominator = reduce(denominator * BigInt(other - place));
  }
  return reduce(numerator * invert(denominator));
}

/** Per item of the trustees list that lacks some: how many; none if all is there. */
export function missingOwners(trustees: Trustees, present: Iterable<number>): string[] {
  const here = new Set(present);
  return trustees.groups.flatMap(({ threshold, owners }) => {
    const absent = owners.filter((owner) => !here.has(owner));
    const missing = threshold - (owners.length - absent.length);
    return missing > 0 ? [`${missing} of trustees ${absent.join(', ')}`] : [];
  });
}

/**
 * The result, from decryption factors that were checked: per question, per answer, how
 * often it was chosen. Rests between two answers.
 */
export function* combineFactors(opened: {
  readonly trustees: Trustees;
  readonly sums: Sums;
  readonly factors: ReadonlyMap<number, Factors>;
  readonly totalWeight: number;
}): Generator<void, number[][]> {
  const shares = exponents(opened.trustees, opened.factors);
  const logarithm = new SmallLogarithm(opened.totalWeight, opened.sums.flat().length);
  const result: number[][] = [];
  for (const [i, row] of opened.sums.entries()) {
    result.push([]);
    for (const [j, { beta }] of row.entries()) {
      const masks = shares.map(([factors, weight]) =>
        publicPower(factorAt(factors, i, j), weight));
      result[i]?.push(logarithm.find(divide(beta, masks.reduce(multiply, IDENTITY))));
      yield;
    }
  }
  return result;
}

/** Of a group any `threshold` do: the first ones, each with the exponent it takes. */
function exponents(
  trustees: Trustees, factors: ReadonlyMap<number, Factors>,
): (readonly [Factors, Scalar])[] {
  const missing = missingOwners(trustees, factors.keys());
  if (missing.length > 0) {
    throw new ProofError('decryption.missing', `missing ${missing.join('; ')}`);
  }
  return trustees.groups.flatMap(({ kind, threshold, owners }) => {
    const places = owners.flatMap((owner, at) => {
      const found = factors.get(owner);
      return found === undefined ? [] : [{ found, place: at + 1 }];
    }).slice(0, threshold);
    const chosen = places.map(({ place }) => place);
    return places.map(({ found, place }) =>
      [found, kind === 'single' ? 1n : lagrange(chosen, place)] as const);
  });
}

function factorAt(factors: Factors, question: number, answer: number): Point {
  const factor = factors[question]?.[answer];
  if (factor === undefined) throw new RangeError('a factor per answer');
  return factor;
}

/**
 * The one call of the unseal page: add up the closed board, recover the key from
 * the seed, check that it is this owner's, decrypt only what we added up.
 */
export async function unseal(request: {
  readonly archive: Archive;
  readonly seed: string;
  readonly encryptedPrivateKey: string;
  readonly owner: number;
  /** A tally that already followed the board saves the time to read it again. */
  readonly tally?: RunningTally;
}): Promise<string> {
  const { archive, seed, encryptedPrivateKey, owner } = request;
  if (!archive.events.some(({ type }) => type === 'EndBallots')) {
    throw new BoardError('board.open', 'voting is not over');
  }
  const tally = request.tally ?? new RunningTally();
  await tally.follow(archive);
  const { election, trustees, encryptedTally } = tally.aggregate();
  const trustee = trustees.trustees.find((each) => each.owner === owner);
  if (trustee === undefined) throw new TypeError('there is no such trustee');
  const secret = privateKey(seed, encryptedPrivateKey, trustee.publicKey);
  return makePartialDecryption({
    fingerprint: election.fingerprint, encryptedTally, privateKey: secret,
  });
}
