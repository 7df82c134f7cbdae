/** The leader's first page: every committee and how far its work is. */

import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';

import { t } from '../../web/ts/i18n.ts';
import { watch } from '../../web/ts/realtime.ts';
import { listCommittees } from './service.ts';
import { stepOf } from './steps.ts';
import type { Summary } from './types.ts';

export function LeaderPage(): JSX.Element {
  const [listed, setListed] = useState<readonly Summary[]>();
  const refresh = useCallback(async () => setListed(await listCommittees()), []);
  useEffect(() => watch('elections', refresh), []);
  return (
    <div class="desk stack">
      <h1>{t('tally.leader.list')}</h1>
      {listed?.length === 0 && <p class="card muted">{t('tally.leader.none')}</p>}
      {listed?.map((one) => <Committee key={one.uuid} committee={one} />)}
    </div>
  );
}

function Committee({ committee }: { readonly committee: Summary }): JSX.Element {
  const { uuid, title, phase, joined, members, threshold } = committee;
  const step = stepOf(phase);
  return (
    <a class="card lead committee-link" href={`/committee/${uuid}`}
      data-testid={`committee-${uuid}`}>
      <div>
        <h2>{title}</h2>
        <p class="muted">{t('tally.leader.line', { joined, members, threshold })}</p>
      </div>
      <span class={`tag ${step === 'done' ? 'good' : 'wait'}`}>
        {phase === 'void' ? t('tally.void.title') : t(`tally.step.${step}`)}
      </span>
    </a>
  );
}
