import type { JSX } from 'preact';
import { t } from '../../../web/ts/i18n.ts';
import { isMarked, isUnmarked } from '../draft.ts';
import { isRemoval, type Question, questionsIn, type Section } from '../paper.ts';
import type { OpenBallot } from '../state.ts';
import { answerKey, factsOf, headingOf, placeOf, selectKey } from '../wording.ts';
import { AGREE_ANSWERS } from './agree_list.tsx';
import { Facts } from './facts.tsx';
import { Icon } from './icon.tsx';
import { MOTION_ANSWERS } from './motion_card.tsx';
import { Press } from './press.tsx';

interface ReviewSectionProps {
  readonly index: number;
  readonly ballot: OpenBallot;
  readonly onChange: (question: Question) => void;
}

interface Line {
  readonly question: Question;
  readonly id: string;
  readonly number: string;
  readonly name: string;
  /** What is marked; absent if nothing is. */
  readonly mark?: string;
  /** Nothing has to be marked here, since other lines of the question are. */
  readonly quiet: boolean;
}

/** The lines of one section with what is marked on each. */
export function ReviewSection(props: ReviewSectionProps): JSX.Element | null {
  const { index, ballot, onChange } = props;
  const section = ballot.paper.sections[index];
  if (section === undefined) return null;
  const questions = questionsIn(ballot.paper, index);
  return (
    <section class={isRemoval(section) ? 'review-section removal' : 'review-section'}
      data-testid={`review-section-${index}`}>
      <ReviewHead section={section} index={index} ballot={ballot} />
      {questions.flatMap((question) => linesOf(section, question, ballot)).map((line) => (
        <ReviewLine key={line.id} line={line} onChange={onChange} />
      ))}
    </section>
  );
}

interface ReviewHeadProps {
  readonly section: Section;
  readonly index: number;
  readonly ballot: OpenBallot;
}

function ReviewHead({ section, index, ballot }: ReviewHeadProps): JSX.Element {
  const { paper } = ballot;
  const place = placeOf(paper, index);
  return (
    <header class="review-head">
      {place !== '' && <span class="place num">{place}</span>}
      <h3>
        {isRemoval(section) && <Icon name="person-dash" />}
        {headingOf(section)}
      </h3>
      <Facts facts={factsOf(paper, section)} />
    </header>
  );
}

function ReviewLine(
  { line, onChange }: { readonly line: Line; readonly onChange: (question: Question) => void },
): JSX.Element {
  const open = line.mark === undefined && !line.quiet;
  return (
    <div class={open ? 'row review-row open' : 'row review-row'} data-testid={`line-${line.id}`}>
      <div class="n num">{line.number}</div>
      <div class="who"><div class="name">{line.name}</div></div>
      <div class={line.mark === undefined ? 'mark none' : 'mark'}>
        {line.mark !== undefined && <Icon name="check-lg" />}
        {line.mark ?? t(line.quiet ? 'booth.not_selected' : 'booth.unmarked')}
      </div>
      <Press testid={`change-${line.id}`} label={t('booth.change_line', { name: line.name })}
        onPress={() => onChange(line.question)}>
        {t('booth.change')}
      </Press>
    </div>
  );
}

function linesOf(section: Section, question: Question, { draft }: OpenBallot): Line[] {
  const base = { question, quiet: false };
  const nominees = section.nominees ?? [];
  if (section.style === 'motion') {
    const at = MOTION_ANSWERS.findIndex((_, answer) => isMarked(draft, question, answer));
    const line = { ...base, id: `${question.index}`, number: '', name: section.title };
    return [at === -1 ? line : { ...line, mark: t(`booth.motion.${MOTION_ANSWERS[at]}`) }];
  }
  if (section.style === 'select') {
    return nominees.map((nominee, answer) => {
      const quiet = !isUnmarked(draft, question);
      const line = {
        question, quiet, id: `${question.index}-${answer}`, number: `${answer + 1}`,
        name: nominee.name,
      };
      const mark = t(selectKey(section, true));
      return isMarked(draft, question, answer) ? { ...line, mark } : line;
    });
  }
  const nominee = nominees[question.nominee ?? 0];
  const line = {
    ...base, id: `${question.index}`, number: `${(question.nominee ?? 0) + 1}`,
    name: nominee?.name ?? '',
  };
  const at = AGREE_ANSWERS.findIndex((_, answer) => isMarked(draft, question, answer));
  const answer = AGREE_ANSWERS[at];
  return [answer === undefined ? line : { ...line, mark: t(answerKey(section, answer)) }];
}
