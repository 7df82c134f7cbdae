import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { t } from '../../../web/ts/i18n.ts';
import type { Booth } from '../booth.ts';
import { faultText } from '../faults.ts';
import { Frame, Middle } from '../parts/frame.tsx';
import { Press } from '../parts/press.tsx';
import type { ToolbarProps } from '../parts/toolbar.tsx';

interface PairScreenProps {
  readonly booth: Booth;
  readonly tools: ToolbarProps;
  readonly busy: boolean;
  readonly fault: string | undefined;
}

/** Not yet a tablet of this hall: somebody of the secretariat types a code. */
export function PairScreen({ booth, tools, busy, fault }: PairScreenProps): JSX.Element {
  const [code, setCode] = useState('');
  const form = useRef<HTMLFormElement>(null);
  return (
    <Frame kicker={t('booth.kicker')} title={t('booth.pair.title')} tools={tools}>
      <Middle>
        <p>{t('booth.pair.text')}</p>
        <form ref={form} onSubmit={(event) => {
          event.preventDefault();
          if (code !== '' && !busy) void booth.pair(code);
        }}>
          <input
            class="pair-code" data-testid="pair-code" value={code} disabled={busy}
            aria-label={t('booth.pair.code')} placeholder="XXXX-XXXX" maxLength={12}
            autocomplete="off" autocapitalize="characters" spellcheck={false}
            onInput={(event) => setCode(event.currentTarget.value.toUpperCase())}
          />
          {fault !== undefined && (
            <p class="notice" role="alert" data-testid="fault">{faultText(fault)}</p>
          )}
          <Press class="btn primary" testid="pair-submit" disabled={busy || code === ''}
            onPress={() => form.current?.requestSubmit()}>
            {t('booth.pair.submit')}
          </Press>
        </form>
      </Middle>
    </Frame>
  );
}
