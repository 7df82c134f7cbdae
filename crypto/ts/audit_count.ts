/**
 * The count of a finished board once more (spec: After the tally): whose shares opened
 * it, whether they are proven, what they say together.
 *
 * The board was read by `readArchive` and added up by `RunningTally`, which compared
 * its encrypted tally with the ballots.
 */

import { type Progress } from './ballot.ts';
import { type Archive, type BoardEvent, dataOf } from './board.ts';
import { readCount, readFields, readHash, readJson, toJson } from './encoding.ts';
import { BoardError, ProofError } from './errors.ts';
import { Pace, paced } from './pace.ts';
import type { Aggregate } from './running_tally.ts';
import { checkFactors, combineFactors, type Factors, type Share } from './tally.ts';

/** What a board's ballots and shares say, whatever its result says. */
export interface Recount {
  readonly ballots: number;
  /** Per question, per answer: how often it was chosen. */
  readonly result: readonly (readonly number[])[];
  /** The last event of the board. */
  readonly head: string;
  /** Whose shares opened the sums. */
  readonly owners: readonly number[];
}

interface OwnedShare {
  readonly owner: number;
  readonly partialDecryption: string;
}

/** Check every share, and compute the result from them. */
export async function countAgain(
  archive: Archive, sum: Aggregate, onProgress: (progress: Progress) => void = () => undefined,
): Promise<Recount> {
  if (!archive.events.some(({ type }) => type === 'EncryptedTally')) {
    throw new BoardError('tally.absent', 'the board carries no encrypted tally');
  }
  const shares = archive.events.filter(({ type }) => type === 'PartialDecryption')
    .map((event) => readShare(archive, event));
  const total = sum.sums.flat().length * (shares.length + 1);
  const pace = new Pace();
  let done = 0;
  const onStep = (): void => onProgress({ done: done += 1, total });
  const factors = new Map<number, Factors>();
  for (const share of shares) {
    const work = checkFactors({ ...keyOf(sum, share), ...share });
    factors.set(share.owner, await paced(work, pace, onStep));
  }
  const result = await paced(combineFactors({ ...sum, factors }), pace, onStep);
  const owners = [...factors.keys()];
  return { ballots: sum.ballots, result, head: archive.head, owners };
}

function readShare(archive: Archive, event: BoardEvent): OwnedShare {
  const check = 'decryption.owner';
  const fields = readFields(
    readJson(dataOf(archive, event.payload), check), ['owner', 'payload'], check,
  );
  return {
    owner: readCount(fields['owner'], check),
    partialDecryption: dataOf(archive, readHash(fields['payload'], check)),
  };
}

function keyOf(
  { election, trustees, sums }: Aggregate, { owner }: OwnedShare,
): Omit<Share, 'partialDecryption'> {
  const trustee = trustees.trustees.find((each) => each.owner === owner);
  if (trustee === undefined) {
    throw new ProofError('decryption.owner', `there is no trustee ${owner}`);
  }
  return { fingerprint: election.fingerprint, sums, publicKey: trustee.publicKey };
}

/** Refuse a board whose result is absent, or not what its ballots and shares say. */
export function checkResult(archive: Archive, { result }: Recount): void {
  const event = archive.events.find(({ type }) => type === 'Result');
  if (event === undefined) throw new BoardError('result.absent', 'there is no result');
  if (dataOf(archive, event.payload) !== toJson({ result })) {
    throw new ProofError('result.differs', 'the result is not what the shares say');
  }
}
