/**
 * The member's side of a key ceremony (spec: Pedersen protocol).
 *
 * A member holds nothing but a seed. What it makes are JSON texts to send to the
 * server; what the others sent it is checked before anything is made of it.
 */

import {
  assertText, readFields, readJson, readList, readText, toJson,
} from './encoding.ts';
import { EncodingError, ProofError } from './errors.ts';
import {
  decodeScalar, encodePoint, encodeScalar, GROUP, type Point, powerOfGenerator,
  randomScalar, reduce, type Scalar,
} from './group.ts';
import {
  keysOfSeed, receive, send, signMessage, signText, type TrusteeKeys,
} from './pki.ts';
import { makeKeyProof, proofText } from './proofs.ts';
import {
  certificatesText, checkCertificate, checkCeremony, type Ceremony, checkSeat,
  evaluateCommitments, keysAt, readAllCoefexps, type Seat,
} from './threshold.ts';

/** Step 1: our certificate. */
export function makeCertificate(seed: string, seat: Seat): string {
  checkSeat(seat);
  const { signing, verification, encryption } = keysOfSeed(seed);
  const { size, threshold, index } = seat;
  const context = { group: GROUP, size, threshold, index };
  return toJson(signMessage(signing, toJson({ context, verification, encryption })));
}

/** Refuse certificates that are not those of one group with this threshold. */
export function checkCertificates(
  certificates: readonly string[], threshold: number,
): void {
  readCeremony(certificates, threshold);
}

/** As checkCertificates; without a threshold, that of the first certificate counts. */
function readCeremony(certificates: readonly string[], threshold?: number): Ceremony {
  const values = certificates.map((text) => readJson(text, 'certificate'));
  if (values.length === 0) {
    throw new EncodingError('certificate', 'a ceremony needs certificates');
  }
  const asked = threshold ?? checkCertificate(values[0]).seat.threshold;
  return checkCeremony(values, asked);
}

/** Check all certificates and that ours, unchanged, is in place `index`. */
function joinCeremony(
  keys: TrusteeKeys, certificates: readonly string[], index: number,
): Ceremony {
  const ceremony = readCeremony(certificates);
  const ours = ceremony.keys[index - 1];
  if (
    ours === undefined
    || encodePoint(ours.verification) !== keys.verification
    || ours.encryption !== keys.encryption
  ) {
    throw new ProofError('certificate.own', 'our certificate is not in its place');
  }
  return ceremony;
}

function evaluate(coefficients: readonly Scalar[], at: number): Scalar {
  return coefficients.reduceRight((sum, a) => reduce(sum * BigInt(at) + a), 0n);
}

/** Step 3: draw a secret polynomial and share it out. */
export function makePolynomial(
  seed: string, certificates: readonly string[], index: number,
): string {
  const keys = keysOfSeed(seed);
  const ceremony = joinCeremony(keys, certificates, index);
  const coefficients = Array.from({ length: ceremony.threshold }, randomScalar);
  const coefexps = coefficients.map((a) => encodePoint(powerOfGenerator(a)));
  const raw = toJson({ polynomial: coefficients.map(encodeScalar) });
  return toJson({
    polynomial: send(keys, keys.encryption, raw),
    secrets: ceremony.keys.map(({ encryption }, at) => send(
      keys, encryption, toJson({ secret: encodeScalar(evaluate(coefficients, at + 1)) }),
    )),
    coefexps: signMessage(keys.signing, toJson({ coefexps })),
    signature: signText(keys.signing, certificatesText(ceremony, coefexps)),
  });
}

/** Step 5: check what all others did, and make our key. */
export function makeVoutput(
  seed: string, certificates: readonly string[], vinput: string, index: number,
): string {
  const keys = keysOfSeed(seed);
  const ceremony = joinCeremony(keys, certificates, index);
  const fields = readFields(
    readJson(vinput, 'vinput'), ['polynomial', 'secrets', 'coefexps', 'signatures'],
    'vinput',
  );
  const coefexps = readAllCoefexps(ceremony, fields['coefexps'], fields['signatures']);
  const own = readText(fields['polynomial'], 'vinput');
  checkOwnPolynomial(keys, ceremony, own, coefexps[index - 1] ?? []);
  const share = readList(fields['secrets'], 'vinput', ceremony.size)
    .map((sent, at) => receiveSecret(
      keys, ceremony, at + 1, readText(sent, 'vinput'),
      evaluateCommitments(coefexps[at] ?? [], index),
    ))
    .reduce((sum, secret) => reduce(sum + secret), 0n);
  return makeKey(keys, share);
}

function checkOwnPolynomial(
  keys: TrusteeKeys, ceremony: Ceremony, sent: string, published: readonly Point[],
): void {
  const own = ceremony.keys.find(({ encryption }) => encryption === keys.encryption);
  if (own === undefined) throw new RangeError('the ceremony was joined before');
  const text = receive(keys, own.verification, sent);
  const fields = readFields(readJson(text, 'polynomial'), ['polynomial'], 'polynomial');
  readList(fields['polynomial'], 'polynomial', ceremony.threshold).forEach((a, k) => {
    if (!published[k]?.equals(powerOfGenerator(decodeScalar(a)))) {
      throw new ProofError('vinput.polynomial', 'the published polynomial is not ours');
    }
  });
}

/** The value of a trustee's polynomial for us, as it committed to it. */
function receiveSecret(
  keys: TrusteeKeys, ceremony: Ceremony, sender: number, sent: string, expected: Point,
): Scalar {
  const text = receive(keys, keysAt(ceremony, sender).verification, sent);
  const fields = readFields(readJson(text, 'secret'), ['secret'], 'secret');
  const secret = decodeScalar(fields['secret']);
  if (!powerOfGenerator(secret).equals(expected)) {
    throw new ProofError('vinput.secret', `the secret from trustee ${sender} is wrong`);
  }
  return secret;
}

function makeKey(keys: TrusteeKeys, share: Scalar): string {
  const publicKey = encodePoint(powerOfGenerator(share));
  const secret = toJson({ decryption_key: encodeScalar(share) });
  return toJson({
    private_key: send(keys, keys.encryption, secret),
    public_key: {
      pok: proofText(makeKeyProof(share)),
      public_key: publicKey,
      signature: signText(keys.signing, publicKey),
    },
  });
}

/**
 * Our decryption key, from the seed and the `private_key` string of our voutput,
 * which the server keeps for us. `publicKey` (hex) is ours among the trustees.
 */
export function privateKey(
  seed: string, encryptedPrivateKey: string, publicKey: string,
): Scalar {
  assertText(encryptedPrivateKey, 'encryptedPrivateKey');
  assertText(publicKey, 'publicKey');
  const keys = keysOfSeed(seed);
  const text = receive(keys, powerOfGenerator(keys.signing), encryptedPrivateKey);
  const fields = readFields(
    readJson(text, 'private_key'), ['decryption_key'], 'private_key',
  );
  const secret = decodeScalar(fields['decryption_key']);
  if (encodePoint(powerOfGenerator(secret)) !== publicKey) {
    throw new ProofError('private_key', 'the key is not that of this trustee');
  }
  return secret;
}
