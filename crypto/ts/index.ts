/**
 * The protocol in the browser: what tablets and committee pages may import.
 *
 * Nothing here talks to the network. Texts that are hashed (an election, a
 * ballot, an encrypted tally) are passed around exactly as they were fetched and
 * are never rebuilt from parsed values.
 */

export {
  BoardError, EncodingError, GroupError, ProofError, ProtocolError,
} from './errors.ts';

/* ---- elections ---- */

export {
  checkMarks, choices, type Election, type HomomorphicQuestion,
  type NonHomomorphicQuestion, type Question, readElection,
} from './election.ts';

/* ---- ballot cards and ballots ---- */

export { publicCredential, readCredential } from './credentials.ts';
export { type MadeBallot, makeBallot, type Marks, type Progress, tracker } from './ballot.ts';
export { BallotMaker } from './ballot_maker.ts';

import type { Progress } from './ballot.ts';
import type { Election } from './election.ts';

/* ---- committee members: key ceremony (Pedersen, k of n) ---- */

export interface Seat {
  readonly size: number;
  readonly threshold: number;
  /** From 1, within this group of trustees. */
  readonly index: number;
}
/** A member's only secret: 22 base58 characters. */
export declare function newSeed(): string;
/** Step 1: certificate, JSON text to send to the server. */
export declare function makeCertificate(seed: string, seat: Seat): string;
/** Refuse certificates that are not those of one group with this threshold. */
export declare function checkCertificates(certificates: readonly string[], threshold: number): void;
/** Step 3: checks all certificates and that ours is in place `index`; JSON text to send. */
export declare function makePolynomial(
  seed: string, certificates: readonly string[], index: number,
): string;
/** Step 5: checks everything the others sent us; JSON text to send. */
export declare function makeVoutput(
  seed: string, certificates: readonly string[], vinput: string, index: number,
): string;
/**
 * The decryption key, from the seed and the `private_key` string of our voutput
 * (the server keeps that string: it is encrypted to the seed). Checked against
 * `publicKey` (hex). Opaque: only pass it to makePartialDecryption.
 */
export declare function privateKey(
  seed: string, encryptedPrivateKey: string, publicKey: string,
): bigint;

export interface KeyCard {
  readonly uuid: string;
  readonly index: number;
  readonly seed: string;
}
/** What the QR of a key card contains. */
export declare function keyCardText(card: KeyCard): string;
/** The seed in printed groups, `XXXXX-XXXXXX-XXXXX-XXXXXX`. */
export declare function readableSeed(seed: string): string;
/**
 * Read a scanned card, or a typed seed (spaces and dashes allowed; then uuid and
 * index are absent).
 */
export declare function readKeyCard(
  scanned: string,
): { readonly seed: string; readonly uuid?: string; readonly index?: number };

/* ---- trustees of an election ---- */

export interface Trustee {
  /** From 1, over the whole list of trustees. */
  readonly owner: number;
  readonly publicKey: string;
  readonly kind: 'single' | 'pedersen';
}
/** Read `trustees`, check every proof in it. */
export declare function readTrustees(text: string): {
  readonly trustees: readonly Trustee[];
  readonly publicKey: string;
};

/* ---- board and archive ---- */

export interface BoardEvent {
  readonly parent?: string;
  readonly height: number;
  readonly type:
    | 'Setup' | 'Ballot' | 'EndBallots' | 'EncryptedTally' | 'Shuffle' | 'EndShuffles'
    | 'PartialDecryption' | 'Result';
  readonly payload?: string;
}
export interface Archive {
  readonly timestamp: number;
  readonly events: readonly BoardEvent[];
  /** Hash of the last event (hex). */
  readonly head: string;
  /** Texts by their SHA-256 (hex). */
  readonly data: ReadonlyMap<string, string>;
}
/** Read a `.bel` file: form, hashes, chain, grammar of events. */
export declare function readArchive(bytes: Uint8Array): Archive;
/** Refuse `newer` unless it continues `older`: history must not change. */
export declare function checkContinues(older: Archive, newer: Archive): void;

export interface Aggregate {
  readonly election: Election;
  readonly ballots: number;
  readonly totalWeight: number;
  /** Byte-identical with the board's encrypted tally if that is honest. */
  readonly encryptedTally: string;
  readonly sizedEncryptedTally: string;
}
/**
 * Recompute the encrypted tally from the ballots on the board; a tally that the
 * board already carries must be the same, byte for byte. Every ballot must parse,
 * name this election and use a listed credential once. `checkProofs` also checks
 * every proof and signature (slow: about a second for four ballots of 40 names).
 */
export declare function aggregate(
  archive: Archive,
  options?: { readonly checkProofs?: boolean; readonly onProgress?: (p: Progress) => void },
): Aggregate;

/* ---- decryption ---- */

/** A member's share of the decryption with its proofs; JSON text to send. */
export declare function makePartialDecryption(share: {
  readonly fingerprint: string;
  readonly encryptedTally: string;
  readonly privateKey: bigint;
}): string;
/**
 * The one call of the unseal page: aggregate the board, recover the key from the
 * seed, check that it is ours on the board, decrypt only what we computed.
 */
export declare function unseal(request: {
  readonly archive: Archive;
  readonly seed: string;
  readonly encryptedPrivateKey: string;
  readonly owner: number;
}): string;
