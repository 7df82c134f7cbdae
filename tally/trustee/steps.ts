/** The six steps of the committee's work, and who is awaited in each phase. */

import type { CommitteeState, MemberState, Phase } from './types.ts';

export const STEPS = ['key', 'trial', 'zero', 'vote', 'unseal', 'confirm'] as const;
export type Step = (typeof STEPS)[number];

const STEP_OF: Readonly<Record<Phase, Step | 'done'>> = {
  joining: 'key', certificates: 'key', polynomials: 'key', voutputs: 'key',
  testing: 'trial',
  ready: 'zero', sealed: 'zero',
  zero: 'vote', open: 'vote',
  closed: 'unseal', unsealing: 'unseal', stopped: 'unseal',
  counted: 'confirm',
  recorded: 'done', void: 'done',
};

export function stepOf(phase: Phase): Step | 'done' {
  return STEP_OF[phase];
}

/** Whether nothing is left to do for this vote. */
export function isEnded(phase: Phase): boolean {
  return stepOf(phase) === 'done';
}

/** How many steps are behind us. */
export function stepsDone(phase: Phase): number {
  const step = stepOf(phase);
  if (phase === 'void') return 0;
  return step === 'done' ? STEPS.length : STEPS.indexOf(step);
}

type Done = (member: MemberState) => boolean;

const DONE: Partial<Record<Phase, Done>> = {
  joining: (member) => member.certificate,
  certificates: (member) => member.certificate,
  polynomials: (member) => member.polynomial,
  voutputs: (member) => member.voutput,
  testing: (member) => member.tested,
  sealed: (member) => member.saw_empty_box,
  zero: (member) => member.saw_empty_box,
  unsealing: (member) => member.opened,
  counted: (member) => member.confirmed,
  recorded: (member) => member.confirmed,
};

/** Whether a member has done the part of this phase. */
export function isDone(phase: Phase, member: MemberState): boolean {
  return DONE[phase]?.(member) ?? false;
}

/** The members whose part in this phase is still to be done. */
export function awaited(state: CommitteeState): readonly MemberState[] {
  if (state.phase === 'unsealing' && !state.numbers_told) return [];
  const done = DONE[state.phase];
  return done === undefined ? [] : state.members.filter((member) => !done(member));
}

/** The key of the short text under a member's name. */
export function memberStatus(phase: Phase, member: MemberState): string {
  if (!member.joined) return 'tally.member.not_joined';
  if (phase === 'unsealing' && !member.opened && member.bad_shares > 0) {
    return 'tally.member.bad_card';
  }
  if (phase === 'counted' && !member.confirmed && member.note) {
    return 'tally.member.objects';
  }
  const known = DONE[phase] === undefined ? 'other' : phase;
  return `tally.member.${known}.${isDone(phase, member) ? 'done' : 'waiting'}`;
}
