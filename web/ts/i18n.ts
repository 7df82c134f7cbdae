/**
 * The texts of a page, from the same catalogue as the server's.
 *
 * `await loadTexts()` once, then `t('key', {name: value})` anywhere.
 */

export type Locale = 'vi' | 'en';
export type Values = Readonly<Record<string, string | number>>;

const catalogues = new Map<Locale, Promise<Record<string, string>>>();
let texts: Record<string, string> = {};
let current: Locale = pageLocale();

/** The language the page was written in. */
export function pageLocale(): Locale {
  const named = typeof document === 'undefined' ? '' : document.documentElement.lang;
  return named === 'en' ? 'en' : 'vi';
}

/** The language of `t` now. */
export function locale(): Locale {
  return current;
}

/** Fetch the texts of a language (by default the page's) and use them from now on. */
export async function loadTexts(wanted: Locale = current): Promise<void> {
  let catalogue = catalogues.get(wanted);
  if (!catalogue) {
    catalogue = fetchTexts(wanted);
    catalogues.set(wanted, catalogue);
  }
  try {
    texts = await catalogue;
    current = wanted;
  } catch (error) {
    catalogues.delete(wanted); // the next try may find the server again
    throw error;
  }
}

/** Use these texts; for pages that carry their own. */
export function useTexts(given: Record<string, string>, of: Locale): void {
  texts = given;
  current = of;
}

/** The sentence of a key, filled in; the key itself if there is none. */
export function t(key: string, values: Values = {}): string {
  const sentence = texts[key] || key;
  return sentence.replace(/%(?:\((\w+)\)[sd]|%)/g, (whole, name: string | undefined) => {
    if (name === undefined) return '%';
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}

/** A number as people write it: 1.234 or 1,234. */
export function number(value: number): string {
  return new Intl.NumberFormat(current === 'en' ? 'en-GB' : 'vi-VN').format(value);
}

async function fetchTexts(wanted: Locale): Promise<Record<string, string>> {
  const response = await fetch(`/i18n/${wanted}.json`);
  if (!response.ok) throw new Error(`no texts in ${wanted}`);
  return await response.json() as Record<string, string>;
}
