/** What a page and its ballot worker say to each other. */

import type { MadeBallot, Marks } from './ballot.ts';

/** `id` ties an answer to its request; the page counts it up. */
export type BallotRequest =
  | { readonly kind: 'prepare'; readonly id: number; readonly election: string }
  | {
    readonly kind: 'make';
    readonly id: number;
    readonly election: string;
    readonly marks: Marks;
    readonly credential: string;
  }
  | { readonly kind: 'wipe'; readonly id: number };

export type BallotReply =
  | {
    readonly kind: 'progress';
    readonly id: number;
    readonly done: number;
    readonly total: number;
  }
  | { readonly kind: 'done'; readonly id: number; readonly made?: MadeBallot }
  | {
    readonly kind: 'error';
    readonly id: number;
    readonly check: string;
    readonly message: string;
  };
