/**
 * Voiding cards by scanning them. The public half is computed here and only that is
 * sent: the secret of a card never leaves the browser, and is not kept in it either.
 */

import { publicCredential, readCredential } from '../../../crypto/ts/credentials.ts';
import { ProtocolError } from '../../../crypto/ts/errors.ts';
import { post } from '../../../web/ts/api.ts';
import { t } from '../../../web/ts/i18n.ts';
import { CameraError, listenToHandScanner, scanCamera } from '../../../web/ts/scanner.ts';
import { attempt, tell } from './errors.ts';
import { refresh } from './live.ts';

const CARD = /^PK1:([^:]+):([^:]+)$/;

interface Outcome {
  readonly voided: number;
  readonly already_cast: readonly string[];
}

export function installVoiding(): void {
  const panel = document.querySelector<HTMLElement>('[data-void-cards]');
  const input = panel?.querySelector<HTMLInputElement>('[data-scan-input]');
  if (panel && input) new Voiding(panel, input).listen();
}

class Voiding {
  readonly #panel: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #credentials = new Set<string>();
  #stopCamera: (() => void) | undefined;

  constructor(panel: HTMLElement, input: HTMLInputElement) {
    this.#panel = panel;
    this.#input = input;
  }

  listen(): void {
    this.#input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      this.#take(this.#input.value);
      this.#input.value = '';
    });
    listenToHandScanner((text) => {
      this.#take(text);
    });
    this.#on('[data-camera]', () => void this.#camera());
    this.#on('[data-clear]', () => {
      this.#credentials.clear();
      this.#show('');
    });
    const send = this.#part('[data-send]');
    send?.addEventListener('click', () => void attempt(send, () => this.#send()));
  }

  #take(scanned: string): void {
    const uuid = this.#panel.dataset['uuid'] ?? '';
    const found = CARD.exec(scanned.trim());
    if (found && found[1] !== uuid) return this.#say('cards.void_other');
    try {
      const credential = publicCredential(uuid, readCredential(found?.[2] ?? scanned));
      if (this.#credentials.has(credential)) return this.#say('cards.void_twice');
      this.#credentials.add(credential);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      return this.#say('cards.void_wrong');
    }
    tell(this.#input, '');
    this.#show(t('cards.void_scanned', { count: this.#credentials.size }));
  }

  async #send(): Promise<void> {
    const order = { credentials: [...this.#credentials] };
    const outcome = await post<Outcome>(this.#panel.dataset['voidCards'] ?? '', order);
    this.#credentials.clear();
    const said = [t('cards.void_done', { count: outcome.voided })];
    const late = outcome.already_cast.length;
    if (late > 0) said.push(t('cards.void_already_cast', { count: late }));
    this.#show(said.join(' '));
    await refresh();
  }

  async #camera(): Promise<void> {
    const video = this.#panel.querySelector('video');
    if (!video) return;
    if (this.#stopCamera) {
      this.#stopCamera();
      this.#stopCamera = undefined;
      video.hidden = true;
      return;
    }
    video.hidden = false;
    let last = '';
    try {
      this.#stopCamera = await scanCamera(video, (text) => {
        if (text !== last) this.#take(text); // a card held still is seen many times
        last = text;
        return false;
      });
    } catch (error) {
      if (!(error instanceof CameraError)) throw error;
      video.hidden = true;
      this.#say('cards.camera_failed');
    }
  }

  #show(words: string): void {
    const line = this.#part('[data-scanned]');
    if (line) line.textContent = words;
    const none = this.#credentials.size === 0;
    this.#part('[data-send]')?.toggleAttribute('disabled', none);
    const clear = this.#part('[data-clear]');
    if (clear) clear.hidden = none;
  }

  #say(key: string): void {
    tell(this.#input, t(key));
  }

  #on(selector: string, act: () => void): void {
    this.#part(selector)?.addEventListener('click', act);
  }

  #part(selector: string): HTMLElement | null {
    return this.#panel.querySelector<HTMLElement>(selector);
  }
}
