/** The votes of the committee's day: which of them is next, and the way to each. */

import type { JSX } from 'preact';

import { t } from '../../web/ts/i18n.ts';
import { Icon, Lead } from './parts.tsx';
import { isEnded, stepOf } from './steps.ts';
import type { CommitteeState, DayVote, Phase } from './types.ts';

/** Once this vote has ended: the one to go on with, if there is one. */
export function NextVote({ state }: { readonly state: CommitteeState }): JSX.Element | null {
  const here = state.day.findIndex(({ uuid }) => uuid === state.uuid);
  const next = state.day.slice(here + 1).find(({ phase }) => !isEnded(phase));
  if (!isEnded(state.phase) || next === undefined) return null;
  return (
    <Lead title={t('tally.day.next')} text={next.title} testid="next-vote">
      <a class="btn primary" href={`/committee/${next.uuid}`} data-testid="go-on">
        {t('tally.day.go')}<Icon name="arrow-right" />
      </a>
    </Lead>
  );
}

/** All votes of the day, if there are several. */
export function Day({ state }: { readonly state: CommitteeState }): JSX.Element | null {
  if (state.day.length < 2) return null;
  return (
    <nav class="card stack day" aria-label={t('tally.day.title')} data-testid="day">
      <div>
        <h3>{t('tally.day.title')}</h3>
        <p class="muted">{t('tally.day.text')}</p>
      </div>
      <ol>
        {state.day.map((vote) => <Vote key={vote.uuid} vote={vote} here={state} />)}
      </ol>
    </nav>
  );
}

function Vote({ vote, here }: {
  readonly vote: DayVote; readonly here: CommitteeState;
}): JSX.Element {
  const { uuid, title, phase } = vote;
  const current = uuid === here.uuid;
  return (
    <li>
      {current ? <b aria-current="page">{title}</b>
        : <a href={`/committee/${uuid}`} data-testid={`vote-${uuid}`}>{title}</a>}
      {vote.key_uuid !== here.key_uuid && (
        <span class="muted"> · {t('tally.day.other_key')}</span>
      )}
      <PhaseTag phase={phase} />
    </li>
  );
}

/** The step that a vote has reached, in one word. */
export function PhaseTag({ phase }: { readonly phase: Phase }): JSX.Element {
  const step = stepOf(phase);
  const tone = phase === 'void' ? '' : step === 'done' ? 'good' : 'wait';
  return (
    <span class={`tag ${tone}`}>
      {phase === 'void' ? t('tally.void.title') : t(`tally.step.${step}`)}
    </span>
  );
}
