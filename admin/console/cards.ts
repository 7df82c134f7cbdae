/** The page of ballot cards: printing them, and voiding them by scanning. */

import './console.ts';

import { installPrinting } from './parts/printing.ts';
import { installVoiding } from './parts/void_cards.ts';

installPrinting();
installVoiding();
