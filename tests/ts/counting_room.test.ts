/** What the committee's page says of the counts, and what this browser counts itself. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { sha256Hex } from '../../crypto/ts/encoding.ts';
import { EncodingError, ProofError } from '../../crypto/ts/errors.ts';
import { RunningTally } from '../../crypto/ts/running_tally.ts';
import { agreementOf } from '../../tally/trustee/agreement.ts';
import { answersOf, NotTheSame, recount, whyOf } from '../../tally/trustee/recount.ts';
import type {
  CommitteeState, OutsideCount, Result, SectionResult, Style, Verdict,
} from '../../tally/trustee/types.ts';
import { vectors } from './vectors.ts';

function verdict(agree: number, disagree = 0, unmarked = 0): Verdict {
  return {
    nominee: 'n', name: 'Người được hỏi', agree, disagree, unmarked, needed: 1,
    base: 'present', out_of: 2, outcome: 'passed',
  };
}

function section(style: Style, verdicts: readonly Verdict[]): SectionResult {
  return {
    title: 'Chức danh', rule: { share: '1/2', strict: true, of: 'present' }, verdicts,
    term: '', style, purpose: 'introduce', part: '',
  };
}

function shown(sections: readonly SectionResult[], ballots = 2): Result {
  return { ballots, sections, archive: null, announced: false };
}

test('the shown votes are put as a result has them', () => {
  const sections = [
    section('agree-disagree', [verdict(3, 1, 0), verdict(2, 0, 2)]),
    section('select', [verdict(4), verdict(1), verdict(0)]),
    section('motion', [verdict(2, 1, 1)]),
  ];
  assert.deepEqual(answersOf({ sections }), [[3, 1], [2, 0], [4, 1, 0], [2, 1, 1]]);
});

describe('this browser counts', () => {
  interface Ceremony {
    readonly archive: string;
    readonly result: string;
    readonly election: string;
  }
  const vector = vectors<Ceremony>('ceremony');
  const { uuid } = JSON.parse(vector.election) as { uuid: string };
  const [[yes = 0, no = 0] = [], select = []] =
    (JSON.parse(vector.result) as { result: number[][] }).result;
  const bytes = new Uint8Array(Buffer.from(vector.archive, 'base64'));
  const honest = shown([
    section('agree-disagree', [verdict(yes, no)]),
    section('select', select.map((votes) => verdict(votes))),
  ]);
  const count = (job: Partial<Parameters<typeof recount>[0]>) => recount({
    uuid, bytes, tally: new RunningTally(), checkProofs: true, shown: honest,
    onStep: () => undefined, ...job,
  });

  test('what the service counted', async () => {
    const steps = new Set<string>();
    const counted = await count({ onStep: (step) => steps.add(step) });
    assert.deepEqual(counted.result, answersOf(honest));
    assert.equal(counted.fingerprint, sha256Hex(bytes));
    assert.deepEqual([...steps], ['ballots', 'shares']);
  });

  const LIES: Record<string, [Parameters<typeof count>[0], string]> = {
    'another vote': [{ uuid: 'KjXuhXMNuGJKCB' }, 'board'],
    'a page with other votes': [
      { shown: shown([section('agree-disagree', [verdict(yes + 1, no)]), ...honest.sections.slice(1)]) },
      'page',
    ],
    'a page with a ballot more': [{ shown: { ...honest, ballots: 3 } }, 'page'],
    'a page with a line less': [{ shown: shown(honest.sections.slice(1)) }, 'page'],
    'a damaged file': [{ bytes: bytes.map((byte, at) => (at === 5000 ? byte ^ 1 : byte)) }, 'board'],
  };
  for (const [name, [job, why]] of Object.entries(LIES)) {
    test(`nothing that is ${name}`, async () => {
      await assert.rejects(count(job), (error: unknown) => whyOf(error) === why);
    });
  }
});

test('a refusal is put down to a part of the count', () => {
  const whys = {
    'ballot.signature': 'ballots', 'tally.encrypted': 'ballots', 'decryption.proof': 'shares',
    partial_decryption: 'shares', 'result.differs': 'result', 'board.history': 'board',
    archive: 'board',
  };
  for (const [check, why] of Object.entries(whys)) {
    assert.equal(whyOf(new ProofError(check, '')), why);
    assert.equal(whyOf(new EncodingError(check, '')), why);
  }
  assert.equal(whyOf(new NotTheSame('service')), 'service');
  assert.equal(whyOf(new TypeError('still following')), 'board');
});

describe('the counts', () => {
  type Told = CommitteeState['members'][number]['own_count'];
  type Own = Parameters<typeof agreementOf>[1]['state'];
  const tool = (state: OutsideCount['state']): OutsideCount =>
    ({ state, version: '3.0', detail: '' });
  const counted = {
    result: shown([]) as Result | null, me: 1 as number | null, told: ['agrees', ''] as Told[],
    own: 'agrees' as Own, tool: null as OutsideCount | null, alarm: false,
  };
  const CASES: Record<string, [Partial<typeof counted>, string]> = {
    'two that agree': [{}, 'agree.two'],
    'three that agree': [{ tool: tool('agrees') }, 'agree.three'],
    "the leader's, of members who agree": [{ me: null, own: 'waiting' }, 'agree.two'],
    'nothing is open': [{ result: null, told: ['', ''], own: 'waiting' }, 'wait.unsealing'],
    'this browser is counting': [{ own: 'running' }, 'wait.own'],
    'this browser cannot read': [{ own: 'unreachable' }, 'wait.own'],
    'nobody has told': [{ told: ['', ''] }, 'wait.members'],
    'belenios-tool is counting': [{ tool: tool('running') }, 'wait.tool'],
    'belenios-tool broke down': [{ tool: tool('failed') }, 'wait.tool_failed'],
    'this browser differs': [{ own: 'differs' }, 'differ'],
    "somebody's browser differs": [{ told: ['agrees', 'differs'] }, 'differ'],
    'belenios-tool differs': [{ tool: tool('differs') }, 'differ'],
    'an alarm': [{ alarm: true, tool: tool('agrees') }, 'differ'],
    'a difference before the end': [{ result: null, own: 'differs' }, 'differ'],
  };
  for (const [name, [change, key]] of Object.entries(CASES)) {
    test(name, () => {
      const { told, own, alarm, ...state } = { ...counted, ...change };
      const members = told.map((own_count) => ({ own_count }));
      const mirror = { alarm: alarm ? { code: 'history', detail: '' } : null };
      const found = agreementOf(
        { ...state, members, mirror } as unknown as CommitteeState, { state: own },
      );
      assert.equal(found.key, `tally.verdict.${key}`);
      assert.equal(found.agreement, key.split('.')[0]);
    });
  }
});
