/** Mở niêm phong: k key cards, each used in its member's own browser. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { number, t } from '../../web/ts/i18n.ts';
import { CardInput } from './card_input.tsx';
import { CardError, openBox } from './key_work.ts';
import type { OwnCount } from './own_count.ts';
import { Icon, Lead } from './parts.tsx';
import { archivePath, boxSums } from './service.ts';
import type { CommitteeState } from './types.ts';

export function Unseal({ state, own, refresh }: {
  readonly state: CommitteeState; readonly own: OwnCount;
  readonly refresh: () => Promise<void>;
}): JSX.Element {
  const [showing, setShowing] = useState(false);
  const mine = state.members.find(({ index }) => index === state.me);
  const opened = state.members.filter((member) => member.opened).length;
  const title = t('tally.unseal.title', {
    issued: number(state.counts?.issued ?? 0), cast: number(state.mirror.checked),
  });
  const text = t('tally.unseal.text', {
    needed: state.threshold, members: state.members.length, opened,
  });
  const submit = async (seed: string): Promise<void> => {
    if (own.board === undefined) throw new CardError('tally.unseal.own_first');
    const sums = await boxSums(state.uuid);
    await openBox(state.uuid, seed, own.board.archive, own.board.tally, sums);
    setShowing(false);
    await refresh();
  };
  const may = mine !== undefined && !mine.opened;
  return (
    <>
      <Lead title={title} text={text} testid="unsealing">
        {may && !showing && (
          <button type="button" class="btn primary" data-testid="unseal"
            onClick={() => setShowing(true)}>
            <Icon name="key" />{t('tally.unseal.mine')}
          </button>
        )}
      </Lead>
      {may && showing && (
        <CardInput keyUuid={state.key_uuid} index={mine.index} submit={submit}
          label={t('tally.unseal.open')} />
      )}
    </>
  );
}

/** Three counts that do not rely on one another. */
export function ThreeCounts({ state, own }: {
  readonly state: CommitteeState; readonly own: OwnCount;
}): JSX.Element {
  const { checked, cast, alarm } = state.mirror;
  const whole = checked === cast && alarm === null;
  const counted = state.result !== null;
  return (
    <section class="stack">
      <h3>{t('tally.counts.title')}</h3>
      <div class="three">
        <Count title={t('tally.counts.service')}
          text={t('tally.counts.service_text', { checked, cast })} good={whole}
          verdict={whole ? t('tally.counts.all_valid', { checked })
            : t(alarm === null ? 'tally.counts.checking' : 'tally.counts.alarm')} />
        {state.me !== null && (
          <Count title={t('tally.counts.mine')} text={t('tally.counts.mine_text')}
            good={agrees(own, checked)} verdict={ownVerdict(own, checked)}
            testid="own-count" />
        )}
        <Count title={t('tally.counts.outside')} text={t('tally.counts.outside_text')}
          good={counted} verdict={counted ? undefined : t('tally.counts.outside_wait')}>
          {counted && (
            <a href={archivePath(state.uuid)} data-testid="archive">
              {t('tally.counts.download')}
            </a>
          )}
        </Count>
      </div>
    </section>
  );
}

function agrees(own: OwnCount, checked: number): boolean {
  return own.state === 'agrees' && own.ballots === checked;
}

function ownVerdict(own: OwnCount, checked: number): string {
  const { ballots, done, total } = own;
  const partly = own.state === 'agrees' && !agrees(own, checked);
  const state = partly ? 'partly' : own.state;
  return t(`tally.counts.own.${state}`, { ballots, checked, done, total });
}

function Count({ title, text, verdict, good, testid, children }: {
  readonly title: string; readonly text: string; readonly verdict: string | undefined;
  readonly good: boolean; readonly testid?: string;
  readonly children?: JSX.Element | false;
}): JSX.Element {
  return (
    <article class="card count-card" data-testid={testid} data-good={String(good)}>
      <h3>{title}</h3>
      <p class="muted">{text}</p>
      {verdict !== undefined && (
        <p class={good ? 'verdict good' : 'verdict wait'}>{good ? '✓ ' : '… '}{verdict}</p>
      )}
      {children}
    </article>
  );
}
