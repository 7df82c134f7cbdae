/** The page of one committee, for its members and for the leader. */

import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';

import { ApiError } from '../../web/ts/api.ts';
import { t } from '../../web/ts/i18n.ts';
import { watch } from '../../web/ts/realtime.ts';
import { Alarm, Closed, EmptyBox, Stopped, Voting } from './box.tsx';
import { Ceremony, Trial } from './ceremony.tsx';
import { Confirming } from './confirming.tsx';
import { Day, NextVote } from './day.tsx';
import { Heading } from './heading.tsx';
import { LeaderTools } from './leader_tools.tsx';
import { Members } from './members.tsx';
import { type OwnCount, useOwnCount } from './own_count.ts';
import { type OwnResult, useOwnResult } from './own_result.ts';
import { Lead, Notice, Numbers } from './parts.tsx';
import { Recorded } from './recorded.tsx';
import { Remarks } from './remarks.tsx';
import { ResultTable } from './result.tsx';
import { committee } from './service.ts';
import { TellNumbers } from './tell_numbers.tsx';
import { ThreeCounts } from './three_counts.tsx';
import type { CommitteeState, Phase } from './types.ts';
import { Unseal } from './unseal.tsx';

const WITH_COUNTS: readonly Phase[] = [
  'open', 'closed', 'unsealing', 'stopped', 'counted', 'recorded',
];

export function CommitteePage({ uuid, leads }: {
  readonly uuid: string; readonly leads: boolean;
}): JSX.Element {
  const { state, lost, refresh } = useCommittee(uuid);
  const follows = state !== undefined && state.me !== null
    && WITH_COUNTS.includes(state.phase);
  const own = useOwnCount(state, follows);
  const found = useOwnResult(state, own, refresh);
  if (state === undefined) return <p class="muted">{t(lost ?? 'tally.loading')}</p>;
  const counts = WITH_COUNTS.includes(state.phase);
  const part: Part = { state, own, found, leads, refresh };
  return (
    <>
      <Heading state={state} />
      <div class="desk stack">
        {lost !== undefined && <Notice tone="wait">{t(lost)}</Notice>}
        <Alarm state={state} />
        <NextVote state={state} />
        <Numbers counts={counted(state)} cast={counts ? state.mirror.cast : null} />
        <Work {...part} />
        {state.result === null && <Members state={state} />}
        {counts && <ThreeCounts state={state} own={own} found={found} />}
        {state.result !== null && <ResultTable result={state.result} />}
        {state.result !== null && <Members state={state} />}
        <Remarks state={state} leads={leads} refresh={refresh} />
        <Day state={state} />
        {leads && <LeaderTools state={state} refresh={refresh} />}
      </div>
    </>
  );
}

interface Part {
  readonly state: CommitteeState;
  readonly own: OwnCount;
  readonly found: OwnResult;
  readonly leads: boolean;
  readonly refresh: () => Promise<void>;
}

/** The part of this phase: the member's own, or what the leader should know. */
function Work(part: Part): JSX.Element {
  const { state, own, found, refresh } = part;
  const mine = state.members.find(({ index }) => index === state.me);
  switch (state.phase) {
    case 'joining': case 'certificates': case 'polynomials': case 'voutputs':
      if (mine === undefined) return <Onlooker what="key" />;
      return <Ceremony state={state} mine={mine} refresh={refresh} />;
    case 'testing':
      if (mine === undefined) return <Onlooker what="trial" />;
      return <Trial state={state} mine={mine} refresh={refresh} />;
    case 'ready': case 'sealed': case 'zero':
      return <EmptyBox state={state} refresh={refresh} />;
    case 'open':
      return <Voting state={state} />;
    case 'closed':
      return <Closed state={state} />;
    case 'unsealing':
      return state.numbers_told ? <Unseal state={state} own={own} refresh={refresh} />
        : <TellNumbers {...part} />;
    case 'counted':
      return <Confirming {...part} />;
    case 'recorded':
      return <Recorded state={state} found={found} />;
    case 'void': case 'stopped':
      return <Stopped state={state} />;
  }
}

function Onlooker({ what }: { readonly what: 'key' | 'trial' }): JSX.Element {
  return <Lead title={t(`tally.${what}.onlooker`)} text={t(`tally.${what}.onlooker_text`)} />;
}

function counted(state: CommitteeState): Readonly<Record<string, number | null>> | null {
  return state.counts === null ? null : { ...state.counts };
}

interface Watched {
  readonly state: CommitteeState | undefined;
  /** The key of a sentence about why the state may be old. */
  readonly lost: string | undefined;
  readonly refresh: () => Promise<void>;
}

function useCommittee(uuid: string): Watched {
  const [state, setState] = useState<CommitteeState>();
  const [lost, setLost] = useState<string>();
  const refresh = useCallback(async () => {
    try {
      setState(await committee(uuid));
      setLost(undefined);
    } catch (error) {
      const gone = error instanceof ApiError && error.status === 403;
      setLost(gone ? 'tally.seat_lost' : 'frame.offline');
    }
  }, [uuid]);
  useEffect(() => watch(`election:${uuid}`, refresh), [uuid]);
  return { state, lost, refresh };
}
