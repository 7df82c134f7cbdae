/** Counting again once there is a result, and telling the service what came out. */

import { useEffect, useRef, useState } from 'preact/hooks';

import { OwnBoard, sharesKey } from './own_board.ts';
import type { OwnCount } from './own_count.ts';
import { type OwnRecount, recount, type Step, type Why, whyOf } from './recount.ts';
import { archiveBytes, sendOwnCount } from './service.ts';
import type { CommitteeState, MemberState, Result } from './types.ts';

const AGAIN_MS = 5000;
/** What is told of a count that did not hold: nobody can take it for a result. */
const NO_COUNT = { result: [], ballots: 0, head: '' };

export interface OwnResult {
  readonly state: 'waiting' | 'running' | 'agrees' | 'differs' | 'unreachable';
  readonly step: Step;
  readonly done: number;
  readonly total: number;
  readonly counted?: OwnRecount;
  readonly why?: Why;
}

export const NO_RESULT: OwnResult = { state: 'waiting', step: 'ballots', done: 0, total: 0 };

type Tell = (found: OwnResult) => void;

/** Count as soon as there is a result and the public board was followed to its end. */
export function useOwnResult(
  state: CommitteeState | undefined, own: OwnCount, refresh: () => Promise<void>,
): OwnResult {
  const [found, setFound] = useState<OwnResult>(NO_RESULT);
  const gone = useRef(false);
  const begun = useRef(false);
  useEffect(() => () => { gone.current = true; }, []);
  const mine = state?.members.find(({ index }) => index === state.me);
  // Without the public board this would only repeat what the service says of itself.
  const followed = own.state === 'agrees' || own.state === 'differs';
  const ready = mine !== undefined && state?.result != null && followed;
  useEffect(() => {
    if (!ready || begun.current || state?.result == null) return;
    begun.current = true; // the board may be lost and found again meanwhile
    void countUntilRead(state, state.result, own, setFound, gone);
  }, [ready]);
  const telling = useRef(false);
  useEffect(() => {
    // With every new state, so that a message that was lost is sent again.
    if (telling.current || state === undefined || mine === undefined) return;
    const message = messageOf(state, mine, found);
    if (message === undefined) return;
    telling.current = true;
    sendOwnCount(state.uuid, message).then(({ agrees }) => {
      if (!agrees && found.state === 'agrees') setFound({ ...found, state: 'differs', why: 'service' });
      return refresh();
    }).catch(() => undefined).finally(() => { telling.current = false; });
  }, [found.state, state]);
  const lost = found.state === 'waiting' && own.state === 'unreachable';
  return lost ? { ...NO_RESULT, state: 'unreachable' } : found;
}

/** The file may not be there at once; whatever it then says is final. */
async function countUntilRead(
  state: CommitteeState, shown: Result, own: OwnCount, tell: Tell,
  gone: { readonly current: boolean },
): Promise<void> {
  tell({ ...NO_RESULT, state: 'running' });
  for (let bytes: Uint8Array | undefined; bytes === undefined && !gone.current;) {
    try {
      bytes = await archiveBytes(state.uuid);
    } catch {
      tell({ ...NO_RESULT, state: 'unreachable' });
      await new Promise((resume) => { setTimeout(resume, AGAIN_MS); });
      continue;
    }
    tell(await countOnce(state, shown, own, bytes, tell));
  }
}

async function countOnce(
  state: CommitteeState, shown: Result, own: OwnCount, bytes: Uint8Array, tell: Tell,
): Promise<OwnResult> {
  if (own.state === 'differs') return { ...NO_RESULT, state: 'differs', why: 'board' };
  const board = new OwnBoard(state.uuid, sharesKey(state));
  const closed = own.board?.archive.events.some(({ type }) => type === 'EndBallots') === true;
  const tally = closed ? own.board?.tally ?? board.tally : board.tally;
  const onStep = (step: Step, done: number, total: number): void =>
    tell({ state: 'running', step, done, total });
  try {
    const { uuid, checkProofs } = board;
    const counted = await recount({ uuid, bytes, tally, checkProofs, shown, onStep });
    return { ...NO_RESULT, state: 'agrees', counted };
  } catch (error) {
    return { ...NO_RESULT, state: 'differs', why: whyOf(error) };
  }
}

/** What the service is to be told; nothing if it knows, or if it is not the time. */
function messageOf(
  { phase }: CommitteeState, mine: MemberState, { state, counted, why }: OwnResult,
): Parameters<typeof sendOwnCount>[1] | undefined {
  if (phase !== 'counted' || state === mine.own_count || why === 'service') return undefined;
  if (state === 'differs') return NO_COUNT;
  return state === 'agrees' ? counted : undefined;
}
