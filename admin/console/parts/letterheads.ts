/** Templates of the office: a file that is chosen is checked and kept at once. */

import { post } from '../../../web/ts/api.ts';
import { attempt } from './errors.ts';

export function installTemplates(): void {
  document.addEventListener('change', (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.dataset['template'] === undefined) return;
    const file = input.files?.[0];
    input.value = ''; // the same file, mended, may be chosen again
    if (file) void attempt(input, () => send(input.dataset['template'] ?? '', file));
  });
}

async function send(path: string, file: File): Promise<void> {
  const body = new FormData();
  body.set('file', file);
  await post(path, body);
  location.reload();
}
