"""What the chair reads aloud: a result in sentences, in the order of its reading.

Nothing is computed here: the figures, the percentages with their bases and the
verdicts are those of `admin/result_screens.py`. A step whose result is not announced
gets a text that says so and has no figure of the count.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from admin.result_screens import Result, Row
from admin.result_views import TieView
from admin.views import ConferenceView, CountsView, DisplayView
from admin.wording import base_words
from web import i18n
from web.paper import Style


class Kind(StrEnum):
    """What a paragraph is: how it is set, and where a page may break."""

    SAID = "said"
    PART = "part"
    HEADING = "heading"
    LINE = "line"


@dataclass(frozen=True)
class Paragraph:
    """Some sentences that are read in one breath."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Occasion:
    """Where and when, and how many people and ballots."""

    title: str
    office: str
    starts_at: datetime
    counts: CountsView


def occasion(view: ConferenceView | DisplayView) -> Occasion:
    """Return the occasion that a view is of."""
    return Occasion(view.title, view.office, view.starts_at, view.counts)


def announced(
    at: Occasion, results: Sequence[Result], ties: Iterable[TieView]
) -> list[Paragraph]:
    """Return the announcement of a result whose ties are decided."""
    decided = {tie.position: tie for tie in ties if tie.decision}
    text = [_said("opening", **_place(at)), *_numbers(at.counts)]
    for result in results:
        text += _section(result, decided.get(result.number))
    return [*text, _said("closing")]


def quiet(at: Occasion) -> list[Paragraph]:
    """Return what is said at a step whose result is not announced."""
    said = [_said("opening_quiet", **_place(at)), *_numbers(at.counts)]
    return [*said, _said("not_announced"), _said("closing_quiet")]


def plain(text: Iterable[Paragraph]) -> str:
    """Return the announcement as it is copied: one paragraph a line."""
    return "\n".join(each.text for each in text)


def _place(at: Occasion) -> dict[str, str]:
    day = i18n.day(at.starts_at.astimezone())
    return {"title": at.title, "office": at.office, "day": day}


def _numbers(counts: CountsView) -> Iterator[Paragraph]:
    yield _said(
        "people",
        summoned=counts.summoned,
        present=counts.present,
        share=i18n.share(counts.present, counts.summoned),
    )
    cast = counts.cast or 0
    left = counts.issued - cast
    yield _said(
        "ballots_left" if left else "ballots",
        issued=counts.issued,
        cast=cast,
        left=left,
    )


def _section(result: Result, tie: TieView | None) -> Iterator[Paragraph]:
    if result.part:
        yield Paragraph(Kind.PART, result.part)
    if result.style is Style.MOTION:
        yield from _motion(result)
        return
    yield _paragraph(Kind.HEADING, _heading(result), position=_position(result))
    yield Paragraph(Kind.SAID, f"{result.rule} {result.needed_words}".strip())
    yield _said("order_removal" if result.removal else "order", count=len(result.rows))
    for rank, row in enumerate(result.ranked, 1):
        yield _line(result, rank, row)
    if tie is not None:
        yield _tie(tie)
    yield _outcome(result)


def _motion(result: Result) -> Iterator[Paragraph]:
    [row] = result.rows
    verdict = row.verdict
    yield _paragraph(Kind.HEADING, "motion", title=result.title)
    yield Paragraph(Kind.SAID, f"{result.rule} {result.needed_words}".strip())
    yield _paragraph(
        Kind.LINE,
        "motion_line",
        agree=verdict.agree,
        share=row.percent,
        disagree=verdict.disagree,
        unmarked=verdict.unmarked,
        out_of=verdict.out_of,
        base=base_words(verdict.base),
    )
    yield _said("motion_carried" if row.on else "motion_lost", title=result.title)


def _line(result: Result, rank: int, row: Row) -> Paragraph:
    verdict = row.verdict
    said = i18n.text(
        "announcement.line_removal" if result.removal else "announcement.line",
        rank=rank,
        name=verdict.name,
        agree=verdict.agree,
        out_of=verdict.out_of,
        base=base_words(verdict.base),
        share=row.percent,
        verdict=_lowered(row.words),
    )
    note = _rounding(row)
    return Paragraph(Kind.LINE, f"{said} {note}".strip())


def _rounding(row: Row) -> str:
    """Return the note where rounding would not show which side a share is on."""
    if not row.close:
        return ""
    return i18n.text(
        "announcement.rounding", agree=row.verdict.agree, needed=row.verdict.needed
    )


def _tie(tie: TieView) -> Paragraph:
    decision = tie.decision
    if decision is None:
        raise ValueError("the tie is not decided")
    names = {line.key: line.name for line in tie.tied}
    return _said(
        "tie_because" if decision.reason else "tie",
        tied=_list(names.values()),
        votes=tie.tied[0].agree,
        seats=tie.seats,
        head_name=decision.head_name,
        head_title=decision.head_title,
        chosen=_list(names[key] for key in names if key in decision.chosen),
        reason=decision.reason,
    )


def _outcome(result: Result) -> Paragraph:
    names = [row.verdict.name for row in result.going_on]
    key = "removed" if result.removal else "noted" if result.mark is None else "passed"
    if not names:
        return _said(f"{key}_none", position=_position(result))
    return _said(key, count=len(names), names=_list(names), position=_position(result))


def _heading(result: Result) -> str:
    return "heading_removal" if result.removal else "heading"


def _position(result: Result) -> str:
    if not result.term or result.term in result.title:
        return result.title
    return i18n.text("room.position", title=result.title, term=result.term)


def _list(names: Iterable[str]) -> str:
    *others, last = names
    if not others:
        return last
    return i18n.text("announcement.and", others=", ".join(others), last=last)


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _said(key: str, /, **values: object) -> Paragraph:
    return _paragraph(Kind.SAID, key, **values)


def _paragraph(kind: Kind, key: str, /, **values: object) -> Paragraph:
    return Paragraph(kind, i18n.text(f"announcement.{key}", **values))
