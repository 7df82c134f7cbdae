"""Phiếu mẫu: the paper as a delegate sees it, to be shown before the vote (C.2)."""

import msgspec

from admin.documents.facts import Facts, heads, sections
from admin.documents.head import Head
from admin.documents.words import Words
from admin.records.kept import Kept
from admin.records.shapes import PositionRecord
from web.paper import Purpose, Style


class BallotLine(Facts, frozen=True):
    """One line to mark: a nominee with year and post, or a motion."""

    number: int
    name: str
    about: str


class BallotSection(Facts, frozen=True):
    """A section of the paper; `hint` says how it is marked."""

    part: str
    heading: str
    style: str
    hint: str
    agree: str
    disagree: str
    lines: tuple[BallotLine, ...]


class SampleBallot(Facts, frozen=True):
    """Everything that stands on the paper."""

    head: Head
    kind: str
    title: str
    office: str
    day: str
    sections: tuple[BallotSection, ...]


def build(kept: Kept, words: Words) -> SampleBallot:
    """Return the facts of the sample ballot."""
    conference = kept.conference
    head = heads.head(kept, words, final=True)
    marks = (words.text("doc.mark_sample"), head.mark)
    return SampleBallot(
        head=msgspec.structs.replace(head, mark=", ".join(filter(None, marks))),
        kind=_kind(kept, words),
        title=heads.named(conference, words),
        office=conference.office,
        day=words.long_day(conference.starts_at),
        sections=tuple(_section(kept, words, each) for each in conference.positions),
    )


def missing(kept: Kept) -> str:
    """Return why there is no ballot to show yet."""
    positions = kept.conference.positions
    named = [each.nominees or each.style is Style.MOTION for each in positions]
    return "" if named and all(named) else "doc.missing.nominees"


def _kind(kept: Kept, words: Words) -> str:
    """Return what the paper is called, by what it asks."""
    purposes = {each.purpose for each in kept.conference.positions}
    styles = {each.style for each in kept.conference.positions}
    if Style.MOTION in styles or len(purposes) != 1:
        return words.text("doc.kind.ballot")
    removes = purposes == {Purpose.REMOVE}
    return words.text("doc.kind.ballot_remove" if removes else "doc.kind.ballot_name")


def _section(kept: Kept, words: Words, position: PositionRecord) -> BallotSection:
    removes = position.purpose is Purpose.REMOVE
    end = "_remove" if removes else ""
    select = position.style is Style.SELECT
    return BallotSection(
        part=sections.part_words(kept, words, position),
        heading=f"{position.number}. {sections.heading_words(words, position)}",
        style=position.style.value,
        hint=words.text(
            f"doc.ballot.hint_{position.style.value}{end}",
            most=f"{_most(position):02d}",
        ),
        agree=words.text("doc.ballot.choose" if select else f"doc.column.agree{end}"),
        disagree=words.text(f"doc.column.disagree{end}"),
        lines=_lines(position),
    )


def _most(position: PositionRecord) -> int:
    """Return the most who may be chosen, as the paper is sealed with."""
    people = len(position.nominees)
    return min(position.quota or people, people)


def _lines(position: PositionRecord) -> tuple[BallotLine, ...]:
    if position.style is Style.MOTION:
        return (BallotLine(1, position.title, ""),)
    return tuple(
        BallotLine(
            each.number,
            f"{each.name} ({each.birth_year})" if each.birth_year else each.name,
            each.post,
        )
        for each in position.nominees
    )
