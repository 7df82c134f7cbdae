/** The room hears how many cards were issued and ballots cast, before anything is opened. */

import type { JSX } from 'preact';

import { number, t } from '../../web/ts/i18n.ts';
import { ActionButton } from './parts.tsx';
import { tellNumbers } from './service.ts';
import type { CommitteeState } from './types.ts';

export function TellNumbers({ state, leads, refresh }: {
  readonly state: CommitteeState; readonly leads: boolean;
  readonly refresh: () => Promise<void>;
}): JSX.Element {
  const issued = state.counts?.issued ?? 0;
  const cast = state.mirror.checked;
  const values = { issued: number(issued), cast: number(cast), rest: number(issued - cast) };
  const sentence = t(issued === cast ? 'tally.tell.all' : 'tally.tell.some', values);
  const told = async (): Promise<void> => {
    await tellNumbers(state.uuid);
    await refresh();
  };
  return (
    <section class="card tell" data-testid="tell">
      <dl class="num">
        <div><dt>{t('tally.tell.issued')}</dt><dd data-testid="tell-issued">{values.issued}</dd></div>
        <div><dt>{t('tally.tell.cast')}</dt><dd data-testid="tell-cast">{values.cast}</dd></div>
      </dl>
      <div class="tell-words">
        <p class="muted">{t(leads ? 'tally.tell.leader' : 'tally.tell.member')}</p>
        <blockquote data-testid="tell-sentence">{sentence}</blockquote>
        <ActionButton label={t('tally.tell.done')} act={told} testid="tell-numbers" />
      </div>
    </section>
  );
}
