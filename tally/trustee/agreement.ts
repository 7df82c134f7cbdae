/** Whether the counts that exist agree. Pure: what it is made from is on the page. */

import { type OwnResult } from './own_result.ts';
import type { CommitteeState } from './types.ts';

/** Green only if all that exist agree, red if any differs, otherwise waiting. */
export type Agreement = 'agree' | 'differ' | 'wait';

export interface Verdict {
  readonly agreement: Agreement;
  /** The key of the sentence that says so, and what to do. */
  readonly key: string;
}

type Counted = Pick<CommitteeState, 'result' | 'me' | 'members' | 'tool' | 'mirror'>;

export function agreementOf(state: Counted, own: Pick<OwnResult, 'state'>): Verdict {
  const found = state.members.map(({ own_count: counted }) => counted);
  const differ = found.includes('differs') || own.state === 'differs'
    || state.tool?.state === 'differs' || state.mirror.alarm !== null;
  if (differ) return { agreement: 'differ', key: 'tally.verdict.differ' };
  const awaited = awaitedOf(state, own, found.includes('agrees'));
  if (awaited !== '') return { agreement: 'wait', key: `tally.verdict.wait.${awaited}` };
  const all = state.tool === null ? 'two' : 'three';
  return { agreement: 'agree', key: `tally.verdict.agree.${all}` };
}

function awaitedOf(
  { result, me, tool }: Counted, own: Pick<OwnResult, 'state'>, someAgree: boolean,
): string {
  if (result === null) return 'unsealing';
  if (me !== null && own.state !== 'agrees') return 'own';
  if (!someAgree) return 'members';
  if (tool?.state === 'running') return 'tool';
  return tool?.state === 'failed' ? 'tool_failed' : '';
}
