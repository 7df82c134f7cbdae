/** How lines of the paper are named in sentences. */

import { t } from '../../web/ts/i18n.ts';
import type { Paper, Question, Section } from './paper.ts';

/** "2. Lê Hoàng Đức", or the title of a section that is one question. */
export function nameOf(paper: Paper, question: Question): string {
  const section = paper.sections[question.section];
  const nominee = section?.nominees?.[question.nominee ?? -1];
  if (nominee === undefined) return section?.title ?? '';
  return t('booth.line', { number: (question.nominee ?? 0) + 1, name: nominee.name });
}

/** Where the delegate is: paper, term if the title does not say it, part if of several. */
export function placeOf(paper: Paper, section: Section, index: number): string {
  const { term } = section;
  const count = paper.sections.length;
  const part = count > 1 ? t('booth.part', { number: index + 1, count }) : '';
  const known = term === undefined || term === '' || paper.title.includes(term);
  return [paper.title, known ? '' : t('booth.term', { term }), part].filter(Boolean).join(' · ');
}
