/** A camera that looks for a code; closed until somebody asks for it. */

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { t } from '../../web/ts/i18n.ts';
import { listenToHandScanner, scanCamera } from '../../web/ts/scanner.ts';
import { Icon } from './parts.tsx';

export function ScanBox({ found, label }: {
  readonly found: (text: string) => void; readonly label: string;
}): JSX.Element {
  const [open, setOpen] = useState(false);
  const latest = useRef(found);
  latest.current = found;
  useEffect(() => listenToHandScanner((text) => latest.current(text)), []);
  const seen = (text: string): void => {
    setOpen(false);
    latest.current(text);
  };
  return (
    <div class="scan">
      <button type="button" class="btn" onClick={() => setOpen(!open)} data-testid="camera">
        <Icon name="camera" />{open ? t('tally.camera_close') : label}
      </button>
      {open && <Camera found={seen} />}
    </div>
  );
}

function Camera({ found }: { readonly found: (text: string) => void }): JSX.Element {
  const video = useRef<HTMLVideoElement>(null);
  const [fault, setFault] = useState(false);
  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    let stop: (() => void) | undefined;
    let gone = false;
    scanCamera(element, (text) => {
      if (!gone) found(text);
      return true;
    }).then((stopper) => {
      if (gone) stopper();
      else stop = stopper;
    }, () => setFault(true));
    return () => {
      gone = true;
      stop?.();
    };
  }, []);
  return (
    <div class="camera">
      {fault ? <p class="fault" role="alert">{t('scanner.no_camera')}</p>
        : <><video ref={video} /><p class="muted">{t('scanner.aim')}</p></>}
    </div>
  );
}
