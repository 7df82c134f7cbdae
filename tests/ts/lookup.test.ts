/** What the public board answers to somebody who looks for a ballot. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerTo, askedFor, trackerIn } from '../../kiosk/booth/lookup.ts';

const CODE = 'q1W/e2R+t3Y4u5I6o7P8a9S0d1F2g3H4j5K6l7Z8x9C';

test('a code is what was typed or scanned without spaces', () => {
  assert.equal(trackerIn(` ${CODE.slice(0, 4)} ${CODE.slice(4)}\n`), CODE);
  assert.equal(trackerIn('  '), '');
});

test('only the whole code is a yes', () => {
  assert.equal(answerTo(CODE, [CODE], 'open').kind, 'yes');
  assert.equal(answerTo(CODE.slice(0, 8), [CODE], 'open').kind, 'more');
  assert.equal(answerTo(CODE.slice(0, 8), [CODE, `${CODE.slice(0, -1)}x`], 'open').word, 'board.answer.several');
  assert.equal(answerTo(CODE.toLowerCase(), [], 'open').kind, 'no');
});

test('too short a code is no answer at all', () => {
  const answer = answerTo('ab', [], 'open');
  assert.deepEqual([answer.kind, answer.word], ['more', 'board.answer.short']);
});

for (const kind of ['prepared', 'open', 'closed', 'finished', 'void']) {
  test(`a yes says what it means of a box that is ${kind}`, () => {
    assert.deepEqual(answerTo(CODE, [CODE], kind).says, [`board.means.${kind}`, 'board.answer.secret']);
  });
}

test('the box is asked for the beginning of a code, and this page finds the rest', () => {
  assert.equal(askedFor(CODE), CODE.slice(0, 4));
  const other = `${CODE.slice(0, 4)}${'z'.repeat(CODE.length - 4)}`;
  const said = answerTo(CODE, [other, CODE], 'open');
  assert.deepEqual([said.kind, said.trackers], ['yes', [CODE]]);
  assert.equal(answerTo(CODE, [other], 'open').kind, 'no');
});
