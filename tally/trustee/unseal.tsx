/** Mở niêm phong: k key cards, each used in its member's own browser. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { number, t } from '../../web/ts/i18n.ts';
import { CardInput } from './card_input.tsx';
import { CardError, openBox } from './key_work.ts';
import type { OwnCount } from './own_count.ts';
import { Icon, Lead } from './parts.tsx';
import { boxSums } from './service.ts';
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
