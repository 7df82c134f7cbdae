/** Three counts that do not rely on one another, side by side, and what follows. */

import type { ComponentChildren, JSX } from 'preact';

import { number, t } from '../../web/ts/i18n.ts';
import { type Agreement, agreementOf } from './agreement.ts';
import { CountTable } from './count_table.tsx';
import type { OwnCount } from './own_count.ts';
import type { OwnResult } from './own_result.ts';
import { Icon } from './parts.tsx';
import { answersOf } from './recount.ts';
import { archivePath } from './service.ts';
import type { CommitteeState } from './types.ts';

interface Part {
  readonly state: CommitteeState;
  /** The sums of the public board, as this browser followed it. */
  readonly own: OwnCount;
  /** The result that this browser then counted from the shares. */
  readonly found: OwnResult;
}

const ICONS: Readonly<Record<Agreement, string>> = {
  agree: 'check-circle', differ: 'exclamation-octagon', wait: 'hourglass-split',
};
const TONES: Readonly<Record<Agreement, string>> = {
  agree: 'good', differ: 'stop', wait: 'wait',
};

export function ThreeCounts({ state, own, found }: Part): JSX.Element {
  const { agreement, key } = agreementOf(state, found);
  return (
    <section class="stack counts">
      <h2>{t('tally.counts.title')}</h2>
      <div class={`notice agreement ${TONES[agreement]}`} data-testid="agreement"
        data-agreement={agreement} role={agreement === 'differ' ? 'alert' : 'status'}>
        <Icon name={ICONS[agreement]} />
        <div>
          <strong>{t(key)}</strong>
          {agreement === 'differ' && <p>{t('tally.verdict.differ_do')}</p>}
        </div>
      </div>
      <div class="three">
        <ServiceCount state={state} />
        <BrowserCount state={state} own={own} found={found} />
        <OutsideCount state={state} />
      </div>
      {state.result !== null && <CountTable result={state.result} found={found} />}
    </section>
  );
}

function ServiceCount({ state }: Pick<Part, 'state'>): JSX.Element {
  const { checked, cast, alarm } = state.mirror;
  const whole = checked === cast && alarm === null;
  const key = alarm !== null ? 'alarm' : whole ? 'all_valid' : 'checking';
  return (
    <Count title={t('tally.counts.service')} testid="service-count"
      text={t('tally.counts.service_text', { checked: number(checked), cast: number(cast) })}
      agreement={alarm !== null ? 'differ' : whole ? 'agree' : 'wait'}
      verdict={t(`tally.counts.${key}`, { checked: number(checked) })}>
      {state.result !== null && (
        <Total result={answersOf(state.result)} ballots={state.result.ballots} />
      )}
    </Count>
  );
}

function BrowserCount({ state, own, found }: Part): JSX.Element {
  const counted = state.members.filter((member) => member.own_count === 'agrees').length;
  const differing = state.members.filter((member) => member.own_count === 'differs');
  const values = { counted, total: state.members.length };
  const sitting = state.me !== null;
  const opened = state.result !== null;
  const verdict = !sitting ? ofOthers(state)
    : opened ? ofResult(found, own) : ofSums(own, state.mirror.checked);
  const running = found.state === 'running' ? found : own.state === 'running' ? own : undefined;
  return (
    <Count title={t(sitting ? 'tally.counts.mine' : 'tally.counts.browsers')} testid="own-count"
      text={t(`tally.counts.${whatIsCounted(state)}`)}
      agreement={verdict.agreement} verdict={verdict.text}>
      {running !== undefined && (
        <progress max={running.total || 1} value={running.done} aria-label={verdict.text} />
      )}
      {found.counted !== undefined && (
        <Total result={found.counted.result} ballots={found.counted.ballots} />
      )}
      {found.state === 'differs' && (
        <>
          <p>{t(`tally.recount.why.${found.why ?? 'board'}`)}</p>
          <button type="button" class="btn small" data-testid="count-again"
            onClick={() => location.reload()}>
            <Icon name="arrow-repeat" />{t('tally.recount.again')}
          </button>
        </>
      )}
      {opened && sitting && (
        <p class="muted" data-testid="browsers">{t('tally.counts.browsers_agree', values)}</p>
      )}
      {differing.length > 0 && (
        <p class="fault">{t('tally.counts.browsers_differ', {
          names: differing.map(({ name }) => name).join(', '),
        })}</p>
      )}
    </Count>
  );
}

function whatIsCounted({ me, result }: CommitteeState): string {
  if (me === null) return 'browsers_text';
  return result === null ? 'mine_text' : 'mine_result_text';
}

