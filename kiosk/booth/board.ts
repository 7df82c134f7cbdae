/** The public board page (GET /board/<uuid>): numbers that stay fresh, and the search. */

import './board.css';
import { get } from '../../web/ts/api.ts';
import { loadTexts, number, t } from '../../web/ts/i18n.ts';
import { watch } from '../../web/ts/realtime.ts';

interface Tip {
  readonly state: string;
  readonly cast: number;
  readonly head: string;
  readonly finished: boolean;
}

const SHORTEST = 3; // letters of a tracker to search for

function part(page: Element, name: string): HTMLElement {
  const found = page.querySelector<HTMLElement>(`[data-${name}]`);
  if (found === null) throw new Error(`the page has no ${name}`);
  return found;
}

async function refresh(page: Element, uuid: string): Promise<void> {
  const tip = await get<Tip>(`/api/board/${uuid}`);
  part(page, 'state').textContent = t(`board.state.${tip.state}`);
  part(page, 'cast').textContent = number(tip.cast);
  part(page, 'head').textContent = tip.head;
  part(page, 'finished').textContent = t(ending(tip));
  part(page, 'void').hidden = tip.state !== 'void';
}

function ending(tip: Tip): string {
  if (tip.finished) return 'board.finished';
  return tip.state === 'void' ? 'board.no_result' : 'board.unfinished';
}

async function search(page: Element, uuid: string, typed: string): Promise<void> {
  const wanted = typed.trim();
  if (wanted.length < SHORTEST) {
    say(page, t('board.search_short', { count: SHORTEST }));
    return;
  }
  const path = `/api/board/${uuid}/trackers?q=${encodeURIComponent(wanted)}`;
  const { trackers } = await get<{ trackers: readonly string[] }>(path);
  if (trackers.length === 0) {
    say(page, t('board.not_found'));
    return;
  }
  const found = part(page, 'void').hidden ? 'board.found' : 'board.found_void';
  say(page, t(trackers.includes(wanted) ? found : 'board.candidates'));
  part(page, 'found').append(list(trackers));
}

function say(page: Element, sentence: string): void {
  const text = document.createElement('p');
  text.textContent = sentence;
  part(page, 'found').replaceChildren(text);
}

function list(trackers: readonly string[]): HTMLElement {
  const items = trackers.map((tracker) => {
    const code = document.createElement('code');
    code.textContent = tracker;
    const item = document.createElement('li');
    item.append(code);
    return item;
  });
  const found = document.createElement('ul');
  found.className = 'board-found';
  found.append(...items);
  return found;
}

async function start(): Promise<void> {
  const page = document.querySelector('#board');
  const uuid = (page as HTMLElement | null)?.dataset['uuid'];
  if (page === null || uuid === undefined) throw new Error('this is not the board page');
  await loadTexts();
  watch('box', () => refresh(page, uuid), { everySeconds: 5 });
  part(page, 'search').addEventListener('submit', (event) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget as HTMLFormElement).get('q');
    search(page, uuid, String(typed ?? '')).catch((error: unknown) => {
      say(page, error instanceof Error ? error.message : t('form.unreachable'));
    });
  });
}

void start();
