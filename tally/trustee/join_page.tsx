/** Joining: a code that the leader hands over, typed or scanned. */

import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';

import { t } from '../../web/ts/i18n.ts';
import { useAction } from './parts.tsx';
import { ScanBox } from './scan_box.tsx';
import { join } from './service.ts';

export function JoinPage(): JSX.Element {
  const [code, setCode] = useState('');
  const latest = useRef(code);
  latest.current = code;
  const { busy, fault, run } = useAction(async () => {
    const { election } = await join(latest.current.trim());
    location.assign(`/committee/${election}`);
  });
  const scanned = (text: string): void => {
    setCode(text);
    run(); // reads the code a moment later
  };
  return (
    <form class="card stack narrow-card" onSubmit={(event) => {
      event.preventDefault();
      run();
    }}>
      <h1>{t('tally.join.title')}</h1>
      <p class="muted">{t('tally.join.text')}</p>
      <ScanBox found={scanned} label={t('tally.join.scan')} />
      <label class="field">{t('tally.join.code')}
        <input class="mono code-field" value={code} autocomplete="off" spellcheck={false}
          autocapitalize="characters" placeholder="XXXX-XXXX-XXXX" data-testid="join-code"
          onInput={(event) => setCode(event.currentTarget.value)} />
      </label>
      {fault !== '' && <p class="fault" role="alert">{fault}</p>}
      <div class="actions">
        <a class="btn quiet" href="/login">{t('tally.join.leader')}</a>
        <button type="submit" class="btn primary" data-testid="join-submit"
          disabled={busy || code.trim() === ''}>
          {busy ? t('tally.working') : t('tally.join.submit')}
        </button>
      </div>
    </form>
  );
}
