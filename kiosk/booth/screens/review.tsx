import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../../web/ts/i18n.ts';
import type { Booth } from '../booth.ts';
import { isBlank, missing, unmarked } from '../draft.ts';
import { BlankDialog } from '../parts/blank_dialog.tsx';
import { Frame } from '../parts/frame.tsx';
import { Icon } from '../parts/icon.tsx';
import { Press } from '../parts/press.tsx';
import { ReviewSection } from '../parts/review_section.tsx';
import { MoreButton, ScrollArea, useScrolling } from '../parts/scroll_area.tsx';
import type { ToolbarProps } from '../parts/toolbar.tsx';
import type { OpenBallot } from '../state.ts';
import { nameOf } from '../wording.ts';

interface ReviewScreenProps {
  readonly booth: Booth;
  readonly tools: ToolbarProps;
  readonly ballot: OpenBallot;
}

/** The whole ballot once more, every unmarked line by its name. */
export function ReviewScreen({ booth, tools, ballot }: ReviewScreenProps): JSX.Element {
  const [asking, setAsking] = useState(false);
  const { paper, draft } = ballot;
  const scrolling = useScrolling(`review ${tools.comfort.size}`);
  const incomplete = missing(paper, draft).length > 0;
  const cast = (): void => {
    if (isBlank(draft) && !asking) setAsking(true);
    else void booth.cast();
  };
  const foot = (
    <>
      <span class="count quiet">{t('booth.review.once')}</span>
      <Press testid="review-back" onPress={() => booth.back()}>{t('booth.back')}</Press>
      <MoreButton scrolling={scrolling} />
      <Press class="btn primary" testid="cast" disabled={incomplete} onPress={cast}>
        {t('booth.cast')} <Icon name="check-lg" />
      </Press>
      {asking && <BlankDialog onBack={() => setAsking(false)} onCast={() => void booth.cast()} />}
    </>
  );
  return (
    <Frame kicker={paper.title} title={t('booth.review.title')} tools={tools} footer={foot}>
      <ScrollArea scrolling={scrolling}>
        <Summary ballot={ballot} incomplete={incomplete} />
        {paper.sections.map((section, index) => (
          <ReviewSection key={index} section={section} index={index} ballot={ballot}
            onChange={(question) => booth.change(question)} />
        ))}
      </ScrollArea>
    </Frame>
  );
}

function Summary(
  { ballot, incomplete }: { readonly ballot: OpenBallot; readonly incomplete: boolean },
): JSX.Element {
  const open = unmarked(ballot.paper, ballot.draft);
  if (open.length === 0) {
    return <p class="notice calm" data-testid="all-marked">{t('booth.review.complete')}</p>;
  }
  const names = open.map((question) => nameOf(ballot.paper, question)).join('; ');
  return (
    <p class="notice" data-testid="unmarked">
      <b>{t('booth.review.unmarked', { count: open.length })}</b> {names}.{' '}
      {t(incomplete ? 'booth.review.needed' : 'booth.review.allowed')}
    </p>
  );
}
