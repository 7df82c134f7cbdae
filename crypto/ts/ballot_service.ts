/** Answers a page's requests for ballots over a message port. */

import type { BallotReply, BallotRequest } from './ballot_messages.ts';
import { BallotSession } from './ballot_session.ts';
import { ProtocolError } from './errors.ts';

/** Short enough that a ballot to be made never waits noticeably. */
const SLICE_MS = 25;

export interface Port {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown): void;
}

export class BallotService {
  readonly #session = new BallotSession();
  readonly #port: Port;
  /** The last request; a preparation ends when a newer one arrives. */
  #latest = 0;

  constructor(port: Port) {
    this.#port = port;
    port.onmessage = ({ data }) => void this.#answer(data as BallotRequest);
  }

  #reply(reply: BallotReply): void {
    this.#port.postMessage(reply);
  }

  async #answer(request: BallotRequest): Promise<void> {
    const { id } = request;
    this.#latest = id;
    try {
      if (request.kind === 'prepare') await this.#prepare(request.election, id);
      else if (request.kind === 'make') this.#make(request);
      else this.#session.wipe();
      if (request.kind !== 'make') this.#reply({ kind: 'done', id });
    } catch (error) {
      this.#refuse(id, error);
    }
  }

  /** Draw a ballot's secrets in slices, so that other requests come through. */
  async #prepare(election: string, id: number): Promise<void> {
    this.#session.open(election);
    while (this.#latest === id && this.#session.drawUntil(performance.now() + SLICE_MS)) {
      this.#reply({ kind: 'progress', id, ...this.#session.progress });
      await new Promise((resume) => { setTimeout(resume, 0); });
    }
  }

  #make({ id, election, marks, credential }: BallotRequest & { kind: 'make' }): void {
    this.#session.open(election);
    const made = this.#session.make(credential, marks, (progress) =>
      this.#reply({ kind: 'progress', id, ...progress }));
    this.#reply({ kind: 'done', id, made });
  }

  /** Errors of the protocol have names; anything else is told without its text. */
  #refuse(id: number, error: unknown): void {
    this.#session.wipe();
    const known = error instanceof ProtocolError;
    this.#reply({
      kind: 'error',
      id,
      check: known ? error.check : 'internal',
      message: known ? error.message : 'the ballot could not be made',
    });
  }
}
