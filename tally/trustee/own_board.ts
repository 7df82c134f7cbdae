/**
 * One vote's board, added up by this browser, and refused if it is another vote's.
 *
 * A key that is kept opens the sums of several votes, so a sum must be of the vote that
 * the member is looking at. Nor may a ballot of one vote be passed off as one of another:
 * its proofs say which vote it belongs to, and where another vote's ballots are
 * encrypted with the same key, this browser checks them all. It takes longer.
 */

import { type Archive, type Progress, RunningTally } from '../../crypto/ts/index.ts';
import type { CommitteeState, Phase } from './types.ts';

/** As long as a vote is here, nobody can have a ballot of it. */
const BEFORE_PAPER: readonly Phase[] = [
  'joining', 'certificates', 'polynomials', 'voutputs', 'testing', 'ready',
];

/** Whether there may be ballots of another vote under this vote's key. */
export function sharesKey({ uuid, key_uuid, day }: CommitteeState): boolean {
  return day.some((vote) =>
    vote.uuid !== uuid && vote.key_uuid === key_uuid && !BEFORE_PAPER.includes(vote.phase));
}

export class OwnBoard {
  readonly tally = new RunningTally();
  readonly uuid: string;
  readonly checkProofs: boolean;

  constructor(uuid: string, checkProofs: boolean) {
    this.uuid = uuid;
    this.checkProofs = checkProofs;
  }

  /** Add up what is new; throws if the board is not this vote's, or not honest. */
  async follow(archive: Archive, onProgress: (progress: Progress) => void): Promise<void> {
    await this.tally.follow(archive, { checkProofs: this.checkProofs, onProgress });
    const { election } = this.tally.aggregate();
    if (election.uuid !== this.uuid) throw new TypeError('the board is of another vote');
  }
}
