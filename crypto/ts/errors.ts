/**
 * Everything crypto/ts may raise, besides TypeError for a caller's mistake.
 *
 * ProtocolError
 * ├── EncodingError   a text is not what the specification describes
 * ├── GroupError      a string does not denote a group element
 * ├── ProofError      a zero-knowledge proof or signature does not verify
 * └── BoardError      an event does not extend the board
 */

export class ProtocolError extends Error {
  /** Short stable name of the failing check. */
  readonly check: string;
  /** Written out, because a bundler shortens the names of classes. */
  override readonly name: string = 'ProtocolError';

  constructor(check: string, message: string) {
    super(message);
    this.check = check;
  }
}

export class EncodingError extends ProtocolError {
  override readonly name = 'EncodingError';
}

export class GroupError extends ProtocolError {
  override readonly name = 'GroupError';
}

export class ProofError extends ProtocolError {
  override readonly name = 'ProofError';
}

export class BoardError extends ProtocolError {
  override readonly name = 'BoardError';
}
