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

  constructor(check: string, message: string) {
    super(message);
    this.name = new.target.name;
    this.check = check;
  }
}

export class EncodingError extends ProtocolError {}
export class GroupError extends ProtocolError {}
export class ProofError extends ProtocolError {}
export class BoardError extends ProtocolError {}
