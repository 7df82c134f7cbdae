/** Ballots made here are accepted by belenios-tool, and the other way round. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import {
  checkBallot, makeBallot, type Marks, tracker,
} from '../../crypto/ts/ballot.ts';
import { publicCredential } from '../../crypto/ts/credentials.ts';
import { readElection } from '../../crypto/ts/election.ts';
import { ProtocolError } from '../../crypto/ts/errors.ts';
import { needsTool, type OracleElection, oracleElection } from './oracle.ts';

const NOMINEE = ['Đồng ý', 'Không đồng ý'];
const QUESTIONS = [
  { answers: NOMINEE, min: 0, max: 1, question: 'Nguyễn Văn Thử' },
  { answers: ['A', 'B', 'C', 'D', 'E'], min: 0, max: 3, question: 'Chọn' },
  { answers: ['Tán thành', 'Không tán thành', 'Không có ý kiến'], min: 1, max: 1, question: 'Đề án' },
  { answers: ['A', 'B', 'C'], blank: true, min: 2, max: 3, question: 'Có phiếu trắng' },
  { answers: ['A', 'B'], blank: true, min: 0, max: 1, question: 'Không bắt buộc' },
];
const PAPERS: Record<string, Marks> = {
  'first choices': [[1, 0], [1, 0, 0, 0, 0], [1, 0, 0], [0, 1, 1, 0], [0, 1, 0]],
  'empty and blank': [[0, 0], [0, 0, 0, 0, 0], [0, 1, 0], [1, 0, 0, 0], [1, 0, 0]],
  'empty, not blank': [[0, 1], [0, 1, 1, 0, 1], [0, 0, 1], [0, 1, 1, 1], [0, 0, 0]],
};
const WRONG: Record<string, [Marks, string]> = {
  'two marks for a nominee': [[[1, 1], [0, 0, 0, 0, 0], [1, 0, 0], [1, 0, 0, 0], [1, 0, 0]], 'marks.sum'],
  'motion unanswered': [[[1, 0], [0, 0, 0, 0, 0], [0, 0, 0], [1, 0, 0, 0], [1, 0, 0]], 'marks.sum'],
  'blank and a choice': [[[1, 0], [0, 0, 0, 0, 0], [1, 0, 0], [1, 1, 0, 0], [1, 0, 0]], 'marks.sum'],
  'blank left out': [[[1, 0], [0, 0, 0, 0, 0], [1, 0, 0], [1, 1, 0], [1, 0, 0]], 'marks.count'],
  'a mark of two': [[[2, 0], [0, 0, 0, 0, 0], [1, 0, 0], [1, 0, 0, 0], [1, 0, 0]], 'marks.value'],
  'a question left out': [[[1, 0]], 'marks.count'],
};

describe('ballots', needsTool, () => {
  let oracle: OracleElection;
  before(() => { oracle = oracleElection(QUESTIONS); });
  after(() => oracle.bench.close());
  const card = () => oracle.credentials[0] ?? '';

  for (const [name, marks] of Object.entries(PAPERS)) {
    test(`belenios-tool accepts our ballot: ${name}`, () => {
      const made = makeBallot(oracle.text, card(), marks);
      oracle.bench.write('ours.json', made.ballot);
      oracle.bench.run(['election', 'verify-ballot', '--ballot', 'ours.json']);
      assert.equal(made.tracker, oracle.bench.run(['sha256-b64'], made.ballot).trim());
      checkBallot(made.ballot, readElection(oracle.text));
    });

    test(`we accept belenios-tool's ballot: ${name}`, () => {
      oracle.bench.write('choice.json', JSON.stringify(marks));
      oracle.bench.write('card.txt', card());
      const text = oracle.bench.run([
        'election', 'generate-ballot', '--privcred', 'card.txt', '--choice', 'choice.json',
      ]).trim();
      const ballot = checkBallot(text, readElection(oracle.text));
      assert.equal(ballot.credential, publicCredential('AbCdEfGhJkLmNp', card()));
    });
  }

  for (const [name, [marks, check]] of Object.entries(WRONG)) {
    test(`marks are refused: ${name}`, () => {
      assert.throws(
        () => makeBallot(oracle.text, card(), marks),
        (error) => error instanceof ProtocolError && error.check === check,
      );
    });
  }

  test('belenios-tool and we refuse a changed proof', () => {
    const marks = PAPERS['first choices'] ?? [];
    const { ballot } = makeBallot(oracle.text, card(), marks);
    const changed = JSON.parse(ballot);
    const proof = changed.answers[3].blank_proof[0];
    proof.response = proof.response === '1' ? '2' : '1';
    oracle.bench.write('changed.json', JSON.stringify(changed));
    assert.throws(() => oracle.bench.run(['election', 'verify-ballot', '--ballot', 'changed.json']));
    assert.throws(
      () => checkBallot(JSON.stringify(changed), readElection(oracle.text)),
      (error) => error instanceof ProtocolError && error.check === 'ballot.signature',
    );
  });

  test('a ballot without its blank proof is refused', () => {
    const { ballot } = makeBallot(oracle.text, card(), PAPERS['empty and blank'] ?? []);
    const changed = JSON.parse(ballot);
    delete changed.answers[3].blank_proof;
    assert.throws(
      () => checkBallot(JSON.stringify(changed), readElection(oracle.text)),
      (error) => error instanceof ProtocolError && error.check === 'ballot.blank_proof',
    );
  });

  test('two ballots of one card share no ciphertext and no tracker', () => {
    const marks = PAPERS['first choices'] ?? [];
    const [a, b] = [1, 2].map(() => makeBallot(oracle.text, card(), marks).ballot);
    const points = (text = ''): string[] => text.match(/[0-9a-f]{64}/g) ?? [];
    const shared = points(a).filter((point) => points(b).includes(point));
    assert.deepEqual(new Set(shared), new Set([publicCredential('AbCdEfGhJkLmNp', card())]));
    assert.notEqual(tracker(a ?? ''), tracker(b ?? ''));
  });
});
