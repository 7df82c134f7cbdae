"""The ballot paper: what the delegates vote on and the rules that decide.

The paper travels inside the sealed Belenios election, as the JSON of its
`description`, so the election's fingerprint covers every nominee and every rule:
nobody can change a rule after seeing votes, and a verifier reads the rules from the
archive itself (docs/architecture.md).

Questions are numbered over the whole paper, section by section: an agree-disagree
section has one question a nominee, a select or motion section has one question.
"""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from crypto import election
from web.rules import Rule

VERSION = 1
_ASKED = {"introduce": "%s", "remove": "Đưa ra khỏi quy hoạch: %s"}


class Style(StrEnum):
    """How a section is marked (PROTOCOL.md, ballot styles)."""

    AGREE_DISAGREE = "agree-disagree"
    SELECT = "select"
    MOTION = "motion"


class Purpose(StrEnum):
    """What agreement to a line of a section means."""

    INTRODUCE = "introduce"
    REMOVE = "remove"


class Nominee(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True
):
    """One line of the paper. `id` is random and stays the same from step to step."""

    id: str
    name: str
    birth_year: int | None = None
    post: str = ""


class Section(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True
):
    """One position with its nominees, or one motion, under one rule.

    `maximum` is the most nominees that a select section lets a delegate choose.
    `part` names the ballot that the section belongs to, where one sitting holds
    several on one paper; `procedure` and `step` are that ballot's, if not the paper's.
    """

    title: str
    style: Style
    rule: Rule
    term: str = ""
    nominees: tuple[Nominee, ...] = ()
    maximum: int | None = None
    purpose: Purpose = Purpose.INTRODUCE
    part: str = ""
    procedure: str = ""
    step: str = ""


class Paper(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Everything that is sealed before the box opens."""

    version: int
    title: str
    office: str
    procedure: str
    procedure_version: str
    step: str
    step_name: str
    announced: bool
    sections: tuple[Section, ...]
    demo: bool = False


class Place(msgspec.Struct, frozen=True):
    """Where a line of the paper is in the Belenios result: question and answer."""

    section: int
    nominee: int
    question: int
    answer: int


def to_description(paper: Paper) -> str:
    """Write the paper as the election's description: compact JSON."""
    return msgspec.json.encode(paper).decode()


def from_description(text: str) -> Paper:
    """Read the paper back from an election's description.

    Raises:
        msgspec.ValidationError: the description is not a ballot paper of ours.
        ValueError: it has another version.
    """
    paper = msgspec.json.decode(text, type=Paper)
    if paper.version != VERSION:
        raise ValueError(f"ballot paper of version {paper.version}, not {VERSION}")
    return paper


def questions(paper: Paper) -> list[election.Question]:
    """Return the Belenios questions of the paper, in order.

    Raises:
        ValueError: a section has nothing to vote on, or no or too large a maximum.
    """
    return [question for section in paper.sections for question in _of(section)]


def places(paper: Paper) -> Iterator[Place]:
    """Yield where each nominee's agreement stands in a result, in paper order."""
    question = 0
    for index, section in enumerate(paper.sections):
        if section.style is Style.AGREE_DISAGREE:
            for nominee in range(len(section.nominees)):
                yield Place(index, nominee, question + nominee, 0)
            question += len(section.nominees)
        elif section.style is Style.SELECT:
            for nominee in range(len(section.nominees)):
                yield Place(index, nominee, question, nominee)
            question += 1
        else:
            yield Place(index, 0, question, 0)
            question += 1


def line(number: int, nominee: Nominee) -> str:
    """Return a nominee as printed: "2. Lê Hoàng Đức (1979), Chánh Văn phòng"."""
    born = f" ({nominee.birth_year})" if nominee.birth_year else ""
    post = f", {nominee.post}" if nominee.post else ""
    return f"{number}. {nominee.name}{born}{post}"


def _of(section: Section) -> list[election.Question]:
    if section.style is Style.MOTION:
        return [election.motion(section.title)]
    if not section.nominees:
        raise ValueError(f"section {section.title!r} has no nominee")
    lines = [line(n, nominee) for n, nominee in enumerate(section.nominees, 1)]
    if section.style is Style.AGREE_DISAGREE:
        asked = [_ASKED[section.purpose] % text for text in lines]
        return [election.agree_disagree(text) for text in asked]
    if section.maximum is None or not 1 <= section.maximum <= len(lines):
        raise ValueError(
            f"section {section.title!r} needs a maximum of 1..{len(lines)}"
        )
    return [election.select(section.title, lines, maximum=section.maximum)]
