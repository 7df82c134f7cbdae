"""The room's display: what it says, and the pages that it turns.

What is read from 20 m away has to be large: letters are no smaller than 1/40 of the
picture's height. Ten rows of short names fit one under the other, fourteen in two
columns; long names take their lines, so that fewer fit; what is more is shown page by
page. Nothing is here that the room may not see: the caller hands over announced
results only.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from admin.announcement import Kind, Paragraph
from admin.result_screens import Result, Row
from admin.room_views import View
from admin.views import DisplayView
from web import i18n
from web.paper import Style

_MOST_LINES = 10  # one under the other, headings among them
_MOST_ROWS = 14  # in two columns
_SIZES = (7, 4)  # lines from which the letters are smaller
# Letters of the longest name of a page, and the rows that fit: the name above its bar.
_LONG_NAME = 36
_LONG_ROWS = ((80, 6), (120, 5))
_FEWEST_ROWS = 4

_LETTERS = 52  # of a line of the announcement, in the narrower shape
_TEXT_LINES = 12.5
_BREAK = 0.5  # of a line, between paragraphs


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
    number of rows of each of two columns, or 0 for a single column; where `long`,
    names stand above their bars.
    """

    part: str
    blocks: tuple[Block, ...]
    size: int
    deep: int
    long: bool = False


def pages(results: Sequence[Result]) -> list[RoomPage]:
    """Return the pages of an announced result, short sections of a ballot together."""
    headed = len(results) > 1
    found: list[RoomPage] = []
    for part, sections in _ballots(results):
        waiting: list[Result] = []
        for section in sections:
            if waiting and not _fit([*waiting, section], headed=headed):
                found += _turned(part, waiting, headed=headed)
                waiting = []
            waiting.append(section)
        found += _turned(part, waiting, headed=headed)
    return found


def text_pages(text: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Return the pages of an announcement; no page ends with a heading."""
    found: list[list[Paragraph]] = [[]]
    for paragraph in text:
        if found[-1] and _text_lines([*found[-1], paragraph]) > _TEXT_LINES:
            carried = _headings_at_end(found[-1])
            found[-1:] = [found[-1][: len(found[-1]) - len(carried)], carried]
        found[-1].append(paragraph)
    return found


def heading(view: DisplayView, results: Sequence[Result]) -> str:
    """Return what stands at the top: one result's own name, or the conference's."""
    if view.shown is View.WAITING:
        return view.office
    if view.shown is View.HOW_TO_VOTE:
        return i18n.text("room.how_title")
    if view.shown is View.ANNOUNCEMENT:
        return i18n.text("room.heading_announcement")
    if view.shown is not View.RESULT or len(results) != 1:
        return view.title
    [section] = results
    return i18n.text(_heading_of(section), position=position(section))


def position(section: Result) -> str:
    """Return a position with its term."""
    if not section.term or section.term in section.title:
        return section.title
    return i18n.text("room.position", title=section.title, term=section.term)


def ballots(view: DisplayView) -> list[str]:
    """Return the ballots of the sitting by name, if there are several."""
    return list(dict.fromkeys(each.part for each in view.parts if each.part))


def marking(view: DisplayView) -> str:
    """Return the catalogue key of how this paper is marked."""
    styles = {each.style for each in view.parts}
    if len(styles) != 1:
        return "room.how_2_mixed"
    return {
        Style.AGREE_DISAGREE: "room.how_2",
        Style.SELECT: "room.how_2_select",
        Style.MOTION: "room.how_2_motion",
    }[styles.pop()]


def _heading_of(section: Result) -> str:
    if section.style is Style.MOTION:
        return "room.heading_motion"
    return "room.heading_removal" if section.removal else "display.heading_result"


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


def _fit(sections: Sequence[Result], *, headed: bool) -> bool:
    """Whether these sections fit on one page, one under the other."""
    longest = max(_longest(each.rows) for each in sections)
    most = _MOST_LINES if longest <= _LONG_NAME else _capacity(longest)
    return _lines(sections, headed=headed) <= most


def _lines(sections: Sequence[Result], *, headed: bool) -> int:
    return sum(len(each.rows) + headed for each in sections)


def _turned(part: str, sections: list[Result], *, headed: bool) -> Iterator[RoomPage]:
    """Yield one page of short sections, or as many as one long section takes."""
    lines = _lines(sections, headed=headed)
    [first, *others] = sections
    if others or _fit([first], headed=False):
        blocks = tuple(Block(each, each.ranked, 1) for each in sections)
        long = any(_longest(each.rows) > _LONG_NAME for each in sections)
        yield RoomPage(part, blocks, _size(lines), deep=0, long=long)
        return
    for start, rows in _cut(first.ranked):
        long = _longest(rows) > _LONG_NAME
        single = long or len(rows) <= _MOST_LINES
        deep = 0 if single else math.ceil(len(rows) / 2)
        block = Block(first, rows, start + 1)
        yield RoomPage(part, (block,), _size(len(rows)), deep, long)


def _size(lines: int) -> int:
    return next((each for each in _SIZES if lines >= each), 1)


def _cut(rows: Sequence[Row]) -> Iterator[tuple[int, tuple[Row, ...]]]:
    """Yield the rows page by page: equal pages, or as many as long names leave."""
    if _longest(rows) <= _LONG_NAME:
        count = math.ceil(len(rows) / _MOST_ROWS)
        each_page = math.ceil(len(rows) / count)
        for start in range(0, len(rows), each_page):
            yield start, tuple(rows[start : start + each_page])
        return
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and _hold(rows[start : end + 1]):
            end += 1
        yield start, tuple(rows[start:end])
        start = end


def _hold(rows: Sequence[Row]) -> bool:
    longest = _longest(rows)
    return len(rows) <= (_MOST_ROWS if longest <= _LONG_NAME else _capacity(longest))


def _capacity(longest: int) -> int:
    fitting = (rows for letters, rows in _LONG_ROWS if longest <= letters)
    return next(fitting, _FEWEST_ROWS)


def _longest(rows: Sequence[Row]) -> int:
    return max((len(row.verdict.name) for row in rows), default=0)


def _text_lines(text: Sequence[Paragraph]) -> float:
    return sum(math.ceil(len(each.text) / _LETTERS) + _BREAK for each in text)


def _headings_at_end(page: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the headings that would stand alone at the foot of a page."""
    at_end = list[Paragraph]()
    for paragraph in reversed(page):
        if paragraph.kind not in {Kind.PART, Kind.HEADING} or len(at_end) == len(page):
            break
        at_end.insert(0, paragraph)
    return at_end if len(at_end) < len(page) else []
