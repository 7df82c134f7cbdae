/** The room's display: follows the conference, shows the time, turns the pages. */

import { installLive } from './parts/live.ts';
import { installPages } from './parts/room_pages.ts';

installLive();
installPages();

const tick = (): void => {
  const clock = document.querySelector('[data-clock]');
  const time = new Date().toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' });
  if (clock && clock.textContent !== time) clock.textContent = time;
};
setInterval(tick, 1000);
tick();

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('[data-fullscreen]')) void document.documentElement.requestFullscreen();
});
