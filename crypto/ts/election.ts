/** Elections and their questions (spec: Questions, Elections). */

import { checkUuid } from './credentials.ts';
import {
  fingerprint, readCount, readFields, readJson, readList, readText,
} from './encoding.ts';
import { EncodingError } from './errors.ts';
import { decodePoint, GROUP } from './group.ts';

const VERSION = 1;

export interface HomomorphicQuestion {
  readonly kind: 'homomorphic';
  readonly question: string;
  readonly answers: readonly string[];
  readonly blank: boolean;
  readonly min: number;
  readonly max: number;
}

export interface NonHomomorphicQuestion {
  readonly kind: 'non-homomorphic';
  readonly question: string;
  readonly answers: readonly string[];
}

export type Question = HomomorphicQuestion | NonHomomorphicQuestion;

export interface Election {
  /** The exact text this was read from. */
  readonly text: string;
  /** φ: 43 characters, the unpadded base64 of the text's SHA-256. */
  readonly fingerprint: string;
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  /** 64 hex digits, known to be in the group. */
  readonly publicKey: string;
  readonly questions: readonly Question[];
}

/** Read an election strictly. Raises EncodingError or GroupError. */
export function readElection(text: string): Election {
  const fields = readFields(readJson(text, 'election'), [
    'version', 'description', 'name', 'group', 'public_key', 'questions', 'uuid',
    'administrator?', 'credential_authority?',
  ], 'election');
  if (fields['version'] !== VERSION || fields['group'] !== GROUP) {
    throw new EncodingError('election', `only version ${VERSION} and ${GROUP} are known`);
  }
  const publicKey = readText(fields['public_key'], 'election.public_key');
  decodePoint(publicKey);
  const uuid = readText(fields['uuid'], 'election.uuid');
  checkUuid(uuid);
  return {
    text,
    fingerprint: fingerprint(text),
    uuid,
    name: readText(fields['name'], 'election.name'),
    description: readText(fields['description'], 'election.description'),
    publicKey,
    questions: readQuestions(fields['questions']),
  };
}

function readQuestions(value: unknown): Question[] {
  const questions = readList(value, 'questions').map(readQuestion);
  if (questions.length === 0) throw new EncodingError('questions', 'no question');
  return questions;
}

function readQuestion(value: unknown): Question {
  const nested = typeof value === 'object' && value !== null && 'type' in value;
  return nested ? readNonHomomorphic(value) : readHomomorphic(value);
}

function readHomomorphic(value: unknown): HomomorphicQuestion {
  const check = 'question';
  const fields = readFields(
    value, ['answers', 'blank?', 'min', 'max', 'question'], check,
  );
  const answers = readAnswers(fields['answers']);
  const min = readCount(fields['min'], check);
  const max = readCount(fields['max'], check);
  const blank = fields['blank'] ?? false;
  if (typeof blank !== 'boolean') throw new EncodingError(check, 'blank is no boolean');
  if (min > max || max > answers.length) {
    throw new EncodingError(check, 'min and max do not fit the answers');
  }
  const question = readText(fields['question'], check);
  return { kind: 'homomorphic', question, answers, blank, min, max };
}

function readNonHomomorphic(value: unknown): NonHomomorphicQuestion {
  const outer = readFields(value, ['type', 'value', 'extra?'], 'question');
  if (outer['type'] !== 'NonHomomorphic') {
    throw new EncodingError('question', 'unknown type of question');
  }
  const fields = readFields(outer['value'], ['answers', 'question'], 'question');
  return {
    kind: 'non-homomorphic',
    question: readText(fields['question'], 'question'),
    answers: readAnswers(fields['answers']),
  };
}

function readAnswers(value: unknown): string[] {
  const answers = readList(value, 'question').map((text) => readText(text, 'question'));
  if (answers.length === 0) throw new EncodingError('question', 'no answer to choose');
  return answers;
}

/** How many values a ballot has for this question: one more if blank is offered. */
export function choices(question: HomomorphicQuestion): number {
  return question.answers.length + (question.blank ? 1 : 0);
}

/** Refuse a question that only a shuffle could count. */
export function homomorphic(question: Question): HomomorphicQuestion {
  if (question.kind !== 'homomorphic') {
    throw new EncodingError('question.kind', 'this kind of question is not supported');
  }
  return question;
}

/** Refuse marks that the question does not allow. */
export function checkMarks(question: Question, marks: readonly number[]): void {
  const { blank, min, max } = homomorphic(question);
  const expected = choices(homomorphic(question));
  if (!Array.isArray(marks) || marks.length !== expected) {
    throw new EncodingError('marks.count', `the question takes ${expected} marks`);
  }
  if (!marks.every((mark) => mark === 0 || mark === 1)) {
    throw new EncodingError('marks.value', 'a mark is 0 or 1');
  }
  const isBlank = blank && marks[0] === 1;
  const sum = total(blank ? marks.slice(1) : marks);
  if (isBlank ? sum !== 0 : sum < min || sum > max) {
    throw new EncodingError('marks.sum', `the question takes ${min} to ${max} choices`);
  }
}

export function total(marks: readonly number[]): number {
  return marks.reduce((sum, mark) => sum + mark, 0);
}
