/**
 * The conference after this one: prepared before the count, or opened after it with
 * those who passed. Somebody is taken off the list only with a reason.
 */

import { post } from '../../../web/ts/api.ts';
import { loadTexts, t } from '../../../web/ts/i18n.ts';
import { baseOf, choicesOf, shareOf, type Choices } from './choices.ts';
import { attempt } from './errors.ts';
import { checkShares, field, fieldsOf, followOther, number, text } from './fields.ts';

export function installNextStep(): void {
  // On the document, because dialogs are replaced when the page is refreshed.
  document.addEventListener('submit', (event) => {
    const form = asNextStep(event.target);
    const path = form?.dataset['nextStep'];
    if (!form || path === undefined) return;
    event.preventDefault();
    void attempt(form, async () => {
      const made = await post<{ id: number }>(path, order(form));
      location.assign(`/conferences/${made.id}/people`);
    });
  });
  document.addEventListener('input', (event) => {
    const form = event.target instanceof Element ? event.target.closest('form') : null;
    const found = asNextStep(form);
    if (found) void loadTexts().then(() => {
      follow(found);
    });
  });
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-next-step]')) {
    follow(form);
  }
}

function asNextStep(target: EventTarget | null): HTMLFormElement | undefined {
  const form = target instanceof HTMLFormElement ? target : undefined;
  return form?.dataset['nextStep'] === undefined ? undefined : form;
}

function follow(form: HTMLFormElement): void {
  followTaken(form);
  for (const line of form.querySelectorAll<HTMLElement>('[data-goes]')) {
    const goes = line.querySelector<HTMLInputElement>('input[type=checkbox]')?.checked ?? true;
    const reason = line.querySelector<HTMLElement>('[data-reason]');
    const input = reason?.querySelector('input');
    if (!reason || !input) continue;
    reason.hidden = goes;
    input.required = !goes;
  }
  followOther(form);
  checkShares(form, (typed) => shareOf(typed) !== '', t('form.share_wrong'));
  const members = form.querySelector<HTMLElement>('[data-members-field]');
  const input = members?.querySelector('input');
  if (!members || !input) return;
  const asked = items(form).some(
    (item) => baseOf(item.dataset['base'] ?? '', fieldsOf(item)) === 'members',
  );
  members.hidden = !asked;
  input.required = asked;
  input.disabled = !asked;
}

/** What is not taken along asks for nothing, and its people are not listed. */
function followTaken(form: HTMLFormElement): void {
  for (const item of form.querySelectorAll<HTMLElement>('[data-next-item]')) {
    const taken = isTaken(item);
    const fields = item.querySelector<HTMLElement>('[data-taken]');
    if (fields) {
      fields.hidden = !taken;
      for (const input of fields.querySelectorAll('input, select')) {
        input.toggleAttribute('disabled', !taken);
      }
    }
    const people = `[data-of-item="${item.dataset['nextItem'] ?? ''}"]`;
    for (const list of form.querySelectorAll<HTMLFieldSetElement>(people)) {
      list.hidden = list.disabled = !taken;
    }
  }
}

function isTaken(item: HTMLElement): boolean {
  return item.querySelector<HTMLInputElement>('[data-take]')?.checked ?? true;
}

function order(form: HTMLFormElement): object {
  const filled: Record<string, unknown> = {};
  const all = [...form.querySelectorAll('[data-next-item]')].length;
  const taken = items(form);
  if (taken.length < all) {
    filled['items'] = taken.map((item) => Number(item.dataset['nextItem']));
  }
  const off = withdrawn(form);
  if (off.length > 0) filled['withdrawn'] = off;
  if (!field(form, 'title')) return filled; // prepared before: only its people are new
  filled['title'] = text(form, 'title');
  filled['place'] = text(form, 'place');
  filled['starts_at'] = new Date(text(form, 'starts_at')).toISOString();
  const members = number(form, 'members');
  if (members !== null) filled['members'] = members;
  filled['quotas'] = quotas(form);
  filled['choices'] = choices(form);
  filled['key_kept'] = fieldsOf(form).ticked('key_kept');
  return filled;
}

function withdrawn(form: HTMLFormElement): object[] {
  const lines = [...form.querySelectorAll<HTMLElement>('[data-goes]')];
  const shown = lines.filter((line) => line.closest<HTMLFieldSetElement>('fieldset')?.hidden !== true);
  return shown.flatMap((line) => {
    const person = line.querySelector<HTMLInputElement>('input[type=checkbox]');
    const reason = line.querySelector<HTMLInputElement>('[data-reason] input');
    if (!person || person.checked) return [];
    return [{
      position: Number(person.dataset['position']),
      key: person.value,
      reason: reason?.value.trim() ?? '',
    }];
  });
}

function quotas(form: HTMLFormElement): Record<string, number> {
  const asked = items(form).flatMap(
    (item) => [...item.querySelectorAll<HTMLInputElement>('[data-quota]')],
  );
  return Object.fromEntries(
    asked.map((input) => [input.dataset['quota'] ?? '', Number(input.value)]),
  );
}

function choices(form: HTMLFormElement): Record<string, Choices> {
  const open = items(form).filter((item) => (item.dataset['unstated'] ?? '') !== '');
  return Object.fromEntries(open.map((item) => [
    item.dataset['nextItem'] ?? '',
    choicesOf((item.dataset['unstated'] ?? '').split(' '), fieldsOf(item)),
  ]));
}

/** The ballots that go on together in this conference. */
function items(form: HTMLFormElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>('[data-next-item]')].filter(isTaken);
}
