import type { JSX } from 'preact';
import { t } from '../../../web/ts/i18n.ts';
import { Dialog } from './dialog.tsx';
import { Press } from './press.tsx';

interface LeaveDialogProps {
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

/** Going away before casting: what it means for the card and for the marks. */
export function LeaveDialog({ onStay, onLeave }: LeaveDialogProps): JSX.Element {
  return (
    <Dialog title={t('booth.leave_dialog.title')} testid="leave-dialog" actions={(
      <>
        <Press testid="leave-confirm" onPress={onLeave}>{t('booth.leave_dialog.leave')}</Press>
        <Press class="btn primary" testid="leave-stay" onPress={onStay}>
          {t('booth.leave_dialog.stay')}
        </Press>
      </>
    )}>
      <p>{t('booth.leave_dialog.text')}</p>
    </Dialog>
  );
}
