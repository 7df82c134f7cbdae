/** Notes and complaints for the minutes, with what was done about them. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../web/ts/i18n.ts';
import { Icon, useAction } from './parts.tsx';
import { sendRemark, type WrittenRemark } from './service.ts';
import type { CommitteeState, Phase, Remark, RemarkKind } from './types.ts';

/** From the sealed paper until the count is closed. */
const WHILE: readonly Phase[] = [
  'sealed', 'zero', 'open', 'closed', 'stopped', 'unsealing', 'counted',
];
const KINDS: readonly RemarkKind[] = ['note', 'complaint'];
const NEW: WrittenRemark = { kind: 'note', text: '', handling: '' };
const MAX_LETTERS = 4000;

export function Remarks({ state, leads, refresh }: {
  readonly state: CommitteeState; readonly leads: boolean;
  readonly refresh: () => Promise<void>;
}): JSX.Element | null {
  const [writing, setWriting] = useState<number | 'new'>();
  const open = WHILE.includes(state.phase);
  if (!open && state.remarks.length === 0) return null;
  const send = (number?: number) => async (written: WrittenRemark): Promise<void> => {
    await sendRemark(state.uuid, written, number);
    setWriting(undefined);
    await refresh();
  };
  const leave = (): void => setWriting(undefined);
  return (
    <section class="card stack remarks" data-testid="remarks">
      <div class="remarks-head">
        <div>
          <h2>{t('tally.remarks.title')}</h2>
          <p class="muted">{t(state.remarks.length > 0 ? 'tally.remarks.text' : 'tally.remarks.none')}</p>
        </div>
        {open && writing === undefined && (
          <button type="button" class="btn small no-print" data-testid="remark-new"
            onClick={() => setWriting('new')}>
            <Icon name="plus-lg" />{t('tally.remarks.new')}
          </button>
        )}
      </div>
      {state.remarks.map((remark) => (
        writing === remark.number && open
          ? <Form key={remark.number} given={remark} send={send(remark.number)} leave={leave} />
          : <Shown key={remark.number} remark={remark}
            change={open && writing === undefined && mayChange(remark, state, leads)
              ? () => setWriting(remark.number) : undefined} />
      ))}
      {open && writing === 'new' && <Form given={NEW} send={send()} leave={leave} />}
    </section>
  );
}

function mayChange({ member }: Remark, { me }: CommitteeState, leads: boolean): boolean {
  return leads || (me !== null && member === me);
}

function Shown({ remark, change }: {
  readonly remark: Remark; readonly change: (() => void) | undefined;
}): JSX.Element {
  const { number, member, name, kind, text, handling } = remark;
  return (
    <article class="remark" data-testid={`remark-${number}`}>
      <div class="remark-head">
        <span class={`tag ${kind === 'complaint' ? 'wait' : ''}`}>{t(`tally.remarks.kind.${kind}`)}</span>
        <span class="muted">{member === 0 ? t('tally.remarks.leader') : name}</span>
        {change !== undefined && (
          <button type="button" class="btn small no-print" onClick={change}
            data-testid={`remark-${number}-change`}>{t('tally.remarks.change')}</button>
        )}
      </div>
      <p class="said">{text}</p>
      {handling !== '' && (
        <p class="said"><b>{t('tally.remarks.handling')}:</b> {handling}</p>
      )}
      {handling === '' && kind === 'complaint' && (
        <p class="open-matter">{t('tally.remarks.unhandled')}</p>
      )}
    </article>
  );
}

function Form({ given, send, leave }: {
  readonly given: WrittenRemark; readonly leave: () => void;
  readonly send: (written: WrittenRemark) => Promise<void>;
}): JSX.Element {
  const [kind, setKind] = useState(given.kind);
  const [text, setText] = useState(given.text);
  const [handling, setHandling] = useState(given.handling);
  const { busy, fault, run } = useAction(() => send({ kind, text, handling }));
  return (
    <form class="remark stack no-print" data-testid="remark-form" onSubmit={(event) => {
      event.preventDefault();
      run();
    }}>
      <fieldset class="kinds">
        <legend class="visually-hidden">{t('tally.remarks.kind')}</legend>
        {KINDS.map((one) => (
          <label key={one}>
            <input type="radio" name="kind" value={one} checked={kind === one}
              data-testid={`remark-${one}`} onChange={() => setKind(one)} />
            {t(`tally.remarks.kind.${one}`)}
          </label>
        ))}
      </fieldset>
      <label class="field">{t('tally.remarks.words')}
        <textarea rows={3} value={text} maxLength={MAX_LETTERS} data-testid="remark-text"
          onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <label class="field">{t('tally.remarks.handling')}
        <textarea rows={2} value={handling} maxLength={MAX_LETTERS} data-testid="remark-handling"
          onInput={(event) => setHandling(event.currentTarget.value)} />
        <small>{t('tally.remarks.handling_hint')}</small>
      </label>
      {fault !== '' && <p class="fault" role="alert">{fault}</p>}
      <div class="actions">
        <button type="button" class="btn quiet" onClick={leave}>{t('tally.remarks.leave')}</button>
        <button type="submit" class="btn" disabled={busy || text.trim() === ''}
          data-testid="remark-save">{busy ? t('tally.working') : t('tally.remarks.save')}</button>
      </div>
    </form>
  );
}
