/** The leader closes the count: what is in the way, what happens, and that it is final. */

import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';

import { t } from '../../web/ts/i18n.ts';
import { ActionButton } from './parts.tsx';
import { closeCount } from './service.ts';
import type { CommitteeState } from './types.ts';

export function CloseCount({ state, refresh }: {
  readonly state: CommitteeState; readonly refresh: () => Promise<void>;
}): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const closed = state.closing !== '';
  return (
    <div class="action no-print">
      <button type="button" class="btn primary" disabled={closed} data-testid="close-count"
        aria-describedby={closed ? 'close-why' : undefined}
        onClick={() => dialog.current?.showModal()}>{t('tally.close.act')}</button>
      {closed && (
        <p id="close-why" data-testid="close-why"
          class={state.closing === 'counts_differ' ? 'fault' : 'why muted'}>
          {t(`tally.closing.${state.closing}`, {
            confirmed: state.members.filter((member) => member.confirmed).length,
            needed: state.threshold,
          })}
        </p>
      )}
      <dialog ref={dialog} class="ask" aria-labelledby="close-title">
        <Question state={state} refresh={refresh} leave={() => dialog.current?.close()} />
      </dialog>
    </div>
  );
}

function Question({ state, refresh, leave }: {
  readonly state: CommitteeState; readonly refresh: () => Promise<void>;
  readonly leave: () => void;
}): JSX.Element {
  const silent = state.members.filter((member) => !member.confirmed);
  const unhandled = state.remarks.filter(({ kind, handling }) =>
    kind === 'complaint' && handling === '');
  const close = async (): Promise<void> => {
    await closeCount(state.uuid);
    leave();
    await refresh();
  };
  return (
    <div class="stack">
      <h2 id="close-title">{t('tally.close.title')}</h2>
      <ul>
        <li>{t('tally.close.record')}</li>
        <li>{t('tally.close.remarks', { remarks: state.remarks.length })}</li>
        <li>{t('tally.close.final')}</li>
      </ul>
      {silent.length > 0 && (
        <p class="open-matter">
          {t('tally.close.silent', { names: silent.map(({ name }) => name).join(', ') })}
        </p>
      )}
      {unhandled.length > 0 && (
        <p class="open-matter">{t('tally.close.unhandled', { complaints: unhandled.length })}</p>
      )}
      <div class="actions">
        <button type="button" class="btn quiet" onClick={leave}>{t('tally.close.leave')}</button>
        <ActionButton label={t('tally.close.act')} act={close} testid="close-count-confirm" />
      </div>
    </div>
  );
}
