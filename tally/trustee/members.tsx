/** The members side by side: who has done the part of this phase, who is awaited. */

import type { JSX } from 'preact';

import { t } from '../../web/ts/i18n.ts';
import { Icon } from './parts.tsx';
import { awaited, isDone, memberStatus } from './steps.ts';
import type { CommitteeState, MemberState, Phase } from './types.ts';

const WITH_THRESHOLD: readonly Phase[] = ['unsealing', 'counted'];
const WITH_RESULT: readonly Phase[] = ['counted', 'recorded'];

export function Members({ state }: { readonly state: CommitteeState }): JSX.Element {
  return (
    <section class="stack" aria-label={t('tally.members')}>
      <div class="members" data-sheet-list aria-label={t('tally.members')}>
        {state.members.map((member) => (
          <MemberCard key={member.index} state={state} member={member} />
        ))}
      </div>
      <Awaited state={state} />
    </section>
  );
}

function MemberCard({ state, member }: {
  readonly state: CommitteeState; readonly member: MemberState;
}): JSX.Element {
  const mine = member.index === state.me;
  const done = isDone(state.phase, member);
  const name = mine ? t('tally.me', { name: member.name }) : member.name;
  const kind = `member ${done ? 'done' : ''} ${mine ? 'mine' : ''}`;
  return (
    <article class={kind} data-row data-testid={`member-${member.index}`} data-done={String(done)}>
      <div class="member-icon"><Icon name={iconOf(state, member, done)} /></div>
      <b data-cell={t('tally.table.name')}>{name}</b>
      <span class="role" data-cell={t('table.role')}>{member.role}</span>
      <span class="status" data-cell={t('table.state')}>{t(memberStatus(state.phase, member))}</span>
      {WITH_RESULT.includes(state.phase) && <OwnCountMark member={member} />}
    </article>
  );
}

/** How this member's own browser counted. */
function OwnCountMark({ member }: { readonly member: MemberState }): JSX.Element {
  const { own_count: counted } = member;
  const tone = counted === 'differs' ? 'stop' : counted === 'agrees' ? 'good' : '';
  return (
    <span class={`tag own ${tone}`} data-cell={t('tally.member.own')}>
      {t(`tally.member.own.${counted || 'waiting'}`)}
    </span>
  );
}

function iconOf(state: CommitteeState, member: MemberState, done: boolean): string {
  if (!member.joined) return 'person';
  const { phase } = state;
  if (phase === 'unsealing') return done ? 'unlock' : member.index === state.me ? 'key' : 'lock';
  if (done) return 'check-circle';
  return member.certificate ? 'key' : 'person';
}

/** Whom everybody waits for, by name. */
export function Awaited({ state }: { readonly state: CommitteeState }): JSX.Element | null {
  if (state.phase === 'unsealing' && !state.numbers_told) {
    return <p class="awaited muted" data-testid="awaited" role="status">{t('tally.tell.awaited')}</p>;
  }
  const missing = awaited(state);
  if (missing.length === 0 || state.phase === 'recorded') return null;
  const names = missing.map(({ name }) => name).join(', ');
  const more = state.threshold - (state.members.length - missing.length);
  const some = WITH_THRESHOLD.includes(state.phase) && more < missing.length;
  return (
    <p class="awaited muted" data-testid="awaited" role="status">
      {some ? t('tally.awaited_some', { more, names }) : t('tally.awaited', { names })}
    </p>
  );
}
