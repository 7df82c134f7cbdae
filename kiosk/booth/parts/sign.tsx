import type { ComponentChildren, JSX } from 'preact';
import { Icon } from './icon.tsx';

interface SignProps {
  readonly icon: string;
  readonly title: string;
  readonly look?: 'good' | 'quiet' | 'stop';
  readonly children?: ComponentChildren;
}

/** What happened, to be understood from a step away: a large sign and one sentence. */
export function Sign({ icon, title, look = 'quiet', children }: SignProps): JSX.Element {
  return (
    <div class="sign">
      <span class={`sign-icon ${look}`}><Icon name={icon} /></span>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
