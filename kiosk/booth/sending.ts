/** Sending a ballot: again and again the same one, until the ballot box has answered. */

import type { Listed } from './state.ts';

/** What the tablet asks of the ballot box. */
export interface BoothApi {
  pair(code: string): Promise<void>;
  elections(): Promise<readonly Listed[]>;
  /** Whether a card may vote: unused, cast, voided or unknown. */
  checkCard(uuid: string, publicCredential: string): Promise<string>;
  electionText(uuid: string): Promise<string>;
  /** Returns the tracker. The same ballot sent again gets the same answer. */
  cast(uuid: string, ballot: string): Promise<string>;
  heartbeat(busy: boolean): Promise<void>;
}

/** Pauses between two tries, in milliseconds; the last one repeats. */
const PAUSES = [500, 1000, 2000, 3000];
const CLIENT_FAULT = 400;
const SERVER_FAULT = 500;
const TRY_AGAIN: ReadonlySet<number> = new Set([408, 425, 429]);

/** Whether the ballot box itself said no, so that asking again changes nothing. */
export function isFinal(error: unknown): boolean {
  const { status } = error as { status?: unknown };
  return typeof status === 'number' && status >= CLIENT_FAULT && status < SERVER_FAULT
    && !TRY_AGAIN.has(status);
}

/**
 * Call `send` until it succeeds or is refused for good. `onWaiting(true)` is called
 * when an answer stays away, `onWaiting(false)` before every try.
 */
export async function sendUntilAnswered(
  send: () => Promise<string>,
  wait: (milliseconds: number) => Promise<void>,
  onWaiting: (waiting: boolean) => void,
): Promise<string> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await send();
    } catch (error) {
      if (isFinal(error)) throw error;
    }
    onWaiting(true);
    await wait(PAUSES[Math.min(tries, PAUSES.length - 1)] ?? 0);
  }
}
