/** What every page does: answer its forms, offer its tables, print. */

import { installForms } from './forms.ts';
import { loadTexts } from './i18n.ts';
import { installPrinting } from './printing.ts';
import { installTables } from './tables.ts';

installForms();
installPrinting();
loadTexts().then(() => {
  if (document.body.dataset['tables'] === 'true') installTables();
}).catch(() => undefined); // without texts, forms show the server's sentences
