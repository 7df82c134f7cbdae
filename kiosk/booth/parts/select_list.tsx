import type { JSX } from 'preact';
import { t } from '../../../web/ts/i18n.ts';
import { isFull, isMarked, isUnmarked } from '../draft.ts';
import { selectKey } from '../wording.ts';
import type { SectionProps } from './agree_list.tsx';
import { Choice } from './choice.tsx';
import { NomineeText } from './nominee_text.tsx';

/** Choose at most so many of a list. A choice is never taken away unasked. */
export function SelectList({ section, questions, draft, onMark }: SectionProps): JSX.Element | null {
  const question = questions[0];
  if (question === undefined) return null;
  const full = isFull(draft, question);
  const open = isUnmarked(draft, question);
  return (
    <>
      {(section.nominees ?? []).map((nominee, answer) => {
        const marked = isMarked(draft, question, answer);
        return (
          <div class={open ? 'row open' : 'row'} key={nominee.id}
            data-question={question.index} role="group" aria-label={nominee.name}>
            <div class="n num">{answer + 1}</div>
            <NomineeText nominee={nominee} />
            <div class="single">
              <Choice
                text={t(selectKey(section, marked))} marked={marked}
                dimmed={full && !marked} testid={`select-${question.index}-${answer}`}
                onPress={() => onMark(question, answer)}
              />
            </div>
          </div>
        );
      })}
    </>
  );
}
