import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../../web/ts/i18n.ts';
import type { Booth } from '../booth.ts';
import { isFull, isMarked, isUnmarked, marked } from '../draft.ts';
import { isRemoval, type Question, questionsIn, type Section } from '../paper.ts';
import { AgreeList } from '../parts/agree_list.tsx';
import { Frame } from '../parts/frame.tsx';
import { Icon } from '../parts/icon.tsx';
import { LeaveDialog } from '../parts/leave_dialog.tsx';
import { MotionCard } from '../parts/motion_card.tsx';
import { Press } from '../parts/press.tsx';
import { Progress } from '../parts/progress.tsx';
import { MoreButton, ScrollArea, type Scrolling, useScrolling } from '../parts/scroll_area.tsx';
import { SelectList } from '../parts/select_list.tsx';
import type { ToolbarProps } from '../parts/toolbar.tsx';
import type { Marking } from '../state.ts';
import { factsOf, headingOf, placeOf } from '../wording.ts';

interface MarkingScreenProps {
  readonly booth: Booth;
  readonly tools: ToolbarProps;
  readonly state: Marking;
}

const LISTS = { 'agree-disagree': AgreeList, select: SelectList, motion: MotionCard } as const;

/** One section of the paper: all its lines, and what can be chosen. */
export function MarkingScreen({ booth, tools, state }: MarkingScreenProps): JSX.Element | null {
  const { paper, draft } = state.ballot;
  const scrolling = useScrolling(`${state.section} ${tools.comfort.size}`);
  const [refused, setRefused] = useState(false);
  useEffect(() => setRefused(false), [state.section]);
  useFocusOn(state.focus);
  const section = paper.sections[state.section];
  if (section === undefined) return null;
  const questions = questionsIn(paper, state.section);
  const List = LISTS[section.style];
  const onMark = (question: Question, answer: number): void => {
    setRefused(isFull(draft, question) && !isMarked(draft, question, answer));
    booth.mark(question, answer);
  };
  return (
    <Frame place={placeOf(paper, state.section)} kicker={section.part || paper.title}
      title={headingOf(section)} facts={factsOf(paper, section)} removal={isRemoval(section)}
      tools={tools} footer={<Foot booth={booth} state={state} scrolling={scrolling} />}>
      <ScrollArea scrolling={scrolling}>
        {isRemoval(section) && section.style === 'agree-disagree' && <Meaning />}
        <List key={state.section} section={section} questions={questions} draft={draft}
          onMark={onMark} />
      </ScrollArea>
      {refused && <SelectFull maximum={section.maximum ?? 1} />}
    </Frame>
  );
}

/** What the two answers of a removal mean, before anybody gives one. */
function Meaning(): JSX.Element {
  return (
    <p class="notice removal-notice" data-testid="removal-meaning">
      <span>{t('booth.remove.means_leave')}</span> <span>{t('booth.remove.means_stay')}</span>
    </p>
  );
}

/** Under the list, so that no line moves away under the finger. */
function SelectFull({ maximum }: { readonly maximum: number }): JSX.Element {
  return (
    <p class="notice below" role="alert" data-testid="select-full">
      {t('booth.select_full', { maximum })}
    </p>
  );
}

interface FootProps {
  readonly booth: Booth;
  readonly state: Marking;
  readonly scrolling: Scrolling;
}

function Foot({ booth, state, scrolling }: FootProps): JSX.Element {
  const [leaving, setLeaving] = useState(false);
  const { section, returning, ballot } = state;
  const last = section === ballot.paper.sections.length - 1;
  return (
    <>
      <Count state={state} />
      {!returning && (section === 0
        ? <Press testid="leave" onPress={() => setLeaving(true)}>{t('booth.leave')}</Press>
        : (
          <Press testid="previous-section" onPress={() => booth.turnTo(section - 1)}>
            {t('booth.back')}
          </Press>
        ))}
      <MoreButton scrolling={scrolling} />
      {returning || last
        ? (
          <Press class="btn primary" testid="review" onPress={() => booth.review()}>
            {t(returning ? 'booth.back_to_review' : 'booth.to_review')} <Icon name="arrow-right" />
          </Press>
        )
        : (
          <Press class="btn primary" testid="next-section" onPress={() => booth.turnTo(section + 1)}>
            {t('booth.next')} <Icon name="arrow-right" />
          </Press>
        )}
      {leaving && <LeaveDialog onStay={() => setLeaving(false)} onLeave={() => booth.leave()} />}
    </>
  );
}

/** How far the delegate is, from the marks on this very screen. */
function Count({ state }: { readonly state: Marking }): JSX.Element {
  const section = state.ballot.paper.sections[state.section];
  const questions = questionsIn(state.ballot.paper, state.section);
  const { done, total, text } = counted(section, questions, state);
  return (
    <div class="count" data-testid="count">
      <b class="num">{text}</b>
      <Progress done={done} total={total} label={text} />
    </div>
  );
}

interface Counted {
  readonly done: number;
  readonly total: number;
  readonly text: string;
}

function counted(
  section: Section | undefined, questions: readonly Question[], state: Marking,
): Counted {
  const { draft } = state.ballot;
  const first = questions[0];
  if (section?.style === 'select' && first !== undefined) {
    const done = marked(draft, first);
    const text = t('booth.count.select', { count: done, maximum: first.maximum });
    return { done, total: first.maximum, text };
  }
  const done = questions.filter((question) => !isUnmarked(draft, question)).length;
  const total = questions.length;
  if (section?.style === 'motion') {
    return { done, total, text: t(done === 0 ? 'booth.count.motion_open' : 'booth.count.motion') };
  }
  return { done, total, text: t('booth.count.agree', { count: done, total }) };
}

function useFocusOn(question: number | undefined): void {
  useEffect(() => {
    if (question === undefined) return;
    const row = document.querySelector(`[data-question="${question}"]`);
    row?.scrollIntoView({ block: 'center' });
    row?.querySelector('button')?.focus({ preventScroll: true });
  }, [question]);
}
