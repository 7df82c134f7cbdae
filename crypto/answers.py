"""Encrypted answers to homomorphic questions (spec: Encrypted answers).

The marks of a question are zeros and ones, one per answer; a question that
allows a blank vote has one more, in front, which says whether the vote is blank.
"""

from collections.abc import Sequence

from crypto import disjunctions, elgamal, transcript
from crypto.disjunctions import Binding, Opening
from crypto.election import Question
from crypto.elgamal import Ciphertext
from crypto.encoding import Record
from crypto.errors import EncodingError, ProofError, checking
from crypto.group import random_scalar
from crypto.proofs import Draw, Proof

_BIT = range(2)


class Answer(Record, frozen=True):
    """The encrypted marks of one question with the proofs that they are allowed."""

    choices: tuple[Ciphertext, ...]
    individual_proofs: tuple[tuple[Proof, ...], ...]
    overall_proof: tuple[Proof, ...]
    blank_proof: tuple[Proof, ...] | None = None


def check_marks(question: Question, marks: Sequence[int]) -> None:
    """Refuse marks that the question does not allow.

    Raises:
        EncodingError: ``check`` says which rule is broken.
    """
    if len(marks) != question.choices:
        raise EncodingError("one mark per answer", check="marks.count")
    if any(mark not in _BIT for mark in marks):
        raise EncodingError("a mark is 0 or 1", check="marks.value")
    named = marks[question.blank :]
    if question.blank and marks[0]:
        if any(named):
            raise EncodingError("a blank vote marks nothing", check="marks.sum")
    elif sum(named) not in question.totals:
        raise EncodingError("too many or too few marks", check="marks.sum")


def make_answer(
    question: Question,
    binding: Binding,
    marks: Sequence[int],
    draw: Draw = random_scalar,
) -> Answer:
    """Encrypt the marks and prove that they are allowed.

    Secrets are drawn in the order of the answer's fields: the randomness of every
    choice, then the individual proofs, the overall proof and the blank proof.

    Raises:
        EncodingError: the question does not allow these marks.
    """
    check_marks(question, marks)
    openings = [Opening(draw(), mark) for mark in marks]
    choices = tuple(
        elgamal.encrypt(binding.public_key, opening.message, opening.randomness)
        for opening in openings
    )
    individual = tuple(
        disjunctions.make_interval(binding, choice, opening, _BIT, draw)
        for choice, opening in zip(choices, openings, strict=True)
    )
    overall, blank = _prove_sums(
        question, _to_answer(binding, choices), choices, openings, draw
    )
    return Answer(choices, individual, overall, blank)


def check_shape(question: Question, answer: Answer) -> None:
    """Refuse an answer that does not fit the question, whatever it proves.

    An answer without the blank vote that the question allows would prove itself
    well, and make the tally impossible.

    Raises:
        EncodingError: another number of choices or proofs.
        ProofError: a blank proof is missing, or stands where none may.
    """
    if question.blank != (answer.blank_proof is not None):
        raise ProofError(
            "a blank proof exactly where a blank vote is allowed",
            check="ballot.blank_proof",
        )
    counts = (len(answer.choices), len(answer.individual_proofs))
    if counts != (question.choices, question.choices):
        raise EncodingError("one choice and one proof per answer")


def check_answer(question: Question, binding: Binding, answer: Answer) -> None:
    """Check every proof of an answer that has the question's shape.

    Raises:
        ProofError: a proof does not verify.
        GroupError: a choice is not of the group.
    """
    with checking("ballot.individual_proof"):
        for choice, proofs in zip(
            answer.choices, answer.individual_proofs, strict=True
        ):
            disjunctions.check_interval(binding, choice, _BIT, proofs)
    # Only now is it known that the choices are of the group and may be summed.
    _check_sums(question, _to_answer(binding, answer.choices), answer)


def _to_answer(binding: Binding, choices: Sequence[Ciphertext]) -> Binding:
    """Bind proofs to all choices of an answer: the string S instead of S0."""
    points = [point for choice in choices for point in (choice.alpha, choice.beta)]
    context = transcript.answer_context(binding.context, points)
    return Binding(binding.public_key, context)


def _sum(openings: Sequence[Opening]) -> Opening:
    return Opening(
        sum(opening.randomness for opening in openings),
        sum(opening.message for opening in openings),
    )


def _prove_sums(
    question: Question,
    binding: Binding,
    choices: Sequence[Ciphertext],
    openings: Sequence[Opening],
    draw: Draw,
) -> tuple[tuple[Proof, ...], tuple[Proof, ...] | None]:
    values = question.totals
    if not question.blank:
        total, opening = elgamal.product(choices), _sum(openings)
        return disjunctions.make_interval(binding, total, opening, values, draw), None
    blank, rest = openings[0], _sum(openings[1:])
    return (
        disjunctions.make_blank_or_interval(binding, blank, rest, values, draw),
        disjunctions.make_blank_or_nothing(binding, blank, rest, draw),
    )


def _check_sums(question: Question, binding: Binding, answer: Answer) -> None:
    values, overall = question.totals, answer.overall_proof
    blank, total = answer.choices[0], elgamal.product(answer.choices[question.blank :])
    if answer.blank_proof is None:
        with checking("ballot.overall_proof"):
            disjunctions.check_interval(binding, total, values, overall)
        return
    with checking("ballot.overall_proof"):
        disjunctions.check_blank_or_interval(binding, blank, total, values, overall)
    with checking("ballot.blank_proof"):
        disjunctions.check_blank_or_nothing(binding, blank, total, answer.blank_proof)
