/** Who holds the key of an election (spec: Trustees, Verification keys). */

import { readJson, readList, toJson } from './encoding.ts';
import { EncodingError } from './errors.ts';
import {
  encodePoint, type Point, powerOfGenerator, product, type Scalar,
} from './group.ts';
import { checkKeyProof, makeKeyProof, proofText } from './proofs.ts';
import {
  checkThresholdParameters, readTrusteePublicKey, type TrusteePublicKey,
} from './threshold.ts';

export interface Trustee {
  /** From 1, over the whole list of trustees. */
  readonly owner: number;
  readonly publicKey: string;
  readonly kind: 'single' | 'pedersen';
}

/** An item of the list: any `threshold` of its owners decrypt for all of them. */
export interface Group {
  readonly kind: Trustee['kind'];
  readonly threshold: number;
  /** In the order of their places, which count from 1. */
  readonly owners: readonly number[];
}

export interface Trustees {
  readonly trustees: readonly Trustee[];
  readonly groups: readonly Group[];
  /** The key of an election with these trustees (hex). */
  readonly publicKey: string;
}

interface Item {
  readonly kind: Trustee['kind'];
  readonly threshold: number;
  readonly key: Point;
  readonly members: readonly TrusteePublicKey[];
}

/** The public key of a Single trustee, with its proof; JSON text. */
export function makeTrusteeKey(secret: Scalar): string {
  return toJson({
    pok: proofText(makeKeyProof(secret)),
    public_key: encodePoint(powerOfGenerator(secret)),
  });
}

/** Read a list of trustees and check every proof in it. */
export function readTrustees(text: string): Trustees {
  const items = readList(readJson(text, 'trustees'), 'trustees').map(readItem);
  const key = product(items.map((item) => item.key));
  if (key.is0()) throw new EncodingError('trustees', 'the trustees have no common key');
  const trustees = items
    .flatMap(({ kind, members }) => members.map((member) => ({ kind, member })))
    .map(({ kind, member }, at) => ({ owner: at + 1, publicKey: member.text, kind }));
  return { trustees, groups: groupsOf(items), publicKey: encodePoint(key) };
}

function groupsOf(items: readonly Item[]): Group[] {
  let before = 0;
  return items.map(({ kind, threshold, members }) => {
    const owners = members.map((_, at) => before + at + 1);
    before += members.length;
    return { kind, threshold, owners };
  });
}

function readItem(value: unknown): Item {
  const [kind, content] = readList(value, 'trustees', 2);
  if (kind === 'Single') {
    const member = readTrusteePublicKey(content);
    checkKeyProof(member.key, member.pok);
    return { kind: 'single', threshold: 1, key: member.key, members: [member] };
  }
  if (kind !== 'Pedersen') {
    throw new EncodingError('trustees', 'unknown kind of trustee');
  }
  return { kind: 'pedersen', ...checkThresholdParameters(content) };
}
