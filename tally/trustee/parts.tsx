/** Small pieces that the committee's pages are made of. */

import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';

import { ApiError } from '../../web/ts/api.ts';
import { number, t } from '../../web/ts/i18n.ts';
import { qrPath } from '../../web/ts/qr.ts';
import { CardError } from './key_work.ts';

export function Icon({ name }: { readonly name: string }): JSX.Element {
  return (
    <svg class="icon" aria-hidden="true">
      <use href={`/static/web/dist/icons.svg#${name}`} />
    </svg>
  );
}

export function Qr({ text, label }: {
  readonly text: string; readonly label: string;
}): JSX.Element {
  const { size, path } = qrPath(text);
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}
      shape-rendering="crispEdges">
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000" d={path} />
    </svg>
  );
}

export type Tone = 'plain' | 'good' | 'wait' | 'stop';

export function Notice({ tone = 'plain', children, testid }: {
  readonly tone?: Tone; readonly children: ComponentChildren; readonly testid?: string;
}): JSX.Element {
  const role = tone === 'stop' ? 'alert' : 'status';
  return <div class={`notice ${tone}`} role={role} data-testid={testid}>{children}</div>;
}

/** The one card on a page that says where we are, with its one action on the right. */
export function Lead({ title, text, children, testid }: {
  readonly title: string; readonly text?: string | undefined;
  readonly children?: ComponentChildren; readonly testid?: string;
}): JSX.Element {
  return (
    <section class="card lead" data-testid={testid}>
      <div>
        <h2 class="num">{title}</h2>
        {text !== undefined && <p class="muted">{text}</p>}
      </div>
      {children !== undefined && <div class="lead-action">{children}</div>}
    </section>
  );
}

/** A button that runs something slow once, and says what went wrong. */
export function ActionButton({ label, act, testid, kind = 'primary', icon }: {
  readonly label: string; readonly act: () => Promise<unknown>; readonly testid?: string;
  readonly kind?: string; readonly icon?: string;
}): JSX.Element {
  const { busy, fault, run } = useAction(act);
  return (
    <div class="action">
      <button type="button" class={`btn ${kind}`} disabled={busy} onClick={run}
        data-testid={testid}>
        {icon !== undefined && <Icon name={icon} />}{busy ? t('tally.working') : label}
      </button>
      {fault !== '' && <p class="fault" role="alert">{fault}</p>}
    </div>
  );
}

export interface Action {
  readonly busy: boolean;
  readonly fault: string;
  readonly run: () => void;
}

/** Run something once at a time; `fault` is the sentence of its last failure. */
export function useAction(act: () => Promise<unknown>): Action {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const run = (): void => {
    if (busy) return;
    setBusy(true);
    setFault('');
    // The button must show that it works before a long computation begins.
    void new Promise((resume) => { setTimeout(resume, 30); })
      .then(act)
      .catch((error: unknown) => setFault(sentence(error)))
      .finally(() => setBusy(false));
  };
  return { busy, fault, run };
}

/** What to tell a person about a failure. */
export function sentence(error: unknown): string {
  if (error instanceof CardError) return t(error.key);
  if (error instanceof ApiError) return error.message;
  return t('tally.fault');
}

const NUMBERS = ['summoned', 'present', 'printed', 'issued', 'voided', 'cast'] as const;

/** The six numbers, always in this order. */
export function Numbers({ counts, cast }: {
  readonly counts: Readonly<Partial<Record<string, number | null>>> | null;
  readonly cast: number | null;
}): JSX.Element {
  const values: Readonly<Partial<Record<string, number | null>>> = { ...counts, cast };
  return (
    <dl class="numbers num" data-testid="numbers">
      {NUMBERS.map((name) => {
        const value = values[name];
        const shown = value === null || value === undefined ? '–' : number(value);
        return (
          <div key={name}>
            <dt>{t(`numbers.${name}`)}</dt>
            <dd data-testid={`number-${name}`}>{shown}</dd>
          </div>
        );
      })}
    </dl>
  );
}
