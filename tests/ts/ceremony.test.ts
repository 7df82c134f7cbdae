/**
 * A key ceremony of our members and belenios-tool's, with belenios-tool as server;
 * then an election with that key, unsealed by one of ours and one of theirs.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { makeBallot } from '../../crypto/ts/ballot.ts';
import { checkContinues, readArchive } from '../../crypto/ts/board.ts';
import { sha256Hex } from '../../crypto/ts/encoding.ts';
import { ProtocolError } from '../../crypto/ts/errors.ts';
import {
  checkCertificates, makeCertificate, makePolynomial, makeVoutput, privateKey,
} from '../../crypto/ts/pedersen.ts';
import { newSeed } from '../../crypto/ts/pki.ts';
import { aggregate, RunningTally } from '../../crypto/ts/running_tally.ts';
import { checkPartialDecryption, unseal } from '../../crypto/ts/tally.ts';
import { readTrustees } from '../../crypto/ts/trustees.ts';
import { Bench, needsTool, readMatching } from './oracle.ts';

const SIZE = 4;
const THRESHOLD = 2;
const OURS = [1, 3];
const UUID = 'AbCdEfGhJkLmNp';
const QUESTIONS = [
  { answers: ['Đồng ý', 'Không đồng ý'], min: 0, max: 1, question: 'Phạm Thị Thử' },
  { answers: ['A', 'B', 'C'], blank: true, min: 1, max: 2, question: 'Chọn' },
];
const PAPERS = [[[1, 0], [0, 1, 1, 0]], [[0, 1], [1, 0, 0, 0]], [[0, 0], [0, 0, 0, 1]]];
const EXPECTED = { result: [[1, 1], [1, 1, 1, 1]] };
const STEP = ['setup', 'generate-trustee-key-threshold', '--group', 'Ed25519'];

interface Member {
  readonly index: number;
  readonly seed: string;
  readonly ours: boolean;
}

class Ceremony {
  readonly bench = new Bench();
  readonly members: Member[] = [];
  readonly certificates: string[] = [];
  readonly polynomials: string[] = [];
  readonly vinputs: string[] = [];
  readonly voutputs: string[] = [];

  step(number: number, ...options: string[]): string {
    return this.bench.run([...STEP, '--step', String(number), ...options]).trim();
  }

  certify(index: number): void {
    const ours = OURS.includes(index);
    let seed = newSeed();
    if (ours) {
      this.certificates.push(
        makeCertificate(seed, { size: SIZE, threshold: THRESHOLD, index }),
      );
    } else {
      this.step(1, '--threshold-context', `${index}/${THRESHOLD}/${SIZE}`);
      seed = readMatching(this.bench, '.key').trim();
      this.certificates.push(readMatching(this.bench, '.cert').trim());
      this.bench.remove('.key', '.cert');
    }
    this.members.push({ index, seed, ours });
    this.bench.write(`key${index}`, seed);
  }

  run(): void {
    for (let index = 1; index <= SIZE; index += 1) this.certify(index);
    this.bench.write('certs.jsons', lines(this.certificates));
    for (const { index, seed, ours } of this.members) {
      this.polynomials.push(ours
        ? makePolynomial(seed, this.certificates, index)
        : this.step(3, '--certs', 'certs.jsons', '--key', `key${index}`));
    }
    this.bench.write('polynomials.jsons', lines(this.polynomials));
    this.step(4, '--certs', 'certs.jsons', '--polynomials', 'polynomials.jsons');
    for (const { index, seed, ours } of this.members) {
      const vinput = this.bench.read(this.vinputFile(index)).trim();
      this.vinputs.push(vinput);
      this.voutputs.push(ours
        ? makeVoutput(seed, this.certificates, vinput, index)
        : this.bench.run(
          [...STEP, '--step', '5', '--certs', 'certs.jsons', '--key', `key${index}`],
          vinput,
        ).trim());
    }
    const parameters = this.bench.run(
      [...STEP, '--step', '6', '--certs', 'certs.jsons', '--polynomials', 'polynomials.jsons'],
      lines(this.voutputs),
    ).trim();
    this.bench.write('threshold.json', parameters);
  }

  /** belenios-tool names the file by the hash of the certificate's message. */
  vinputFile(index: number): string {
    const certificate = JSON.parse(this.certificates[index - 1] ?? '{}');
    return `${sha256Hex(certificate.message)}.vinput`;
  }

  encryptedKey(index: number): string {
    const voutput = JSON.parse(this.voutputs[index - 1] ?? '{}') as { private_key: string };
    return voutput.private_key;
  }
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}

