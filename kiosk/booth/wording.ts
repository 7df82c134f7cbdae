/** How parts, sections and lines of the paper are named. */

import { t } from '../../web/ts/i18n.ts';
import { isRemoval, type Paper, type Question, type Section } from './paper.ts';

/** "2. Lê Hoàng Đức", or the title of a section that is one question. */
export function nameOf(paper: Paper, question: Question): string {
  const section = paper.sections[question.section];
  const nominee = section?.nominees?.[question.nominee ?? -1];
  if (nominee === undefined) return section?.title ?? '';
  return t('booth.line', { number: (question.nominee ?? 0) + 1, name: nominee.name });
}

/** What a section is about, in the largest letters: leaving comes before the position. */
export function headingOf(section: Section): string {
  if (isRemoval(section)) return t('booth.remove.title');
  return section.style === 'motion' ? t('booth.motion.title') : section.title;
}

/** What stands under the heading: position, term, how many may be chosen. */
export function factsOf(paper: Paper, section: Section): readonly string[] {
  const title = isRemoval(section) ? section.title : '';
  const { maximum = 1 } = section;
  const rule = section.style === 'select' ? t('booth.select_rule', { maximum }) : '';
  return [title, termOf(paper, section), rule].filter(Boolean);
}

/** A section in a sentence: no two of one part sound the same. */
export function sectionName(paper: Paper, index: number): string {
  const section = paper.sections[index];
  if (section === undefined) return '';
  const leaving = isRemoval(section) ? t('booth.remove.title') : '';
  const names = [leaving, section.title, termOf(paper, section)];
  return names.filter(Boolean).join(' · ');
}

/** "Phần 2/3", if the paper has several sections. */
export function placeOf(paper: Paper, index: number): string {
  const count = paper.sections.length;
  return count > 1 ? t('booth.part', { number: index + 1, count }) : '';
}

/** The key of an answer's words: whoever agrees to a removal has to read so. */
export function answerKey(section: Section, answer: 'agree' | 'disagree'): string {
  return isRemoval(section) && answer === 'agree' ? 'booth.remove.agree' : `booth.${answer}`;
}

/** The key of what a button of a selection says. */
export function selectKey(section: Section, marked: boolean): string {
  if (isRemoval(section)) return marked ? 'booth.remove.selected' : 'booth.remove.select';
  return marked ? 'booth.selected' : 'booth.select';
}

/** The term, unless the position, or the title of a paper with one position, says it. */
function termOf(paper: Paper, { term, title }: Section): string {
  if (term === undefined || term === '') return '';
  const alone = paper.sections.length === 1;
  const known = title.includes(term) || (alone && paper.title.includes(term));
  return known ? '' : t('booth.term', { term });
}
