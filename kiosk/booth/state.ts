/** What the tablet is showing. The card's secret is never part of it. */

import type { Draft } from './draft.ts';
import type { Paper } from './paper.ts';

/** One election as the ballot box lists it. */
export interface Listed {
  readonly uuid: string;
  readonly state: 'prepared' | 'open' | 'closed' | 'void';
  readonly title: string;
  readonly fingerprint: string;
  readonly demo: boolean;
}

/** A ballot that a delegate is marking. */
export interface OpenBallot {
  readonly uuid: string;
  readonly paper: Paper;
  readonly draft: Draft;
}

export interface Marking {
  readonly screen: 'marking';
  readonly ballot: OpenBallot;
  readonly section: number;
  /** The question to bring into view, if the delegate came to change it. */
  readonly focus?: number;
  /** Whether the delegate came from the review, and goes straight back there. */
  readonly returning: boolean;
}

export type State =
  | { readonly screen: 'starting' }
  | { readonly screen: 'unpaired'; readonly busy: boolean; readonly fault?: string }
  | { readonly screen: 'idle' }
  | { readonly screen: 'scan'; readonly busy: boolean; readonly fault?: string }
  | Marking
  | { readonly screen: 'review'; readonly ballot: OpenBallot }
  | {
    readonly screen: 'casting';
    readonly done: number;
    readonly total: number;
    /** The network is away: the same ballot is sent until it comes back. */
    readonly waiting: boolean;
  }
  | { readonly screen: 'done'; readonly tracker: string }
  | { readonly screen: 'stopped'; readonly code: string };

export type Screen = State['screen'];

/** Screens that news from the server may change; an open ballot is not among them. */
const OPEN_TO_NEWS: ReadonlySet<Screen> = new Set(['starting', 'unpaired', 'idle', 'scan']);
/** Screens on which a delegate may walk away from marks. */
const WITH_MARKS: ReadonlySet<Screen> = new Set(['marking', 'review']);
/** Screens without anybody at the tablet. */
const FREE: ReadonlySet<Screen> = new Set(['starting', 'unpaired', 'idle']);

export function isOpenToNews(state: State): boolean {
  return OPEN_TO_NEWS.has(state.screen);
}

export function hasMarks(state: State): boolean {
  return WITH_MARKS.has(state.screen);
}

export function isInUse(state: State): boolean {
  return !FREE.has(state.screen);
}

export function openElections(listed: readonly Listed[]): readonly Listed[] {
  return listed.filter((election) => election.state === 'open');
}
