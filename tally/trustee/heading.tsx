/** The band under the top bar: which vote, and which of the six steps. */

import type { JSX } from 'preact';

import { t } from '../../web/ts/i18n.ts';
import { stepOf, STEPS, stepsDone } from './steps.ts';
import type { CommitteeState } from './types.ts';

export function Heading({ state }: { readonly state: CommitteeState }): JSX.Element {
  return (
    <header class="band">
      <h1>{state.title}</h1>
      <Steps phase={state.phase} />
    </header>
  );
}

function Steps({ phase }: Pick<CommitteeState, 'phase'>): JSX.Element {
  const done = stepsDone(phase);
  const now = stepOf(phase);
  return (
    <ol class="steps" aria-label={t('tally.steps')} data-testid="steps" data-phase={phase}>
      {STEPS.map((step, index) => (
        <li key={step} aria-current={step === now ? 'step' : undefined}
          class={index < done ? 'done' : step === now ? 'now' : ''}>
          {t(`tally.step.${step}`)}
          {index < done && <span class="tick" aria-label={t('tally.step_done')}> ✓</span>}
        </li>
      ))}
    </ol>
  );
}
