/**
 * The public board page (GET /board/<uuid>): is my ballot in the box?
 *
 * What changes while people read is written by the server; the page fetches itself
 * again and takes those parts over. The code is typed, seen by the camera, or typed by a
 * hand scanner; nothing of it is kept, neither here nor in the address.
 */

import './board.css';
import { get } from '../../web/ts/api.ts';
import { loadTexts, number, t } from '../../web/ts/i18n.ts';
import { watch } from '../../web/ts/realtime.ts';
import { listenToHandScanner, scanCamera } from '../../web/ts/scanner.ts';
import { answerTo, askedFor, trackerIn, SHORTEST, type Answer } from './lookup.ts';

const SVG = 'http://www.w3.org/2000/svg';

function part<T extends HTMLElement>(page: Element, name: string): T {
  const found = page.querySelector<T>(`[data-${name}]`);
  if (found === null) throw new Error(`the page has no ${name}`);
  return found;
}

/** Take over what the server says of the box now. */
async function refresh(page: Element): Promise<void> {
  const response = await fetch(location.pathname, { cache: 'no-store' });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  const [now, then] = [part(page, 'live'), fresh.querySelector<HTMLElement>('[data-live]')];
  if (then === null || then.innerHTML === now.innerHTML) return;
  now.dataset['kind'] = then.dataset['kind'] ?? '';
  now.replaceChildren(...then.childNodes);
}

async function search(page: HTMLElement, typed: string): Promise<void> {
  const wanted = trackerIn(typed);
  const asked = encodeURIComponent(askedFor(wanted));
  const path = `/api/board/${page.dataset['uuid']}/trackers?q=${asked}`;
  const trackers = wanted.length < SHORTEST
    ? [] : (await get<{ trackers: readonly string[] }>(path)).trackers;
  show(page, answerTo(wanted, trackers, part(page, 'live').dataset['kind'] ?? ''));
}

function show(page: Element, answer: Answer): void {
  const box = document.createElement('div');
  box.className = `board-answer is-${answer.kind}`;
  box.dataset['testid'] = `answer-${answer.kind}`;
  const words = document.createElement('div');
  words.append(line('p', 'board-word', t(answer.word, { count: number(answer.trackers.length) })));
  for (const key of answer.says) words.append(line('p', '', t(key, { count: SHORTEST })));
  if (answer.trackers.length > 0) words.append(list(answer.trackers));
  box.append(sign(answer.icon), words);
  part(page, 'found').replaceChildren(box);
}

function sign(name: string): SVGElement {
  const [svg, use] = ['svg', 'use'].map((tag) => document.createElementNS(SVG, tag));
  if (!(svg instanceof SVGElement) || use === undefined) throw new Error('no SVG here');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `/static/web/dist/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

function line(name: string, look: string, text: string): HTMLElement {
  const element = document.createElement(name);
  element.className = look;
  element.textContent = text;
  return element;
}

function list(trackers: readonly string[]): HTMLElement {
  const found = document.createElement('ul');
  found.className = 'board-found';
  found.append(...trackers.map((tracker) => {
    const item = document.createElement('li');
    item.append(line('code', '', tracker));
    return item;
  }));
  return found;
}

/** Offer the camera where the browser has one to give. */
function installCamera(page: HTMLElement, found: (text: string) => void): void {
  const button = part<HTMLButtonElement>(page, 'scan');
  const video = part<HTMLVideoElement>(page, 'camera');
  let stop: (() => void) | undefined;
  const end = (): void => {
    stop?.();
    stop = undefined;
    video.hidden = true;
  };
  button.hidden = navigator.mediaDevices === undefined; // browsers give none over plain HTTP
  button.addEventListener('click', () => {
    if (stop) return end();
    video.hidden = false;
    scanCamera(video, (text) => {
      end();
      found(text);
      return true;
    }).then((stopScanning) => { stop = stopScanning; }, () => {
      end();
      show(page, { kind: 'more', icon: 'camera-video-off', word: 'board.no_camera', says: [], trackers: [] });
    });
  });
}

async function start(): Promise<void> {
  const page = document.querySelector<HTMLElement>('#board');
  if (page === null) throw new Error('this is not the board page');
  await loadTexts();
  watch('box', () => refresh(page), { everySeconds: 5 });
  const form = part<HTMLFormElement>(page, 'search');
  const field = form.elements.namedItem('q') as HTMLInputElement;
  const look = (text: string): void => {
    field.value = trackerIn(text);
    search(page, text).catch((error: unknown) => {
      const said = error instanceof Error ? error.message : t('form.unreachable');
      show(page, { kind: 'more', icon: 'wifi-off', word: said, says: [], trackers: [] });
    });
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    look(field.value);
  });
  installCamera(page, look);
  listenToHandScanner(look);
}

void start();
