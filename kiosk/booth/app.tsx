import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../web/ts/i18n.ts';
import type { Booth } from './booth.ts';
import { apply, type Comfort, defaultComfort } from './comfort.ts';
import { Frame, Middle } from './parts/frame.tsx';
import { IdleWarning } from './parts/idle_warning.tsx';
import type { ToolbarProps } from './parts/toolbar.tsx';
import { CastingScreen } from './screens/casting.tsx';
import { DoneScreen } from './screens/done.tsx';
import { IdleScreen } from './screens/idle.tsx';
import { MarkingScreen } from './screens/marking.tsx';
import { PairScreen } from './screens/pair.tsx';
import { ReviewScreen } from './screens/review.tsx';
import { ScanScreen } from './screens/scan.tsx';
import { StoppedScreen } from './screens/stopped.tsx';
import { hasMarks, isInUse } from './state.ts';
import { useIdleness } from './use_idleness.ts';

/** The tablet: one screen at a time, its tools, and the warning when nobody moves. */
export function App({ booth }: { readonly booth: Booth }): JSX.Element {
  const [, redraw] = useState(0);
  useEffect(() => {
    booth.onChange = () => redraw((count) => count + 1);
    redraw((count) => count + 1);
  }, [booth]);
  const tools = useComfort(isInUse(booth.state));
  const watched = hasMarks(booth.state) || booth.state.screen === 'scan';
  const [idle, touch] = useIdleness(watched, hasMarks(booth.state), () => booth.leave());
  return (
    <>
      <Shown booth={booth} tools={tools} />
      {idle.kind === 'warned' && (
        <IdleWarning secondsLeft={idle.secondsLeft} onStay={touch} onLeave={() => booth.leave()} />
      )}
    </>
  );
}

interface ShownProps {
  readonly booth: Booth;
  readonly tools: ToolbarProps;
}

function Shown({ booth, tools }: ShownProps): JSX.Element {
  const { state } = booth;
  const base = { booth, tools };
  switch (state.screen) {
    case 'starting':
      return (
        <Frame kicker={t('booth.kicker')} title={t('booth.starting.title')} tools={tools}>
          <Middle><p>{t('booth.starting.text')}</p></Middle>
        </Frame>
      );
    case 'unpaired': return <PairScreen {...base} busy={state.busy} fault={state.fault} />;
    case 'idle': return <IdleScreen {...base} />;
    case 'scan': return <ScanScreen {...base} busy={state.busy} fault={state.fault} />;
    case 'marking': return <MarkingScreen {...base} state={state} />;
    case 'review': return <ReviewScreen {...base} ballot={state.ballot} />;
    case 'casting': return <CastingScreen {...base} {...state} />;
    case 'done': return <DoneScreen {...base} tracker={state.tracker} />;
    case 'stopped': return <StoppedScreen {...base} code={state.code} />;
  }
}

/** The delegate's own settings, back to the default as soon as the tablet is free. */
function useComfort(inUse: boolean): ToolbarProps {
  const [comfort, setComfort] = useState<Comfort>(defaultComfort);
  const change = (wanted: Comfort): void => {
    void apply(wanted).then(() => setComfort(wanted), () => undefined);
  };
  const [wasInUse, setWasInUse] = useState(inUse);
  useEffect(() => {
    if (wasInUse && !inUse) change(defaultComfort());
    setWasInUse(inUse);
  }, [inUse, wasInUse]);
  return { comfort, onComfort: change };
}
