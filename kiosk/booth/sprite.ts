/** The icons, kept in the page: without a network the tablet still has to show them. */

const SPRITE = '/static/web/dist/icons.svg';

export async function keepIcons(): Promise<void> {
  const answer = await fetch(SPRITE);
  if (!answer.ok) throw new Error('no icons');
  const read = new DOMParser().parseFromString(await answer.text(), 'image/svg+xml');
  const sprite = document.importNode(read.documentElement, true);
  sprite.setAttribute('hidden', '');
  document.body.append(sprite);
}