interface Said {
  readonly agreement: Agreement;
  readonly text: string;
}

/** Before anything is opened: the encrypted sums that this browser added up. */
function ofSums({ state, ballots, done, total }: OwnCount, checked: number): Said {
  const partly = state === 'agrees' && ballots !== checked;
  const text = t(`tally.counts.own.${partly ? 'partly' : state}`, {
    ballots: number(ballots), checked: number(checked), done, total,
  });
  const agreement = state === 'differs' ? 'differ' : state === 'agrees' && !partly ? 'agree' : 'wait';
  return { agreement, text };
}

/** Afterwards: the result; a page that was loaded late adds up the ballots first. */
function ofResult({ state, step, done, total }: OwnResult, own: OwnCount): Said {
  if (state === 'agrees') return { agreement: 'agree', text: t('tally.recount.agrees') };
  if (state === 'differs') return { agreement: 'differ', text: t('tally.recount.differs') };
  const adding = state === 'waiting' && own.state === 'running';
  const key = adding ? 'ballots' : state === 'running' ? step : state;
  const share = adding ? shareOf(own) : shareOf({ done, total });
  return { agreement: 'wait', text: t(`tally.recount.${key}`, { share }) };
}

function shareOf({ done, total }: Pick<OwnResult, 'done' | 'total'>): number {
  return total === 0 ? 0 : Math.floor((100 * done) / total);
}

/** For the leader, who has no count of the own: what the members' browsers found. */
function ofOthers({ members, result }: CommitteeState): Said {
  const counted = members.filter((member) => member.own_count === 'agrees').length;
  if (members.some((member) => member.own_count === 'differs')) {
    return { agreement: 'differ', text: t('tally.recount.differs') };
  }
  if (result === null) return { agreement: 'wait', text: t('tally.counts.outside_wait') };
  const text = t('tally.counts.browsers_verdict', { counted, total: members.length });
  return { agreement: counted > 0 ? 'agree' : 'wait', text };
}

function OutsideCount({ state }: Pick<Part, 'state'>): JSX.Element {
  const { tool, result } = state;
  const name = tool?.version ? `belenios-tool ${tool.version}` : 'belenios-tool';
  const absent = result !== null && tool === null;
  const key = result === null ? 'outside_wait' : absent ? 'tool.absent' : `tool.${tool?.state}`;
  const agreement = tool?.state === 'agrees' ? 'agree' : tool?.state === 'differs' ? 'differ' : 'wait';
  return (
    <Count title={t('tally.counts.outside')} text={name} testid="outside-count"
      agreement={agreement} quiet={absent} verdict={t(`tally.counts.${key}`)}>
      {tool?.state === 'agrees' && result !== null && (
        <Total result={answersOf(result)} ballots={result.ballots} />
      )}
      {tool !== null && tool.detail !== '' && (
        <p class="muted">{t(`tally.tool.${tool.state}.${detailKey(tool)}`, { detail: tool.detail })}</p>
      )}
      {absent && <p class="muted">{t('tally.counts.tool.absent_text')}</p>}
      {state.phase === 'counted' && (
        <a href={archivePath(state.uuid)} data-testid="archive">{t('tally.counts.download')}</a>
      )}
    </Count>
  );
}

/** A number of ballots is said as it is, a step or a reason has a sentence. */
function detailKey({ state, detail }: NonNullable<CommitteeState['tool']>): string {
  return state === 'agrees' ? 'ballots' : detail;
}

/** How many ballots, and how many choices on all of them together. */
function Total({ result, ballots }: {
  readonly result: readonly (readonly number[])[]; readonly ballots: number;
}): JSX.Element {
  const choices = result.flat().reduce((sum, votes) => sum + votes, 0);
  return (
    <p class="num total">
      {t('tally.counts.total', { ballots: number(ballots), choices: number(choices) })}
    </p>
  );
}

const SIGNS: Readonly<Record<Agreement, string>> = { agree: '✓', differ: '✗', wait: '…' };

function Count({ title, text, verdict, agreement, quiet = false, testid, children }: {
  readonly title: string; readonly text: string; readonly verdict: string;
  readonly agreement: Agreement; readonly testid: string;
  /** There is nothing to wait for. */
  readonly quiet?: boolean;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <article class={`card count-card ${quiet ? 'quiet' : TONES[agreement]}`} data-testid={testid}
      data-good={String(agreement === 'agree')} data-agreement={agreement}>
      <h3>{title}</h3>
      <p class="muted">{text}</p>
      <p class="verdict">{quiet ? '– ' : `${SIGNS[agreement]} `}{verdict}</p>
      {children}
    </article>
  );
}
