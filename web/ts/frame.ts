/** What every page does: answer its forms, print on demand. */

import { installForms } from './forms.ts';
import { loadTexts } from './i18n.ts';

installForms();
loadTexts().catch(() => undefined); // without texts, forms show the server's sentences

document.addEventListener('click', (event) => {
  const target = event.target;
  if (target instanceof Element && target.closest('[data-print]')) print();
});
