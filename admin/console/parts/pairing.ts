/** Pairing a tablet: a code in large letters, until it has expired. */

import { post } from '../../../web/ts/api.ts';
import { t } from '../../../web/ts/i18n.ts';
import { attempt } from './errors.ts';

interface Pairing {
  readonly code: string;
  readonly seconds: number;
  readonly url: string;
}

export function installPairing(): void {
  const form = document.querySelector<HTMLFormElement>('[data-pairing-form]');
  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    const label = String(new FormData(form).get('label') ?? '');
    void attempt(form, async () => {
      show(label, await post<Pairing>('/api/tablets/pairing', { label }));
      form.closest('dialog')?.close();
    });
  });
}

let clock: ReturnType<typeof setInterval> | undefined;

function show(label: string, pairing: Pairing): void {
  const panel = document.querySelector<HTMLElement>('[data-pairing]');
  if (!panel) return;
  panel.hidden = false;
  write(panel, 'label', label);
  write(panel, 'url', pairing.url);
  write(panel, 'code', pairing.code);
  clearInterval(clock);
  const end = Date.now() + pairing.seconds * 1000;
  const tick = (): void => {
    const left = Math.max(0, Math.round((end - Date.now()) / 1000));
    write(panel, 'left', left > 0 ? t('tablets.code_left', { seconds: left }) : t('tablets.code_over'));
    if (left > 0) return;
    write(panel, 'code', '–');
    clearInterval(clock);
  };
  clock = setInterval(tick, 1000);
  tick();
  panel.scrollIntoView({ block: 'nearest' });
}

function write(panel: HTMLElement, part: string, text: string): void {
  const place = panel.querySelector(`[data-pairing-${part}]`);
  if (place) place.textContent = text;
}
