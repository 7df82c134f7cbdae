import type { JSX } from 'preact';
import { t } from '../../../web/ts/i18n.ts';
import type { Booth } from '../booth.ts';
import { faultText } from '../faults.ts';
import { Camera } from '../parts/camera.tsx';
import { CodeBoxes } from '../parts/code_boxes.tsx';
import { Frame } from '../parts/frame.tsx';
import { Icon } from '../parts/icon.tsx';
import { Press } from '../parts/press.tsx';
import type { ToolbarProps } from '../parts/toolbar.tsx';

interface ScanScreenProps {
  readonly booth: Booth;
  readonly tools: ToolbarProps;
  readonly busy: boolean;
  readonly fault: string | undefined;
}

/** The delegate shows the card: to the camera, to the hand scanner, or types its code. */
export function ScanScreen({ booth, tools, busy, fault }: ScanScreenProps): JSX.Element {
  const present = (text: string): void => void booth.present(text);
  const back = (
    <>
      <span class="count" />
      <Press testid="scan-back" onPress={() => booth.leave()}>{t('booth.back')}</Press>
    </>
  );
  return (
    <Frame kicker={t('booth.kicker')} title={t('booth.scan.title')} tools={tools} footer={back}>
      <main class="scan">
        {fault !== undefined && (
          <p class="notice with-icon" role="alert" data-testid="fault">
            <Icon name="exclamation-circle" /><span>{faultText(fault)}</span>
          </p>
        )}
        <section class="scan-part">
          <h2>{t('booth.scan.camera')}</h2>
          <Camera onCode={present} />
        </section>
        <section class="scan-part">
          <h2>{t('booth.scan.typed')}</h2>
          <CodeBoxes busy={busy} onCode={present} />
        </section>
      </main>
    </Frame>
  );
}
