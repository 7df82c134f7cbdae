import type { JSX } from 'preact';

interface ProgressProps {
  readonly done: number;
  readonly total: number;
  readonly label: string;
}

export function Progress({ done, total, label }: ProgressProps): JSX.Element {
  return <progress class="bar" value={done} max={Math.max(total, 1)} aria-label={label} />;
}
