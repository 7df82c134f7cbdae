/** Encrypted answers to homomorphic questions (spec: Homomorphic answers). */

import {
  type Ciphertext, type CiphertextText, readCiphertext, sumCiphertexts,
} from './elgamal.ts';
import { choices, type HomomorphicQuestion, total } from './election.ts';
import { type Fields, readFields, readList } from './encoding.ts';
import {
  encodePoints, GENERATOR, multiply, type Point, reduce, type Scalar,
} from './group.ts';
import type { Need, OneTimeSecrets } from './one_time.ts';
import {
  checkOneOf, type Claim, type Proof, type ProofText, proofText, proveOneOf,
  readProofs, type Statement,
} from './proofs.ts';
import {
  blankChallenge, blankOverallChallenge, choicesContext, intervalChallenge,
} from './transcript.ts';

export interface AnswerText {
  readonly choices: readonly CiphertextText[];
  readonly individual_proofs: readonly (readonly ProofText[])[];
  readonly overall_proof: readonly ProofText[];
  readonly blank_proof?: readonly ProofText[];
}

export interface Answer {
  readonly choices: readonly Ciphertext[];
  readonly texts: readonly CiphertextText[];
  readonly individualProofs: readonly (readonly Proof[])[];
  readonly overallProof: readonly Proof[];
  readonly blankProof: readonly Proof[];
}

/** How many ways the sum of an answer may be right. */
function sums({ min, max }: HomomorphicQuestion): number {
  return max - min + 1;
}

/** What makeAnswer takes from its secrets. */
export function answerNeed(question: HomomorphicQuestion): Need {
  const n = choices(question);
  const blank = question.blank ? 1 : 0;
  return {
    nonces: 3 * n + sums(question) + 3 * blank,
    blinds: n + sums(question) - 1 + 2 * blank,
  };
}

interface Choice {
  readonly mark: number;
  readonly r: Scalar;
  readonly ciphertext: Ciphertext;
  readonly text: CiphertextText;
}

/** Encrypt each mark m as (g^r, y^r g^m). */
function encrypt(marks: readonly number[], secrets: OneTimeSecrets): Choice[] {
  const drawn = marks.map((mark) => {
    const { exponent: r, g: alpha, y } = secrets.takeNonce();
    const one = multiply(y, GENERATOR);
    return { mark, r, ciphertext: { alpha, beta: mark === 1 ? one : y } };
  });
  const texts = ciphertextTexts(drawn.map(({ ciphertext }) => ciphertext));
  return drawn.map((choice, index) =>
    ({ ...choice, text: texts[index] ?? { alpha: '', beta: '' } }));
}

function ciphertextTexts(ciphertexts: readonly Ciphertext[]): CiphertextText[] {
  const texts = encodePoints(ciphertexts.flatMap(({ alpha, beta }) => [alpha, beta]));
  return ciphertexts.map((_, index) =>
    ({ alpha: texts[2 * index] ?? '', beta: texts[2 * index + 1] ?? '' }));
}

function spell(texts: readonly CiphertextText[]): string[] {
  return texts.map(({ alpha, beta }) => `${alpha},${beta}`);
}

/** Encrypt marks that checkMarks has passed, with every proof. */
export function makeAnswer(
  question: HomomorphicQuestion, marks: readonly number[], context: string,
  secrets: OneTimeSecrets,
): AnswerText {
  const encrypted = encrypt(marks, secrets);
  const texts = encrypted.map(({ text }) => text);
  const whole = choicesContext(context, spell(texts));
  const individual = encrypted.map((choice) => proveBit(choice, context, secrets));
  const rest = question.blank
    ? proveBlankOrSum(question, encrypted, whole, secrets)
    : { overall_proof: proveSum(question, encrypted, whole, secrets).map(proofText) };
  return {
    choices: texts,
    individual_proofs: individual.map((proofs) => proofs.map(proofText)),
    ...rest,
  };
}

function proveBit(
  { mark, r, text }: Choice, context: string, secrets: OneTimeSecrets,
): Proof[] {
  const claims = [{ r, excess: mark }, { r, excess: mark - 1 }];
  return proveOneOf(claims, mark, secrets, (commitments) =>
    intervalChallenge(context, text.alpha, text.beta, commitments));
}

function sumClaims({ min, max }: HomomorphicQuestion, r: Scalar, sum: number): Claim[] {
  return Array.from({ length: max - min + 1 }, (_, j) => ({ r, excess: sum - min - j }));
}

function sumSecrets(encrypted: readonly Choice[]): Scalar {
  return reduce(encrypted.reduce((sum, { r }) => sum + r, 0n));
}

/** The sum is in [min..max]; no blank vote on offer. */
function proveSum(
  question: HomomorphicQuestion, encrypted: readonly Choice[], context: string,
  secrets: OneTimeSecrets,
): Proof[] {
  const sum = total(encrypted.map(({ mark }) => mark));
  const all = sumCiphertexts(encrypted.map(({ ciphertext }) => ciphertext));
  const [text = { alpha: '', beta: '' }] = ciphertextTexts([all]);
  const claims = sumClaims(question, sumSecrets(encrypted), sum);
  return proveOneOf(claims, sum - question.min, secrets, (commitments) =>
    intervalChallenge(context, text.alpha, text.beta, commitments));
}

