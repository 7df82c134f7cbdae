import type { JSX } from 'preact';

/** An icon of the sprite; it always stands beside a word. */
export function Icon({ name }: { readonly name: string }): JSX.Element {
  return (
    <svg class="icon" aria-hidden="true" focusable="false">
      <use href={`/static/web/dist/icons.svg#${name}`} />
    </svg>
  );
}
