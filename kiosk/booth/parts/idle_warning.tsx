import type { JSX } from 'preact';
import { t } from '../../../web/ts/i18n.ts';
import { Dialog } from './dialog.tsx';
import { Press } from './press.tsx';

interface IdleWarningProps {
  readonly secondsLeft: number;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

/** Nobody has touched an open ballot for a while. */
export function IdleWarning({ secondsLeft, onStay, onLeave }: IdleWarningProps): JSX.Element {
  return (
    <Dialog title={t('booth.still_there.title')} testid="idle-warning" actions={(
      <>
        <Press testid="idle-leave" onPress={onLeave}>{t('booth.still_there.leave')}</Press>
        <Press class="btn primary" testid="idle-stay" onPress={onStay}>
          {t('booth.still_there.stay')}
        </Press>
      </>
    )}>
      <p role="alert">{t('booth.still_there.text', { seconds: secondsLeft })}</p>
    </Dialog>
  );
}
