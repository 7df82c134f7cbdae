/**
 * The member's own count: this browser follows the kiosk's public board and adds up the
 * encrypted ballots itself. What it computed is all that its key will ever open.
 */

import { useEffect, useRef, useState } from 'preact/hooks';

import { type Archive, RunningTally } from '../../crypto/ts/index.ts';
import { publicBoard } from './service.ts';
import type { CommitteeState } from './types.ts';

/** The whole board travels each time, so not more often than this while voting runs. */
const EVERY_MS = 45_000;

export interface OwnCount {
  readonly state: 'waiting' | 'running' | 'agrees' | 'differs' | 'unreachable';
  readonly ballots: number;
  readonly done: number;
  readonly total: number;
  readonly board?: { readonly archive: Archive; readonly tally: RunningTally };
}

const NOTHING: OwnCount = { state: 'waiting', ballots: 0, done: 0, total: 0 };

interface Memory {
  tally: RunningTally;
  busy: boolean;
  last: number;
  height: number;
  broken: boolean;
}

/** Follow the board of a vote; `enabled` while there is something to follow. */
export function useOwnCount(state: CommitteeState | undefined, enabled: boolean): OwnCount {
  const [count, setCount] = useState(NOTHING);
  const memory = useRef<Memory>({
    tally: new RunningTally(), busy: false, last: -EVERY_MS, height: -1, broken: false,
  });
  const closed = state !== undefined && state.phase !== 'open';
  const height = state?.mirror.height ?? -1;
  useEffect(() => {
    if (!enabled || state === undefined) return undefined;
    const look = (): void => void follow(state, closed, memory.current, setCount);
    look();
    const timer = setInterval(look, 3000);
    return () => clearInterval(timer);
  }, [enabled, closed, height, state?.uuid]);
  return count;
}

async function follow(
  state: CommitteeState, closed: boolean, memory: Memory, tell: (count: OwnCount) => void,
): Promise<void> {
  const due = performance.now() - memory.last >= EVERY_MS;
  const news = state.mirror.height > memory.height;
  if (memory.busy || memory.broken || !news || !(closed || due)) return;
  memory.busy = true;
  memory.last = performance.now();
  try {
    await followOnce(state, memory, tell);
  } finally {
    memory.busy = false;
  }
}

async function followOnce(
  state: CommitteeState, memory: Memory, tell: (count: OwnCount) => void,
): Promise<void> {
  let archive: Archive;
  try {
    archive = await publicBoard(state.kiosk_url, state.uuid);
  } catch (error) {
    const unread = error instanceof TypeError; // fetch could not reach it
    tell({ ...NOTHING, state: unread ? 'unreachable' : 'differs' });
    return;
  }
  const ballots = archive.events.filter(({ type }) => type === 'Ballot').length;
  try {
    await memory.tally.follow(archive, {
      onProgress: ({ done, total }) => tell({ state: 'running', ballots, done, total }),
    });
    memory.tally.aggregate();
  } catch {
    memory.broken = true;
    tell({ ...NOTHING, state: 'differs', ballots });
    return;
  }
  // Behind EndBallots the box has nothing new to say.
  const ended = archive.events.some(({ type }) => type === 'EndBallots');
  memory.height = ended ? Infinity : archive.events.length - 1;
  const board = { archive, tally: memory.tally };
  tell({ state: 'agrees', ballots, done: ballots, total: ballots, board });
}
