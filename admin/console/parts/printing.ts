/**
 * Printing ballot cards. The sheet is the only place of the cards' secrets: it stays
 * in this page's memory, in a tab for printing, and on paper.
 */

import { postForFile } from '../../../web/ts/api.ts';
import { loadTexts, t } from '../../../web/ts/i18n.ts';
import { attempt, tell } from './errors.ts';
import { refresh } from './live.ts';

export function installPrinting(): void {
  const form = document.querySelector<HTMLFormElement>('[data-cards-form]');
  if (!form) return;
  const spares = form.querySelector<HTMLInputElement>('input[name=spares]');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  spares?.addEventListener('input', () => {
    void loadTexts().then(() => {
      total(form, spares);
    });
  });
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest<HTMLElement>('[data-print-cards]');
    if (!button || button.hasAttribute('disabled') || !form.reportValidity()) return;
    button.closest('dialog')?.close();
    const tab = open('', '_blank'); // while the press still counts as the person's
    void attempt(form, () => print(form, Number(spares?.value), tab));
  });
}

async function print(form: HTMLFormElement, spares: number, tab: Window | null): Promise<void> {
  try {
    const sheet = await postForFile(form.dataset['cardsForm'] ?? '', { spares });
    const address = URL.createObjectURL(sheet);
    offer(address);
    if (tab) tab.location.replace(address);
  } catch (error) {
    tab?.close();
    throw error;
  }
  tell(form, '');
  await refresh();
}

function offer(address: string): void {
  const panel = document.querySelector<HTMLElement>('[data-printed]');
  if (!panel) return;
  panel.hidden = false;
  for (const link of panel.querySelectorAll<HTMLAnchorElement>('a')) link.href = address;
}

function total(form: HTMLFormElement, spares: HTMLInputElement): void {
  const words = form.querySelector<HTMLElement>('[data-cards-total]');
  const summoned = Number(words?.dataset['summoned']);
  const more = Number(spares.value);
  if (words) {
    words.textContent = t('cards.total', { summoned, spares: more, total: summoned + more });
  }
}
