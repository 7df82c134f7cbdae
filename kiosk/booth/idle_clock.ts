/** When nobody touches an open ballot: first a warning, then the ballot is wiped. */

export const WARN_AFTER_MS = 5 * 60_000;
export const LEAVE_AFTER_WARNING_MS = 45_000;
/** Without a ballot there is nothing to lose, and no warning. */
export const LEAVE_SCAN_AFTER_MS = 60_000;

export type Idleness =
  | { readonly kind: 'active' }
  | { readonly kind: 'warned'; readonly secondsLeft: number }
  | { readonly kind: 'over' };

/** What a stillness of so many milliseconds means. */
export function idleness(still: number, withBallot: boolean): Idleness {
  if (!withBallot) {
    return still < LEAVE_SCAN_AFTER_MS ? { kind: 'active' } : { kind: 'over' };
  }
  if (still < WARN_AFTER_MS) return { kind: 'active' };
  const left = WARN_AFTER_MS + LEAVE_AFTER_WARNING_MS - still;
  if (left <= 0) return { kind: 'over' };
  return { kind: 'warned', secondsLeft: Math.ceil(left / 1000) };
}
