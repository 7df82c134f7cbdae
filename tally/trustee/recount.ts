/**
 * The count of a finished vote once more, by this browser alone: the chain, every
 * ballot's signature, the sums, the members' shares with their proofs, the result, and
 * what the page shows of it.
 */

import {
  checkResult, countAgain, fileHash, ProtocolError, readArchiveSlowly, type Recount, type RunningTally,
} from '../../crypto/ts/index.ts';
import type { Result } from './types.ts';

/** Where the count did not hold; the sentences are `tally.recount.why.*`. */
export type Why = 'board' | 'ballots' | 'shares' | 'result' | 'page' | 'service';

export class NotTheSame extends Error {
  readonly why: Why;

  constructor(why: Why) {
    super(why);
    this.name = 'NotTheSame';
    this.why = why;
  }
}

export type Step = 'ballots' | 'shares';
export type OnStep = (step: Step, done: number, total: number) => void;

export interface OwnRecount extends Recount {
  /** SHA-256 of the file that was counted. */
  readonly fingerprint: string;
}

/** Count; throws NotTheSame, or ProtocolError if the file does not hold. */
export async function recount(job: {
  readonly uuid: string;
  readonly bytes: Uint8Array;
  /** May have followed the public board already: then the file must continue that. */
  readonly tally: RunningTally;
  readonly checkProofs: boolean;
  readonly shown: Result;
  readonly onStep: OnStep;
}): Promise<OwnRecount> {
  const { tally, checkProofs, onStep } = job;
  const archive = await readArchiveSlowly(job.bytes);
  await tally.follow(archive, {
    checkProofs, onProgress: ({ done, total }) => onStep('ballots', done, total),
  });
  const sum = tally.aggregate();
  if (sum.election.uuid !== job.uuid) throw new NotTheSame('board');
  const counted = await countAgain(archive, sum, ({ done, total }) =>
    onStep('shares', done, total));
  checkResult(archive, counted);
  checkShown(job.shown, counted);
  return { ...counted, fingerprint: await fileHash(job.bytes) };
}

/** Refuse a page that shows other numbers than were counted. */
function checkShown(shown: Result, { result, ballots }: Recount): void {
  const same = JSON.stringify(answersOf(shown)) === JSON.stringify(result);
  if (!same || shown.ballots !== ballots) throw new NotTheSame('page');
}

/** The shown votes as a result has them: per question, per answer. */
export function answersOf({ sections }: Pick<Result, 'sections'>): number[][] {
  return sections.flatMap(({ style, verdicts }) => {
    switch (style) {
      case 'select': return [verdicts.map(({ agree }) => agree)];
      case 'motion': return verdicts.map(({ agree, disagree, unmarked }) =>
        [agree, disagree, unmarked]);
      case 'agree-disagree': return verdicts.map(({ agree, disagree }) => [agree, disagree]);
    }
  });
}

/** What part of the count a refusal is about. */
export function whyOf(error: unknown): Why {
  if (error instanceof NotTheSame) return error.why;
  const check = error instanceof ProtocolError ? error.check : '';
  if (check.startsWith('ballot.') || check.startsWith('tally.')) return 'ballots';
  if (check.startsWith('decryption.') || check === 'partial_decryption') return 'shares';
  return check.startsWith('result.') ? 'result' : 'board';
}
