/** The ballot paper as the tablet shows it, read from the sealed election. */

const VERSION = 1;
const STYLES = ['agree-disagree', 'select', 'motion'] as const;
const PURPOSES = ['introduce', 'remove'] as const;

export type Style = (typeof STYLES)[number];
/** What agreement to a line means: into the planning list, or out of it. */
export type Purpose = (typeof PURPOSES)[number];

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
  /** Absent: introduce. */
  readonly purpose?: Purpose;
  /** The ballot that the section belongs to, where one paper holds several. */
  readonly part?: string;
}

export interface Paper {
  readonly version: number;
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

/** One ballot of the sitting: its heading and the sections that belong to it. */
export interface Part {
  readonly title: string;
  readonly sections: readonly number[];
}

/**
 * Read the description of a sealed election; the ballot box checked it before.
 *
 * A field that the tablet does not know changes nothing that it shows. A style, a
 * purpose or a version that it does not know might: it throws rather than ask a
 * delegate the wrong question.
 */
export function readPaper(description: string): Paper {
  const paper = JSON.parse(description) as Paper;
  if (paper.version !== VERSION) throw new TypeError(`a paper of version ${paper.version}`);
  if (!Array.isArray(paper.sections) || paper.sections.length === 0) {
    throw new TypeError('a ballot paper has sections');
  }
  paper.sections.forEach(checkSection);
  return paper;
}

/** Whether agreement takes somebody out of the planning list. */
export function isRemoval(section: Section): boolean {
  return section.purpose === 'remove' && section.style !== 'motion';
}

/** The ballots of the paper, in order; one without a heading if it has no parts. */
export function partsOf(paper: Paper): readonly Part[] {
  const parts: { title: string; sections: number[] }[] = [];
  paper.sections.forEach((section, index) => {
    const title = section.part ?? '';
    const last = parts.at(-1);
    if (last?.title === title) last.sections.push(index);
    else parts.push({ title, sections: [index] });
  });
  return parts;
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

function checkSection(section: Section): void {
  const { style, purpose, nominees, maximum } = section;
  if (!STYLES.includes(style)) throw new TypeError(`a section of style ${style}`);
  if (purpose !== undefined && !PURPOSES.includes(purpose)) {
    throw new TypeError(`a section of purpose ${purpose}`);
  }
  if (style === 'motion') return;
  if (!Array.isArray(nominees) || nominees.length === 0) {
    throw new TypeError('a list without nominees');
  }
  if (style === 'select' && !Number.isInteger(maximum)) {
    throw new TypeError('a selection without a maximum');
  }
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
