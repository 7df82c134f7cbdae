import type { ComponentChildren, JSX } from 'preact';
import { useRef } from 'preact/hooks';

interface PressProps {
  readonly onPress: () => void;
  readonly children: ComponentChildren;
  readonly testid: string;
  readonly class?: string;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly label?: string;
}

/** A button that acts only if the touch began and ended on it. */
export function Press(props: PressProps): JSX.Element {
  const touch = usePress(props.onPress);
  return (
    <button
      type="button"
      class={props.class ?? 'btn'}
      data-testid={props.testid}
      disabled={props.disabled ?? false}
      aria-pressed={props.pressed}
      aria-label={props.label}
      {...touch}
    >
      {props.children}
    </button>
  );
}

interface Handlers {
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerUp: (event: PointerEvent) => void;
  readonly onClick: (event: MouseEvent) => void;
}

function usePress(act: () => void): Handlers {
  const began = useRef<number>();
  const ended = useRef(false);
  return {
    onPointerDown: (event) => {
      began.current = event.pointerId;
      ended.current = false;
    },
    onPointerUp: (event) => {
      ended.current = began.current === event.pointerId && isInside(event);
      began.current = undefined;
    },
    onClick: (event) => {
      const byKeyboard = event.detail === 0;
      if (byKeyboard || ended.current) act();
      ended.current = false;
    },
  };
}

function isInside(event: PointerEvent): boolean {
  const box = (event.currentTarget as Element).getBoundingClientRect();
  const across = event.clientX >= box.left && event.clientX <= box.right;
  return across && event.clientY >= box.top && event.clientY <= box.bottom;
}
