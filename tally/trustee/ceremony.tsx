/** The member's way through the key ceremony and the trial. */

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { t } from '../../web/ts/i18n.ts';
import { CardInput } from './card_input.tsx';
import { KeyMaker } from './key_maker.tsx';
import { openTrial, sendPolynomial, sendVoutput } from './key_work.ts';
import { Lead, Notice, sentence } from './parts.tsx';
import { awaited } from './steps.ts';
import type { CommitteeState, MemberState } from './types.ts';

interface Part {
  readonly state: CommitteeState;
  readonly mine: MemberState;
  readonly refresh: () => Promise<void>;
}

/** Lập khóa: the seed lives in this component and nowhere else. */
export function Ceremony({ state, mine, refresh }: Part): JSX.Element {
  const [seed, setSeed] = useState<string>();
  if (!mine.certificate) {
    const keep = (made: string): void => {
      setSeed(made);
      void refresh();
    };
    return <KeyMaker state={state} index={mine.index} keep={keep} />;
  }
  if (mine.voutput) return <Waiting state={state} title={t('tally.key.mine_done')} />;
  if (seed === undefined) {
    return (
      <>
        <Lead title={t('tally.key.again_title')} text={t('tally.key.again_text')} />
        <CardInput keyUuid={state.key_uuid} index={mine.index} label={t('tally.key.continue')}
          submit={async (read) => setSeed(read)} />
      </>
    );
  }
  return (
    <Rounds state={state} mine={mine} refresh={refresh} seed={seed}
      forget={() => setSeed(undefined)} />
  );
}

/** Answer each round as soon as everybody has done the one before. */
function Rounds({ state, mine, refresh, seed, forget }: Part & {
  readonly seed: string; readonly forget: () => void;
}): JSX.Element {
  const [fault, setFault] = useState('');
  const busy = useRef(false);
  const { phase, uuid } = state;
  useEffect(() => {
    const round = phase === 'polynomials' && !mine.polynomial ? sendPolynomial
      : phase === 'voutputs' && !mine.voutput ? sendVoutput : undefined;
    if (round === undefined || busy.current) return;
    busy.current = true;
    round(uuid, mine.index, seed).then(() => setFault(''), (error: unknown) => {
      setFault(sentence(error));
      forget(); // the card has to be shown again
    }).finally(() => {
      busy.current = false;
      void refresh();
    });
  }, [phase, mine.polynomial, mine.voutput]);
  return (
    <>
      {fault !== '' && <Notice tone="stop">{fault}</Notice>}
      <Waiting state={state} title={t('tally.key.exchange_title')} />
    </>
  );
}

/** Mở thử: the real card must open an invented vote before anything is sealed. */
export function Trial({ state, mine, refresh }: Part): JSX.Element {
  if (mine.tested) {
    return (
      <div data-testid="test-done">
        <Waiting state={state} title={t('tally.trial.mine_done')} />
      </div>
    );
  }
  const submit = async (seed: string): Promise<void> => {
    await openTrial(state.uuid, mine.index, seed);
    await refresh();
  };
  return (
    <>
      <Lead title={t('tally.trial.title')} text={t('tally.trial.text')} />
      <CardInput keyUuid={state.key_uuid} index={mine.index} submit={submit}
        label={t('tally.trial.open')} />
    </>
  );
}

function Waiting({ state, title }: {
  readonly state: CommitteeState; readonly title: string;
}): JSX.Element {
  const done = state.members.length - awaited(state).length;
  const text = t('tally.progress', { done, total: state.members.length });
  return (
    <Lead title={title} text={text}>
      <progress max={state.members.length} value={done}
        aria-label={t('tally.members')} />
    </Lead>
  );
}
