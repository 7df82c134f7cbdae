import type { JSX } from 'preact';
import { t } from '../../../web/ts/i18n.ts';
import { Dialog } from './dialog.tsx';
import { Press } from './press.tsx';

interface BlankDialogProps {
  readonly onBack: () => void;
  readonly onCast: () => void;
}

/** A ballot without any mark is allowed, but asked about once. */
export function BlankDialog({ onBack, onCast }: BlankDialogProps): JSX.Element {
  return (
    <Dialog title={t('booth.blank.title')} testid="blank-dialog" actions={(
      <>
        <Press testid="blank-back" onPress={onBack}>{t('booth.blank.back')}</Press>
        <Press class="btn primary" testid="blank-cast" onPress={onCast}>
          {t('booth.blank.cast')}
        </Press>
      </>
    )}>
      <p>{t('booth.blank.text')}</p>
    </Dialog>
  );
}
