/** Ballots (spec: Ballots). */

import {
  type Answer, answerNeed, type AnswerText, checkAnswer, makeAnswer, readAnswer,
} from './answer.ts';
import { readCredential, secretExponent } from './credentials.ts';
import { checkMarks, type Election, homomorphic, readElection } from './election.ts';
import {
  assertText, fingerprint, readFields, readJson, readList, readText, toJson,
} from './encoding.ts';
import { EncodingError, ProtocolError } from './errors.ts';
import {
  decodeCurvePoint, decodePoint, encodePoint, type Point, powerOfGenerator,
} from './group.ts';
import { type Need, OneTimeSecrets, Tables } from './one_time.ts';
import { checkSignature, readSignature, sign, type Signature } from './signature.ts';
import { answerContext } from './transcript.ts';

/** 40 agree-disagree answers are about 60 kB; nothing honest comes near this. */
export const MAX_BALLOT_CHARACTERS = 1_048_576;

/** One list of 0 and 1 per question, in the order of the paper. */
export type Marks = readonly (readonly number[])[];

export interface MadeBallot {
  /** The exact JSON text to POST. */
  readonly ballot: string;
  /** 43 characters: what the delegate may look for on the board. */
  readonly tracker: string;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface Ballot {
  /** The exact text this was read from. */
  readonly text: string;
  readonly credential: string;
  readonly answers: readonly Answer[];
  readonly signature: Signature;
  /** The text that the signature covers. */
  readonly unsigned: string;
}

export function tracker(ballot: string): string {
  assertText(ballot, 'ballot');
  return fingerprint(ballot);
}

/** How many one-time secrets a ballot of this election takes. */
export function ballotNeed(election: Election): Need {
  return election.questions.map(homomorphic).map(answerNeed).reduce(
    (sum, need) =>
      ({ nonces: sum.nonces + need.nonces, blinds: sum.blinds + need.blinds }),
    { nonces: 0, blinds: 0 },
  );
}

/** Refuse marks before any work is done on them. */
export function checkAllMarks(election: Election, marks: Marks): void {
  if (!Array.isArray(marks) || marks.length !== election.questions.length) {
    throw new EncodingError('marks.count', 'one list of marks per question');
  }
  election.questions.forEach((question, index) => checkMarks(question, marks[index] ?? []));
}

/** Make a ballot from secrets that may have been drawn before. */
export function finishBallot(
  election: Election, credential: string, marks: Marks, secrets: OneTimeSecrets,
  onProgress: (progress: Progress) => void = () => undefined,
): MadeBallot {
  checkAllMarks(election, marks);
  const secret = secretExponent(election.uuid, readCredential(credential));
  const publicCredential = encodePoint(powerOfGenerator(secret));
  const context = answerContext(election.fingerprint, publicCredential);
  const total = election.questions.length;
  const answers = election.questions.map((question, index): AnswerText => {
    onProgress({ done: index, total });
    return makeAnswer(homomorphic(question), marks[index] ?? [], context, secrets);
  });
  const unsigned = {
    election_uuid: election.uuid,
    election_hash: election.fingerprint,
    credential: publicCredential,
    answers,
  };
  const ballot = toJson({ ...unsigned, signature: sign(secret, toJson(unsigned)) });
  onProgress({ done: total, total });
  return { ballot, tracker: tracker(ballot) };
}

/** Make a ballot in this thread. The page uses BallotMaker. */
export function makeBallot(
  electionText: string, credential: string, marks: Marks,
): MadeBallot {
  const election = readElection(electionText);
  const secrets = new OneTimeSecrets(new Tables(election.publicKey));
  return finishBallot(election, credential, marks, secrets);
}

/** Give errors within a ballot the name of the ballot's check that they fail. */
function inBallot<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProtocolError) || error.check.startsWith('ballot.')) throw error;
    const check = error.check === 'point.group' ? 'individual_proof' : 'encoding';
    throw new EncodingError(`ballot.${check}`, error.message);
  }
}

/**
 * Parse a ballot at full depth for this election; no proof is checked.
 *
 * With `decode` = decodeCurvePoint the choices may still be outside of the
 * subgroup: only for sums that are checked afterwards.
 */
export function readBallot(
  text: string, election: Election, decode: (text: unknown) => Point = decodePoint,
): Ballot {
  assertText(text, 'ballot');
  return inBallot(() => parseBallot(text, election, decode));
}

function parseBallot(
  text: string, election: Election, decode: (text: unknown) => Point,
): Ballot {
  if (text.length > MAX_BALLOT_CHARACTERS) {
    throw new EncodingError('ballot', 'the ballot is too long');
  }
  const fields = readFields(readJson(text, 'ballot'), [
    'election_uuid', 'election_hash', 'credential', 'answers', 'signature',
  ], 'ballot');
  const answers = readList(fields['answers'], 'ballot', election.questions.length);
  const { signature, ...unsigned } = fields;
  const credential = readText(fields['credential'], 'ballot');
  decodeCurvePoint(credential);
  const ballot = {
    text,
    credential,
    answers: election.questions.map((question, index) =>
      readAnswer(answers[index], homomorphic(question), decode)),
    signature: readSignature(signature),
    unsigned: toJson(unsigned),
  };
  if (
    fields['election_uuid'] !== election.uuid
    || fields['election_hash'] !== election.fingerprint
  ) {
    throw new EncodingError('ballot.election', 'the ballot is for another election');
  }
  return ballot;
}

/** Check every proof of a ballot and its signature; not that its card is listed. */
export function checkBallot(text: string, election: Election): Ballot {
  const ballot = readBallot(text, election);
  const publicKey = decodePoint(election.publicKey);
  const context = answerContext(election.fingerprint, ballot.credential);
  checkSignature(ballot.signature, ballot.unsigned, decodePoint(ballot.credential));
  election.questions.forEach((question, index) => {
    const answer = ballot.answers[index];
    if (answer === undefined) throw new RangeError('an answer per question');
    checkAnswer(answer, homomorphic(question), publicKey, context);
  });
  return ballot;
}
