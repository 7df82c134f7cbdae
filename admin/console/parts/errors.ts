/** Where a refusal is told: the nearest error line, or the page's own. */

import { ApiError } from '../../../web/ts/api.ts';
import { t } from '../../../web/ts/i18n.ts';

/** Show why something was refused next to where it was asked; '' hides the line. */
export function tell(place: Element, sentence: string): void {
  const line = place.closest('form, dialog, .card, [data-topic]')
    ?.querySelector<HTMLElement>('[data-error]')
    ?? document.querySelector<HTMLElement>('#content [data-error]');
  if (!line) return;
  line.textContent = sentence;
  line.hidden = sentence === '';
  if (sentence !== '') line.scrollIntoView({ block: 'nearest' });
}

/** Run `act` once at a time for this button; tell its refusal. */
export async function attempt(button: Element, act: () => Promise<void>): Promise<void> {
  if (button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  tell(button, '');
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    tell(button, error.message || t('form.unreachable'));
  } finally {
    button.removeAttribute('aria-busy');
  }
}
