/**
 * The marks of one open ballot, in the form the ballot is made of: per question one
 * 0 or 1 an answer. Every change makes a new draft; nothing is ever stored.
 */

import { type Paper, type Question, questionsOf } from './paper.ts';

export type Draft = readonly (readonly number[])[];

export function emptyDraft(paper: Paper): Draft {
  return questionsOf(paper).map((question) => Array<number>(question.answers).fill(0));
}

export function isMarked(draft: Draft, question: Question, answer: number): boolean {
  return draft[question.index]?.[answer] === 1;
}

/** How many answers of a question are marked. */
export function marked(draft: Draft, question: Question): number {
  return (draft[question.index] ?? []).reduce((sum, mark) => sum + mark, 0);
}

export function isUnmarked(draft: Draft, question: Question): boolean {
  return marked(draft, question) === 0;
}

/** Whether one more mark would be one too many; marks are never removed unasked. */
export function isFull(draft: Draft, question: Question): boolean {
  return question.style === 'select' && marked(draft, question) >= question.maximum;
}

/** Mark an answer, or take its mark away. A full selection stays as it is. */
export function toggle(draft: Draft, question: Question, answer: number): Draft {
  const before = draft[question.index] ?? [];
  const wasMarked = before[answer] === 1;
  if (!wasMarked && isFull(draft, question)) return draft;
  const onlyOne = question.style !== 'select';
  const after = before.map((mark, index) => {
    if (index === answer) return wasMarked ? 0 : 1;
    return onlyOne ? 0 : mark;
  });
  return draft.map((marks, index) => (index === question.index ? after : marks));
}

/** Questions without any mark, in paper order. */
export function unmarked(paper: Paper, draft: Draft): readonly Question[] {
  return questionsOf(paper).filter((question) => isUnmarked(draft, question));
}

/** A motion has an answer of its own for abstaining, so it must be answered. */
export function missing(paper: Paper, draft: Draft): readonly Question[] {
  return unmarked(paper, draft).filter((question) => question.style === 'motion');
}

export function isBlank(draft: Draft): boolean {
  return draft.every((marks) => marks.every((mark) => mark === 0));
}
