/**
 * What a member's browser does with the key card. The seed comes in as an argument,
 * is used and is not kept here; nothing that leaves this file can open anything alone.
 */

import {
  type Archive, makeCertificate, makePartialDecryption, makePolynomial,
  makeStatementProofs, makeVoutput, privateKey, readElection, readKeyCard, readTrustees,
  RunningTally, unseal,
} from '../../crypto/ts/index.ts';
import * as service from './service.ts';
import type { BoxSums, CommitteeState, Sums } from './types.ts';

/** A refusal with the key of the sentence that explains it. */
export class CardError extends Error {
  readonly key: string;

  constructor(key: string) {
    super(key);
    this.name = 'CardError';
    this.key = key;
  }
}

/**
 * The seed on a scanned or typed key card, if it is this member's for this key.
 * `keyUuid` is the vote that the key was made for; votes after it may keep the key.
 */
export function seedOf(scanned: string, keyUuid: string, index: number): string {
  let card;
  try {
    card = readKeyCard(scanned);
  } catch {
    throw new CardError('tally.card.unreadable');
  }
  if (card.uuid !== undefined && card.uuid !== keyUuid) throw new CardError('tally.card.other_vote');
  if (card.index !== undefined && card.index !== index) {
    throw new CardError('tally.card.other_member');
  }
  return card.seed;
}

export async function sendCertificate(
  state: CommitteeState, index: number, seed: string,
): Promise<void> {
  const seat = { size: state.members.length, threshold: state.threshold, index };
  await service.sendText(state.uuid, 'certificate', makeCertificate(seed, seat));
}

export async function sendPolynomial(uuid: string, index: number, seed: string): Promise<void> {
  const certificates = await service.certificates(uuid);
  const text = ownCard(() => makePolynomial(seed, certificates, index));
  await service.sendText(uuid, 'polynomial', text);
}

export async function sendVoutput(uuid: string, index: number, seed: string): Promise<void> {
  const dealt = await service.vinput(uuid);
  const text = ownCard(() => makeVoutput(seed, dealt.certificates, dealt.vinput, index));
  await service.sendText(uuid, 'voutput', text);
}

/** Open the trial. It must be another vote than the real one, and say that it is a trial. */
export async function openTrial(uuid: string, index: number, seed: string): Promise<void> {
  const sums = await service.trialSums(uuid);
  const election = readElection(sums.election);
  if (election.uuid === uuid || election.description !== 'test') {
    throw new CardError('tally.trial.not_a_trial');
  }
  const mine = {
    fingerprint: election.fingerprint,
    encryptedTally: sums.encrypted_tally,
    privateKey: ownKey(sums, index, seed),
  };
  const share = makePartialDecryption(mine);
  await service.sendShare(uuid, 'test', share, makeStatementProofs(mine));
}

/** Open the box: only the sum that this browser computed from this vote's public board. */
export async function openBox(
  uuid: string, seed: string, archive: Archive, tally: RunningTally, sums: BoxSums,
): Promise<void> {
  const secret = ownKey(sums, sums.owner, seed);
  const { election, encryptedTally } = tally.aggregate();
  const same = archive.head === sums.head && encryptedTally === sums.encrypted_tally;
  if (election.uuid !== uuid || !same) {
    throw new CardError('tally.unseal.other_board');
  }
  const share = await unseal({
    archive, tally, seed, encryptedPrivateKey: sums.private_key, owner: sums.owner,
  });
  const statement = makeStatementProofs({
    fingerprint: election.fingerprint, encryptedTally, privateKey: secret,
  });
  await service.sendShare(uuid, 'partial-decryption', share, statement);
}

function ownKey(sums: Sums, index: number, seed: string): bigint {
  const trustee = readTrustees(sums.trustees).trustees.find(({ owner }) => owner === index);
  if (trustee === undefined) throw new CardError('tally.card.other_member');
  return ownCard(() => privateKey(seed, sums.private_key, trustee.publicKey));
}

/** Run a step that fails exactly if the card is not the one of this member's key. */
function ownCard<T>(step: () => T): T {
  try {
    return step();
  } catch {
    throw new CardError('tally.card.wrong');
  }
}
