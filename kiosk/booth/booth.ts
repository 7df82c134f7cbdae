/**
 * One tablet: who is at it, what is shown, what is sent.
 *
 * It keeps the card's secret and the marks in memory only, for one delegate, and drops
 * both as soon as the ballot is made or the session is over. What comes from the server
 * changes the idle screens; it cannot reach an open ballot.
 */

import { type BallotMaker, publicCredential, readElection } from '../../crypto/ts/index.ts';
import { type Card, readCard } from './card.ts';
import { emptyDraft, isMarked, missing, toggle } from './draft.ts';
import { type Paper, type Question, readPaper } from './paper.ts';
import { type BoothApi, isFinal, sendUntilAnswered } from './sending.ts';
import {
  isOpenToNews, type Listed, openElections, type OpenBallot, type State,
} from './state.ts';

export interface Ports {
  readonly api: BoothApi;
  readonly maker: Pick<BallotMaker, 'prepare' | 'make' | 'wipe' | 'onProgress'>;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Why a card was not accepted; its sentence is `booth.fault.<code>`. */
class Fault extends Error {}

interface Admitted {
  readonly ballot: OpenBallot;
  readonly electionText: string;
}

export class Booth {
  state: State = { screen: 'starting' };
  elections: readonly Listed[] = [];
  onChange: () => void = () => undefined;
  readonly #ports: Ports;
  /** Grows with every session, so that a late answer finds nobody to talk to. */
  #session = 0;
  #credential: string | undefined;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Look at the ballot box again: at the start, on a hint, now and then. */
  async look(): Promise<void> {
    if (!isOpenToNews(this.state)) return;
    try {
      const elections = await this.#ports.api.elections();
      if (!isOpenToNews(this.state)) return;
      this.elections = elections;
      if (this.#waitsForPairing()) this.#show({ screen: 'idle' });
      else this.onChange();
    } catch (error) {
      if (isFinal(error) && isOpenToNews(this.state)) this.#unpair();
    }
  }

  async pair(code: string): Promise<void> {
    this.#show({ screen: 'unpaired', busy: true });
    try {
      await this.#ports.api.pair(code);
      await this.look();
    } catch (error) {
      this.#show({ screen: 'unpaired', busy: false, fault: codeOf(error) });
    }
  }

  /** A delegate stepped up. */
  begin(): void {
    if (this.state.screen === 'idle') this.#show({ screen: 'scan', busy: false });
  }

  /** A card was shown to the camera, read by the hand scanner, or typed. */
  async present(text: string): Promise<void> {
    const ready = this.state.screen === 'scan' && !this.state.busy;
    if (!ready && this.state.screen !== 'idle') return;
    const session = this.#session;
    this.#show({ screen: 'scan', busy: true });
    try {
      const card = read(text);
      const admitted = await this.#admit(card);
      if (session !== this.#session) return;
      this.#credential = card.credential;
      this.#show({ screen: 'marking', ballot: admitted.ballot, section: 0, returning: false });
      // Not awaited: `make` says what went wrong, if anything did.
      this.#ports.maker.prepare(admitted.electionText).catch(() => undefined);
    } catch (error) {
      if (session !== this.#session) return;
      this.#show({ screen: 'scan', busy: false, fault: codeOf(error) });
    }
  }

  /** Mark an answer, or take the mark away. */
  mark(question: Question, answer: number): void {
    if (this.state.screen !== 'marking') return;
    const { ballot } = this.state;
    const draft = toggle(ballot.draft, question, answer);
    this.#show({ ...this.state, ballot: { ...ballot, draft } });
  }

  turnTo(section: number): void {
    if (this.state.screen !== 'marking') return;
    const { ballot } = this.state;
    if (ballot.paper.sections[section] === undefined) return;
    this.#show({ screen: 'marking', ballot, section, returning: false });
  }

  review(): void {
    if (this.state.screen !== 'marking') return;
    this.#show({ screen: 'review', ballot: this.state.ballot });
  }

  /** Go from the review to one line, and straight back afterwards. */
  change(question: Question): void {
    if (this.state.screen !== 'review') return;
    this.#show({
      screen: 'marking', ballot: this.state.ballot, section: question.section,
      focus: question.index, returning: true,
    });
  }

  /** Go from the review back to the last section. */
  back(): void {
    if (this.state.screen !== 'review') return;
    const { ballot } = this.state;
    const section = ballot.paper.sections.length - 1;
    this.#show({ screen: 'marking', ballot, section, returning: false });
  }

  /** Seal the ballot and send it until the ballot box has answered. */
  async cast(): Promise<void> {
    if (this.state.screen !== 'review' || this.#credential === undefined) return;
    const { ballot } = this.state;
    if (missing(ballot.paper, ballot.draft).length > 0) return;
    const session = this.#session;
    try {
      const made = await this.#seal(ballot, this.#credential);
      if (session !== this.#session) return;
      const tracker = await this.#send(ballot.uuid, made, session);
      if (session === this.#session) this.#show({ screen: 'done', tracker });
    } catch (error) {
      if (session === this.#session) this.#stop(codeOf(error));
    }
  }

  /** The session is over, cast or not: forget the delegate's card and marks. */
  leave(): void {
    if (this.#waitsForPairing() || this.state.screen === 'casting') return;
    this.#forget();
    this.#session += 1;
    this.#show({ screen: 'idle' });
    void this.look();
  }

  /** Whether an answer is marked on the open ballot. */
  isMarked(question: Question, answer: number): boolean {
    const { state } = this;
    if (state.screen !== 'marking' && state.screen !== 'review') return false;
    return isMarked(state.ballot.draft, question, answer);
  }

  async #admit(card: Card): Promise<Admitted> {
    const election = await this.#electionOf(card);
    const electionText = await this.#ports.api.electionText(election.uuid);
    const read = readElection(electionText);
    if (read.fingerprint !== election.fingerprint || read.uuid !== election.uuid) {
      throw new Fault('wrong_paper');
    }
    const paper = paperOf(read.description);
    const ballot = { uuid: election.uuid, paper, draft: emptyDraft(paper) };
    return { electionText, ballot };
  }

  /** Find the open election in which this card may vote. */
  async #electionOf(card: Card): Promise<Listed> {
    this.elections = await this.#ports.api.elections();
    const open = openElections(this.elections);
    if (open.length === 0) throw new Fault('not_open');
    const possible = card.uuid === undefined
      ? open : open.filter((election) => election.uuid === card.uuid);
    if (possible.length === 0) throw new Fault('other_election');
    let status = 'unknown';
    for (const election of possible) {
      const credential = publicCredential(election.uuid, card.credential);
      status = await this.#ports.api.checkCard(election.uuid, credential);
      if (status === 'unused') return election;
      if (status !== 'unknown') break;
    }
    throw new Fault(`card_${status}`);
  }

  /** Make the ballot; card and marks are forgotten as soon as it exists. */
  async #seal(ballot: OpenBallot, credential: string): Promise<string> {
    const { maker } = this.#ports;
    maker.onProgress = ({ done, total }) => {
      if (this.state.screen !== 'casting') return;
      this.#show({ screen: 'casting', done, total, waiting: false });
    };
    this.#show({ screen: 'casting', done: 0, total: 1, waiting: false });
    try {
      return (await maker.make(ballot.draft, credential)).ballot;
    } finally {
      this.#forget();
    }
  }

  async #send(uuid: string, ballot: string, session: number): Promise<string> {
    return await sendUntilAnswered(
      () => this.#ports.api.cast(uuid, ballot),
      this.#ports.wait,
      (waiting) => {
        if (session !== this.#session) return;
        this.#show({ screen: 'casting', done: 1, total: 1, waiting });
      },
    );
  }

  #waitsForPairing(): boolean {
    return this.state.screen === 'starting' || this.state.screen === 'unpaired';
  }

  #unpair(): void {
    if (this.state.screen === 'unpaired') return;
    this.#forget();
    this.#session += 1;
    this.elections = [];
    this.#show({ screen: 'unpaired', busy: false });
  }

  #stop(code: string): void {
    this.#forget();
    this.#show({ screen: 'stopped', code });
  }

  #forget(): void {
    this.#credential = undefined;
    this.#ports.maker.onProgress = undefined;
    this.#ports.maker.wipe();
  }

  #show(state: State): void {
    this.state = state;
    this.onChange();
  }
}

function read(text: string): Card {
  try {
    return readCard(text);
  } catch {
    throw new Fault('not_a_card');
  }
}

function paperOf(description: string): Paper {
  try {
    return readPaper(description);
  } catch {
    throw new Fault('unknown_paper');
  }
}

/** The short name of what went wrong; anything unforeseen is a fault of the tablet. */
function codeOf(error: unknown): string {
  if (error instanceof Fault) return error.message;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'fault';
}
