/** What a key ceremony publishes, and its check (spec: Threshold parameters). */

import {
  readCount, readFields, readJson, readList, readText, toJson,
} from './encoding.ts';
import { EncodingError, ProofError } from './errors.ts';
import {
  decodePoint, encodePoint, GROUP, IDENTITY, multiply, ORDER, type Point, product,
  publicPower,
} from './group.ts';
import { checkTextSignature, readSignedMessage, type SignedMessage } from './pki.ts';
import { checkKeyProof, type Proof, readProof } from './proofs.ts';

/** Far above any committee; bounds the work of a check. */
const MAX_TRUSTEES = 1000;

/** Where a member sits in a ceremony. */
export interface Seat {
  readonly size: number;
  readonly threshold: number;
  /** From 1, within this group of trustees. */
  readonly index: number;
}

export interface CertificateKeys {
  readonly seat: Seat;
  readonly verification: Point;
  readonly encryption: string;
}

/** Checked certificates of all trustees of one group. */
export interface Ceremony {
  readonly threshold: number;
  readonly size: number;
  /** The certificates as parsed JSON, for the text that all sign. */
  readonly certificates: readonly unknown[];
  readonly keys: readonly CertificateKeys[];
}

export interface TrusteePublicKey {
  readonly key: Point;
  readonly text: string;
  readonly pok: Proof;
  readonly signature: Proof | undefined;
}

export function checkSeat({ size, threshold, index }: Seat): void {
  const whole = [size, threshold, index].every(Number.isSafeInteger);
  const possible = threshold >= 1 && threshold <= size && index >= 1 && index <= size;
  if (!whole || !possible || size > MAX_TRUSTEES) {
    throw new EncodingError('certificate.context', 'impossible numbers for a ceremony');
  }
}

/** Read a certificate and check that it signed itself. */
export function checkCertificate(value: unknown): CertificateKeys {
  const check = 'certificate';
  const { message, signature } = readSignedMessage(value);
  const fields = readFields(
    readJson(message, check), ['context', 'verification', 'encryption'], check,
  );
  const verification = decodePoint(fields['verification']);
  const encryption = readText(fields['encryption'], check);
  decodePoint(encryption);
  const seat = readContext(fields['context']);
  checkTextSignature(verification, message, signature);
  return { seat, verification, encryption };
}

function readContext(value: unknown): Seat {
  const check = 'certificate.context';
  const fields = readFields(value, ['group', 'size', 'threshold', 'index'], check);
  if (fields['group'] !== GROUP) throw new EncodingError(check, `not for ${GROUP}`);
  const seat = {
    size: readCount(fields['size'], check),
    threshold: readCount(fields['threshold'], check),
    index: readCount(fields['index'], check),
  };
  checkSeat(seat);
  return seat;
}

/** Check the certificates of all trustees, in order. */
export function checkCeremony(
  certificates: readonly unknown[], threshold: number,
): Ceremony {
  const size = certificates.length;
  const keys = certificates.map(checkCertificate);
  keys.forEach(({ seat }, at) => {
    if (seat.size !== size || seat.threshold !== threshold || seat.index !== at + 1) {
      throw new EncodingError(
        'certificate.context', `certificate ${at + 1} is for another ceremony or place`,
      );
    }
  });
  const verifications = new Set(keys.map(({ verification }) => encodePoint(verification)));
  const encryptions = new Set(keys.map(({ encryption }) => encryption));
  if (verifications.size !== size || encryptions.size !== size) {
    throw new EncodingError('certificate.distinct', 'two trustees have the same key');
  }
  return { threshold, size, certificates, keys };
}

/** What trustees sign to say that all saw the same certificates. */
export function certificatesText(
  { certificates }: Ceremony, coefexps: readonly string[],
): string {
  return `certs_sig|${toJson({ certs: certificates, coefexps })}`;
}

