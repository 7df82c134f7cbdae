/** Xác nhận: the totals with their verdicts, and each member's word on them. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { number, t } from '../../web/ts/i18n.ts';
import { ActionButton, Lead, Notice } from './parts.tsx';
import { confirm } from './service.ts';
import type { CommitteeState, Result, Rule, SectionResult, Verdict } from './types.ts';

export function Totals({ state, refresh }: {
  readonly state: CommitteeState; readonly refresh: () => Promise<void>;
}): JSX.Element {
  const mine = state.members.find(({ index }) => index === state.me);
  const confirmed = state.members.filter((member) => member.confirmed).length;
  const recorded = state.phase === 'recorded';
  const title = recorded ? t('tally.result.recorded') : t('tally.result.title');
  const text = t(recorded ? 'tally.result.recorded_text' : 'tally.result.text', {
    needed: state.threshold, confirmed, ballots: number(state.result?.ballots ?? 0),
  });
  const agree = async (): Promise<void> => {
    await confirm(state.uuid, true, '');
    await refresh();
  };
  return (
    <>
      <Lead title={title} text={text} testid={recorded ? 'recorded' : 'counted'}>
        {mine !== undefined && !mine.confirmed && (
          <ActionButton label={t('tally.result.confirm')} act={agree} testid="confirm-totals" />
        )}
      </Lead>
      {state.result !== null && !state.result.announced && (
        <Notice>{t('tally.result.not_announced')}</Notice>
      )}
      {mine !== undefined && !mine.confirmed && <Objection state={state} refresh={refresh} />}
      <Notes state={state} />
    </>
  );
}

function Objection({ state, refresh }: {
  readonly state: CommitteeState; readonly refresh: () => Promise<void>;
}): JSX.Element {
  const [note, setNote] = useState('');
  const object = async (): Promise<void> => {
    await confirm(state.uuid, false, note.trim());
    setNote('');
    await refresh();
  };
  return (
    <details class="objection">
      <summary>{t('tally.result.object')}</summary>
      <div class="card stack">
        <label class="field">{t('tally.result.object_note')}
          <textarea rows={2} value={note} data-testid="objection-note"
            onInput={(event) => setNote(event.currentTarget.value)} />
        </label>
        <div class="actions">
          <ActionButton label={t('tally.result.object_send')} act={object} kind="stop" />
        </div>
      </div>
    </details>
  );
}

function Notes({ state }: { readonly state: CommitteeState }): JSX.Element {
  return (
    <>
      {state.members.filter(({ note }) => note !== '').map(({ index, name, note }) => (
        <Notice key={index} tone="wait">{t('tally.result.note_of', { name, note })}</Notice>
      ))}
    </>
  );
}

export function ResultTable({ result }: { readonly result: Result }): JSX.Element {
  return (
    <section class="stack" data-testid="result">
      {result.sections.map((section, index) => <Section key={index} section={section} />)}
    </section>
  );
}

function Section({ section }: { readonly section: SectionResult }): JSX.Element {
  const { title, rule, verdicts } = section;
  return (
    <article class="card">
      <h2>{title}</h2>
      <p class="muted">{ruleText(rule, verdicts[0])}</p>
      <div class="scroll">
        <table class="rows result">
          <thead>
            <tr>
              <th scope="col">{t('tally.table.name')}</th>
              <th scope="col" class="count">{t('tally.table.agree')}</th>
              <th scope="col" class="count">{t('tally.table.disagree')}</th>
              <th scope="col" class="count">{t('tally.table.unmarked')}</th>
              <th scope="col" class="count share">{t('tally.table.share')}</th>
              <th scope="col">{t('tally.table.verdict')}</th>
            </tr>
          </thead>
          <tbody>
            {verdicts.map((verdict, index) => (
              <Row key={index} number={index + 1} verdict={verdict} />
            ))}
          </tbody>
        </table>
      </div>
    </article>
  );
}

const TAGS = { passed: 'good', below: '', over_quota: 'wait', tied: 'wait' } as const;

function Row({ number: place, verdict }: {
  readonly number: number; readonly verdict: Verdict;
}): JSX.Element {
  return (
    <tr data-testid={`verdict-${place}`} data-outcome={verdict.outcome}>
      <td>{place}. {verdict.name}</td>
      <td class="count strong" data-label={t('tally.table.agree')}>{number(verdict.agree)}</td>
      <td class="count" data-label={t('tally.table.disagree')}>{number(verdict.disagree)}</td>
      <td class="count" data-label={t('tally.table.unmarked')}>{number(verdict.unmarked)}</td>
      <td class="count share">
        {t('tally.table.of', { agree: verdict.agree, out_of: verdict.out_of })}
      </td>
      <td>
        <span class={`tag ${TAGS[verdict.outcome]}`}>
          {t(`tally.outcome.${verdict.outcome}`)}
        </span>
      </td>
    </tr>
  );
}

/** The rule in words, with the fewest votes that pass. */
function ruleText(rule: Rule, verdict: Verdict | undefined): string {
  if (verdict === undefined) return '';
  const base = t(`tally.base.${rule.of}`);
  const values = {
    share: shareText(rule.share), base, out_of: verdict.out_of, needed: verdict.needed,
  };
  const words = t(rule.strict ? 'tally.rule.more_than' : 'tally.rule.at_least', values);
  if (rule.quota === undefined) return words;
  return `${words} ${t('tally.rule.quota', { quota: rule.quota })}`;
}

/** "3/10" as 30 %; a share that is no whole percentage stays a fraction. */
function shareText(share: string): string {
  const [top = 0, bottom = 1] = share.split('/').map(Number);
  const percent = (100 * top) / bottom;
  return Number.isInteger(percent) ? `${percent}%` : share;
}
