import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface DialogProps {
  readonly title: string;
  readonly testid: string;
  readonly children: ComponentChildren;
  readonly actions: ComponentChildren;
}

/** A question that has to be answered before anything else. */
export function Dialog({ title, testid, children, actions }: DialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} class="dialog" data-testid={testid} aria-label={title}
      onCancel={(event) => event.preventDefault()}>
      <h2>{title}</h2>
      <div class="dialog-text">{children}</div>
      <div class="dialog-actions">{actions}</div>
    </dialog>
  );
}
