/**
 * The member's own count: this browser follows the kiosk's public board and adds up the
 * encrypted ballots itself. What it computed is all that its key will ever open.
 */

import { useEffect, useRef, useState } from 'preact/hooks';

import { type Archive, ProtocolError, type RunningTally } from '../../crypto/ts/index.ts';
import { OwnBoard, sharesKey } from './own_board.ts';
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
  readonly own: OwnBoard;
  busy: boolean;
  last: number;
  height: number;
  broken: boolean;
}

/** Follow the board of a vote; `enabled` while there is something to follow. */
export function useOwnCount(state: CommitteeState | undefined, enabled: boolean): OwnCount {
  const [told, setTold] = useState<{ readonly by?: Memory; readonly count: OwnCount }>(
    { count: NOTHING },
  );
  const memory = useRef<Memory>();
  const uuid = state?.uuid ?? '';
  const checkProofs = state !== undefined && sharesKey(state);
  const known = memory.current?.own;
  // What was added up under milder rules does not count under stricter ones.
  if (known?.uuid !== uuid || known.checkProofs !== checkProofs) {
    memory.current = remember(new OwnBoard(uuid, checkProofs));
  }
  const closed = state !== undefined && state.phase !== 'open';
  const height = state?.mirror.height ?? -1;
  useEffect(() => {
    if (!enabled || state === undefined) return undefined;
    const mine = memory.current;
    if (mine === undefined) return undefined;
    const tell = (count: OwnCount): void => setTold({ by: mine, count });
    const look = (): void => void follow(state, closed, mine, tell);
    look();
    const timer = setInterval(look, 3000);
    return () => clearInterval(timer);
  }, [enabled, closed, height, uuid, checkProofs]);
  return told.by === memory.current ? told.count : NOTHING;
}

function remember(own: OwnBoard): Memory {
  return { own, busy: false, last: -EVERY_MS, height: -1, broken: false };
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
    // Only what the board says can be wrong; a kiosk that says nothing is looked for again.
    const wrong = error instanceof ProtocolError;
    tell({ ...NOTHING, state: wrong ? 'differs' : 'unreachable' });
    return;
  }
  const ballots = archive.events.filter(({ type }) => type === 'Ballot').length;
  try {
    await memory.own.follow(archive, ({ done, total }) =>
      tell({ state: 'running', ballots, done, total }));
  } catch {
    memory.broken = true;
    tell({ ...NOTHING, state: 'differs', ballots });
    return;
  }
  // Behind EndBallots the box has nothing new to say.
  const ended = archive.events.some(({ type }) => type === 'EndBallots');
  memory.height = ended ? Infinity : archive.events.length - 1;
  const board = { archive, tally: memory.own.tally };
  tell({ state: 'agrees', ballots, done: ballots, total: ballots, board });
}
