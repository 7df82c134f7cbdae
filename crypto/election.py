"""The election: what is asked, and under which key (spec: Questions, Elections).

An election is identified by the SHA-256 of its exact bytes. Write it once, keep
the bytes, never serialise it again. Lists questions are not supported;
non-homomorphic ones can be read here, but no ballot to them can be made yet.
"""

import secrets
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from crypto import ARCHIVE_VERSION, encoding
from crypto.encoding import BASE58, Record
from crypto.errors import EncodingError
from crypto.group import Point

GROUP = "Ed25519"
MIN_UUID_LENGTH = 14  # the specification's minimum, 82 bits
MAX_MARKS = 4096  # of one question; each costs every voter one more proof


class Question(Record, frozen=True, kw_only=True):
    """A homomorphic question: only the sum of all ballots is ever decrypted."""

    answers: tuple[str, ...]
    blank: bool = False
    min: int
    max: int
    question: str

    def __post_init__(self) -> None:
        if not self.answers:
            raise EncodingError("a question has at least one answer")
        if not 0 <= self.min <= self.max <= MAX_MARKS:
            raise EncodingError("a question's limits are 0 <= min <= max")

    @property
    def choices(self) -> int:
        """How many values an answer encrypts, the blank vote included."""
        return len(self.answers) + self.blank

    @property
    def totals(self) -> range:
        """The numbers of marks that a vote which is not blank may have."""
        return range(self.min, self.max + 1)


class NonHomomorphicValue(Record, frozen=True):
    """What a non-homomorphic question asks."""

    answers: tuple[str, ...]
    question: str


class NonHomomorphicQuestion(Record, frozen=True):
    """A question whose answers are shuffled and decrypted one by one."""

    type: Literal["NonHomomorphic"]
    value: NonHomomorphicValue
    extra: Any = None


AnyQuestion = Question | NonHomomorphicQuestion


class _Header(Record, frozen=True, kw_only=True):
    """The fields of an election, its questions still unread."""

    version: int
    description: str
    name: str
    group: str
    public_key: Point
    questions: tuple[dict[str, Any], ...]
    uuid: str
    administrator: str | None = None
    credential_authority: str | None = None


class Election(Record, frozen=True, kw_only=True):
    """Everything a voter's device has to know."""

    version: int
    description: str
    name: str
    group: str
    public_key: Point
    questions: tuple[AnyQuestion, ...]
    uuid: str
    administrator: str | None = None
    credential_authority: str | None = None

    def __post_init__(self) -> None:
        if (self.version, self.group) != (ARCHIVE_VERSION, GROUP):
            raise EncodingError("not a version 1 election in the group Ed25519")
        if not self.questions:
            raise EncodingError("an election has at least one question")
        check_uuid(self.uuid)


def agree_disagree(text: str) -> Question:
    """One nominee: Đồng ý, Không đồng ý, or neither."""
    return select(text, ("Đồng ý", "Không đồng ý"), 1)


def select(
    text: str,
    answers: Sequence[str],
    maximum: int,
    minimum: int = 0,
    *,
    blank: bool = False,
) -> Question:
    """Choose between ``minimum`` and ``maximum`` of the answers.

    Raises:
        EncodingError: nobody could fill in such a question.
    """
    if maximum > len(answers):
        raise EncodingError("more marks asked for than there are answers")
    return Question(
        answers=tuple(answers), blank=blank, min=minimum, max=maximum, question=text
    )


def motion(text: str) -> Question:
    """Adopt a list or a plan: for, against or no opinion, exactly one of them."""
    answers = ("Tán thành", "Không tán thành", "Không có ý kiến")
    return select(text, answers, 1, minimum=1)


def new_uuid() -> str:
    """Draw the identifier of a new election."""
    return "".join(secrets.choice(BASE58) for _ in range(MIN_UUID_LENGTH))


def check_uuid(uuid: str) -> None:
    """Refuse what cannot identify an election.

    Raises:
        EncodingError: too short, or not base58.
    """
    if len(uuid) < MIN_UUID_LENGTH or not set(uuid) <= set(BASE58):
        raise EncodingError("an election identifier is 14 or more base58 characters")


def write_election(
    *,
    uuid: str,
    name: str,
    description: str,
    public_key: Point,
    questions: Sequence[AnyQuestion],
    administrator: str | None = None,
    credential_authority: str | None = None,
) -> bytes:
    """Write the bytes that will identify the election.

    Raises:
        EncodingError: the election would not be readable.
    """
    election = Election(
        version=ARCHIVE_VERSION,
        description=description,
        name=name,
        group=GROUP,
        public_key=public_key,
        questions=tuple(questions),
        uuid=uuid,
        administrator=administrator,
        credential_authority=credential_authority,
    )
    return encoding.to_bytes(election)


def read_election(data: bytes) -> Election:
    """Read an election whoever wrote it.

    Raises:
        EncodingError: not an election of this version and group.
        GroupError: its key is not a group element.
    """
    header = encoding.read_foreign(data, _Header)
    fields = msgspec.structs.asdict(header)
    fields["questions"] = tuple(_read_question(tree) for tree in header.questions)
    return Election(**fields)


def _read_question(tree: dict[str, Any]) -> AnyQuestion:
    if "type" in tree:
        return encoding.shape(tree, NonHomomorphicQuestion)
    return encoding.shape(tree, Question)
