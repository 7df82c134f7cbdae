import type { ComponentChildren, JSX, RefObject } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../../web/ts/i18n.ts';
import { Icon } from './icon.tsx';
import { Press } from './press.tsx';

const PAGE = 0.85; // of the visible height: the last line stays in view as the first
const TOLERANCE = 4; // pixels

export interface Scrolling {
  readonly area: RefObject<HTMLElement>;
  /** Whether there is more below. */
  readonly more: boolean;
  readonly look: () => void;
  readonly onward: () => void;
}

/** Scrolls up and down only; `key` names what is shown, to begin at its top. */
export function useScrolling(key: string): Scrolling {
  const area = useRef<HTMLElement>(null);
  const [more, setMore] = useState(false);
  const look = useCallback(() => {
    const at = area.current;
    if (at) setMore(at.scrollTop + at.clientHeight < at.scrollHeight - TOLERANCE);
  }, []);
  const onward = useCallback(() => {
    const at = area.current;
    at?.scrollBy({ top: at.clientHeight * PAGE, behavior: 'smooth' });
  }, []);
  useEffect(() => {
    area.current?.scrollTo({ top: 0 });
  }, [key]);
  useEffect(() => {
    look();
    const watching = new ResizeObserver(look);
    if (area.current) {
      watching.observe(area.current);
      for (const child of area.current.children) watching.observe(child);
    }
    return () => watching.disconnect();
  }, [key, look]);
  return { area, more, look, onward };
}

interface ScrollAreaProps {
  readonly scrolling: Scrolling;
  readonly children: ComponentChildren;
}

export function ScrollArea({ scrolling, children }: ScrollAreaProps): JSX.Element {
  return (
    <main class="area" ref={scrolling.area} onScroll={scrolling.look}>
      <div class="area-list">{children}</div>
    </main>
  );
}

/** The big button that everybody finds, beside scrolling by hand. */
export function MoreButton({ scrolling }: { readonly scrolling: Scrolling }): JSX.Element | null {
  if (!scrolling.more) return null;
  return (
    <Press testid="more" onPress={scrolling.onward}>
      {t('booth.more')} <Icon name="arrow-down" />
    </Press>
  );
}
