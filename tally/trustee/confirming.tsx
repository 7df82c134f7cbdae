/** Xác nhận: each member's word on the totals, and the leader's closing of the count. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { number, t } from '../../web/ts/i18n.ts';
import { CloseCount } from './close_count.tsx';
import type { OwnResult } from './own_result.ts';
import { ActionButton, Lead, Notice } from './parts.tsx';
import { confirm } from './service.ts';
import type { CommitteeState, MemberState } from './types.ts';

interface Part {
  readonly state: CommitteeState;
  readonly leads: boolean;
  readonly found: OwnResult;
  readonly refresh: () => Promise<void>;
}

export function Confirming({ state, leads, found, refresh }: Part): JSX.Element {
  const mine = state.members.find(({ index }) => index === state.me);
  const confirmed = state.members.filter((member) => member.confirmed).length;
  const enough = confirmed >= state.threshold;
  const text = t(enough ? 'tally.result.enough' : 'tally.result.text', {
    needed: state.threshold, confirmed, ballots: number(state.result?.ballots ?? 0),
  });
  const asked = mine !== undefined && !mine.confirmed;
  return (
    <>
      <Lead title={t('tally.result.title')} text={text} testid="counted">
        {(asked || leads) && (
          <div class="deeds">
            {asked && <Confirm state={state} mine={mine} found={found} refresh={refresh} />}
            {leads && <CloseCount state={state} refresh={refresh} />}
          </div>
        )}
      </Lead>
      {state.result !== null && !state.result.announced && (
        <Notice>{t('tally.result.not_announced')}</Notice>
      )}
      {asked && <Objection state={state} refresh={refresh} />}
      <Notes state={state} />
    </>
  );
}

/** Only what this browser counted itself can be confirmed. */
function Confirm({ state, mine, found, refresh }: Omit<Part, 'leads'> & {
  readonly mine: MemberState;
}): JSX.Element {
  const differs = found.state === 'differs' || mine.own_count === 'differs';
  const ready = !differs && found.state === 'agrees' && mine.own_count === 'agrees';
  const agree = async (): Promise<void> => {
    await confirm(state.uuid, true, '');
    await refresh();
  };
  if (ready) {
    return <ActionButton label={t('tally.result.confirm')} act={agree} testid="confirm-totals" />;
  }
  return (
    <div class="action">
      <button type="button" class="btn primary" disabled data-testid="confirm-totals"
        aria-describedby="confirm-why">{t('tally.result.confirm')}</button>
      <p id="confirm-why" class={differs ? 'fault' : 'why muted'} data-testid="confirm-why">
        {t(differs ? 'tally.result.confirm_differs' : 'tally.result.confirm_wait')}
      </p>
    </div>
  );
}

function Objection({ state, refresh }: Pick<Part, 'state' | 'refresh'>): JSX.Element {
  const [note, setNote] = useState('');
  const object = async (): Promise<void> => {
    await confirm(state.uuid, false, note.trim());
    setNote('');
    await refresh();
  };
  return (
    <details class="objection no-print">
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

/** What members said when they confirmed, or did not. */
export function Notes({ state }: Pick<Part, 'state'>): JSX.Element {
  return (
    <>
      {state.members.filter(({ note }) => note !== '').map(({ index, name, note }) => (
        <Notice key={index} tone="wait">{t('tally.result.note_of', { name, note })}</Notice>
      ))}
    </>
  );
}
