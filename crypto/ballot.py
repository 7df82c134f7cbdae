"""Ballots: made by a card, checked by everyone (spec: Ballots; Vote, step 4).

What a check accepts is one exact sequence of bytes: reading is strict at every
depth, so a ballot cannot be re-spelled into a second one with another tracker.
Whether a card has voted before is the caller's to know.
"""

from collections.abc import Callable, Sequence

from crypto import answers, credentials, encoding, group, signature, transcript
from crypto.answers import Answer
from crypto.disjunctions import Binding
from crypto.election import Election, Question, read_election
from crypto.encoding import Record
from crypto.errors import EncodingError, GroupError, ProofError, checking
from crypto.group import IDENTITY, Point, Scalar, random_scalar
from crypto.proofs import Draw
from crypto.setup import Setup
from crypto.signature import Signature


class Unsigned(Record, frozen=True):
    """A ballot without its signature: the bytes that are signed."""

    election_uuid: str
    election_hash: str
    credential: Point
    answers: tuple[Answer, ...]


class Ballot(Unsigned, frozen=True):
    """A whole ballot, as it stands on the board."""

    signature: Signature

    def unsigned(self) -> bytes:
        """Return the bytes that the signature is about."""
        return encoding.to_bytes(
            Unsigned(
                self.election_uuid, self.election_hash, self.credential, self.answers
            )
        )


def tracker(raw: bytes) -> str:
    """Name a ballot: what its voter may look for on the board."""
    return encoding.fingerprint(raw)


def make_ballot(
    election: bytes,
    credential: str,
    marks: Sequence[Sequence[int]],
    draw: Draw = random_scalar,
) -> bytes:
    """Fill in, encrypt and sign a ballot.

    Args:
        election: the exact bytes of the election.
        credential: the private credential on the card.
        marks: for each question a 0 or 1 per answer, and one more in front
            where a blank vote is allowed.
        draw: where every secret comes from.

    Raises:
        EncodingError: not an election or a card, or marks that are not allowed.
    """
    paper = read_election(election)
    secret = credentials.secret_exponent(paper.uuid, credential)
    unsigned = _fill_in(paper, encoding.fingerprint(election), secret, marks, draw)
    signed = signature.make_signature(secret, encoding.to_bytes(unsigned), draw)
    ballot = Ballot(
        unsigned.election_uuid,
        unsigned.election_hash,
        unsigned.credential,
        unsigned.answers,
        signed,
    )
    return encoding.to_bytes(ballot)


def read_ballot(raw: bytes, election: Election) -> Ballot:
    """Read a ballot to this paper; its proofs are not looked at.

    Raises:
        EncodingError: not the canonical bytes of a ballot to this paper.
        GroupError: a point or exponent in it is not valid.
        ProofError: a blank proof is missing, or stands where none may.
    """
    return _read(raw, election, group.decode_point)


def check_ballot(raw: bytes, setup: Setup) -> Ballot:
    """Accept a ballot to the election of this setup.

    Raises:
        ProtocolError: it is refused; ``check`` names the step that failed.
    """
    # To accept a ballot:
    # 1. it is exactly the bytes that we would write, and fits the paper;
    # 2. it names this election, and its fingerprint;
    # 3. its credential is on the public list;
    # 4. its signature is by this credential and covers all the rest;
    # 5. every answer carries valid proofs.
    # The caller must still see that the card has not voted, and append the
    # ballot to the board: that is what makes it count.

    # Step 1: steps 3 and 5 refuse points outside of the subgroup, so reading
    # does not pay for looking twice.
    ballot = _read(raw, setup.election, _decode_unproven)
    # Step 2
    _check_election(ballot, setup)
    # Step 3
    if ballot.credential not in setup.credentials:
        raise ProofError("the credential is not listed", check="ballot.credential")
    # Step 4
    signature.check_signature(ballot.signature, ballot.credential, ballot.unsigned())
    # Step 5
    binding = _bind(setup.election, setup.fingerprint, ballot.credential)
    questions = _homomorphic(setup.election)
    for question, answer in zip(questions, ballot.answers, strict=True):
        answers.check_answer(question, binding, answer)
    return ballot


def _fill_in(
    paper: Election,
    fingerprint: str,
    secret: Scalar,
    marks: Sequence[Sequence[int]],
    draw: Draw,
) -> Unsigned:
    questions = _homomorphic(paper)
    if len(marks) != len(questions):
        raise EncodingError("one list of marks per question", check="marks.count")
    credential = group.power_of_generator(secret)
    binding = _bind(paper, fingerprint, credential)
    encrypted = tuple(
        answers.make_answer(question, binding, chosen, draw)
        for question, chosen in zip(questions, marks, strict=True)
    )
    return Unsigned(paper.uuid, fingerprint, credential, encrypted)


def _bind(paper: Election, fingerprint: str, credential: Point) -> Binding:
    context = transcript.ballot_context(fingerprint, credential)
    return Binding(paper.public_key, context)


def _homomorphic(paper: Election) -> list[Question]:
    questions = [item for item in paper.questions if isinstance(item, Question)]
    if len(questions) != len(paper.questions):
        raise EncodingError(
            "ballots to non-homomorphic questions are not supported",
            check="ballot.question",
        )
    return questions


def _read(raw: bytes, paper: Election, decode_point: Callable[[str], Point]) -> Ballot:
    questions = _homomorphic(paper)
    with checking("ballot.encoding"):
        ballot = encoding.read_with(raw, Ballot, decode_point)
        if len(ballot.answers) != len(questions):
            raise EncodingError("one answer per question")
        for question, answer in zip(questions, ballot.answers, strict=True):
            answers.check_shape(question, answer)
    return ballot


def _decode_unproven(text: str) -> Point:
    candidate = group.decode_candidate(text)
    if candidate == IDENTITY:
        raise GroupError("the identity does not occur in a ballot")
    return Point(candidate)


def _check_election(ballot: Ballot, setup: Setup) -> None:
    named = (ballot.election_uuid, ballot.election_hash)
    if named != (setup.election.uuid, setup.fingerprint):
        raise EncodingError("a ballot for another election", check="ballot.election")
