/** The tablet's own state: one delegate at a time, whatever the server says meanwhile. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Booth } from '../../kiosk/booth/booth.ts';
import { fillGroups, isComplete, readCard, strangers } from '../../kiosk/booth/card.ts';
import {
  type Draft, emptyDraft, isBlank, missing, toggle, unmarked,
} from '../../kiosk/booth/draft.ts';
import { idleness } from '../../kiosk/booth/idle_clock.ts';
import {
  isRemoval, type Paper, partsOf, questionsIn, questionsOf, type Question, readPaper,
} from '../../kiosk/booth/paper.ts';
import type { BoothApi } from '../../kiosk/booth/sending.ts';
import type { Listed } from '../../kiosk/booth/state.ts';
import {
  answerKey, factsOf, headingOf, nameOf, placeOf, sectionName, selectKey,
} from '../../kiosk/booth/wording.ts';
import { useTexts } from '../../web/ts/i18n.ts';
import { makeBallot, publicCredential, readElection } from '../../crypto/ts/index.ts';

const UUID = 'Ab1Cd2Ef3Gh4Jk';
const CARD = 'AAAAA-BBBBBB-CCCCC-DDDDDD';
const nominees = ['An', 'Bình', 'Cẩm'].map((name) => ({ id: name, name }));
const PAPER: Paper = {
  version: 1, title: 'Phiếu mẫu', office: 'Sở mẫu', step_name: 'Bước 3',
  sections: [
    { title: 'Danh sách', style: 'agree-disagree', nominees },
    { title: 'Chọn hai', style: 'select', nominees, maximum: 2 },
    { title: 'Thông qua', style: 'motion' },
  ],
};

function electionText(paper: Paper): string {
  const list = (question: Question): string[] =>
    Array.from({ length: question.answers }, (_, index) => `${index}`);
  return JSON.stringify({
    version: 1, description: JSON.stringify(paper), name: paper.title, group: 'Ed25519',
    // The generator: a public key whose private key everybody knows.
    public_key: '6666666666666666666666666666666666666666666666666666666666666658',
    questions: questionsOf(paper).map((question) => ({
      answers: list(question), min: question.style === 'motion' ? 1 : 0,
      max: question.maximum, question: 'Câu hỏi',
    })),
    uuid: UUID,
  });
}

/** A ballot box that answers what the test tells it to, and notes what it was sent. */
class Box implements BoothApi {
  readonly text: string;
  readonly sent: string[] = [];
  listed: Listed[];
  status = 'unused';
  /** What happens to the next ballots; an empty list means they are recorded. */
  answers: (Error & { status?: number; code?: string })[] = [];
  asked: string[] = [];

  constructor(paper: Paper) {
    this.text = electionText(paper);
    const { fingerprint } = readElection(this.text);
    this.listed = [{ uuid: UUID, state: 'open', title: paper.title, demo: false, fingerprint }];
  }

  async pair(): Promise<void> { /* paired */ }
  async elections(): Promise<readonly Listed[]> { return this.listed; }
  async checkCard(_uuid: string, credential: string): Promise<string> {
    this.asked.push(credential);
    return this.status;
  }
  async electionText(): Promise<string> { return this.text; }
  async cast(_uuid: string, ballot: string): Promise<string> {
    this.sent.push(ballot);
    const failure = this.answers.shift();
    if (failure) throw failure;
    return 'tracker';
  }
  async heartbeat(): Promise<void> { /* heard */ }
}

