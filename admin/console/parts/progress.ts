/**
 * Long work: `<button data-job="/api/…">` starts it, shows how far it is next to the
 * button, and downloads the file that it comes to.
 */

import { ApiError, get, post } from '../../../web/ts/api.ts';
import { loadTexts, t } from '../../../web/ts/i18n.ts';
import { attempt } from './errors.ts';

const EVERY_MS = 400;

interface Progress {
  readonly share: number;
  readonly words: string;
  readonly done: boolean;
  readonly error: string;
}

export function installProgress(): void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest<HTMLButtonElement>('[data-job]');
    if (!button || button.disabled) return;
    void attempt(button, () => follow(button));
  });
}

async function follow(button: HTMLButtonElement): Promise<void> {
  await loadTexts();
  const bar = show(button);
  button.disabled = true;
  try {
    const { job } = await post<{ job: string }>(button.dataset['job'] ?? '');
    const path = `/api/jobs/${encodeURIComponent(job)}`;
    await finished(path, bar);
    save(`${path}/file`);
    bar.say(t('job.done'));
    bar.set(1);
  } catch (error) {
    bar.panel.hidden = true;
    throw error;
  } finally {
    button.disabled = false;
  }
}

async function finished(path: string, bar: Bar): Promise<void> {
  for (;;) {
    const now = await get<Progress>(path);
    if (now.error !== '') throw new ApiError('job', now.error, 0);
    bar.set(now.share);
    if (now.words !== '') bar.say(now.words);
    if (now.done) return;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}

interface Bar {
  readonly panel: HTMLElement;
  readonly set: (share: number) => void;
  readonly say: (words: string) => void;
}

/** The bar under the button's row: made once, used again. */
function show(button: HTMLButtonElement): Bar {
  const place = button.closest('[data-job-place]') ?? button.parentElement ?? button;
  const panel = place.querySelector<HTMLElement>('[data-job-progress]') ?? make(place);
  const bar = panel.querySelector('progress');
  const words = panel.querySelector('p');
  panel.hidden = false;
  const shown: Bar = {
    panel,
    set: (share) => { if (bar) bar.value = share; },
    say: (text) => { if (words) words.textContent = text; },
  };
  shown.set(0);
  shown.say(t('job.started'));
  return shown;
}

function make(place: Element): HTMLElement {
  const panel = document.createElement('div');
  panel.className = 'job no-print';
  panel.dataset['jobProgress'] = '';
  panel.dataset['testid'] = 'job';
  panel.setAttribute('role', 'status');
  const bar = document.createElement('progress');
  bar.max = 1;
  bar.setAttribute('aria-label', t('job.started'));
  panel.append(bar, document.createElement('p'));
  place.append(panel);
  return panel;
}

function save(path: string): void {
  const link = document.createElement('a');
  link.href = path;
  link.download = '';
  link.click();
}
