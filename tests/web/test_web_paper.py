import msgspec
import pytest

from web import paper
from web.paper import Nominee, Paper, Place, Purpose, Section, Style
from web.rules import Base, Rule, Tie

RULE = Rule(share="3/10", strict=False, of=Base.PRESENT)
PEOPLE = (
    Nominee(id="n1", name="Trần Thị Ngọc Ánh", birth_year=1984, post="Trưởng phòng"),
    Nominee(id="n2", name="Lê Hoàng Đức"),
    Nominee(id="n3", name="Đinh Y Khoa Niê", post="Chánh Văn phòng"),
)
AGREE = Section("Phó Giám đốc", Style.AGREE_DISAGREE, RULE, nominees=PEOPLE)
SELECT = Section("Giám đốc", Style.SELECT, RULE, nominees=PEOPLE[:2], maximum=1)
MOTION = Section("Thông qua danh sách", Style.MOTION, RULE)


def paper_of(*sections: Section) -> Paper:
    return Paper(
        version=paper.VERSION,
        title="Hội nghị cán bộ chủ chốt",
        office="Sở Xây dựng",
        procedure="s000-next-term-onsite",
        procedure_version="1",
        step="3",
        step_name="Bước 3",
        announced=False,
        sections=sections,
    )


def test_a_paper_travels_in_the_description() -> None:
    whole = paper_of(AGREE, SELECT, MOTION)

    assert paper.from_description(paper.to_description(whole)) == whole
    assert "\\u" not in paper.to_description(whole)  # readable Vietnamese


def test_a_paper_of_another_version_is_refused() -> None:
    text = paper.to_description(paper_of(MOTION)).replace('"version":1', '"version":2')

    with pytest.raises(ValueError, match="version 2"):
        paper.from_description(text)


def test_an_unknown_field_is_refused() -> None:
    text = paper.to_description(paper_of(MOTION)).replace("{", '{"colour":"red",', 1)

    with pytest.raises(msgspec.ValidationError, match="colour"):
        paper.from_description(text)


def test_each_style_has_its_questions() -> None:
    questions = paper.questions(paper_of(AGREE, SELECT, MOTION))

    assert len(questions) == 3 + 1 + 1
    assert [len(one.answers) for one in questions][3] == 2


def test_places_find_every_line_in_the_result() -> None:
    whole = paper_of(AGREE, SELECT, MOTION)

    assert list(paper.places(whole)) == [
        Place(0, 0, 0, 0),
        Place(0, 1, 1, 0),
        Place(0, 2, 2, 0),
        Place(1, 0, 3, 0),
        Place(1, 1, 3, 1),
        Place(2, 0, 4, 0),
    ]
    last = max(place.question for place in paper.places(whole))
    assert last + 1 == len(paper.questions(whole))


def test_a_line_is_printed_with_what_is_known() -> None:
    assert [paper.line(n, one) for n, one in enumerate(PEOPLE, 1)] == [
        "1. Trần Thị Ngọc Ánh (1984), Trưởng phòng",
        "2. Lê Hoàng Đức",
        "3. Đinh Y Khoa Niê, Chánh Văn phòng",
    ]


BAD = {
    "nobody to vote on": Section("Giám đốc", Style.AGREE_DISAGREE, RULE),
    "no maximum": Section("Giám đốc", Style.SELECT, RULE, nominees=PEOPLE),
    "maximum of none": Section(
        "Giám đốc", Style.SELECT, RULE, nominees=PEOPLE, maximum=0
    ),
    "maximum above all": Section(
        "Giám đốc", Style.SELECT, RULE, nominees=PEOPLE, maximum=4
    ),
}


@pytest.mark.parametrize("section", BAD.values(), ids=BAD.keys())
def test_a_section_without_a_question_is_refused(section: Section) -> None:
    with pytest.raises(ValueError, match="section 'Giám đốc'"):
        paper.questions(paper_of(section))


NEXT_TERM, REVIEW = "Giới thiệu quy hoạch", "Rà soát, bổ sung quy hoạch hằng năm"
LATER = Section(
    "Phó Giám đốc",
    Style.AGREE_DISAGREE,
    Rule(share="0", strict=False, of=Base.PRESENT),
    term="2025–2030",
    nominees=PEOPLE[:2],
    part=NEXT_TERM,
)
REMOVAL = Section(
    "Phó Giám đốc",
    Style.AGREE_DISAGREE,
    Rule(
        share="1/2",
        strict=True,
        of=Base.SUMMONED,
        quota=2,
        tie=Tie.HEAD,
        decider="Bí thư",
    ),
    nominees=PEOPLE[1:],
    purpose=Purpose.REMOVE,
    part=REVIEW,
    procedure="s004-annual-review",
    step="1",
)


def test_two_ballots_of_a_sitting_travel_on_one_paper() -> None:
    """A.3: S004 runs annual-review ballots in the same sitting as next-term ballots."""
    whole = paper_of(LATER, REMOVAL)

    read = paper.from_description(paper.to_description(whole))

    assert read == whole
    assert [one.part for one in read.sections] == [NEXT_TERM, REVIEW]
    assert [one.purpose for one in read.sections] == ["introduce", "remove"]
    assert (read.sections[0].rule.open, read.sections[1].rule.open) == (True, False)
    assert read.sections[1].rule.decider == "Bí thư"


def test_a_paper_with_one_ballot_reads_as_it_always_did() -> None:
    """What was sealed before there were purposes has the same fingerprint now."""
    text = paper.to_description(paper_of(AGREE))

    for word in ("purpose", "part", "decider", '"procedure":""'):
        assert word not in text
    assert paper.from_description(text).sections[0].purpose is Purpose.INTRODUCE


def test_a_removal_is_asked_as_a_removal() -> None:
    """The question inside the election says what agreement means, not the page only."""
    introduced, removed = paper.questions(paper_of(LATER, REMOVAL))[1:3]

    assert introduced.question == "2. Lê Hoàng Đức"
    assert removed.question == "Đưa ra khỏi quy hoạch: 1. Lê Hoàng Đức"
    assert introduced.answers == removed.answers


def test_the_same_position_in_two_parts_keeps_its_places_apart() -> None:
    assert list(paper.places(paper_of(LATER, REMOVAL))) == [
        Place(0, 0, 0, 0),
        Place(0, 1, 1, 0),
        Place(1, 0, 2, 0),
        Place(1, 1, 3, 0),
    ]


def test_an_unknown_purpose_is_refused() -> None:
    text = paper.to_description(paper_of(REMOVAL)).replace('"remove"', '"promote"')

    with pytest.raises(msgspec.ValidationError, match="promote"):
        paper.from_description(text)


def test_a_strict_share_of_nothing_is_no_rule() -> None:
    """More than nothing is not the same as no threshold."""
    with pytest.raises(ValueError, match="someone can reach"):
        Rule(share="0", strict=True, of=Base.PRESENT)
