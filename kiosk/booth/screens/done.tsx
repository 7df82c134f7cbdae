import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../../web/ts/i18n.ts';
import { qrSvg } from '../../../web/ts/qr.ts';
import type { Booth } from '../booth.ts';
import { Frame, Middle } from '../parts/frame.tsx';
import { Press } from '../parts/press.tsx';
import { Sign } from '../parts/sign.tsx';
import type { ToolbarProps } from '../parts/toolbar.tsx';

const SHOWN_SECONDS = 10;

interface DoneScreenProps {
  readonly booth: Booth;
  readonly tools: ToolbarProps;
  readonly tracker: string;
}

/** The ballot is in; the screen clears itself for the next delegate. */
export function DoneScreen({ booth, tools, tracker }: DoneScreenProps): JSX.Element {
  const [left, setLeft] = useState(SHOWN_SECONDS);
  useEffect(() => {
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left <= 0) booth.leave();
  }, [left, booth]);
  const foot = (
    <>
      <span class="count quiet num">{t('booth.done.left', { seconds: Math.max(left, 0) })}</span>
      <Press class="btn primary" testid="done" onPress={() => booth.leave()}>
        {t('booth.done.button')}
      </Press>
    </>
  );
  return (
    <Frame kicker={t('booth.kicker')} title={t('booth.done.kicker')} tools={tools} footer={foot}>
      <Middle>
        <div role="status" data-testid="recorded">
          <Sign icon="check-lg" look="good" title={t('booth.done.title')} />
        </div>
        <p class="quiet">{t('booth.done.tracker')}</p>
        <div class="tracker-line">
          <p class="tracker" data-testid="tracker">{tracker}</p>
          <div class="tracker-code" aria-hidden="true"
            dangerouslySetInnerHTML={{ __html: qrSvg(tracker) }} />
        </div>
        <p class="quiet">{t('booth.done.text')}</p>
      </Middle>
    </Frame>
  );
}
