/** Making the member's key: the card is shown once and must come back before it counts. */

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { keyCardText, newSeed, readableSeed } from '../../crypto/ts/index.ts';
import { t } from '../../web/ts/i18n.ts';
import { CardError, seedOf, sendCertificate } from './key_work.ts';
import { Icon, Lead, Notice, Qr, useAction } from './parts.tsx';
import { ScanBox } from './scan_box.tsx';
import type { CommitteeState } from './types.ts';

export function KeyMaker({ state, index, keep }: {
  readonly state: CommitteeState; readonly index: number;
  /** Hands the seed to the page's memory for the rest of the ceremony. */
  readonly keep: (seed: string) => void;
}): JSX.Element {
  const [seed, setSeed] = useState<string>();
  useEffect(() => seed === undefined ? undefined : guardLeaving(), [seed]);
  if (seed === undefined) {
    return (
      <Lead title={t('tally.key.title')} text={t('tally.key.text')}>
        <button type="button" class="btn primary" data-testid="make-key"
          onClick={() => setSeed(newSeed())}>
          <Icon name="key" />{t('tally.key.make')}
        </button>
      </Lead>
    );
  }
  const stored = async (): Promise<void> => {
    await sendCertificate(state, index, seed);
    keep(seed);
  };
  return (
    <>
      <KeyCard state={state} index={index} seed={seed} />
      <Confirm uuid={state.key_uuid} index={index} seed={seed} stored={stored} />
    </>
  );
}

function KeyCard({ state, index, seed }: {
  readonly state: CommitteeState; readonly index: number; readonly seed: string;
}): JSX.Element {
  const member = state.members.find((each) => each.index === index);
  const text = keyCardText({ uuid: state.key_uuid, index, seed });
  return (
    <section class="card key-card">
      <div class="key-card-code"><Qr text={text} label={t('tally.card.qr')} /></div>
      <div class="stack">
        <div>
          <h2>{t('tally.card.title')}</h2>
          <p class="muted">{state.title} · {member?.name}</p>
        </div>
        <p class="key-card-seed mono" data-testid="key-card-text">{readableSeed(seed)}</p>
        <Notice tone="wait">{t('tally.card.once')}</Notice>
        <div class="actions no-print">
          <button type="button" class="btn" onClick={() => print()}>
            <Icon name="printer" />{t('tally.card.print')}
          </button>
        </div>
      </div>
    </section>
  );
}

function Confirm({ uuid, index, seed, stored }: {
  readonly uuid: string; readonly index: number; readonly seed: string;
  readonly stored: () => Promise<void>;
}): JSX.Element {
  const [typed, setTyped] = useState('');
  const { busy, fault, run } = useAction(async () => {
    checkAgain(typed, uuid, index, seed);
    await stored();
  });
  return (
    <form class="card stack no-print" onSubmit={(event) => {
      event.preventDefault();
      run();
    }}>
      <h2>{t('tally.card.confirm_title')}</h2>
      <p class="muted">{t('tally.card.confirm_text')}</p>
      <div class="confirm-row">
        <ScanBox found={setTyped} label={t('tally.card.scan')} />
        <label class="field">{t('tally.card.last_group')}
          <input class="mono" value={typed} autocomplete="off" autocapitalize="none"
            spellcheck={false} data-testid="key-card-confirm"
            onInput={(event) => setTyped(event.currentTarget.value)} />
        </label>
      </div>
      {fault !== '' && <p class="fault" role="alert">{fault}</p>}
      <div class="actions">
        <button type="submit" class="btn primary" disabled={busy || typed === ''}
          data-testid="key-card-stored">
          {busy ? t('tally.working') : t('tally.card.stored')}
        </button>
      </div>
    </form>
  );
}

/** The last printed group, or the whole card scanned or typed. */
function checkAgain(typed: string, uuid: string, index: number, seed: string): void {
  const text = typed.trim();
  if (text === readableSeed(seed).split('-').at(-1)) return;
  if (seedOf(text, uuid, index) !== seed) throw new CardError('tally.card.not_this_one');
}

/** Leaving now would lose a card that nothing can show again. */
function guardLeaving(): () => void {
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
  addEventListener('beforeunload', ask);
  return () => removeEventListener('beforeunload', ask);
}
