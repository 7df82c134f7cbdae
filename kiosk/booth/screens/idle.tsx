import type { JSX } from 'preact';
import { t } from '../../../web/ts/i18n.ts';
import type { Booth } from '../booth.ts';
import { Frame, Middle } from '../parts/frame.tsx';
import { Icon } from '../parts/icon.tsx';
import { Press } from '../parts/press.tsx';
import { Sign } from '../parts/sign.tsx';
import type { ToolbarProps } from '../parts/toolbar.tsx';
import { type Listed, openElections } from '../state.ts';

interface IdleScreenProps {
  readonly booth: Booth;
  readonly tools: ToolbarProps;
}

/** Nobody at the tablet: what is being voted on, and one button to begin. */
export function IdleScreen({ booth, tools }: IdleScreenProps): JSX.Element {
  const open = openElections(booth.elections);
  const title = t(open.length > 0 ? 'booth.idle.title' : 'booth.page');
  return (
    <Frame kicker={t('booth.kicker')} title={title} tools={tools}>
      <Middle>
        {open.length > 0 ? <Ready open={open} booth={booth} /> : <NotYet listed={booth.elections} />}
      </Middle>
    </Frame>
  );
}

function Ready(
  { open, booth }: { readonly open: readonly Listed[]; readonly booth: Booth },
): JSX.Element {
  return (
    <div data-testid="idle-open">
      {open.map((election) => <h2 class="paper-title" key={election.uuid}>{election.title}</h2>)}
      <p>{t('booth.idle.open')}</p>
      <Press class="btn primary huge" testid="start" onPress={() => booth.begin()}>
        <Icon name="qr-code-scan" /> {t('booth.idle.start')}
      </Press>
      <p class="quiet">{t('booth.idle.secret')}</p>
    </div>
  );
}

function NotYet({ listed }: { readonly listed: readonly Listed[] }): JSX.Element {
  const prepared = listed.filter((election) => election.state === 'prepared');
  if (prepared.length > 0 || listed[0] === undefined) {
    return (
      <div data-testid="idle-waiting">
        <Sign icon="hourglass-split" title={t('booth.idle.waiting')}>
          {prepared.map((election) => (
            <p class="paper-title" key={election.uuid}>{election.title}</p>
          ))}
          <p>{t('booth.idle.not_open')}</p>
        </Sign>
      </div>
    );
  }
  return <div data-testid="idle-waiting"><Over last={listed[0]} /></div>;
}

/** Nothing to come: how the last vote ended. */
function Over({ last }: { readonly last: Listed }): JSX.Element {
  const isVoid = last.state === 'void';
  return (
    <Sign icon={isVoid ? 'x-lg' : 'check-lg'} look={isVoid ? 'stop' : 'quiet'}
      title={t(isVoid ? 'booth.idle.void' : 'booth.idle.closed')}>
      <p class="paper-title">{last.title}</p>
      <p>{t(isVoid ? 'booth.idle.void_text' : 'booth.idle.closed_text')}</p>
    </Sign>
  );
}
