/** A finished board counted once more, and what a dishonest committee could make of it. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { fileHash } from '../../crypto/ts/archive.ts';
import { checkResult, countAgain, type Recount } from '../../crypto/ts/audit_count.ts';
import { readArchive, readArchiveSlowly } from '../../crypto/ts/board.ts';
import { sha256Hex } from '../../crypto/ts/encoding.ts';
import { ProtocolError } from '../../crypto/ts/errors.ts';
import { decodePointOrIdentity } from '../../crypto/ts/group.ts';
import { SmallLogarithm } from '../../crypto/ts/logarithm.ts';
import { RunningTally } from '../../crypto/ts/running_tally.ts';
import { lagrange } from '../../crypto/ts/tally.ts';
import { chain, type Step, steps, write } from './forge.ts';
import { vectors } from './vectors.ts';

interface Ceremony {
  readonly archive: string;
  readonly result: string;
}

interface Counting {
  readonly lagrange: readonly {
    readonly places: readonly number[]; readonly place: number; readonly coefficient: string;
  }[];
  readonly logarithms: readonly {
    readonly bound: number; readonly exponent: number; readonly point: string;
  }[];
  readonly too_large: { readonly bound: number; readonly point: string };
}

const bytes = Buffer.from(vectors<Ceremony>('ceremony').archive, 'base64');
const honest = JSON.parse(vectors<Ceremony>('ceremony').result) as { result: number[][] };
const known = vectors<Counting>('counting');

async function count(file: Uint8Array): Promise<Recount> {
  const archive = await readArchiveSlowly(file);
  const tally = new RunningTally();
  await tally.follow(archive);
  const counted = await countAgain(archive, tally.aggregate());
  checkResult(archive, counted);
  return counted;
}

const refusal = (check: string) => (error: unknown) =>
  error instanceof ProtocolError && error.check === check;

test('the shares say what the result says', async () => {
  const seen: number[] = [];
  const archive = readArchive(bytes);
  const tally = new RunningTally();
  await tally.follow(archive);
  const counted = await countAgain(archive, tally.aggregate(), ({ done, total }) => {
    assert.equal(total, 4 * 6); // three shares and the result, of six answers
    seen.push(done);
  });
  checkResult(archive, counted);
  assert.deepEqual(counted, {
    ballots: 2, result: honest.result, head: archive.head, owners: [1, 2, 4],
  });
  assert.deepEqual(seen, Array.from({ length: 24 }, (_, at) => at + 1));
});

describe('what was tampered with is refused', () => {
  type Forge = (list: Step[]) => Step[];
  const ofKind = (type: string, change: (data: string[]) => string[]): Forge => {
    let first = true;
    return (list) => list.map((step) => {
      if (step.type !== type || !first) return step;
      first = false;
      return { ...step, data: change([...step.data]) };
    });
  };
  const share = (change: (tree: Tree) => void): Forge =>
    ofKind('PartialDecryption', ([text = '', owned = '']) => {
      const tree = JSON.parse(text) as Tree;
      change(tree);
      const { owner } = JSON.parse(owned) as { owner: number };
      const payload = JSON.stringify(tree);
      return [payload, JSON.stringify({ owner, payload: sha256Hex(payload) })];
    });
  const owner = (name: number): Forge =>
    ofKind('PartialDecryption', ([text = '']) =>
      [text, JSON.stringify({ owner: name, payload: sha256Hex(text) })]);
  interface Tree {
    decryption_factors: string[][];
    decryption_proofs: { challenge: string; response: string }[][];
  }

  const FORGERIES: Record<string, [Forge, string]> = {
    'a wrong share': [share(({ decryption_factors: [row] }) => row?.reverse()), 'decryption.proof'],
    'a wrong proof': [
      share(({ decryption_proofs: [row = []] }) => {
        const [proof] = row;
        if (proof !== undefined) proof.response = '1';
      }),
      'decryption.proof',
    ],
    'a share that opens nothing': [
      share(({ decryption_factors: [row = []] }) => { row[0] = `${'0'.repeat(63)}1`; }),
      'partial_decryption',
    ],
    'a share with an answer too few': [
      share(({ decryption_factors: [row] }) => row?.pop()), 'partial_decryption',
    ],
    'a share in the name of somebody else': [owner(3), 'decryption.proof'],
    'a share of nobody': [owner(5), 'decryption.owner'],
    'a share left out': [
      (list) => list.filter((_, at) =>
        at !== list.findIndex(({ type }) => type === 'PartialDecryption')),
      'decryption.missing',
    ],
    'a changed result': [
      ofKind('Result', ([text = '']) => [text.replace('[1,1]', '[2,0]')]), 'result.differs',
    ],
    'a ballot left out': [
      (list) => list.filter((_, at) => at !== list.findIndex(({ type }) => type === 'Ballot')),
      'tally.encrypted',
    ],
    'no result': [(list) => list.slice(0, -1), 'result.absent'],
    'nothing behind the end': [
      (list) => list.slice(0, list.findIndex(({ type }) => type === 'EndBallots') + 1),
      'tally.absent',
    ],
  };
  for (const [name, [forge, check]] of Object.entries(FORGERIES)) {
    test(name, async () => {
      const forged = forge(steps(bytes));
      assert.notDeepEqual(forged, steps(bytes));
      await assert.rejects(count(write(chain(forged))), refusal(check));
    });
  }
});

test('a file that is cut off is refused in slices too', async () => {
  await assert.rejects(readArchiveSlowly(bytes.subarray(0, -512)), refusal('archive'));
});

test('a large file has the same hash in slices', async () => {
  const large = new Uint8Array(700_001).map((_, at) => at % 251);
  assert.equal(await fileHash(large), sha256Hex(large));
  assert.equal(await fileHash(new Uint8Array()), sha256Hex(''));
});

test('Lagrange coefficients are those of the other half', () => {
  for (const { places, place, coefficient } of known.lagrange) {
    assert.equal(lagrange(places, place), BigInt(coefficient));
  }
});

test('small logarithms are found up to their bound', () => {
  for (const { bound, exponent, point } of known.logarithms) {
    assert.equal(new SmallLogarithm(bound).find(decodePointOrIdentity(point)), exponent);
    assert.equal(new SmallLogarithm(bound, 180).find(decodePointOrIdentity(point)), exponent);
  }
  const { bound, point } = known.too_large;
  for (const uses of [1, 180]) {
    const small = new SmallLogarithm(bound, uses);
    assert.throws(() => small.find(decodePointOrIdentity(point)), refusal('result.sum'));
  }
  assert.throws(() => new SmallLogarithm(-1), TypeError);
});
