import type { JSX } from 'preact';

/** Short facts in a row; a line ends between two of them rather than within one. */
export function Facts({ facts }: { readonly facts: readonly string[] }): JSX.Element | null {
  if (facts.length === 0) return null;
  return (
    <p class="facts" data-testid="facts">
      {facts.map((fact) => <span key={fact}>{fact}</span>)}
    </p>
  );
}
