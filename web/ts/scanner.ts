/**
 * Reading codes: with the camera, or with a hand scanner that types like a keyboard.
 *
 * The reader is WebAssembly served by ourselves; pictures never leave the browser.
 */

import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';

const PAUSE_MS = 120; // between two pictures: quick for people, light for tablets
const KEY_GAP_MS = 80; // hand scanners type faster than people
const SHORTEST = 8; // characters of the shortest code we print

let prepared = false;

export class CameraError extends Error {
  constructor(cause: unknown) {
    super('the camera cannot be used', { cause });
    this.name = 'CameraError';
  }
}

/**
 * Show the camera in `video` and call `found` with every code seen, until it returns
 * true or the returned function is called.
 *
 * @throws CameraError if there is no camera or it may not be used.
 */
export async function scanCamera(
  video: HTMLVideoElement, found: (text: string) => boolean,
): Promise<() => void> {
  const stream = await openCamera();
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  video.srcObject = stream;
  video.muted = true;
  video.playsInline = true;
  try {
    await video.play();
  } catch (error) {
    if (stopped) return stop;
    stop();
    throw new CameraError(error);
  }
  void look(video, found, () => stopped).then(stop);
  return stop;
}

/** Read the code in one picture; undefined if there is none. */
export async function readPicture(picture: ImageBitmapSource): Promise<string | undefined> {
  const [code] = await detector().detect(picture);
  return code?.rawValue;
}

/**
 * Call `found` with each line that a hand scanner types. Keys a person types into a
 * field are left alone. Returns a function that stops listening.
 */
export function listenToHandScanner(found: (text: string) => void): () => void {
  let typed = '';
  let last = 0;
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.timeStamp - last > KEY_GAP_MS) typed = '';
    last = event.timeStamp;
    if (event.key.length === 1) {
      typed += event.key;
    } else if (event.key === 'Enter' && typed.length >= SHORTEST && !inField(event.target)) {
      event.preventDefault();
      const text = typed;
      typed = '';
      found(text);
    }
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}

async function openCamera(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
    });
  } catch (error) {
    throw new CameraError(error);
  }
}

async function look(
  video: HTMLVideoElement, found: (text: string) => boolean, stopped: () => boolean,
): Promise<void> {
  const eyes = detector();
  while (!stopped()) {
    const seen = await eyes.detect(video).catch(() => []);
    for (const code of seen) {
      if (stopped() || found(code.rawValue)) return;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function detector(): BarcodeDetector {
  if (!prepared) {
    prepareZXingModule({
      overrides: {
        locateFile: (path: string, prefix: string): string =>
          path.endsWith('.wasm') ? '/static/web/dist/zxing_reader.wasm' : prefix + path,
      },
    });
    prepared = true;
  }
  return new BarcodeDetector({ formats: ['qr_code'] });
}

function inField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
