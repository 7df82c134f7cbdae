/**
 * "Cần bao nhiêu phiếu?": the calculator of the chair's page. It only asks: the rules
 * are applied by the service, with whole numbers.
 */

import { ApiError, post } from '../../../web/ts/api.ts';
import { loadTexts, t } from '../../../web/ts/i18n.ts';
import { tell } from './errors.ts';
import { number } from './fields.ts';

const PAUSE_MS = 200; // between two keys, before the service is asked

/** What the service says of some numbers (admin/needed.py). */
export interface Needed {
  readonly quorum_needed: number;
  readonly quorum_met: boolean;
  readonly base: string;
  readonly out_of: number;
  readonly needed: number;
  readonly reachable: boolean;
  readonly agree: number | null;
  readonly passes: boolean | null;
  readonly margin: number | null;
}

/** The sentences of an answer: the number, what it is of, the quorum, the verdict. */
export function sentences(found: Needed, present: number): Record<string, string> {
  return {
    number: found.needed === 0 ? '–' : String(found.needed),
    words: found.needed === 0 ? t('needed.none')
      : t('needed.words', { base: t(`rule.of_${found.base}`), out_of: found.out_of }),
    quorum: quorum(found, present),
    verdict: verdict(found),
  };
}

function quorum(found: Needed, present: number): string {
  if (found.quorum_needed === 0) return t('form.quorum_none');
  const key = found.quorum_met ? 'needed.quorum_met' : 'needed.quorum_missing';
  return t(key, { needed: found.quorum_needed, present });
}

function verdict(found: Needed): string {
  if (!found.reachable) return t('needed.out_of_reach');
  if (found.agree === null || found.passes === null || found.margin === null) return '';
  return found.passes ? t('needed.passes', { agree: found.agree })
    : t('needed.fails', { agree: found.agree, missing: -found.margin });
}

export function installNeeded(): void {
  const panel = document.querySelector<HTMLElement>('[data-needed]');
  if (!panel) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  panel.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(panel), PAUSE_MS);
  });
  void loadTexts().catch(() => undefined).then(() => ask(panel));
}

async function ask(panel: HTMLElement): Promise<void> {
  const summoned = number(panel, 'summoned');
  const present = number(panel, 'present');
  if (summoned === null || present === null) return;
  const counts = { summoned, present, members: number(panel, 'members'), agree: number(panel, 'agree') };
  tell(panel, '');
  for (const item of panel.querySelectorAll<HTMLElement>('[data-needed-item]')) {
    try {
      show(item, sentences(await answer(item, counts), present));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      show(item, { number: '–', words: '', quorum: '', verdict: '' });
      tell(panel, error.message);
    }
  }
}

async function answer(item: HTMLElement, counts: object): Promise<Needed> {
  return await post<Needed>('/api/needed', {
    procedure: item.dataset['procedure'],
    step: item.dataset['step'],
    version: item.dataset['version'] ?? '',
    choices: JSON.parse(item.dataset['choices'] ?? '{}') as object,
    ...counts,
  });
}

function show(item: HTMLElement, said: Record<string, string>): void {
  for (const [part, words] of Object.entries(said)) {
    const place = item.querySelector(`[data-needed-${part}]`);
    if (place) place.textContent = words;
  }
}
