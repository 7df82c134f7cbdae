/** The vectors that the Python and the TypeScript tests both read. */

import { readFileSync } from 'node:fs';

import type { Marks } from '../../crypto/ts/ballot.ts';
import type { CiphertextText } from '../../crypto/ts/elgamal.ts';
import type { ProofText } from '../../crypto/ts/proofs.ts';
import type { SignatureText } from '../../crypto/ts/signature.ts';

export interface Encodings {
  readonly points: readonly { readonly exponent: string; readonly point: string }[];
  readonly identity: string;
  readonly bad_points: Readonly<Record<string, string>>;
  readonly scalars: readonly string[];
  readonly bad_scalars: Readonly<Record<string, string>>;
  readonly hashes: readonly {
    readonly text: string; readonly sha256: string; readonly fingerprint: string;
  }[];
}

export interface Cards {
  readonly uuid: string;
  readonly cards: readonly {
    readonly credential: string; readonly exponent: string; readonly public: string;
  }[];
  readonly public_credentials: string;
  readonly bad_cards: Readonly<Record<string, string>>;
}

export interface Challenges {
  readonly fingerprint: string;
  readonly public_key: string;
  readonly points: readonly string[];
  readonly message: string;
  readonly ballot_context: string;
  readonly answer_context: string;
  readonly challenges: Readonly<Record<string, string>>;
}

export interface Proofs {
  readonly private_key: string;
  readonly public_key: string;
  readonly knowledge: { readonly draws: readonly string[]; readonly proof: ProofText };
  readonly decryption: {
    readonly fingerprint: string;
    readonly alpha: string;
    readonly factor: string;
    readonly proof: ProofText;
  };
  readonly signature: {
    readonly credential: string;
    readonly unsigned: string;
    readonly signature: SignatureText;
  };
  readonly intervals: readonly {
    readonly context: string;
    readonly values: readonly number[];
    readonly ciphertext: CiphertextText;
    readonly proofs: readonly ProofText[];
  }[];
  readonly blanks: readonly {
    readonly context: string;
    readonly values: readonly number[];
    readonly blank: CiphertextText;
    readonly total: CiphertextText;
    readonly overall_proof: readonly ProofText[];
    readonly blank_proof: readonly ProofText[];
  }[];
}

export interface Ballots {
  readonly election: string;
  readonly fingerprint: string;
  readonly public_credentials: string;
  readonly ballots: readonly {
    readonly name: string;
    readonly credential: string;
    readonly marks: Marks;
    readonly ballot: string;
    readonly tracker: string;
  }[];
  readonly refused: readonly {
    readonly name: string; readonly check: string; readonly ballot: string;
  }[];
}

/** Tests run from the root of the repository (see run.mjs). */
export function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(`tests/vectors/${name}.json`, 'utf8')) as T;
}
