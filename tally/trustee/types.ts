/** What the service says of one committee's work (GET /api/elections/<uuid>). */

export type Phase =
  | 'joining' | 'certificates' | 'polynomials' | 'voutputs' | 'testing' | 'ready'
  | 'sealed' | 'zero' | 'open' | 'closed' | 'unsealing' | 'counted' | 'recorded'
  | 'void' | 'stopped';

export interface MemberState {
  readonly index: number;
  readonly name: string;
  readonly role: string;
  readonly joined: boolean;
  readonly certificate: boolean;
  readonly polynomial: boolean;
  readonly voutput: boolean;
  readonly tested: boolean;
  readonly saw_empty_box: boolean;
  readonly opened: boolean;
  readonly bad_shares: number;
  readonly confirmed: boolean;
  readonly note: string;
  /** How the member's own browser counted; empty before it told. */
  readonly own_count: '' | 'agrees' | 'differs';
}

export type RemarkKind = 'note' | 'complaint';

/** What somebody wants in the minutes; `member` 0 is the leader. */
export interface Remark {
  readonly number: number;
  readonly member: number;
  readonly name: string;
  readonly kind: RemarkKind;
  readonly text: string;
  readonly handling: string;
}

/** What belenios-tool found, where it is installed and there is a result. */
export interface OutsideCount {
  readonly state: 'running' | 'agrees' | 'differs' | 'failed';
  readonly version: string;
  /** Ballots looked at, the step that differs, or why it failed. */
  readonly detail: string;
}

export interface Counts {
  readonly summoned: number;
  readonly present: number;
  readonly members: number | null;
  readonly printed: number;
  readonly issued: number;
  readonly voided: number;
  readonly cast: number | null;
}

export interface MirrorState {
  readonly height: number;
  readonly head: string | null;
  readonly checked: number;
  readonly cast: number;
  readonly reachable: boolean;
  readonly alarm: { readonly code: string; readonly detail: string } | null;
}

export type Outcome = 'passed' | 'below' | 'over_quota' | 'tied';

export interface Verdict {
  readonly nominee: string;
  readonly name: string;
  readonly agree: number;
  readonly disagree: number;
  readonly unmarked: number;
  readonly needed: number;
  readonly base: 'present' | 'summoned' | 'members';
  readonly out_of: number;
  readonly outcome: Outcome;
}

export interface Rule {
  readonly share: string;
  readonly strict: boolean;
  readonly of: Verdict['base'];
  readonly quota?: number;
  readonly tie?: 'head';
  /** The title of whoever decides a tie. */
  readonly decider?: string;
}

export type Purpose = 'introduce' | 'remove';
export type Style = 'agree-disagree' | 'select' | 'motion';

export interface SectionResult {
  readonly title: string;
  readonly rule: Rule;
  readonly verdicts: readonly Verdict[];
  readonly term: string;
  readonly style: Style;
  readonly purpose: Purpose;
  /** The ballot that the section belongs to, where one paper holds several. */
  readonly part: string;
}

export interface Result {
  readonly ballots: number;
  readonly sections: readonly SectionResult[];
  /** SHA-256 of the archive, once the count is recorded. */
  readonly archive: string | null;
  readonly announced: boolean;
}

/** One of the votes of a committee's day. */
export interface DayVote {
  readonly uuid: string;
  readonly title: string;
  readonly phase: Phase;
  readonly key_uuid: string;
}

export interface CommitteeState {
  readonly uuid: string;
  readonly title: string;
  readonly demo: boolean;
  readonly phase: Phase;
  readonly threshold: number;
  readonly members: readonly MemberState[];
  readonly me: number | null;
  /** The vote that the key was made for: this one, or one before whose key is kept. */
  readonly key_uuid: string;
  /** Every vote of the committee's day in its order, this one among them. */
  readonly day: readonly DayVote[];
  readonly counts: Counts | null;
  readonly mirror: MirrorState;
  readonly zero_reported: readonly number[];
  readonly stop: { readonly code: string; readonly detail: string } | null;
  readonly result: Result | null;
  readonly kiosk_url: string;
  /** Cards issued and ballots cast were announced to the room. */
  readonly numbers_told: boolean;
  readonly tool: OutsideCount | null;
  readonly remarks: readonly Remark[];
  /** The code of what keeps the leader from closing; empty if nothing does. */
  readonly closing: string;
}

export interface Summary {
  readonly uuid: string;
  readonly title: string;
  readonly phase: Phase;
  readonly members: number;
  readonly threshold: number;
  readonly joined: number;
  /** The first vote of the committee's day. */
  readonly first: string;
  /** The place in that day, from 1. */
  readonly turn: number;
}

export interface JoinCode {
  readonly index: number;
  readonly name: string;
  readonly code: string;
}

/** A sum to open, with what a member needs to open it. */
export interface Sums {
  readonly election: string;
  readonly trustees: string;
  readonly encrypted_tally: string;
  readonly private_key: string;
}

export interface BoxSums extends Sums {
  readonly kiosk_url: string;
  readonly head: string;
  readonly height: number;
  readonly owner: number;
}
