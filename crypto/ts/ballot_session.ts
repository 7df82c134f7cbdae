/** What a ballot worker holds: the tables of one election, the secrets of one ballot. */

import {
  ballotNeed, finishBallot, type MadeBallot, type Marks, type Progress,
} from './ballot.ts';
import { type Election, readElection } from './election.ts';
import { type Need, OneTimeSecrets, Tables } from './one_time.ts';

interface Open {
  readonly election: Election;
  readonly need: Need;
  readonly tables: Tables;
  readonly secrets: OneTimeSecrets;
}

export class BallotSession {
  #open: Open | undefined;

  /** Be ready for ballots of this election; what is there already is kept. */
  open(electionText: string): void {
    if (this.#open?.election.text === electionText) return;
    const election = readElection(electionText);
    const known = this.#open?.tables;
    this.wipe();
    const tables = known?.publicKey === election.publicKey
      ? known : new Tables(election.publicKey);
    const secrets = new OneTimeSecrets(tables);
    this.#open = { election, need: ballotNeed(election), tables, secrets };
  }

  /** Draw secrets until `deadline`; false when the next ballot has all it needs. */
  drawUntil(deadline: number): boolean {
    const { secrets, need } = this.#opened();
    while (secrets.drawNext(need)) {
      if (performance.now() >= deadline) return true;
    }
    return false;
  }

  get progress(): Progress {
    const { secrets, need } = this.#opened();
    return { done: secrets.drawn, total: need.nonces + need.blinds };
  }

  make(
    credential: string, marks: Marks, onProgress: (progress: Progress) => void,
  ): MadeBallot {
    const { election, secrets } = this.#opened();
    try {
      return finishBallot(election, credential, marks, secrets, onProgress);
    } finally {
      secrets.wipe();
    }
  }

  /** Forget every secret. */
  wipe(): void {
    this.#open?.secrets.wipe();
  }

  #opened(): Open {
    if (this.#open === undefined) throw new TypeError('no election is open');
    return this.#open;
  }
}