/** Section "Proofs of possibly-blank votes". */
function proveBlankOrSum(
  question: HomomorphicQuestion, encrypted: readonly Choice[], context: string,
  secrets: OneTimeSecrets,
): Pick<AnswerText, 'overall_proof' | 'blank_proof'> {
  const [first, ...others] = encrypted;
  if (first === undefined) throw new RangeError('a blank-enabled answer has choices');
  const r = sumSecrets(others);
  const sum = total(others.map(({ mark }) => mark));
  const notBlank = { r: first.r, excess: first.mark };
  const overall = proveOneOf(
    [{ r: first.r, excess: first.mark - 1 }, ...sumClaims(question, r, sum)],
    first.mark === 1 ? 0 : 1 + sum - question.min,
    secrets,
    (commitments) => blankOverallChallenge(context, commitments),
  );
  const blank = proveOneOf(
    [notBlank, { r, excess: sum }], first.mark, secrets,
    (commitments) => blankChallenge(context, commitments),
  );
  return {
    overall_proof: overall.map(proofText),
    blank_proof: blank.map(proofText),
  };
}

/** Parse an answer at full depth; `decode` says how far points are checked. */
export function readAnswer(
  value: unknown, question: HomomorphicQuestion, decode: (text: unknown) => Point,
): Answer {
  const check = 'ballot.encoding';
  const fields = readFields(
    value, ['choices', 'individual_proofs', 'overall_proof', 'blank_proof?'], check,
  );
  // First, so that a ballot made as if there were no blank vote is named as such:
  // stock tools take it and then cannot count at all.
  const blankProof = readBlankProof(fields, question);
  const n = choices(question);
  const texts = readList(fields['choices'], check, n);
  const ways = sums(question) + (question.blank ? 1 : 0);
  return {
    choices: texts.map((text) => readCiphertext(text, decode)),
    texts: texts as CiphertextText[],
    individualProofs: readList(fields['individual_proofs'], check, n)
      .map((proofs) => readProofs(proofs, 2, 'ballot.individual_proof')),
    overallProof: readProofs(fields['overall_proof'], ways, 'ballot.overall_proof'),
    blankProof,
  };
}

/** The blank proof must be there exactly if the question offers a blank vote. */
function readBlankProof(fields: Fields, { blank }: HomomorphicQuestion): Proof[] {
  const given = 'blank_proof' in fields ? fields['blank_proof'] : [];
  return readProofs(given, blank ? 2 : 0, 'ballot.blank_proof');
}

/** Check every proof of an answer. */
export function checkAnswer(
  answer: Answer, question: HomomorphicQuestion, publicKey: Point, context: string,
): void {
  answer.choices.forEach((ciphertext, index) => {
    const text = answer.texts[index] ?? { alpha: '', beta: '' };
    checkOneOf(
      [{ ciphertext, value: 0 }, { ciphertext, value: 1 }],
      answer.individualProofs[index] ?? [], publicKey,
      (commitments) => intervalChallenge(context, text.alpha, text.beta, commitments),
      'ballot.individual_proof',
    );
  });
  const whole = choicesContext(context, spell(answer.texts));
  if (question.blank) checkBlankOrSum(answer, question, publicKey, whole);
  else checkSum(answer, question, publicKey, whole);
}

function sumStatements(
  { min, max }: HomomorphicQuestion, ciphertext: Ciphertext,
): Statement[] {
  return Array.from(
    { length: max - min + 1 }, (_, j) => ({ ciphertext, value: min + j }),
  );
}

function checkSum(
  answer: Answer, question: HomomorphicQuestion, publicKey: Point, context: string,
): void {
  const all = sumCiphertexts(answer.choices);
  const [text = { alpha: '', beta: '' }] = ciphertextTexts([all]);
  checkOneOf(
    sumStatements(question, all), answer.overallProof, publicKey,
    (commitments) => intervalChallenge(context, text.alpha, text.beta, commitments),
    'ballot.overall_proof',
  );
}

function checkBlankOrSum(
  answer: Answer, question: HomomorphicQuestion, publicKey: Point, context: string,
): void {
  const [first, ...others] = answer.choices;
  if (first === undefined) throw new RangeError('a blank-enabled answer has choices');
  const all = sumCiphertexts(others);
  checkOneOf(
    [{ ciphertext: first, value: 0 }, { ciphertext: all, value: 0 }],
    answer.blankProof, publicKey,
    (commitments) => blankChallenge(context, commitments), 'ballot.blank_proof',
  );
  checkOneOf(
    [{ ciphertext: first, value: 1 }, ...sumStatements(question, all)],
    answer.overallProof, publicKey,
    (commitments) => blankOverallChallenge(context, commitments),
    'ballot.overall_proof',
  );
}
