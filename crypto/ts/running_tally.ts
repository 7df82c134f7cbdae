/**
 * The encrypted sum of a board's ballots (spec: Encrypted tally), in slices that leave
 * a page alive.
 */

import { checkBallot, type Progress, readBallot } from './ballot.ts';
import { type Archive, checkContinues, dataOf } from './board.ts';
import { readPublicCredentials } from './credentials.ts';
import { choices, type Election, homomorphic, readElection } from './election.ts';
import { type Ciphertext, multiplyCiphertexts } from './elgamal.ts';
import { readFields, readJson, readText, sha256Hex, toJson } from './encoding.ts';
import { BoardError, ProofError } from './errors.ts';
import {
  checkSubgroup, decodeCurvePoint, decodePoint, encodePoint, IDENTITY, publicPower,
} from './group.ts';
import { Pace } from './pace.ts';
import { checkSignature } from './signature.ts';
import { readTrustees, type Trustees } from './trustees.ts';

export interface Aggregate {
  readonly election: Election;
  readonly trustees: Trustees;
  readonly ballots: number;
  readonly totalWeight: number;
  readonly sums: readonly (readonly Ciphertext[])[];
  /** Byte-identical with the board's encrypted tally if that is honest. */
  readonly encryptedTally: string;
  readonly sizedEncryptedTally: string;
}

export interface AggregateOptions {
  /** Also check every proof, not only signatures: half a second a ballot of 40 names. */
  readonly checkProofs?: boolean;
  readonly onProgress?: (progress: Progress) => void;
}

interface Setup {
  readonly election: Election;
  readonly trustees: Trustees;
  readonly weights: ReadonlyMap<string, number>;
}

function readSetup(archive: Archive): Setup {
  const payload = dataOf(archive, archive.events[0]?.payload);
  const fields = readFields(
    readJson(payload, 'setup'), ['election', 'trustees', 'credentials'], 'setup',
  );
  const part = (name: string) => dataOf(archive, readText(fields[name], 'setup'));
  const election = readElection(part('election'));
  const trustees = readTrustees(part('trustees'));
  if (trustees.publicKey !== election.publicKey) {
    throw new ProofError('setup.public_key', "the election's key is not the trustees'");
  }
  return { election, trustees, weights: readPublicCredentials(part('credentials')) };
}

/**
 * The encrypted sum of a growing board. Follow the board as often as you like:
 * only new ballots are read, and a board that changed its history is refused.
 *
 * Every ballot is signed by its own card. Unless proofs are checked, ciphertexts are only
 * known to be points of the curve: the sums, which are all that a key ever touches, are
 * checked to be in the group.
 */
export class RunningTally {
  /** Also stays set when a board was refused: half of it may have been added. */
  #busy = false;
  #seen: Archive | undefined;
  #setup: Setup | undefined;
  #sums: Ciphertext[][] = [];
  #totalWeight = 0;
  readonly #used = new Set<string>();
  readonly #ciphertexts = new Set<string>();

  async follow(archive: Archive, options: AggregateOptions = {}): Promise<void> {
    if (this.#busy) throw new TypeError('still following, or a board was refused');
    if (this.#seen !== undefined) checkContinues(this.#seen, archive);
    this.#busy = true;
    const setup = this.#setup ??= this.#begin(archive);
    const news = archive.events.slice(this.#seen?.events.length ?? 0)
      .filter(({ type }) => type === 'Ballot');
    const pace = new Pace();
    for (const [index, { payload }] of news.entries()) {
      this.#add(setup, dataOf(archive, payload), options.checkProofs ?? false);
      if (!pace.due) continue;
      options.onProgress?.({ done: index + 1, total: news.length });
      await pace.rest();
    }
    options.onProgress?.({ done: news.length, total: news.length });
    this.#seen = archive;
    this.#busy = false;
  }

  #begin(archive: Archive): Setup {
    const setup = readSetup(archive);
    const nothing = { alpha: IDENTITY, beta: IDENTITY };
    this.#sums = setup.election.questions.map((question) =>
      Array.from({ length: choices(homomorphic(question)) }, () => nothing));
    return setup;
  }

  #add({ election, weights }: Setup, text: string, checkProofs: boolean): void {
    const ballot = checkProofs
      ? checkBallot(text, election) : readBallot(text, election, decodeCurvePoint);
    const weight = weights.get(ballot.credential);
    if (weight === undefined) {
      throw new BoardError('ballot.credential', 'a ballot of a card that is not listed');
    }
    const points = ballot.answers.flatMap(({ texts }) =>
      texts.map(({ alpha, beta }) => alpha + beta));
    checkNew(this.#used, [ballot.credential], 'ballot.revote', 'a card voted twice');
    checkNew(this.#ciphertexts, points, 'ballot.replay', 'a ballot copies another one');
    // Or whoever writes the board adds one vote a thousand times, and reads it off the sum.
    if (!checkProofs) {
      checkSignature(ballot.signature, ballot.unsigned, decodePoint(ballot.credential));
    }
    this.#sums = this.#sums.map((sums, question) => sums.map((sum, choice) => {
      const ciphertext = ballot.answers[question]?.choices[choice];
      if (ciphertext === undefined) throw new RangeError('a ciphertext per choice');
      return multiplyCiphertexts(sum, weighted(ciphertext, weight));
    }));
    this.#totalWeight += weight;
  }

  /** The sum so far; a tally that the board carries must be the same. */
  aggregate(): Aggregate {
    if (this.#busy || this.#seen === undefined || this.#setup === undefined) {
      throw new TypeError('follow a board first');
    }
    this.#sums.flat().forEach(({ alpha, beta }) => {
      checkSubgroup(alpha);
      checkSubgroup(beta);
    });
    const encryptedTally = tallyText(this.#sums);
    const sizedEncryptedTally = toJson({
      num_tallied: this.#used.size,
      total_weight: this.#totalWeight,
      encrypted_tally: sha256Hex(encryptedTally),
    });
    checkPublished(this.#seen, sizedEncryptedTally);
    return {
      election: this.#setup.election,
      trustees: this.#setup.trustees,
      ballots: this.#used.size,
      totalWeight: this.#totalWeight,
      sums: this.#sums,
      encryptedTally,
      sizedEncryptedTally,
    };
  }
}

function checkNew(
  known: Set<string>, texts: readonly string[], check: string, message: string,
): void {
  for (const text of texts) {
    if (known.has(text)) throw new BoardError(check, message);
    known.add(text);
  }
}

function weighted(ciphertext: Ciphertext, weight: number): Ciphertext {
  if (weight === 1) return ciphertext;
  const { alpha, beta } = ciphertext;
  return {
    alpha: publicPower(alpha, BigInt(weight)), beta: publicPower(beta, BigInt(weight)),
  };
}

function tallyText(sums: readonly (readonly Ciphertext[])[]): string {
  return toJson(sums.map((row) => row.map(({ alpha, beta }) =>
    ({ alpha: encodePoint(alpha), beta: encodePoint(beta) }))));
}

function checkPublished(archive: Archive, ours: string): void {
  const event = archive.events.find(({ type }) => type === 'EncryptedTally');
  if (event !== undefined && dataOf(archive, event.payload) !== ours) {
    throw new BoardError(
      'tally.encrypted', 'the encrypted tally on the board is not the sum of its ballots',
    );
  }
}

/** Recompute the encrypted tally of a board from its ballots. */
export async function aggregate(
  archive: Archive, options: AggregateOptions = {},
): Promise<Aggregate> {
  const tally = new RunningTally();
  await tally.follow(archive, options);
  return tally.aggregate();
}
