import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import answers, election
from crypto.disjunctions import Binding
from crypto.election import Question
from crypto.errors import EncodingError, ProofError, ProtocolError
from tests.vectors.generate import PUBLIC

BINDING = Binding(PUBLIC, "phi|credential")
SELECT = election.select("Chọn", ("A", "B", "C"), 2, 1)
BLANK = election.select("Phiếu trắng", ("A", "B", "C"), 3, 2, blank=True)

BAD_MARKS: dict[str, tuple[Question, list[int], str]] = {
    "none": (SELECT, [], "marks.count"),
    "one short": (SELECT, [1, 0], "marks.count"),
    "one long": (SELECT, [1, 0, 0, 0], "marks.count"),
    "blank left out": (BLANK, [1, 1, 0], "marks.count"),
    "two": (SELECT, [2, 0, 0], "marks.value"),
    "negative": (SELECT, [-1, 1, 1], "marks.value"),
    "too few": (SELECT, [0, 0, 0], "marks.sum"),
    "too many": (SELECT, [1, 1, 1], "marks.sum"),
    "too few beside a blank": (BLANK, [0, 1, 0, 0], "marks.sum"),
    "blank and marked": (BLANK, [1, 1, 1, 0], "marks.sum"),
    "blank and one mark": (BLANK, [1, 1, 0, 0], "marks.sum"),
}


@pytest.mark.parametrize("case", BAD_MARKS.values(), ids=BAD_MARKS.keys())
def test_marks_are_refused_by_name(case: tuple[Question, list[int], str]) -> None:
    question, marks, check = case

    with pytest.raises(EncodingError) as caught:
        answers.make_answer(question, BINDING, marks)

    assert caught.value.check == check


@st.composite
def questions(draw: st.DrawFn) -> Question:
    names = draw(st.lists(st.text(max_size=3), min_size=1, max_size=4))
    maximum = draw(st.integers(0, len(names)))
    minimum = draw(st.integers(0, maximum))
    blank = draw(st.booleans())
    return election.select("?", names, maximum, minimum, blank=blank)


@given(questions(), st.data())
def test_every_allowed_answer_verifies(question: Question, data: st.DataObject) -> None:
    names = len(question.answers)
    if question.blank and data.draw(st.booleans()):
        marks = [1] + [0] * names
    else:
        count = data.draw(st.sampled_from(question.totals))
        order = data.draw(st.permutations(range(names)))
        marks = [0] * question.blank + [int(i in order[:count]) for i in range(names)]

    answer = answers.make_answer(question, BINDING, marks)

    answers.check_shape(question, answer)
    answers.check_answer(question, BINDING, answer)


def test_the_same_marks_never_look_the_same() -> None:
    first, second = (answers.make_answer(SELECT, BINDING, [1, 0, 0]) for _ in range(2))

    assert not set(first.choices) & set(second.choices)


def test_a_blank_proof_stands_exactly_where_a_blank_vote_is_allowed() -> None:
    plain = answers.make_answer(SELECT, BINDING, [1, 0, 0])
    blank = answers.make_answer(BLANK, BINDING, [1, 0, 0, 0])
    wrong = [
        (SELECT, msgspec.structs.replace(plain, blank_proof=blank.blank_proof)),
        (BLANK, msgspec.structs.replace(blank, blank_proof=None)),
    ]

    for question, answer in wrong:
        with pytest.raises(ProofError) as caught:
            answers.check_shape(question, answer)
        assert caught.value.check == "ballot.blank_proof"


@pytest.mark.parametrize("field", ["choices", "individual_proofs"])
def test_one_choice_and_one_proof_per_answer(field: str) -> None:
    answer = answers.make_answer(SELECT, BINDING, [1, 0, 0])
    kept = getattr(answer, field)

    for items in (kept[:-1], (*kept, kept[0]), ()):
        with pytest.raises(EncodingError):
            answers.check_shape(
                SELECT, msgspec.structs.replace(answer, **{field: items})
            )


def test_an_answer_belongs_to_its_credential() -> None:
    answer = answers.make_answer(SELECT, BINDING, [1, 0, 0])

    with pytest.raises(ProtocolError) as caught:
        answers.check_answer(SELECT, Binding(PUBLIC, "phi|somebody"), answer)

    assert caught.value.check == "ballot.individual_proof"


def test_an_answer_belongs_to_its_question() -> None:
    stricter = election.select("Chọn", ("A", "B", "C"), 3, 2)
    answer = answers.make_answer(SELECT, BINDING, [1, 0, 0])

    with pytest.raises(ProtocolError) as caught:
        answers.check_answer(stricter, BINDING, answer)

    assert caught.value.check == "ballot.overall_proof"
