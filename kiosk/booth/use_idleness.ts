import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { idleness, type Idleness } from './idle_clock.ts';

const ACTIVE: Idleness = { kind: 'active' };
const SIGNS = ['pointerdown', 'keydown', 'wheel'] as const;

/** How long nobody has touched the tablet while it is `watched`; and a way to say "I have". */
export function useIdleness(
  watched: boolean, withMarks: boolean, onOver: () => void,
): readonly [Idleness, () => void] {
  const [idle, setIdle] = useState<Idleness>(ACTIVE);
  const last = useRef(performance.now());
  const over = useRef(onOver);
  const warned = useRef(false);
  over.current = onOver;
  warned.current = idle.kind === 'warned';
  const touch = useCallback(() => {
    last.current = performance.now();
    setIdle(ACTIVE);
  }, []);
  useEffect(() => {
    if (!watched) return undefined;
    touch();
    const look = (): void => {
      const now = idleness(performance.now() - last.current, withMarks);
      setIdle(now.kind === 'over' ? ACTIVE : now);
      if (now.kind === 'over') over.current();
    };
    // The warning has its own buttons: a touch must not take it away under the finger.
    const moved = (): void => {
      if (!warned.current) last.current = performance.now();
    };
    const timer = setInterval(look, 1000);
    for (const sign of SIGNS) addEventListener(sign, moved, { passive: true });
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS) removeEventListener(sign, moved);
      setIdle(ACTIVE);
    };
  }, [watched, withMarks, touch]);
  return [idle, touch];
}
