/** What the public board answers to somebody who looks for a ballot. */

export const SHORTEST = 3; // letters of a code to search for
/** The box is asked for this much of a code: whose it is stays on the delegate's device. */
const ASKED = 4;

export interface Answer {
  readonly kind: 'yes' | 'no' | 'more';
  readonly icon: string;
  /** Key of the one sentence that answers. */
  readonly word: string;
  /** Keys of what it means and what to do. */
  readonly says: readonly string[];
  readonly trackers: readonly string[];
}

/** The code in what was typed or scanned; spaces and line breaks are nobody's. */
export function trackerIn(text: string): string {
  return text.replace(/\s+/g, '');
}

/** What the box is asked for: the beginning of a code, never the whole of it. */
export function askedFor(wanted: string): string {
  return wanted.slice(0, ASKED);
}

/** Answer for the ballots whose codes begin as `listed` was asked for; `kind` is how the box stands. */
export function answerTo(
  wanted: string, listed: readonly string[], kind: string,
): Answer {
  const trackers = listed.filter((tracker) => tracker.startsWith(wanted));
  if (wanted.length < SHORTEST) {
    return { kind: 'more', icon: 'question-circle', word: 'board.answer.short', says: [], trackers: [] };
  }
  if (trackers.includes(wanted)) {
    const says = [`board.means.${kind}`, 'board.answer.secret'];
    return { kind: 'yes', icon: 'check-circle-fill', word: 'board.answer.yes', says, trackers: [wanted] };
  }
  if (trackers.length > 0) {
    const word = trackers.length === 1 ? 'board.answer.one' : 'board.answer.several';
    return { kind: 'more', icon: 'question-circle', word, says: ['board.answer.whole'], trackers };
  }
  const says = ['board.answer.again', 'board.answer.tell'];
  return { kind: 'no', icon: 'x-circle-fill', word: 'board.answer.no', says, trackers: [] };
}
