"""The room's display: what it says, and the pages that it turns.

What is read from 20 m away has to be large: ten rows fit one under the other, twenty
in two columns; more than that is shown page by page. Nothing is here that the room
may not see: the caller hands over announced results only.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from admin.result_screens import Result, Row
from admin.views import DisplayView
from web import i18n

_MOST_LINES = 10  # one under the other, headings among them
_MOST_ROWS = 20  # in two columns
_SIZES = (10, 7)  # lines from which the letters are smaller


@dataclass(frozen=True)
class Block:
    """Rows of one section under its heading; `first` is the rank of the first row."""

    section: Result
    rows: tuple[Row, ...]
    first: int


@dataclass(frozen=True)
class RoomPage:
    """What is on the display at one time.

    `part` is the heading of the ballot that the blocks belong to. `deep` is the
    number of rows of each of two columns, or 0 for a single column.
    """

    part: str
    blocks: tuple[Block, ...]
    size: int
    deep: int


def pages(results: Sequence[Result]) -> list[RoomPage]:
    """Return the pages of an announced result, short sections of a ballot together."""
    headed = len(results) > 1
    found: list[RoomPage] = []
    for part, sections in _ballots(results):
        waiting: list[Result] = []
        for section in sections:
            if waiting and _lines([*waiting, section], headed=headed) > _MOST_LINES:
                found += _turned(part, waiting, headed=headed)
                waiting = []
            waiting.append(section)
        found += _turned(part, waiting, headed=headed)
    return found


def heading(view: DisplayView, results: Sequence[Result]) -> str:
    """Return what stands at the top: one result's own name, or the conference's."""
    if len(results) != 1:
        return view.title
    [section] = results
    key = "room.heading_removal" if section.removal else "display.heading_result"
    return i18n.text(key, position=position(section))


def position(section: Result) -> str:
    """Return a position with its term."""
    if not section.term or section.term in section.title:
        return section.title
    return i18n.text("room.position", title=section.title, term=section.term)


def ballots(view: DisplayView) -> list[str]:
    """Return the ballots of the sitting by name, if there are several."""
    return list(dict.fromkeys(each.part for each in view.parts if each.part))


def _ballots(results: Sequence[Result]) -> Iterator[tuple[str, list[Result]]]:
    """Yield the sections ballot by ballot; the first section of each is headed."""
    part, sections = "", list[Result]()
    for section in results:
        if section.part and sections:
            yield part, sections
            sections = []
        part = section.part or part
        sections.append(section)
    if sections:
        yield part, sections


def _lines(sections: Sequence[Result], *, headed: bool) -> int:
    return sum(len(each.rows) + headed for each in sections)


def _turned(part: str, sections: list[Result], *, headed: bool) -> Iterator[RoomPage]:
    """Yield one page of short sections, or as many as one long section takes."""
    lines = _lines(sections, headed=headed)
    [first, *others] = sections
    if others or len(first.rows) <= _MOST_LINES:
        blocks = tuple(Block(each, each.ranked, 1) for each in sections)
        size = next((each for each in _SIZES if lines >= each), 1)
        yield RoomPage(part, blocks, size, deep=0)
        return
    count = math.ceil(len(first.rows) / _MOST_ROWS)
    each_page = math.ceil(len(first.rows) / count)
    for start in range(0, len(first.rows), each_page):
        rows = first.ranked[start : start + each_page]
        block = Block(first, rows, start + 1)
        yield RoomPage(part, (block,), 1, deep=math.ceil(each_page / 2))
