/** What the committee's pages ask of the service and of the kiosk's public board. */

import { get, post } from '../../web/ts/api.ts';
import { type Archive, readArchiveSlowly } from '../../crypto/ts/index.ts';
import type {
  BoxSums, CommitteeState, JoinCode, Remark, Result, Summary, Sums,
} from './types.ts';

export interface Joined {
  readonly election: string;
  readonly index: number;
  readonly name: string;
}

const of = (uuid: string, rest = ''): string => `/api/elections/${uuid}${rest && `/${rest}`}`;

export function join(code: string): Promise<Joined> {
  return post('/api/join', { code });
}

export async function listCommittees(): Promise<readonly Summary[]> {
  return (await get<{ elections: Summary[] }>('/api/elections')).elections;
}

/** One vote as this browser may see it; what the page shows must be what it asked for. */
export async function committee(uuid: string): Promise<CommitteeState> {
  const state = await get<CommitteeState>(of(uuid));
  if (state.uuid !== uuid) throw new TypeError('the answer is about another vote');
  return state;
}

/** Codes for all who have not joined, or a new one for a single member. */
export async function joinCodes(uuid: string, index?: number): Promise<readonly JoinCode[]> {
  const wanted = index === undefined ? {} : { index };
  return (await post<{ codes: JoinCode[] }>(of(uuid, 'join-codes'), wanted)).codes;
}

export function restart(uuid: string): Promise<unknown> {
  return post(of(uuid, 'restart'));
}

export type CeremonyText = 'certificate' | 'polynomial' | 'voutput';

export function sendText(uuid: string, what: CeremonyText, text: string): Promise<unknown> {
  return post(of(uuid, what), { text });
}

/** A share of the decryption, with the proofs that do not go into the archive. */
export function sendShare(
  uuid: string, what: 'test' | 'partial-decryption', text: string, statement: string,
): Promise<unknown> {
  return post(of(uuid, what), { text, statement });
}

export async function certificates(uuid: string): Promise<readonly string[]> {
  return (await get<{ certificates: string[] }>(of(uuid, 'certificates'))).certificates;
}

export function vinput(
  uuid: string,
): Promise<{ readonly certificates: readonly string[]; readonly vinput: string }> {
  return get(of(uuid, 'vinput'));
}

export function trialSums(uuid: string): Promise<Sums> {
  return get(of(uuid, 'test'));
}

export function boxSums(uuid: string): Promise<BoxSums> {
  return get(of(uuid, 'unseal'));
}

export function reportZero(uuid: string): Promise<{ readonly ballots: number }> {
  return post(of(uuid, 'zero-report'));
}

export function confirm(uuid: string, accepted: boolean, note: string): Promise<unknown> {
  return post(of(uuid, 'confirm'), { accepted, note });
}

export function tellNumbers(uuid: string): Promise<unknown> {
  return post(of(uuid, 'tell-numbers'));
}

/** What this browser counted; says whether the service counted the same. */
export function sendOwnCount(uuid: string, counted: {
  readonly result: readonly (readonly number[])[];
  readonly ballots: number;
  readonly head: string;
}): Promise<{ readonly agrees: boolean }> {
  const { result: answers, ballots, head } = counted;
  return post(of(uuid, 'own-count'), { result: answers, ballots, head });
}

export type WrittenRemark = Pick<Remark, 'kind' | 'text' | 'handling'>;

/** A new remark, or what an old one should say from now on. */
export function sendRemark(
  uuid: string, written: WrittenRemark, number?: number,
): Promise<unknown> {
  const place = number === undefined ? 'remarks' : `remarks/${number}`;
  return post(of(uuid, place), written);
}

export function closeCount(uuid: string): Promise<unknown> {
  return post(of(uuid, 'close'));
}

export function result(uuid: string): Promise<Result> {
  return get(of(uuid, 'result'));
}

export function archivePath(uuid: string): string {
  return of(uuid, 'archive.bel');
}

/** The whole file of a counted vote, as the committee may take it home. */
export async function archiveBytes(uuid: string): Promise<Uint8Array> {
  const answer = await fetch(archivePath(uuid), { cache: 'no-store', redirect: 'error' });
  if (!answer.ok) throw new Error(`the archive answers ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** The kiosk's board as anybody reads it: form, hashes, chain and grammar checked. */
export async function publicBoard(kioskUrl: string, uuid: string): Promise<Archive> {
  const answer = await fetch(`${kioskUrl}/board/${uuid}.bel`, {
    cache: 'no-store', credentials: 'omit', mode: 'cors',
  });
  if (!answer.ok) throw new Error(`the board answers ${answer.status}`);
  return await readArchiveSlowly(new Uint8Array(await answer.arrayBuffer()));
}