describe('key ceremony with belenios-tool', needsTool, () => {
  const ceremony = new Ceremony();
  const { bench } = ceremony;
  let cards: string[] = [];
  before(() => {
    ceremony.run();
    bench.run(['setup', 'generate-trustee-key', '--group', 'Ed25519']);
    bench.write('public_keys.jsons', readMatching(bench, '.pubkey'));
    bench.run(['setup', 'make-trustees']);
    cards = bench.makeElection(QUESTIONS, UUID);
  });
  after(() => bench.close());
  const seedOf = (index: number) => ceremony.members[index - 1]?.seed ?? '';
  const isProtocolError = (check: string) => (error: unknown) =>
    error instanceof ProtocolError && error.check === check;

  test('its certificates pass our check, and only with their threshold', () => {
    checkCertificates(ceremony.certificates, THRESHOLD);
    assert.throws(
      () => checkCertificates(ceremony.certificates, THRESHOLD + 1),
      isProtocolError('certificate.context'),
    );
    assert.throws(
      () => checkCertificates([...ceremony.certificates].reverse(), THRESHOLD),
      isProtocolError('certificate.context'),
    );
  });

  test('a secret that does not fit its commitment is refused', () => {
    const vinput = JSON.parse(ceremony.vinputs[0] ?? '');
    [vinput.secrets[1], vinput.secrets[3]] = [vinput.secrets[3], vinput.secrets[1]];
    assert.throws(
      () => makeVoutput(seedOf(1), ceremony.certificates, JSON.stringify(vinput), 1),
      isProtocolError('trustee.signature'),
    );
  });

  test('a vinput with the polynomial of somebody else in our place is refused', () => {
    const other = JSON.parse(makePolynomial(seedOf(1), ceremony.certificates, 1));
    const vinput = JSON.parse(ceremony.vinputs[0] ?? '');
    vinput.polynomial = other.polynomial;
    assert.throws(
      () => makeVoutput(seedOf(1), ceremony.certificates, JSON.stringify(vinput), 1),
      isProtocolError('vinput.polynomial'),
    );
  });

  test('the vinput of another member is refused', () => {
    assert.throws(
      () => makeVoutput(seedOf(1), ceremony.certificates, ceremony.vinputs[2] ?? '', 1),
      ProtocolError,
    );
  });

  test('somebody else cannot take our place in the ceremony', () => {
    assert.throws(
      () => makePolynomial(seedOf(1), ceremony.certificates, 2),
      isProtocolError('certificate.own'),
    );
  });

  test('the trustees pass our check', () => {
    const text = bench.read('trustees.json').trim();
    const { trustees, publicKey } = readTrustees(text);
    assert.deepEqual(
      trustees.map(({ kind }) => kind), ['single', ...Array(SIZE).fill('pedersen')],
    );
    const election = JSON.parse(bench.read('election.json'));
    assert.equal(publicKey, election.public_key);
  });

  test('trustees with a changed key are refused', () => {
    const value = JSON.parse(bench.read('trustees.json'));
    const keys = value[1][1].verification_keys;
    [keys[0], keys[1]] = [keys[1], keys[0]];
    assert.throws(() => readTrustees(JSON.stringify(value)), isProtocolError('trustee.signature'));
  });

  test('the private key is only given to its own seed', () => {
    const { trustees } = readTrustees(bench.read('trustees.json').trim());
    const key = trustees[1]?.publicKey ?? '';
    assert.equal(typeof privateKey(seedOf(1), ceremony.encryptedKey(1), key), 'bigint');
    assert.throws(
      () => privateKey(seedOf(3), ceremony.encryptedKey(1), key), isProtocolError('message'),
    );
    assert.throws(
      () => privateKey(seedOf(3), ceremony.encryptedKey(3), key),
      isProtocolError('private_key'),
    );
  });

  test('an election: our ballots, one share of ours and one of theirs', async () => {
    const election = bench.read('election.json').trim();
    const running = new RunningTally();
    PAPERS.forEach((marks, index) => {
      bench.addEvent('Ballot', makeBallot(election, cards[index] ?? '', marks).ballot);
    });
    const open = readArchive(bench.readArchive());
    await running.follow(open);
    await assert.rejects(unseal({
      archive: open, seed: seedOf(3), encryptedPrivateKey: ceremony.encryptedKey(3), owner: 4,
    }), isProtocolError('board.open'));

    bench.addEvent('EndBallots');
    const tally = bench.run(['election', 'compute-encrypted-tally']);
    const closed = readArchive(bench.readArchive());
    checkContinues(open, closed);
    assert.throws(() => checkContinues(closed, open), isProtocolError('board.history'));
    const whole = await aggregate(closed, { checkProofs: true });
    assert.equal(`${whole.encryptedTally}\n${whole.sizedEncryptedTally}\n`, tally);
    assert.equal(whole.ballots, PAPERS.length);
    bench.addEvent('EncryptedTally', tally);

    const archive = readArchive(bench.readArchive());
    const share = await unseal({
      archive, seed: seedOf(3), encryptedPrivateKey: ceremony.encryptedKey(3), owner: 4,
      tally: running,
    });
    checkPartialDecryption({
      fingerprint: whole.election.fingerprint,
      encryptedTally: whole.encryptedTally,
      publicKey: whole.trustees.trustees[3]?.publicKey ?? '',
      partialDecryption: share,
    });
    bench.addPartialDecryption(4, share);

    bench.write('encrypted.key', ceremony.encryptedKey(2));
    bench.addEvent('PartialDecryption', bench.run([
      'election', 'decrypt-threshold', '--key', 'key2',
      '--decryption-key', 'encrypted.key', '--trustee-id', '3',
    ]));
    bench.addEvent('PartialDecryption', bench.run([
      'election', 'decrypt', '--privkey', bench.find('.privkey'), '--trustee-id', '1',
    ]));
    const result = bench.run(['election', 'compute-result']);
    assert.deepEqual(JSON.parse(result), EXPECTED);
    bench.addEvent('Result', result);
    bench.run(['election', 'verify']);
    const ended = await aggregate(readArchive(bench.readArchive()));
    assert.equal(ended.sizedEncryptedTally, whole.sizedEncryptedTally);
  });
});