export function keysAt(ceremony: Ceremony, index: number): CertificateKeys {
  const keys = ceremony.keys[index - 1];
  if (keys === undefined) throw new RangeError('no such trustee in the ceremony');
  return keys;
}

/** Check a trustee's commitments, and that it saw the same certificates. */
export function checkCoefexps(
  ceremony: Ceremony, index: number, coefexps: SignedMessage, signature: Proof,
): Point[] {
  const { verification } = keysAt(ceremony, index);
  checkTextSignature(verification, coefexps.message, coefexps.signature);
  const fields = readFields(
    readJson(coefexps.message, 'coefexps'), ['coefexps'], 'coefexps',
  );
  const texts = readList(fields['coefexps'], 'coefexps', ceremony.threshold)
    .map((text) => readText(text, 'coefexps'));
  checkTextSignature(verification, certificatesText(ceremony, texts), signature);
  return texts.map(decodePoint);
}

/** g^f(at) from the commitments to f's coefficients. */
export function evaluateCommitments(points: readonly Point[], at: number): Point {
  return points.reduceRight(
    (result, point) => multiply(publicPower(result, BigInt(at) % ORDER), point), IDENTITY,
  );
}

/** Commitments to the sum of all polynomials; the first one is the group's key. */
export function jointCommitments(all: readonly (readonly Point[])[]): Point[] {
  return (all[0] ?? []).map((_, k) =>
    product(all.map((points) => points[k] ?? IDENTITY)));
}

export function readTrusteePublicKey(value: unknown): TrusteePublicKey {
  const fields = readFields(value, ['pok', 'public_key', 'signature?'], 'trustee');
  const text = readText(fields['public_key'], 'trustee');
  return {
    key: decodePoint(text),
    text,
    pok: readProof(fields['pok']),
    signature: fields['signature'] === undefined
      ? undefined : readProof(fields['signature']),
  };
}

/** Check a published threshold group completely; its key and its members' keys. */
export function checkThresholdParameters(
  value: unknown,
): {
  readonly key: Point;
  readonly threshold: number;
  readonly members: readonly TrusteePublicKey[];
} {
  const check = 'trustees.pedersen';
  const fields = readFields(
    value, ['threshold', 'certs', 'coefexps', 'signatures', 'verification_keys'], check,
  );
  const ceremony = checkCeremony(
    readList(fields['certs'], check), readCount(fields['threshold'], check),
  );
  const coefexps = readAllCoefexps(ceremony, fields['coefexps'], fields['signatures']);
  const joint = jointCommitments(coefexps);
  const members = readList(fields['verification_keys'], check, ceremony.size)
    .map(readTrusteePublicKey);
  members.forEach((member, at) => checkMember(ceremony, at + 1, joint, member));
  const [key] = joint;
  if (key === undefined) throw new EncodingError(check, 'a group without members');
  return { key, threshold: ceremony.threshold, members };
}

/** The commitments of all trustees, each checked. */
export function readAllCoefexps(
  ceremony: Ceremony, coefexps: unknown, signatures: unknown,
): Point[][] {
  const proofs = readList(signatures, 'signatures', ceremony.size).map(readProof);
  return readList(coefexps, 'coefexps', ceremony.size).map((value, at) => {
    const signature = proofs[at];
    if (signature === undefined) throw new RangeError('a signature per trustee');
    return checkCoefexps(ceremony, at + 1, readSignedMessage(value), signature);
  });
}

function checkMember(
  ceremony: Ceremony, index: number, joint: readonly Point[], member: TrusteePublicKey,
): void {
  if (member.signature === undefined) {
    throw new ProofError('trustee.signature', `the key of trustee ${index} is not signed`);
  }
  checkTextSignature(keysAt(ceremony, index).verification, member.text, member.signature);
  if (!member.key.equals(evaluateCommitments(joint, index))) {
    throw new ProofError(
      'trustee.key', `the key of trustee ${index} does not follow from the ceremony`,
    );
  }
  checkKeyProof(member.key, member.pok);
}
