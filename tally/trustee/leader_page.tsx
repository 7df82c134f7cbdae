/** The leader's first page: every committee and how far its work is. */

import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';

import { t } from '../../web/ts/i18n.ts';
import { watch } from '../../web/ts/realtime.ts';
import { PhaseTag } from './day.tsx';
import { listCommittees } from './service.ts';
import type { Summary } from './types.ts';

export function LeaderPage(): JSX.Element {
  const [listed, setListed] = useState<readonly Summary[]>();
  const refresh = useCallback(async () => setListed(await listCommittees()), []);
  useEffect(() => watch('elections', refresh), []);
  return (
    <div class="desk stack">
      <h1>{t('tally.leader.list')}</h1>
      {listed?.length === 0 && <p class="card muted">{t('tally.leader.none')}</p>}
      {days(listed ?? []).map((votes) => <Day key={votes[0]?.first} votes={votes} />)}
    </div>
  );
}

/** The votes of one committee's day belong together, in their order. */
function days(listed: readonly Summary[]): readonly (readonly Summary[])[] {
  return [...new Set(listed.map(({ first }) => first))].map((day) =>
    listed.filter(({ first }) => first === day).sort((a, b) => a.turn - b.turn));
}

function Day({ votes }: { readonly votes: readonly Summary[] }): JSX.Element {
  const cards = votes.map((one) => <Committee key={one.uuid} committee={one} />);
  if (votes.length < 2) return <>{cards}</>;
  return (
    <section class="stack day-group" aria-label={t('tally.day.title')}>
      <h2 class="part">{t('tally.day.title')}</h2>
      {cards}
    </section>
  );
}

function Committee({ committee }: { readonly committee: Summary }): JSX.Element {
  const { uuid, title, phase, joined, members, threshold } = committee;
  return (
    <a class="card lead committee-link" href={`/committee/${uuid}`}
      data-testid={`committee-${uuid}`}>
      <div>
        <h2>{title}</h2>
        <p class="muted">{t('tally.leader.line', { joined, members, threshold })}</p>
      </div>
      <PhaseTag phase={phase} />
    </a>
  );
}
