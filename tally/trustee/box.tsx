/** The box before, while and after voting: empty, filling, closed. */

import type { JSX } from 'preact';

import { number, t } from '../../web/ts/i18n.ts';
import { ActionButton, Lead, Notice } from './parts.tsx';
import { reportZero } from './service.ts';
import type { CommitteeState } from './types.ts';

interface Part {
  readonly state: CommitteeState;
  readonly refresh: () => Promise<void>;
}

/** Hòm phiếu rỗng: look at the board, and let the console know what was seen. */
export function EmptyBox({ state, refresh }: Part): JSX.Element {
  const mine = state.members.find(({ index }) => index === state.me);
  const look = async (): Promise<void> => {
    await reportZero(state.uuid);
    await refresh();
  };
  if (state.phase === 'ready') {
    const kept = state.key_uuid !== state.uuid;
    return (
      <Lead title={t(kept ? 'tally.ready.kept_title' : 'tally.ready.title')}
        text={t(kept ? 'tally.ready.kept_text' : 'tally.ready.text')} testid="ready" />
    );
  }
  if (state.phase === 'zero' && (mine === undefined || mine.saw_empty_box)) {
    const witnesses = state.members.filter(({ saw_empty_box }) => saw_empty_box)
      .map(({ name }) => name).join(', ');
    const text = witnesses ? t('tally.zero.seen_by', { names: witnesses }) : t('tally.zero.seen');
    return <Lead title={t('tally.zero.empty')} text={text} testid="zero-done" />;
  }
  return (
    <Lead title={t('tally.zero.title')} text={t('tally.zero.text')}>
      <ActionButton label={t('tally.zero.look')} act={look} testid="zero-report" />
    </Lead>
  );
}

/** Bỏ phiếu: what the mirror has checked so far. */
export function Voting({ state }: Pick<Part, 'state'>): JSX.Element {
  const { checked, cast, reachable } = state.mirror;
  return (
    <>
      <Lead title={t('tally.voting.title', {
        issued: shown(state.counts?.issued), cast: number(cast),
      })} text={t('tally.voting.text', { checked: number(checked), cast: number(cast) })}
        testid="voting" />
      {!reachable && <Notice tone="wait">{t('tally.voting.unreachable')}</Notice>}
    </>
  );
}

export function Closed({ state }: Pick<Part, 'state'>): JSX.Element {
  const cast = number(state.mirror.checked);
  return (
    <Lead title={t('tally.closed.title', { cast })} text={t('tally.closed.text')}
      testid="closed" />
  );
}

/** A count that stopped, or a vote that was abandoned, and why. */
export function Stopped({ state }: Pick<Part, 'state'>): JSX.Element {
  const { code = '', detail = '' } = state.stop ?? {};
  if (state.phase === 'void') {
    return <Lead title={t('tally.void.title')} text={t('tally.void.text', { reason: detail })} />;
  }
  return (
    <>
      <Lead title={t('tally.stopped.title')} text={t('tally.stopped.text')} testid="stopped" />
      <Notice tone="stop">{t(`tally.${code}`)} ({detail})</Notice>
    </>
  );
}

/** What must not be, and was seen: nothing is counted any more. */
export function Alarm({ state }: Pick<Part, 'state'>): JSX.Element | null {
  const { alarm } = state.mirror;
  if (alarm === null) return null;
  return (
    <Notice tone="stop" testid="alarm">
      <div>
        <strong>{t('tally.alarm.title')}</strong>
        <p>{t('tally.alarm.text')}</p>
        <p class="mono">{alarm.code}: {alarm.detail}</p>
      </div>
    </Notice>
  );
}

function shown(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : number(value);
}
