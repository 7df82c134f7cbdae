import type { JSX } from 'preact';
import { t } from '../../../web/ts/i18n.ts';
import { Frame, Middle } from '../parts/frame.tsx';
import { Progress } from '../parts/progress.tsx';
import { Sign } from '../parts/sign.tsx';
import type { ToolbarProps } from '../parts/toolbar.tsx';

interface CastingScreenProps {
  readonly tools: ToolbarProps;
  readonly done: number;
  readonly total: number;
  readonly waiting: boolean;
}

/** The ballot is on its way; if the network is away, the same one is sent again. */
export function CastingScreen({ tools, done, total, waiting }: CastingScreenProps): JSX.Element {
  return (
    <Frame kicker={t('booth.kicker')} title={t('booth.casting.title')} tools={tools}>
      <Middle>
        <div class="sending" role="status" data-testid={waiting ? 'waiting' : 'casting'}>
          {waiting
            ? (
              <Sign icon="wifi-off" title={t('booth.casting.lost')}>
                <p>{t('booth.casting.waiting')}</p>
                <p><b>{t('booth.casting.stay')}</b></p>
              </Sign>
            )
            : (
              <Sign icon="envelope-paper" title={t('booth.casting.text')}>
                <Progress done={done} total={total} label={t('booth.casting.title')} />
              </Sign>
            )}
        </div>
      </Middle>
    </Frame>
  );
}
