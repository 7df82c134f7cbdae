/** The page of a tablet (GET /booth). */

import './booth.css';
import { render } from 'preact';
import { BallotMaker } from '../../crypto/ts/index.ts';
import { loadTexts, pageLocale } from '../../web/ts/i18n.ts';
import { watch } from '../../web/ts/realtime.ts';
import { listenToHandScanner } from '../../web/ts/scanner.ts';
import { api } from './api.ts';
import { App } from './app.tsx';
import { Booth } from './booth.ts';
import { apply, defaultComfort } from './comfort.ts';
import { keepIcons } from './sprite.ts';
import { isInUse } from './state.ts';

const WORKER = '/static/kiosk/dist/ballot_worker.js';
const HEARTBEAT_MS = 5000;
const RETRY_MS = 2000;

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Icons and both languages are fetched before anybody votes: a session needs no network. */
async function loadWordsAndIcons(): Promise<void> {
  const own = pageLocale();
  for (;;) {
    try {
      await loadTexts(own === 'vi' ? 'en' : 'vi');
      await loadTexts(own);
      await keepIcons();
      return;
    } catch {
      await wait(RETRY_MS);
    }
  }
}

async function start(): Promise<void> {
  const root = document.querySelector('#booth');
  if (root === null) throw new Error('the page has no place for the tablet');
  await loadWordsAndIcons();
  await apply(defaultComfort());
  const booth = new Booth({ api, maker: new BallotMaker(WORKER), wait });
  render(<App booth={booth} />, root);
  watch('box', () => booth.look());
  listenToHandScanner((text) => void booth.present(text));
  let heard = -Infinity; // so that the console sees a tablet as soon as it is paired
  setInterval(() => {
    if (booth.state.screen === 'starting' || booth.state.screen === 'unpaired') return;
    if (performance.now() - heard < HEARTBEAT_MS) return;
    heard = performance.now();
    api.heartbeat(isInUse(booth.state)).catch(() => undefined);
  }, 1000);
  addEventListener('contextmenu', (event) => event.preventDefault());
}

void start();
