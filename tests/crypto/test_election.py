import json
from typing import Any

import pytest

from crypto import election
from crypto.election import NonHomomorphicQuestion, Question
from crypto.errors import EncodingError, ProtocolError
from tests.vectors import generate, hostile
from tests.vectors.generate import PUBLIC, UUID

PAPER = generate.paper().decode()
TREE: dict[str, Any] = json.loads(PAPER)
WRITE_IN = {
    "type": "NonHomomorphic",
    "value": {"answers": ["1", "2"], "question": "Giới thiệu thêm"},
}


def changed(**fields: Any) -> str:
    return json.dumps({**TREE, **fields}, ensure_ascii=False)


def asked(**fields: Any) -> str:
    return changed(questions=[{**TREE["questions"][0], **fields}])


BAD_ELECTIONS = {
    "empty": "",
    "cut": PAPER[:-1],
    "a list": f"[{PAPER}]",
    "field twice": '{"version":1,' + PAPER[1:],
    "question field twice": PAPER.replace('"min":0', '"min":0,"min":0', 1),
    "extra field": changed(more=1),
    "missing field": json.dumps({k: v for k, v in TREE.items() if k != "uuid"}),
    "version 0": changed(version=0),
    "version 2": changed(version=2),
    "version as text": changed(version="1"),
    "another group": changed(group="BELENIOS-2048"),
    "key not in the group": changed(public_key=hostile.POINTS["torsion added"]),
    "identity as key": changed(public_key=hostile.POINTS["identity"]),
    "no questions": changed(questions=[]),
    "a question that is text": changed(questions=["?"]),
    "short uuid": changed(uuid="A" * 13),
    "uuid not base58": changed(uuid="0" * 14),
    "uuid with a line feed": changed(uuid="A" * 14 + "\n"),
    "no answers": asked(answers=[]),
    "min above max": asked(min=2, max=1),
    "negative min": asked(min=-1),
    "boundless max": asked(max=election.MAX_MARKS + 1),
    "enormous max": asked(max=10**30),
    "fractional max": asked(max=1.0),
    "blank as a number": asked(blank=1),
    "unknown question field": asked(weight=1),
    "lists question": changed(
        questions=[{"type": "Lists", "value": {"answers": [["L"]], "question": "?"}}]
    ),
    "write-in without a value": changed(questions=[{"type": "NonHomomorphic"}]),
    "write-in with limits": changed(questions=[{**WRITE_IN, "max": 1}]),
}


@pytest.mark.parametrize("text", BAD_ELECTIONS.values(), ids=BAD_ELECTIONS.keys())
def test_read_election_refuses(text: str) -> None:
    with pytest.raises(ProtocolError):
        election.read_election(text.encode())


def test_an_election_reads_back() -> None:
    paper = election.read_election(PAPER.encode())

    assert paper.questions == generate.QUESTIONS
    assert (paper.uuid, paper.public_key, paper.version) == (UUID, PUBLIC, 1)
    assert (paper.name, paper.administrator) == ("Hội nghị mẫu", "Ban tổ chức")


def test_fields_stand_in_the_specification_s_order() -> None:
    assert list(TREE) == [
        "version",
        "description",
        "name",
        "group",
        "public_key",
        "questions",
        "uuid",
        "administrator",
        "credential_authority",
    ]
    assert list(TREE["questions"][0]) == ["answers", "min", "max", "question"]
    assert list(TREE["questions"][4]) == ["answers", "blank", "min", "max", "question"]


def test_order_and_spacing_are_free_in_an_election_of_others() -> None:
    reordered = json.dumps(dict(reversed(TREE.items())), indent=2)

    assert election.read_election(reordered.encode()) == election.read_election(
        PAPER.encode()
    )


def test_a_write_in_question_can_be_read_and_written() -> None:
    text = changed(questions=[{**WRITE_IN, "extra": {"method": "Schulze"}}, WRITE_IN])
    paper = election.read_election(text.encode())
    assert all(isinstance(q, NonHomomorphicQuestion) for q in paper.questions)

    written = election.write_election(
        uuid=UUID, name="", description="", public_key=PUBLIC, questions=paper.questions
    )

    assert json.loads(written)["questions"] == [
        {**WRITE_IN, "extra": {"method": "Schulze"}},
        WRITE_IN,
    ]


def test_styles() -> None:
    nominee = election.agree_disagree("Nguyễn Văn Mẫu")
    assert nominee.answers == ("Đồng ý", "Không đồng ý")
    assert (nominee.min, nominee.max, nominee.blank) == (0, 1, False)
    assert nominee.question == "Nguyễn Văn Mẫu"

    motion = election.motion("Đề án")
    assert motion.answers == ("Tán thành", "Không tán thành", "Không có ý kiến")
    assert (motion.min, motion.max, motion.blank) == (1, 1, False)

    several = election.select("Chọn", ["A", "B", "C"], 2, 1, blank=True)
    assert (several.min, several.max, several.blank) == (1, 2, True)
    assert (several.choices, several.totals) == (4, range(1, 3))


@pytest.mark.parametrize(("maximum", "minimum"), [(3, 0), (1, 2), (-1, 0), (1, -1)])
def test_nobody_can_fill_in_such_a_question(maximum: int, minimum: int) -> None:
    with pytest.raises(EncodingError):
        election.select("Chọn", ("A", "B"), maximum, minimum)


def test_new_identifiers_are_valid_and_distinct() -> None:
    drawn = {election.new_uuid() for _ in range(1000)}

    assert len(drawn) == 1000
    for uuid in drawn:
        election.check_uuid(uuid)


def test_write_election_refuses_a_bad_identifier() -> None:
    with pytest.raises(EncodingError):
        election.write_election(
            uuid="short",
            name="",
            description="",
            public_key=PUBLIC,
            questions=[Question(answers=("A",), min=0, max=1, question="")],
        )
