"""Who holds the key of an election (spec: Trustees, Verification keys).

A list of items: a Single trustee is needed for the tally, of a Pedersen group any
`threshold` members are. The election's public key is the product of the items'
keys. Trustees are numbered from 1 over the whole list; that number is the owner of
a partial decryption.
"""

from collections.abc import Iterator, Sequence

from crypto.encoding import Record, read, read_foreign, to_bytes
from crypto.errors import EncodingError, ProofError
from crypto.group import (
    IDENTITY,
    Point,
    Scalar,
    power_of_generator,
    product,
    random_scalar,
)
from crypto.proofs import Draw, check_knowledge, make_knowledge
from crypto.threshold import (
    ThresholdParameters,
    TrusteePublicKey,
    check_threshold_parameters,
)


class Single(Record, frozen=True, array_like=True, tag="Single"):
    """One trustee who must take part in the tally."""

    key: TrusteePublicKey

    @property
    def keys(self) -> tuple[TrusteePublicKey, ...]:
        """List the keys of this item's trustees."""
        return (self.key,)

    @property
    def threshold(self) -> int:
        """Say how many of them the tally needs."""
        return 1


class Pedersen(Record, frozen=True, array_like=True, tag="Pedersen"):
    """A group of trustees of whom `threshold` must take part in the tally."""

    parameters: ThresholdParameters

    @property
    def keys(self) -> tuple[TrusteePublicKey, ...]:
        """List the keys of this item's trustees."""
        return self.parameters.verification_keys

    @property
    def threshold(self) -> int:
        """Say how many of them the tally needs."""
        return self.parameters.threshold


Trustee = Single | Pedersen
Trustees = tuple[Trustee, ...]


def new_private_key() -> Scalar:
    """Draw the private key of a Single trustee."""
    return random_scalar()


def make_trustee_key(private: Scalar, draw: Draw = random_scalar) -> bytes:
    """Write the public key of a Single trustee, with its proof."""
    key = TrusteePublicKey(make_knowledge(private, draw), power_of_generator(private))
    return to_bytes(key)


def check_trustee_key(raw: bytes) -> TrusteePublicKey:
    """Read and check the public key of a Single trustee.

    Raises:
        ProtocolError: it is not a key, or its proof does not verify.
    """
    key = read_foreign(raw, TrusteePublicKey)
    check_single(Single(key))
    return key


def single(raw: bytes) -> Single:
    """Make an item of the trustees list from a public key."""
    return Single(check_trustee_key(raw))


def pedersen_group(raw: bytes) -> Pedersen:
    """Make an item of the trustees list from threshold parameters.

    Raises:
        ProtocolError: they are not the outcome of a ceremony.
    """
    parameters = read(raw, ThresholdParameters)
    check_threshold_parameters(parameters)
    return Pedersen(parameters)


def write_trustees(trustees: Sequence[Trustee]) -> bytes:
    """Write the trustees list of an election."""
    return to_bytes(tuple(trustees))


def read_trustees(raw: bytes) -> Trustees:
    """Read a trustees list; its proofs are not checked yet.

    Raises:
        EncodingError: it is not a trustees list, or an empty one.
        GroupError: it holds something that is not a group element.
    """
    trustees = read_foreign(raw, Trustees)
    if not trustees:
        raise EncodingError("an election without trustees")
    return trustees


def joint_key(trustees: Trustees) -> Point:
    """Check all proofs of all trustees and compute the election's public key.

    Raises:
        ProtocolError: a trustee's key is not proven.
    """
    key = product([_check_item(item) for item in trustees])
    if key == IDENTITY:
        raise ProofError("the keys of the trustees cancel each other out")
    return key


def check_single(item: Single) -> Point:
    """Check the proof of a Single trustee and return its key.

    Raises:
        ProofError: the proof does not verify.
    """
    check_knowledge(item.key.public_key, item.key.pok)
    return item.key.public_key


def owners(trustees: Trustees) -> Iterator[tuple[int, int, int]]:
    """Give each trustee's owner number, its item's index and its place there.

    The number and the place count from 1, the index from 0.
    """
    owner = 0
    for index, item in enumerate(trustees):
        for place in range(1, len(item.keys) + 1):
            owner += 1
            yield owner, index, place


def verification_keys(trustees: Trustees) -> dict[int, Point]:
    """List the verification key of each owner."""
    keys = [key.public_key for item in trustees for key in item.keys]
    return dict(enumerate(keys, start=1))


def verification_key(trustees: Trustees, owner: int) -> Point:
    """Find the verification key of one owner.

    Raises:
        EncodingError: there is no such trustee.
    """
    key = verification_keys(trustees).get(owner)
    if key is None:
        raise EncodingError(f"there is no trustee {owner}")
    return key


def _check_item(item: Trustee) -> Point:
    if isinstance(item, Single):
        return check_single(item)
    return check_threshold_parameters(item.parameters)
