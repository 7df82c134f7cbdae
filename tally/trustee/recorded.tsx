/** A count that is closed: what is recorded, and the fingerprint of its archive. */

import type { JSX } from 'preact';

import { number, t } from '../../web/ts/i18n.ts';
import { Notes } from './confirming.tsx';
import type { OwnResult } from './own_result.ts';
import { Icon, Lead, Notice, Qr } from './parts.tsx';
import { archivePath } from './service.ts';
import type { CommitteeState } from './types.ts';

export function Recorded({ state, found }: {
  readonly state: CommitteeState; readonly found: OwnResult;
}): JSX.Element {
  const confirmed = state.members.filter((member) => member.confirmed);
  const text = t('tally.result.recorded_text', {
    needed: state.threshold, confirmed: confirmed.length,
    ballots: number(state.result?.ballots ?? 0),
  });
  const archive = state.result?.archive ?? null;
  return (
    <>
      <Lead title={t('tally.result.recorded')} text={text} testid="recorded">
        <a class="btn no-print" href={archivePath(state.uuid)} download={`${state.uuid}.bel`}
          data-testid="archive"><Icon name="download" />{t('tally.recorded.download')}</a>
      </Lead>
      {state.result !== null && !state.result.announced && (
        <Notice>{t('tally.result.not_announced')}</Notice>
      )}
      <Notes state={state} />
      {archive !== null && <Fingerprint archive={archive} found={found} />}
    </>
  );
}

function Fingerprint({ archive, found }: {
  readonly archive: string; readonly found: OwnResult;
}): JSX.Element {
  return (
    <section class="card fingerprint" data-testid="fingerprint">
      <Qr text={archive} label={t('tally.recorded.qr')} />
      <div class="stack">
        <div>
          <h2>{t('tally.recorded.title')}</h2>
          <p class="muted">{t('tally.recorded.text')}</p>
        </div>
        <p class="mono" data-testid="fingerprint-text">{groups(archive)}</p>
        <SameFile archive={archive} found={found} />
      </div>
    </section>
  );
}

/** Whether the recorded file is the one that this browser counted. */
function SameFile({ archive, found }: {
  readonly archive: string; readonly found: OwnResult;
}): JSX.Element | null {
  if (found.counted === undefined) return null;
  const same = found.counted.fingerprint === archive;
  return (
    <p class={same ? 'verdict good' : 'fault'} data-testid="same-file" data-same={String(same)}>
      {same ? `✓ ${t('tally.recorded.same')}` : `✗ ${t('tally.recorded.other')}`}
    </p>
  );
}

/** 64 digits, as somebody can compare them with a printed page. */
function groups(hash: string): string {
  return (hash.match(/.{4}/g) ?? [hash]).join(' ');
}
