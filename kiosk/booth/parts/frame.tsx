import type { ComponentChildren, JSX } from 'preact';
import { Facts } from './facts.tsx';
import { Icon } from './icon.tsx';
import { Toolbar, type ToolbarProps } from './toolbar.tsx';

interface FrameProps {
  readonly kicker: string;
  readonly title: string;
  /** Where the delegate is on a paper of several sections. */
  readonly place?: string;
  /** What stands under the title. */
  readonly facts?: readonly string[];
  /** A section whose agreement takes somebody out: its head is dark and says so. */
  readonly removal?: boolean;
  readonly tools: ToolbarProps;
  readonly children: ComponentChildren;
  readonly footer?: ComponentChildren;
}

/** What every screen stands in: a head with the tools, a body, a foot with the actions. */
export function Frame(props: FrameProps): JSX.Element {
  const { kicker, title, place = '', facts = [], removal = false, tools, children, footer } = props;
  return (
    <div class="booth">
      <header class={removal ? 'head removal' : 'head'}>
        <div class="head-text">
          <p class="kicker">
            {place !== '' && <span class="place num" data-testid="place">{place}</span>}
            {kicker}
          </p>
          <h1>{removal && <Icon name="person-dash" />}{title}</h1>
          <Facts facts={facts} />
        </div>
        <Toolbar {...tools} />
      </header>
      {children}
      {footer !== undefined && <footer class="foot">{footer}</footer>}
    </div>
  );
}

/** A body with little on it, in the middle of the screen. */
export function Middle({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <main class="middle"><div class="middle-card">{children}</div></main>;
}
