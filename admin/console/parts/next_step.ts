/** Opening the next step's conference, with what differs from this one. */

import { post } from '../../../web/ts/api.ts';
import { attempt } from './errors.ts';

export function installNextStep(): void {
  // On the document, because dialogs are replaced when the page is refreshed.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const path = form.dataset['nextStep'];
    if (path === undefined) return;
    event.preventDefault();
    void attempt(form, async () => {
      const made = await post<{ id: number }>(path, order(form));
      location.assign(`/conferences/${made.id}/people`);
    });
  });
}

function order(form: HTMLFormElement): object {
  const fields = new FormData(form);
  const quotas = [...form.querySelectorAll<HTMLInputElement>('[data-quota]')];
  return {
    title: String(fields.get('title') ?? ''),
    place: String(fields.get('place') ?? ''),
    starts_at: new Date(String(fields.get('starts_at') ?? '')).toISOString(),
    quotas: Object.fromEntries(
      quotas.map((field) => [field.dataset['quota'] ?? '', Number(field.value)]),
    ),
  };
}
