/** What only the leader does: hand out join codes, begin the key again. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../web/ts/i18n.ts';
import { ActionButton, Notice, Qr } from './parts.tsx';
import { joinCodes, restart } from './service.ts';
import type { CommitteeState, JoinCode, Phase } from './types.ts';

const BEFORE_KEY: readonly Phase[] = [
  'joining', 'certificates', 'polynomials', 'voutputs', 'testing',
];

/** A code for somebody who sits already stays shown: it is for a new browser. */
type ShownCode = JoinCode & { readonly again: boolean };

export function LeaderTools({ state, refresh }: {
  readonly state: CommitteeState; readonly refresh: () => Promise<void>;
}): JSX.Element {
  const [codes, setCodes] = useState<readonly ShownCode[]>([]);
  const hand = (index?: number) => async (): Promise<void> => {
    const made = await joinCodes(state.uuid, index);
    const again = index !== undefined;
    setCodes((old) => [
      ...old.filter((one) => !made.some((code) => code.index === one.index)),
      ...made.map((code) => ({ ...code, again })),
    ].sort((a, b) => a.index - b.index));
  };
  const kept = state.key_uuid !== state.uuid;
  const own = kept ? 'own_key' : 'restart';
  const again = async (): Promise<void> => {
    if (!window.confirm(t(`tally.leader.${own}_sure`))) return;
    await restart(state.uuid);
    await refresh();
  };
  const missing = state.members.filter(({ joined }) => !joined);
  const open = codes.filter(({ index, again: newBrowser }) =>
    newBrowser || missing.some((member) => member.index === index));
  return (
    <section class="card stack leader" data-testid="leader-tools">
      <div class="leader-head">
        <div>
          <h2>{t('tally.leader.title')}</h2>
          <p class="muted">{t('tally.leader.text', {
            joined: state.members.length - missing.length, total: state.members.length,
          })}</p>
        </div>
        {missing.length > 0 && (
          <ActionButton label={t('tally.leader.codes')} act={hand()} testid="hand-out-codes" />
        )}
      </div>
      {open.length > 0 && <Codes codes={open} />}
      <details>
        <summary>{t('tally.leader.more')}</summary>
        <p class="muted">{t('tally.leader.new_code_text')}</p>
        {state.day.length > 1 && <p class="muted">{t('tally.leader.new_code_day')}</p>}
        <div class="member-buttons">
          {state.members.map(({ index, name }) => (
            <ActionButton key={index} kind="small" label={name} act={hand(index)}
              testid={`new-code-${index}`} />
          ))}
        </div>
        {(BEFORE_KEY.includes(state.phase) || (kept && state.phase === 'ready')) && (
          <>
            <p class="muted">{t(`tally.leader.${own}_text`)}</p>
            <ActionButton kind="small stop" label={t(`tally.leader.${own}`)} act={again}
              testid="restart" />
          </>
        )}
      </details>
    </section>
  );
}

function Codes({ codes }: { readonly codes: readonly JoinCode[] }): JSX.Element {
  return (
    <>
      <Notice tone="wait">{t('tally.leader.once')}</Notice>
      <div class="codes">
        {codes.map(({ index, name, code }) => (
          <article key={index} class="code">
            <Qr text={code} label={t('tally.leader.qr', { name })} />
            <b>{name}</b>
            <span class="mono" data-testid={`code-${index}`}>{code}</span>
          </article>
        ))}
      </div>
    </>
  );
}
