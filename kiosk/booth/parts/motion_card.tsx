import type { JSX } from 'preact';
import { t } from '../../../web/ts/i18n.ts';
import { isMarked, isUnmarked } from '../draft.ts';
import type { SectionProps } from './agree_list.tsx';
import { Choice } from './choice.tsx';

export const MOTION_ANSWERS = ['for', 'against', 'no_opinion'] as const;

/** One motion with its three answers; one of them has to be chosen. */
export function MotionCard({ section, questions, draft, onMark }: SectionProps): JSX.Element | null {
  const question = questions[0];
  if (question === undefined) return null;
  const open = isUnmarked(draft, question);
  return (
    <div class={open ? 'row motion open' : 'row motion'} data-question={question.index}
      role="group" aria-label={section.title}>
      <p class="motion-text">{section.title}</p>
      <div class="triple">
        {MOTION_ANSWERS.map((answer, index) => {
          const marked = isMarked(draft, question, index);
          return (
            <Choice
              key={answer} text={t(`booth.motion.${answer}`)} marked={marked}
              dimmed={!open && !marked} testid={`motion-${question.index}-${answer}`}
              onPress={() => onMark(question, index)}
            />
          );
        })}
      </div>
    </div>
  );
}
