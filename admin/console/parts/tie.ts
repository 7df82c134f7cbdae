/** The head's decision at a tie: exactly as many as there are seats left. */

import { post } from '../../../web/ts/api.ts';
import { loadTexts, t } from '../../../web/ts/i18n.ts';
import { attempt } from './errors.ts';
import { text } from './fields.ts';

export function installTies(): void {
  // On the document, because a decision is replaced when the page is refreshed.
  document.addEventListener('input', (event) => {
    const form = event.target instanceof Element
      ? event.target.closest<HTMLFormElement>('form[data-tie]') : null;
    if (form) void loadTexts().then(() => {
      follow(form);
    });
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset['tie'] === undefined) return;
    event.preventDefault();
    void attempt(form, async () => {
      await post(form.dataset['tie'] ?? '', decision(form));
      location.reload();
    });
  });
}

function follow(form: HTMLFormElement): void {
  const seats = Number(form.dataset['seats']);
  const taken = chosen(form).length;
  const words = form.querySelector('[data-tie-left]');
  if (words) words.textContent = t('tie.left', { chosen: taken, seats });
  form.querySelector('[data-testid="tie-confirm"]')?.toggleAttribute('disabled', taken !== seats);
}

function decision(form: HTMLFormElement): object {
  return {
    position: Number(form.dataset['position']),
    chosen: chosen(form),
    head_name: text(form, 'head_name'),
    head_title: text(form, 'head_title'),
    reason: text(form, 'reason'),
  };
}

function chosen(form: HTMLFormElement): string[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[name=chosen]:checked')]
    .map((box) => box.value);
}
