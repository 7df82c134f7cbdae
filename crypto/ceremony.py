"""What is sent in a key ceremony (spec: Polynomials, Vinputs, Voutputs)."""

from crypto.encoding import Record
from crypto.group import Scalar
from crypto.pki import SignedMessage
from crypto.proofs import Proof
from crypto.threshold import TrusteePublicKey


class Polynomial(Record, frozen=True):
    """What a member contributes in step 2."""

    polynomial: str
    secrets: tuple[str, ...]
    coefexps: SignedMessage
    signature: Proof


class RawPolynomial(Record, frozen=True):
    """The coefficients of a member's polynomial, kept encrypted to itself."""

    polynomial: tuple[Scalar, ...]


class Secret(Record, frozen=True):
    """The value of a member's polynomial for one other member."""

    secret: Scalar


class VInput(Record, frozen=True):
    """What a member gets in step 3."""

    polynomial: str
    secrets: tuple[str, ...]
    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]


class DecryptionKey(Record, frozen=True):
    """A member's private key; belenios-tool calls the field so."""

    decryption_key: Scalar


class VOutput(Record, frozen=True):
    """What a member makes in step 4."""

    private_key: str
    public_key: TrusteePublicKey