class Maker {
  onProgress: undefined;
  wiped = 0;
  made: Draft | undefined;
  readonly #text: string;
  constructor(text: string) { this.#text = text; }
  async prepare(): Promise<void> { /* nothing to draw ahead */ }
  async make(marks: Draft, credential: string): Promise<{ ballot: string; tracker: string }> {
    this.made = marks;
    return makeBallot(this.#text, credential, marks);
  }
  wipe(): void { this.wiped += 1; }
}

interface Scene {
  readonly booth: Booth;
  readonly box: Box;
  readonly maker: Maker;
  readonly waits: number[];
}

async function scene(paper = PAPER): Promise<Scene> {
  const box = new Box(paper);
  const maker = new Maker(box.text);
  const waits: number[] = [];
  const wait = async (milliseconds: number): Promise<void> => { waits.push(milliseconds); };
  const booth = new Booth({ api: box, maker, wait });
  await booth.look();
  return { booth, box, maker, waits };
}

async function marking(paper = PAPER): Promise<Scene> {
  const all = await scene(paper);
  await all.booth.present(`PK1:${UUID}:${CARD}`);
  assert.equal(all.booth.state.screen, 'marking');
  return all;
}

function failure(status: number, code: string): Error & { status: number; code: string } {
  return Object.assign(new Error(code), { status, code });
}

const all = questionsOf(PAPER);
const motion = all[4] as Question;
const selection = all[3] as Question;

test('the paper has its questions in the order of the ballot', () => {
  assert.deepEqual(all.map((question) => question.answers), [2, 2, 2, 3, 3]);
  assert.deepEqual(questionsIn(PAPER, 1).map((question) => question.index), [3]);
});

test('a second touch takes the mark away, the other answer replaces it', () => {
  const first = all[0] as Question;
  const once = toggle(emptyDraft(PAPER), first, 0);
  assert.deepEqual(once[0], [1, 0]);
  assert.deepEqual(toggle(once, first, 1)[0], [0, 1]);
  assert.deepEqual(toggle(once, first, 0)[0], [0, 0]);
});

test('a full selection stays as it is until a mark is taken away', () => {
  const full = toggle(toggle(emptyDraft(PAPER), selection, 0), selection, 1);
  assert.equal(toggle(full, selection, 2), full);
  assert.deepEqual(toggle(toggle(full, selection, 0), selection, 2)[3], [0, 1, 1]);
});

test('unmarked questions are named, and only a motion has to be marked', () => {
  const draft = emptyDraft(PAPER);
  assert.equal(unmarked(PAPER, draft).length, 5);
  assert.deepEqual(missing(PAPER, draft), [motion]);
  assert.ok(isBlank(draft));
});

test('a card is read from its QR and from its typed code, however it is spaced', () => {
  assert.deepEqual(readCard(`PK1:${UUID}:${CARD}`), { uuid: UUID, credential: CARD });
  assert.deepEqual(readCard(` ${CARD.replaceAll('-', ' ')} `), { credential: CARD });
  for (const bad of ['', 'PK1::', CARD.slice(1), CARD.replace('A', '0'), `PK2:${UUID}:${CARD}`]) {
    assert.throws(() => readCard(bad), Error, bad);
  }
});

test('typed letters flow over the groups, and letters that no card has are named', () => {
  const empty = ['', '', '', ''];
  assert.deepEqual(fillGroups(empty, 0, CARD), ['AAAAA', 'BBBBBB', 'CCCCC', 'DDDDDD']);
  assert.deepEqual(fillGroups(empty, 1, 'BBBBBBC'), ['', 'BBBBBB', 'C', '']);
  assert.ok(isComplete(CARD.split('-')));
  assert.ok(!isComplete(CARD.replace('A', 'O').split('-')));
  assert.deepEqual(strangers('1O l0I-x'), ['O', 'l', '0', 'I']);
});

test('pushes while marking change nothing, whatever they say', async () => {
  const { booth, box } = await marking();
  booth.mark(all[0] as Question, 0);
  const before = booth.state;
  const open = box.listed;
  const news: (() => void)[] = [
    () => { box.listed = []; },
    () => { box.listed = open.map((one) => ({ ...one, state: 'closed' as const })); },
    () => { box.listed = open.map((one) => ({ ...one, fingerprint: 'another' })); },
    () => { box.elections = () => Promise.reject(failure(403, 'login_needed')); },
    () => { box.elections = () => Promise.reject(failure(0, 'unreachable')); },
  ];
  for (let push = 0; push < 100; push += 1) {
    news[(push * push + push) % news.length]?.();
    news[push % news.length]?.();
    await booth.look();
    assert.equal(booth.state, before);
  }
});

test('a cast ballot carries exactly the marks; card and marks are gone before it is sent',
  async () => {
    const { booth, box, maker } = await marking();
    booth.mark(all[1] as Question, 1);
    booth.mark(motion, 2);
    booth.review();
    const whileSending: unknown[] = [];
    const { cast } = box;
    box.cast = async (uuid, ballot) => {
      whileSending.push(Object.keys(booth.state).sort(), maker.wiped);
      return await cast.call(box, uuid, ballot);
    };
    await booth.cast();

    assert.deepEqual(booth.state, { screen: 'done', tracker: 'tracker' });
    assert.deepEqual(maker.made, [[0, 0], [0, 1], [0, 0], [0, 0, 0], [0, 0, 1]]);
    assert.deepEqual(whileSending, [['done', 'screen', 'total', 'waiting'], 1]);
    assert.equal(JSON.parse(box.sent[0] ?? '{}').credential, publicCredential(UUID, CARD));
  });

test('while the network is away the same ballot is sent until it is answered', async () => {
  const { booth, box, waits } = await marking();
  const shown: boolean[] = [];
  booth.mark(motion, 0);
  booth.review();
  box.answers = [failure(0, 'unreachable'), failure(502, 'x'), failure(429, 'too_often')];
  booth.onChange = () => {
    if (booth.state.screen === 'casting') shown.push(booth.state.waiting);
  };
  await booth.cast();

  assert.equal(booth.state.screen, 'done');
  assert.equal(box.sent.length, 4);
  assert.equal(new Set(box.sent).size, 1);
  assert.equal(waits.length, 3);
  assert.ok(shown.includes(true));
});

test('a refusal is shown and the delegate is forgotten', async () => {
  const { booth, box, maker } = await marking();
  booth.mark(motion, 0);
  booth.review();
  box.answers = [failure(409, 'not_open')];
  await booth.cast();

  assert.deepEqual(booth.state, { screen: 'stopped', code: 'not_open' });
  assert.ok(maker.wiped > 0);
  booth.leave();
  assert.equal(booth.state.screen, 'idle');
});

test('a motion without an answer cannot be cast', async () => {
  const { booth, box } = await marking();
  booth.review();
  await booth.cast();

  assert.equal(booth.state.screen, 'review');
  assert.equal(box.sent.length, 0);
});

test('a line can be changed from the review, and the way leads straight back', async () => {
  const { booth } = await marking();
  booth.review();
  booth.change(selection);
  assert.deepEqual(
    { ...booth.state, ballot: undefined },
    { screen: 'marking', ballot: undefined, section: 1, focus: 3, returning: true },
  );
  booth.review();
  assert.equal(booth.state.screen, 'review');
});

for (const status of ['cast', 'voided', 'unknown']) {
  test(`a card that is ${status} opens no ballot`, async () => {
    const { booth, box } = await scene();
    box.status = status;
    await booth.present(CARD);

    assert.deepEqual(booth.state, { screen: 'scan', busy: false, fault: `card_${status}` });
    assert.deepEqual(box.asked, [publicCredential(UUID, CARD)]);
  });
}

test('a paper that is not the sealed one opens no ballot', async () => {
  const { booth, box } = await scene();
  box.listed = box.listed.map((one) => ({ ...one, fingerprint: 'another' }));
  await booth.present(CARD);

  assert.deepEqual(booth.state, { screen: 'scan', busy: false, fault: 'wrong_paper' });
});

test('what is no card, or a card of another vote, says so', async () => {
  const { booth } = await scene();
  await booth.present('https://example.org');
  assert.deepEqual(booth.state, { screen: 'scan', busy: false, fault: 'not_a_card' });
  await booth.present(`PK1:${'z'.repeat(14)}:${CARD}`);
  assert.deepEqual(booth.state, { screen: 'scan', busy: false, fault: 'other_election' });
});

test('a card answered after the delegate left opens nothing for the next one', async () => {
  const { booth, box } = await scene();
  let answer: (status: string) => void = () => undefined;
  box.checkCard = () => new Promise((resolve) => { answer = resolve; });
  booth.begin();
  const presented = booth.present(CARD);
  await new Promise((resolve) => setTimeout(resolve, 0));
  booth.leave();
  answer('unused');
  await presented;

  assert.equal(booth.state.screen, 'idle');
});

test('a tablet that was revoked says so as soon as it is free', async () => {
  const { booth, box } = await scene();
  box.elections = () => Promise.reject(failure(403, 'login_needed'));
  await booth.look();

  assert.deepEqual(booth.state, { screen: 'unpaired', busy: false });
});

test('five minutes of stillness warn, 45 seconds more end the session', () => {
  assert.deepEqual(idleness(299_000, true), { kind: 'active' });
  assert.deepEqual(idleness(300_000, true), { kind: 'warned', secondsLeft: 45 });
  assert.deepEqual(idleness(345_000, true), { kind: 'over' });
  assert.deepEqual(idleness(59_000, false), { kind: 'active' });
  assert.deepEqual(idleness(60_000, false), { kind: 'over' });
});

const PART_ONE = 'Giới thiệu quy hoạch nhiệm kỳ 2025–2030';
const PART_TWO = 'Rà soát quy hoạch hằng năm';
/** The same position in two ballots: once to introduce, once to remove. */
const TWO_PARTS: Paper = {
  ...PAPER,
  sections: [
    { title: 'Phó Giám đốc', style: 'agree-disagree', nominees, part: PART_ONE, term: '2025–2030' },
    { title: 'Giám đốc', style: 'select', nominees, maximum: 1, part: PART_ONE, term: '2026–2031' },
    {
      title: 'Phó Giám đốc', style: 'agree-disagree', nominees, part: PART_TWO,
      term: '2021–2026', purpose: 'remove',
    },
  ],
};
const WORDS = {
  'booth.remove.title': 'Đưa ra khỏi quy hoạch', 'booth.motion.title': 'Biểu quyết',
  'booth.term': 'Nhiệm kỳ %(term)s', 'booth.select_rule': 'Được chọn tối đa %(maximum)s người',
  'booth.part': 'Phần %(number)s/%(count)s', 'booth.line': '%(number)s. %(name)s',
};

test('sections are grouped under the ballot they belong to, in order', () => {
  assert.deepEqual(partsOf(TWO_PARTS), [
    { title: PART_ONE, sections: [0, 1] }, { title: PART_TWO, sections: [2] },
  ]);
  assert.deepEqual(partsOf(PAPER), [{ title: '', sections: [0, 1, 2] }]);
});

test('a removal is named first, and agreeing to it has words of its own', () => {
  useTexts(WORDS, 'vi');
  const [introduced, chosen, removed] = TWO_PARTS.sections;
  assert.ok(introduced && chosen && removed);
  assert.deepEqual([introduced, chosen, removed].map(isRemoval), [false, false, true]);
  assert.equal(headingOf(introduced), 'Phó Giám đốc');
  assert.deepEqual(factsOf(TWO_PARTS, introduced), ['Nhiệm kỳ 2025–2030']);
  assert.deepEqual(
    factsOf(TWO_PARTS, chosen), ['Nhiệm kỳ 2026–2031', 'Được chọn tối đa 1 người'],
  );
  assert.equal(headingOf(removed), 'Đưa ra khỏi quy hoạch');
  assert.deepEqual(factsOf(TWO_PARTS, removed), ['Phó Giám đốc', 'Nhiệm kỳ 2021–2026']);
  assert.equal(answerKey(introduced, 'agree'), 'booth.agree');
  assert.equal(answerKey(removed, 'agree'), 'booth.remove.agree');
  assert.equal(answerKey(removed, 'disagree'), 'booth.disagree');
  assert.equal(selectKey(chosen, true), 'booth.selected');
  assert.equal(selectKey({ ...chosen, purpose: 'remove' }, true), 'booth.remove.selected');
});

test('an unmarked line of the same position says which section it is in', () => {
  useTexts(WORDS, 'vi');
  const questions = questionsOf(TWO_PARTS);
  const [first, last] = [questions[1], questions.at(-1)];
  assert.ok(first && last);
  assert.equal(nameOf(TWO_PARTS, first), '2. Bình');
  assert.equal(nameOf(TWO_PARTS, last), '3. Cẩm');
  assert.equal(sectionName(TWO_PARTS, first.section), 'Phó Giám đốc · Nhiệm kỳ 2025–2030');
  assert.equal(
    sectionName(TWO_PARTS, last.section),
    'Đưa ra khỏi quy hoạch · Phó Giám đốc · Nhiệm kỳ 2021–2026',
  );
  assert.equal(placeOf(TWO_PARTS, last.section), 'Phần 3/3');
  assert.equal(placeOf({ ...PAPER, sections: PAPER.sections.slice(0, 1) }, 0), '');
});

test('several ballots of a sitting are one ballot on one card', async () => {
  const { booth, box, maker } = await marking(TWO_PARTS);
  const questions = questionsOf(TWO_PARTS);
  const press = (index: number, answer: number): void => {
    booth.mark(questions[index] as Question, answer);
  };
  press(0, 0);
  booth.turnTo(1);
  press(3, 2);
  press(3, 0); // one too many: the first choice stays
  booth.turnTo(2);
  press(4, 1);
  press(6, 0);
  booth.review();
  await booth.cast();

  assert.equal(box.sent.length, 1);
  assert.deepEqual(
    maker.made, [[1, 0], [0, 0], [0, 0], [0, 0, 1], [0, 1], [0, 0], [1, 0]],
  );
});

test('a field of a later edition changes nothing; a purpose or style unknown opens nothing',
  async () => {
    const text = (changes: object): string => JSON.stringify({ ...TWO_PARTS, ...changes });
    const [section] = TWO_PARTS.sections;
    const later = readPaper(text({ colour: 'blue', sections: [{ ...section, hint: 'x' }] }));
    assert.equal(later.sections[0]?.title, 'Phó Giám đốc');
    const unknown: Record<string, object> = {
      version: { version: 2 },
      'no sections': { sections: [] },
      purpose: { sections: [{ ...section, purpose: 'promote' }] },
      style: { sections: [{ ...section, style: 'ranking' }] },
      'no nominees': { sections: [{ ...section, nominees: [] }] },
      'no maximum': { sections: [{ ...section, style: 'select' }] },
    };
    for (const [name, changes] of Object.entries(unknown)) {
      assert.throws(() => readPaper(text(changes)), TypeError, name);
    }

    const { booth } = await scene({ ...PAPER, version: 2 });
    await booth.present(`PK1:${UUID}:${CARD}`);
    assert.deepEqual(booth.state, { screen: 'scan', busy: false, fault: 'unknown_paper' });
  });
