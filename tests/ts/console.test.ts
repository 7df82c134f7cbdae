/** The console's forms: what is typed where a document is silent, and what is sent. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseOf, choicesOf, shareOf, type Fields } from '../../admin/console/parts/choices.ts';
import { sentences, type Needed } from '../../admin/console/parts/needed.ts';
import { fold, matches } from '../../admin/console/parts/procedure_picker.ts';
import { useTexts } from '../../web/ts/i18n.ts';

type Typed = Readonly<Record<string, string | boolean>>;

/** Stand in for a form: texts, ticks, and the attributes of chosen options. */
function fields(typed: Typed, options: Readonly<Record<string, string>> = {}): Fields {
  return {
    text: (name) => typeof typed[name] === 'string' ? String(typed[name]) : '',
    ticked: (name) => typed[name] === true,
    option: (name, part) => options[`${name}.${part}`] ?? '',
  };
}

for (const [typed, share] of [
  ['2/3', '2/3'], [' 4 / 6 ', '2/3'], ['60%', '3/5'], ['62,5%', '5/8'], ['62.5 %', '5/8'],
  ['33,3%', '333/1000'], ['100%', '1/1'], ['1/1', '1/1'],
] as const) {
  test(`a share typed ${typed} is the exact fraction ${share}`, () => {
    assert.equal(shareOf(typed), share);
  });
}

for (const typed of ['', '0%', '0/3', '3/0', '3/2', '101%', '60', '33,33%', '-1/2', '1/3/5', 'quá nửa']) {
  test(`a share typed "${typed}" is none`, () => {
    assert.equal(shareOf(typed), '');
  });
}

test('only what the step leaves unstated is sent', () => {
  const all = fields({
    quorum: '2/3', held: true, secret: true, announced: 'no', rule: 'none', tie: 'Trưởng phòng',
  });
  assert.deepEqual(choicesOf([], all), {});
  assert.deepEqual(choicesOf(['quorum', 'announced'], all), { quorum: '2/3', announced: false });
  assert.deepEqual(choicesOf(['held', 'secret', 'rule', 'tie'], all), {
    held: true, secret: true, rule: 'none', tie: 'Trưởng phòng',
  });
});

test('what nobody chose is left out, so that the service asks for it', () => {
  const open = ['quorum', 'announced', 'rule', 'tie'];
  assert.deepEqual(choicesOf(open, fields({})), {});
});

test('an unticked confirmation is a refusal, never an assent', () => {
  const choices = choicesOf(['held', 'secret'], fields({}));
  assert.deepEqual(choices, { held: false, secret: false });
});

test('a threshold from the list brings its comparison and its base', () => {
  const listed = fields({ rule: '1/2' }, { 'rule.strict': 'yes', 'rule.base': 'summoned' });
  assert.deepEqual(choicesOf(['rule'], listed), {
    rule: { share: '1/2', strict: true, of: 'summoned' },
  });
});

test('another threshold and another quorum are typed in', () => {
  const typed = fields({
    rule: 'other', rule_share: '60%', rule_strict: 'no', rule_base: 'members',
    quorum: 'other', quorum_share: '3/4',
  });
  assert.deepEqual(choicesOf(['rule', 'quorum'], typed), {
    rule: { share: '3/5', strict: false, of: 'members' }, quorum: '3/4',
  });
  assert.equal(baseOf('', typed), 'members');
});

test('the number of members is asked for by a stated base or a chosen one', () => {
  assert.equal(baseOf('members', fields({})), 'members');
  assert.equal(baseOf('', fields({})), '');
  assert.equal(baseOf('', fields({ rule: 'none' })), '');
  const listed = fields({ rule: '1/2' }, { 'rule.base': 'members' });
  assert.equal(baseOf('', listed), 'members');
});

test('a procedure is found by words without diacritics, in any order', () => {
  const found = fold('Quy hoạch Lãnh đạo Cục nhiệm kỳ kế tiếp, nguồn tại chỗ');
  assert.equal(fold('  ĐƠN  Vị '), 'don vi');
  assert.ok(matches(found, 'cuc lanh dao'));
  assert.ok(matches(found, ''));
  assert.ok(!matches(found, 'phong'));
});

const TEXTS = {
  'rule.of_present': 'số người có mặt',
  'form.quorum_none': 'Không quy định',
  'needed.words': 'tính trên %(out_of)s: %(base)s',
  'needed.none': 'chỉ ghi nhận',
  'needed.quorum_met': 'đủ %(present)s/%(needed)s',
  'needed.quorum_missing': 'thiếu %(present)s/%(needed)s',
  'needed.passes': '%(agree)s đạt',
  'needed.fails': '%(agree)s không đạt, thiếu %(missing)s',
  'needed.out_of_reach': 'không ai đạt được',
};

/** DOMAIN.md A.7, 30 summoned and 20 present: 6 pass at 30 % of those present. */
const ANSWER: Needed = {
  quorum_needed: 20, quorum_met: true, base: 'present', out_of: 20, needed: 6,
  reachable: true, agree: null, passes: null, margin: null,
};

test('the calculator says what the service answered, and computes nothing', () => {
  useTexts(TEXTS, 'vi');
  assert.deepEqual(sentences(ANSWER, 20), {
    number: '6', words: 'tính trên 20: số người có mặt', quorum: 'đủ 20/20', verdict: '',
  });
  const below = { ...ANSWER, agree: 5, passes: false, margin: -1 };
  assert.equal(sentences(below, 20)['verdict'], '5 không đạt, thiếu 1');
  const exact = { ...ANSWER, agree: 6, passes: true, margin: 0 };
  assert.equal(sentences(exact, 20)['verdict'], '6 đạt');
});

test('the calculator says that a quorum is missing, not asked for, or out of reach', () => {
  useTexts(TEXTS, 'vi');
  const missing = { ...ANSWER, quorum_met: false };
  assert.equal(sentences(missing, 19)['quorum'], 'thiếu 19/20');
  assert.equal(sentences({ ...ANSWER, quorum_needed: 0 }, 3)['quorum'], 'Không quy định');
  assert.equal(sentences({ ...ANSWER, needed: 0 }, 20)['words'], 'chỉ ghi nhận');
  assert.equal(sentences({ ...ANSWER, reachable: false }, 20)['verdict'], 'không ai đạt được');
});
