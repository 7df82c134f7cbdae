import type { JSX } from 'preact';
import { t } from '../../../web/ts/i18n.ts';
import { isUnmarked } from '../draft.ts';
import type { Draft } from '../draft.ts';
import type { Question, Section } from '../paper.ts';
import { answerKey } from '../wording.ts';
import { Choice } from './choice.tsx';
import { NomineeText } from './nominee_text.tsx';

export interface SectionProps {
  readonly section: Section;
  readonly questions: readonly Question[];
  readonly draft: Draft;
  readonly onMark: (question: Question, answer: number) => void;
}

export const AGREE_ANSWERS = ['agree', 'disagree'] as const;

/** One line a nominee: Đồng ý (or Đồng ý đưa ra), Không đồng ý, or neither. */
export function AgreeList(props: SectionProps): JSX.Element {
  return (
    <>
      {props.questions.map((question) => (
        <AgreeRow key={question.index} {...props} question={question} />
      ))}
    </>
  );
}

function AgreeRow(
  { section, question, draft, onMark }: SectionProps & { readonly question: Question },
): JSX.Element | null {
  const nominee = section.nominees?.[question.nominee ?? 0];
  if (nominee === undefined) return null;
  const open = isUnmarked(draft, question);
  return (
    <div class={open ? 'row open' : 'row'} data-question={question.index}
      role="group" aria-label={nominee.name}>
      <div class="n num">{(question.nominee ?? 0) + 1}</div>
      <NomineeText nominee={nominee} />
      <div class="pair">
        {AGREE_ANSWERS.map((answer, index) => {
          const marked = draft[question.index]?.[index] === 1;
          return (
            <Choice
              key={answer} text={t(answerKey(section, answer))} marked={marked}
              dimmed={!open && !marked} testid={`nominee-${question.index}-${answer}`}
              onPress={() => onMark(question, index)}
            />
          );
        })}
      </div>
    </div>
  );
}
