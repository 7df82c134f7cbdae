"""The three files that define an election (spec: Elections, setup_data).

SetupBytes travels between processes; Setup is what it means, with every proof of
every trustee checked. Loading costs some milliseconds: do it once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from crypto.credentials import read_public_credentials
from crypto.election import Election, NonHomomorphicQuestion, Question, read_election
from crypto.encoding import fingerprint, sha256_hex, to_bytes
from crypto.errors import EncodingError, ProofError, checking
from crypto.events import SetupData
from crypto.group import Point
from crypto.trustees import Trustees, joint_key, read_trustees, verification_keys

MAX_TOTAL_WEIGHT = 1_000_000_000  # a sum this large is still found in seconds


@dataclass(frozen=True)
class SetupBytes:
    """The exact bytes of an election's three files."""

    election: bytes
    trustees: bytes
    credentials: bytes

    @property
    def fingerprint(self) -> str:
        """Name the election: φ, part of everything that is signed or proven."""
        return fingerprint(self.election)

    @property
    def setup_data(self) -> bytes:
        """Write the payload of the Setup event."""
        return to_bytes(
            SetupData(
                election=sha256_hex(self.election),
                trustees=sha256_hex(self.trustees),
                credentials=sha256_hex(self.credentials),
            )
        )


@dataclass(frozen=True)
class Setup:
    """A checked election.

    Attributes:
        source: the bytes it was read from.
        fingerprint: φ.
        election: what is asked.
        trustees: who decrypts.
        credentials: each public credential with its weight.
    """

    source: SetupBytes
    fingerprint: str
    election: Election
    trustees: Trustees
    credentials: Mapping[Point, int]

    @classmethod
    def load(cls, source: SetupBytes) -> "Setup":
        """Read and check the files of an election.

        Raises:
            ProtocolError: a file is not valid, a proof of a trustee does not
                verify, or the election's key is not the trustees'.
        """
        setup = cls.parse(source)
        setup.check_trustees()
        return setup

    @classmethod
    def parse(cls, source: SetupBytes) -> "Setup":
        """Read the files of an election without checking the trustees' proofs.

        Raises:
            ProtocolError: a file is not valid.
        """
        with checking("setup.election"):
            election = read_election(source.election)
        with checking("setup.trustees"):
            trustees = read_trustees(source.trustees)
        with checking("setup.credentials"):
            credentials = read_public_credentials(source.credentials)
        return cls.assemble(source, election, trustees, credentials)

    @classmethod
    def assemble(
        cls,
        source: SetupBytes,
        election: Election,
        trustees: Trustees,
        credentials: Mapping[Point, int],
    ) -> "Setup":
        """Put together what was read from the files.

        Raises:
            EncodingError: the weights are too large, or not possible here.
        """
        _check_weights(election, credentials)
        return cls(
            source=source,
            fingerprint=source.fingerprint,
            election=election,
            trustees=trustees,
            credentials=MappingProxyType(dict(credentials)),
        )

    def check_trustees(self) -> None:
        """Check the trustees' proofs, and that the key is theirs.

        Raises:
            ProtocolError: they do not hold.
        """
        with checking("setup.trustees"):
            key = joint_key(self.trustees)
        if key != self.election.public_key:
            raise ProofError(
                "the election's key is not the product of the trustees' keys",
                check="setup.key",
            )

    @cached_property
    def verification_keys(self) -> dict[int, Point]:
        """The verification key of each trustee, by owner number."""
        return verification_keys(self.trustees)

    @cached_property
    def homomorphic_questions(self) -> tuple[Question, ...]:
        """The questions of which only sums are decrypted."""
        return tuple(
            question
            for question in self.election.questions
            if isinstance(question, Question)
        )

    @cached_property
    def has_shuffles(self) -> bool:
        """Whether the paper has a question whose answers must be shuffled."""
        return len(self.homomorphic_questions) < len(self.election.questions)


def _check_weights(election: Election, credentials: Mapping[Point, int]) -> None:
    with checking("setup.credentials"):
        if sum(credentials.values()) > MAX_TOTAL_WEIGHT:
            raise EncodingError("the weights of the credentials add up to too much")
        mixed = any(isinstance(q, NonHomomorphicQuestion) for q in election.questions)
        if mixed and any(weight != 1 for weight in credentials.values()):
            raise EncodingError("shuffled answers cannot have weights")
