/** Text size, contrast and language of one delegate; every session starts afresh. */

import { loadTexts, type Locale, pageLocale } from '../../web/ts/i18n.ts';

export const SIZES = ['S', 'M', 'L', 'XL'] as const;
export type Size = (typeof SIZES)[number];
/** Dark on light, black on white, white on black. */
export const CONTRASTS = ['normal', 'high', 'inverse'] as const;
export type Contrast = (typeof CONTRASTS)[number];

export interface Comfort {
  readonly size: Size;
  readonly contrast: Contrast;
  readonly locale: Locale;
}

export function defaultComfort(): Comfort {
  return { size: 'M', contrast: 'normal', locale: pageLocale() };
}

export function larger(comfort: Comfort): Comfort {
  return step(comfort, 1);
}

export function smaller(comfort: Comfort): Comfort {
  return step(comfort, -1);
}

export function nextContrast(comfort: Comfort): Comfort {
  const next = (CONTRASTS.indexOf(comfort.contrast) + 1) % CONTRASTS.length;
  return { ...comfort, contrast: CONTRASTS[next] ?? 'normal' };
}

export function otherLanguage(comfort: Comfort): Comfort {
  return { ...comfort, locale: comfort.locale === 'vi' ? 'en' : 'vi' };
}

/** Let the page follow; resolves once the texts of the language are there. */
export async function apply(comfort: Comfort): Promise<void> {
  const root = document.documentElement;
  root.dataset['size'] = comfort.size;
  root.dataset['contrast'] = comfort.contrast;
  await loadTexts(comfort.locale);
}

function step(comfort: Comfort, by: number): Comfort {
  const at = SIZES.indexOf(comfort.size) + by;
  return { ...comfort, size: SIZES[at] ?? comfort.size };
}
