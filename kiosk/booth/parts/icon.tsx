import type { JSX } from 'preact';

/** An icon of the page's own sprite; it always stands beside a word. */
export function Icon({ name }: { readonly name: string }): JSX.Element {
  return (
    <svg class="icon" aria-hidden="true" focusable="false">
      <use href={`#${name}`} />
    </svg>
  );
}
