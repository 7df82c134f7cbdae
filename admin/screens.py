"""What the pages show beyond the numbers: sentences, the path, the paper."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from admin import path, wording
from admin.reconciliation import Line
from admin.views import (
    ConferenceView,
    CountsView,
    ItemView,
    NomineeView,
    PositionView,
)
from web import i18n, paper
from web.paper import Purpose

_SEALED = ("sealed", "open", "closed", "counted", "published")
_SPARE_SHARE = 10  # one spare card for so many delegates
_FEWEST_SPARES = 5


@dataclass(frozen=True)
class Section:
    """One position of the paper with its rule in words.

    `part` is the heading of its ballot, on the first position of each only.
    """

    number: int
    part: str
    title: str
    term: str
    removal: bool
    rule: str
    needed_words: str
    nominees: tuple[NomineeView, ...]
    lines: tuple[str, ...]


def sections(view: ConferenceView) -> list[Section]:
    """Return the positions of the paper, each with its rule in words."""
    names = {item.number: item for item in view.items}
    found, last = [], 0
    for position in view.positions:
        several = len(view.items) > 1 and position.item != last
        last = position.item
        found.append(_section(position, names[last], headed=several))
    return found


def phase(state: str, *, announced: bool) -> str:
    """Return what the room's display is about."""
    if not announced and state in {"counted", "published"}:
        return "complete"
    phases = {
        "open": "open",
        "closed": "counting",
        "counted": "counted",
        "published": "announced",
        "void": "void",
    }
    return phases.get(state, "waiting")


def current_page(state: str) -> path.Page:
    """Return the page on which the work of a conference goes on."""
    pages = {
        "sealed": path.Page.VOTING,
        "open": path.Page.VOTING,
        "closed": path.Page.COUNT,
        "counted": path.Page.RESULT,
        "published": path.Page.RESULT,
        "convened": path.Page.COMMITTEE,
    }
    return pages.get(state, path.Page.PEOPLE)


def broken(counts: CountsView) -> str | None:
    """Name the first inequality of the reconciliation line that does not hold."""
    return Line(
        summoned=counts.summoned,
        present=counts.present,
        printed=counts.printed,
        issued=counts.issued,
        voided=counts.voided,
        cast=counts.cast,
    ).broken()


def steps(view: ConferenceView) -> list[path.Step]:
    """Return the numbered path of a conference."""
    return path.steps(standing(view))


def standing(view: ConferenceView) -> path.Standing:
    """Return what the path depends on."""
    return path.Standing(
        state=view.state,
        summoned=view.counts.summoned,
        empty_positions=sum(not each.nominees for each in view.positions),
        printed=view.counts.printed,
        present=view.counts.present,
        needed_present=view.quorum.needed,
        committee_ready=view.committee.ready,
        locked=view.roll_call_locked,
        zero_reported=view.zero_reported,
    )


def committee_stage(view: ConferenceView) -> int:
    """Return how far the committee is: 0 not convened ... 4 saw the box empty."""
    done = (
        view.state != "draft",
        view.committee.ready,
        view.state in _SEALED,
        view.zero_reported,
    )
    return next((n for n, step in enumerate(done) if not step), len(done))


def comparisons(counts: CountsView) -> list[tuple[str, str, bool]]:
    """Return the reconciliation line as pairs that must be in order."""
    pairs = (("cast", "issued"), ("issued", "present"), ("present", "summoned"))
    return [
        (low, high, (getattr(counts, low) or 0) <= getattr(counts, high))
        for low, high in pairs
    ]


def spares(summoned: int) -> int:
    """Return how many spare cards to propose."""
    return max(_FEWEST_SPARES, math.ceil(summoned / _SPARE_SHARE))


def nominee_count(positions: Sequence[PositionView]) -> int:
    """Return how many lines the paper has."""
    return sum(len(each.nominees) for each in positions)


def alarm_words(view: ConferenceView) -> str:
    """Return what the alarm says, in words if its code has some."""
    if view.alarm is None:
        return ""
    key = f"alarm.{view.alarm.code}"
    words = i18n.text(key)
    return f"{view.alarm.code} {view.alarm.detail}".strip() if words == key else words


def _section(position: PositionView, item: ItemView, *, headed: bool) -> Section:
    return Section(
        number=position.number,
        part=item.procedure_name if headed else "",
        title=position.title,
        term=position.term,
        removal=position.purpose is Purpose.REMOVE,
        rule=wording.rule_words(position.rule, position.purpose),
        needed_words=wording.needed_words(position.rule, position.needed),
        nominees=position.nominees,
        lines=tuple(_line(nominee) for nominee in position.nominees),
    )


def _line(nominee: NomineeView) -> str:
    named = paper.Nominee("", nominee.name, nominee.birth_year, nominee.post)
    return paper.line(nominee.number, named)
