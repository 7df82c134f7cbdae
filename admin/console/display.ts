/** The room's display: follows the conference, shows the time, fills the screen. */

import { installLive } from './parts/live.ts';

installLive();

const clock = document.querySelector<HTMLElement>('[data-clock]');
const tick = (): void => {
  if (clock) {
    clock.textContent = new Date().toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' });
  }
};
setInterval(tick, 1000);
tick();

document.querySelector('[data-fullscreen]')?.addEventListener('click', () => {
  void document.documentElement.requestFullscreen();
});
