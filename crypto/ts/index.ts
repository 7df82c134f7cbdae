/**
 * The protocol in the browser: what tablets and committee pages may import.
 *
 * Nothing here talks to the network. Texts that are hashed (an election, a
 * ballot, an encrypted tally) are passed around exactly as they were fetched and
 * are never rebuilt from parsed values.
 */

/* ---- errors: every refusal is one of these; `check` is a short stable name ---- */

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
export {
  type MadeBallot, makeBallot, type Marks, type Progress, tracker,
} from './ballot.ts';
export { BallotMaker, type WorkerPort } from './ballot_maker.ts';

/* ---- committee members: key ceremony (Pedersen, k of n) ---- */

export { newSeed } from './pki.ts';
export {
  checkCertificates, makeCertificate, makePolynomial, makeVoutput, privateKey,
} from './pedersen.ts';
export type { Seat } from './threshold.ts';
export { type KeyCard, keyCardText, readableSeed, readKeyCard } from './key_card.ts';

/* ---- trustees of an election ---- */

export { makeTrusteeKey, readTrustees, type Trustee, type Trustees } from './trustees.ts';

/* ---- board and archive ---- */

export { fileHash } from './archive.ts';
export {
  type Archive, type BoardEvent, checkContinues, readArchive, readArchiveSlowly,
} from './board.ts';

/* ---- the encrypted tally, a member's share of its decryption, the count ---- */

export { aggregate, type Aggregate, type AggregateOptions, RunningTally } from './running_tally.ts';
export { checkPartialDecryption, makePartialDecryption, unseal } from './tally.ts';
export { checkStatementProofs, makeStatementProofs } from './statement.ts';
export { checkResult, countAgain, type Recount } from './audit_count.ts';
