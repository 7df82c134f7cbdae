import type { JSX } from 'preact';
import { t } from '../../../web/ts/i18n.ts';
import type { Booth } from '../booth.ts';
import { faultText } from '../faults.ts';
import { Frame, Middle } from '../parts/frame.tsx';
import { Press } from '../parts/press.tsx';
import { Sign } from '../parts/sign.tsx';
import type { ToolbarProps } from '../parts/toolbar.tsx';

interface StoppedScreenProps {
  readonly booth: Booth;
  readonly tools: ToolbarProps;
  readonly code: string;
}

/** The ballot box refused the ballot for good: what that means and whom to ask. */
export function StoppedScreen({ booth, tools, code }: StoppedScreenProps): JSX.Element {
  const foot = (
    <>
      <span class="count" />
      <Press class="btn primary" testid="stopped-leave" onPress={() => booth.leave()}>
        {t('booth.stopped.button')}
      </Press>
    </>
  );
  return (
    <Frame kicker={t('booth.kicker')} title={t('booth.stopped.kicker')} tools={tools} footer={foot}>
      <Middle>
        <div role="alert" data-testid="stopped">
          <Sign icon="exclamation-lg" look="stop" title={t('booth.stopped.title')}>
            <p>{faultText(code)}</p>
            <p class="quiet">{t('booth.stopped.text')}</p>
          </Sign>
        </div>
      </Middle>
    </Frame>
  );
}
