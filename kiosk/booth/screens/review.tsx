import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../../web/ts/i18n.ts';
import type { Booth } from '../booth.ts';
import { isBlank, missing, unmarked } from '../draft.ts';
import { type Paper, partsOf, type Question } from '../paper.ts';
import { BlankDialog } from '../parts/blank_dialog.tsx';
import { Frame } from '../parts/frame.tsx';
import { Icon } from '../parts/icon.tsx';
import { Press } from '../parts/press.tsx';
import { ReviewSection } from '../parts/review_section.tsx';
import { MoreButton, ScrollArea, useScrolling } from '../parts/scroll_area.tsx';
import type { ToolbarProps } from '../parts/toolbar.tsx';
import type { OpenBallot } from '../state.ts';
import { nameOf, placeOf, sectionName } from '../wording.ts';

const MOST_NAMES = 12; // of a section; all of them stand in the rows below, with an edge

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
        {partsOf(paper).map((part, number) => (
          <section class="review-part" key={number} data-testid={`review-part-${number}`}>
            {part.title !== '' && <h2 class="part-title">{part.title}</h2>}
            {part.sections.map((index) => (
              <ReviewSection key={index} index={index} ballot={ballot}
                onChange={(question) => booth.change(question)} />
            ))}
          </section>
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
  return (
    <div class="notice" data-testid="unmarked">
      <p><b>{t('booth.review.unmarked', { count: open.length })}</b></p>
      <Unmarked paper={ballot.paper} questions={open} />
      <p>{t(incomplete ? 'booth.review.needed' : 'booth.review.allowed')}</p>
    </div>
  );
}

function namesOf(paper: Paper, questions: readonly Question[]): string {
  const names = questions.slice(0, MOST_NAMES).map((question) => nameOf(paper, question));
  const left = questions.length - names.length;
  const listed = names.join('; ');
  return left === 0 ? listed : t('booth.review.and_others', { names: listed, count: left });
}

interface UnmarkedProps {
  readonly paper: Paper;
  readonly questions: readonly Question[];
}

/** Unmarked lines by their names, section by section; of very many, how many more. */
function Unmarked({ paper, questions }: UnmarkedProps): JSX.Element {
  const several = paper.sections.length > 1;
  const sections = paper.sections.flatMap((section, index) => {
    const inIt = questions.filter((question) => question.section === index);
    return inIt.length === 0 ? [] : [{ section, index, inIt }];
  });
  return (
    <ul class="unmarked">
      {sections.map(({ section, index, inIt }) => (
        <li key={index}>
          {several && <b>{placeOf(paper, index)} · {sectionName(paper, index)}</b>}
          {section.style === 'agree-disagree' && <span>{namesOf(paper, inIt)}</span>}
        </li>
      ))}
    </ul>
  );
}
