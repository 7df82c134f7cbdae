import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../../web/ts/i18n.ts';
import { scanCamera } from '../../../web/ts/scanner.ts';
import { Icon } from './icon.tsx';

interface CameraProps {
  readonly onCode: (text: string) => void;
}

const SAME_CARD_MS = 3000; // a card held still is read many times a second

/** What the camera sees; every card it reads is handed on. */
export function Camera({ onCode }: CameraProps): JSX.Element {
  const video = useRef<HTMLVideoElement>(null);
  const found = useRef(onCode);
  const [missing, setMissing] = useState(false);
  found.current = onCode;
  useEffect(() => watch(video.current, (text) => found.current(text), setMissing), []);
  if (missing) {
    return (
      <div class="camera none" data-testid="camera-missing">
        <Icon name="camera-video-off" />
        <p>{t('booth.scan.no_camera')}</p>
      </div>
    );
  }
  return (
    <div class="camera">
      <video ref={video} data-testid="camera" />
      <div class="camera-frame" />
    </div>
  );
}

function watch(
  video: HTMLVideoElement | null, found: (text: string) => void, onMissing: (is: true) => void,
): () => void {
  if (video === null) return () => undefined;
  let stopped = false;
  let stop = (): void => undefined;
  let last = { text: '', at: 0 };
  const see = (text: string): boolean => {
    const now = performance.now();
    if (text !== last.text || now - last.at > SAME_CARD_MS) {
      last = { text, at: now };
      found(text);
    }
    return false;
  };
  scanCamera(video, see).then(
    (stopScanning) => {
      stop = stopScanning;
      if (stopped) stop();
    },
    () => onMissing(true),
  );
  return () => {
    stopped = true;
    stop();
  };
}
