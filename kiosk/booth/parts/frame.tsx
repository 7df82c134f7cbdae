import type { ComponentChildren, JSX } from 'preact';
import { Toolbar, type ToolbarProps } from './toolbar.tsx';

interface FrameProps {
  readonly kicker: string;
  readonly title: string;
  readonly tools: ToolbarProps;
  readonly children: ComponentChildren;
  readonly footer?: ComponentChildren;
}

/** What every screen stands in: a head with the tools, a body, a foot with the actions. */
export function Frame({ kicker, title, tools, children, footer }: FrameProps): JSX.Element {
  return (
    <div class="booth">
      <header class="head">
        <div class="head-text">
          <p class="kicker">{kicker}</p>
          <h1>{title}</h1>
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
