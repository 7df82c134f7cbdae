import type { JSX } from 'preact';
import { t } from '../../../web/ts/i18n.ts';
import { isMarked, isUnmarked, marked } from '../draft.ts';
import { type Question, questionsIn, type Section } from '../paper.ts';
import type { OpenBallot } from '../state.ts';
import { Icon } from './icon.tsx';
import { MOTION_ANSWERS } from './motion_card.tsx';
import { Press } from './press.tsx';

interface ReviewSectionProps {
  readonly section: Section;
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
export function ReviewSection(props: ReviewSectionProps): JSX.Element {
  const { section, index, ballot, onChange } = props;
  const questions = questionsIn(ballot.paper, index);
  const first = questions[0];
  return (
    <section class="review-section">
      <h2>{section.title}</h2>
      {section.style === 'select' && first !== undefined && (
        <p class="quiet">
          {t('booth.count.select', {
            count: marked(ballot.draft, first), maximum: first.maximum,
          })}
        </p>
      )}
      {questions.flatMap((question) => linesOf(section, question, ballot)).map((line) => (
        <ReviewLine key={line.id} line={line} onChange={onChange} />
      ))}
    </section>
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
      return isMarked(draft, question, answer) ? { ...line, mark: t('booth.selected') } : line;
    });
  }
  const nominee = nominees[question.nominee ?? 0];
  const line = {
    ...base, id: `${question.index}`, number: `${(question.nominee ?? 0) + 1}`,
    name: nominee?.name ?? '',
  };
  if (isMarked(draft, question, 0)) return [{ ...line, mark: t('booth.agree') }];
  if (isMarked(draft, question, 1)) return [{ ...line, mark: t('booth.disagree') }];
  return [line];
}
