/** The ballot paper as the tablet shows it, read from the sealed election. */

export type Style = 'agree-disagree' | 'select' | 'motion';

export interface Nominee {
  readonly id: string;
  readonly name: string;
  readonly birth_year?: number;
  readonly post?: string;
}

export interface Section {
  readonly title: string;
  readonly style: Style;
  readonly term?: string;
  readonly nominees?: readonly Nominee[];
  readonly maximum?: number;
}

export interface Paper {
  readonly title: string;
  readonly office: string;
  readonly step_name: string;
  readonly demo?: boolean;
  readonly sections: readonly Section[];
}

/** One thing to decide on: a nominee, a selection of nominees, or a motion. */
export interface Question {
  readonly index: number;
  readonly section: number;
  readonly style: Style;
  /** Which nominee of the section; absent if the question is about all of it. */
  readonly nominee?: number;
  readonly answers: number;
  readonly maximum: number;
}

const AGREE_AND_DISAGREE = 2;
const FOR_AGAINST_NEITHER = 3;

/** Read the description of a sealed election; the ballot box checked it before. */
export function readPaper(description: string): Paper {
  const paper = JSON.parse(description) as Paper;
  if (!Array.isArray(paper.sections) || paper.sections.length === 0) {
    throw new TypeError('a ballot paper has sections');
  }
  return paper;
}

/** The questions of the paper in the order of the ballot, section by section. */
export function questionsOf(paper: Paper): readonly Question[] {
  const all = paper.sections.flatMap((section, index) => ofSection(section, index));
  return all.map((question, index) => ({ ...question, index }));
}

/** What a paper is about in one section. */
export function questionsIn(paper: Paper, section: number): readonly Question[] {
  return questionsOf(paper).filter((question) => question.section === section);
}

function ofSection(section: Section, index: number): Question[] {
  const base = { index: 0, section: index, style: section.style };
  const nominees = section.nominees ?? [];
  switch (section.style) {
    case 'agree-disagree':
      return nominees.map((_, nominee) => ({
        ...base, nominee, answers: AGREE_AND_DISAGREE, maximum: 1,
      }));
    case 'select':
      return [{ ...base, answers: nominees.length, maximum: section.maximum ?? 1 }];
    case 'motion':
      return [{ ...base, answers: FOR_AGAINST_NEITHER, maximum: 1 }];
  }
}
