import type { JSX } from 'preact';
import { t } from '../../../web/ts/i18n.ts';
import { Frame, Middle } from '../parts/frame.tsx';
import { Icon } from '../parts/icon.tsx';
import { Progress } from '../parts/progress.tsx';
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
            ? <p class="notice"><Icon name="wifi-off" /> {t('booth.casting.waiting')}</p>
            : <p>{t('booth.casting.text')}</p>}
          <Progress done={done} total={total} label={t('booth.casting.title')} />
        </div>
      </Middle>
    </Frame>
  );
}
