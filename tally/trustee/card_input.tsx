/** Taking in a member's key card: scanned or typed, checked, used, forgotten. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../web/ts/i18n.ts';
import { seedOf } from './key_work.ts';
import { sentence, useAction } from './parts.tsx';
import { ScanBox } from './scan_box.tsx';

export function CardInput({ keyUuid, index, submit, label }: {
  /** The vote that the key was made for, as the card says. */
  readonly keyUuid: string; readonly index: number; readonly label: string;
  /** Uses the seed; what it throws is told to the member. */
  readonly submit: (seed: string) => Promise<unknown>;
}): JSX.Element {
  const [typed, setTyped] = useState('');
  const [early, setEarly] = useState('');
  const { busy, fault, run } = useAction(async () => {
    await submit(seedOf(typed, keyUuid, index));
    setTyped('');
  });
  const scanned = (text: string): void => {
    try {
      seedOf(text, keyUuid, index);
      setEarly('');
      setTyped(text);
    } catch (error) {
      setEarly(sentence(error));
    }
  };
  return (
    <form class="card card-input stack" onSubmit={(event) => {
      event.preventDefault();
      setEarly('');
      run();
    }}>
      <p>{t('tally.card.how')}</p>
      <ScanBox found={scanned} label={t('tally.card.scan')} />
      <label class="field">{t('tally.card.typed')}
        <input class="mono" value={typed} autocomplete="off" autocapitalize="none"
          spellcheck={false} data-testid="key-card-input"
          placeholder="XXXXX-XXXXXX-XXXXX-XXXXXX"
          onInput={(event) => setTyped(event.currentTarget.value)} />
      </label>
      {(early || fault) && <p class="fault" role="alert">{early || fault}</p>}
      <div class="actions">
        <button type="submit" class="btn primary" disabled={busy || typed.trim() === ''}
          data-testid="key-card-submit">{busy ? t('tally.working') : label}</button>
      </div>
    </form>
  );
}
