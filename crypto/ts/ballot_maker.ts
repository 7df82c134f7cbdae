/** The page's side of the ballot worker. */

import type { MadeBallot, Marks, Progress } from './ballot.ts';
import type { BallotReply, BallotRequest } from './ballot_messages.ts';
import { assertText } from './encoding.ts';
import { ProtocolError } from './errors.ts';

/** What BallotMaker needs of a Worker. */
export interface WorkerPort {
  onmessage: ((event: MessageEvent) => void) | null;
  onerror?: ((event: ErrorEvent) => void) | null;
  postMessage(message: unknown): void;
  terminate?(): void;
}

interface Waiting {
  readonly kind: BallotRequest['kind'];
  readonly resolve: (made: MadeBallot | undefined) => void;
  readonly reject: (error: Error) => void;
}

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

function aborted(): Error {
  const error = new Error('the session was wiped');
  error.name = 'AbortError';
  return error;
}

/**
 * Makes ballots in a Web Worker. One per page; use it in this order:
 *
 *     const maker = new BallotMaker('/static/dist/ballot_worker.js');
 *     void maker.prepare(electionText);       // as soon as the paper is known
 *     const made = await maker.make(marks, credential);
 *     maker.wipe();                           // session over, cast or not
 *
 * `prepare` builds the tables of the election key and draws the secrets of one
 * ballot while the delegate is still marking (or the tablet is idle); `make` uses
 * what is there, draws the rest, and is quick if all was there. Without `prepare`,
 * `make` does both. A prepared secret is used for at most one ballot.
 *
 * `make` rejects with a ProtocolError, or with an Error named 'AbortError' if
 * `wipe` came first. `prepare` rejects with a ProtocolError only; a page need not
 * wait for it nor catch it, as `make` will say the same.
 */
export class BallotMaker {
  onProgress: ((progress: Progress) => void) | undefined;
  readonly #worker: WorkerPort;
  readonly #waiting = new Map<number, Waiting>();
  #election: string | undefined;
  #last = 0;

  /** `worker` is the address of the worker's bundle. */
  constructor(worker: string | URL | WorkerPort) {
    this.#worker = typeof worker === 'string' || worker instanceof URL
      ? new Worker(worker, { type: 'module' }) : worker;
    this.#worker.onmessage = ({ data }) => this.#receive(data as BallotReply);
    this.#worker.onerror = () => this.#rejectAll(new Error('the ballot worker stopped'));
  }

  prepare(electionText: string): Promise<void> {
    assertText(electionText, 'electionText');
    this.#election = electionText;
    const ready = this.#ask({ kind: 'prepare', election: electionText });
    const done = ready.then(() => undefined);
    done.catch(() => undefined);
    return done;
  }

  async make(
    marks: Marks, credential: string, electionText = this.#election,
  ): Promise<MadeBallot> {
    assertText(electionText, 'electionText');
    assertText(credential, 'credential');
    if (!Array.isArray(marks)) throw new TypeError('marks must be a list of lists');
    this.#election = electionText;
    const made = await this.#ask(
      { kind: 'make', election: electionText, marks, credential },
    );
    if (made === undefined) throw new TypeError('the worker answered without a ballot');
    return made;
  }

  /** Forget marks, credential and every prepared secret. Tables are public and stay. */
  wipe(): void {
    this.#rejectAll(aborted());
    void this.#ask({ kind: 'wipe' }).catch(() => undefined);
  }

  /** Stop the worker. */
  close(): void {
    this.#rejectAll(aborted());
    this.#worker.terminate?.();
  }

  #ask(request: Unnumbered<BallotRequest>): Promise<MadeBallot | undefined> {
    const id = this.#last += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { kind: request.kind, resolve, reject });
      this.#worker.postMessage({ ...request, id });
    });
  }

  #receive(reply: BallotReply): void {
    const waiting = this.#waiting.get(reply.id);
    if (waiting === undefined) return;
    if (reply.kind === 'progress') {
      this.onProgress?.({ done: reply.done, total: reply.total });
      return;
    }
    this.#waiting.delete(reply.id);
    if (reply.kind === 'done') waiting.resolve(reply.made);
    else waiting.reject(new ProtocolError(reply.check, reply.message));
  }

  /** An unfinished preparation is no failure: it only ends. */
  #rejectAll(error: Error): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { kind, resolve, reject } of waiting) {
      if (kind === 'make') reject(error);
      else resolve(undefined);
    }
  }
}
