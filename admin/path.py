"""The numbered path of a conference: what is done, what is next, what still lacks.

Pure: it looks at the numbers of one conference and says, for each of the eight
pages, whether its work is done and why it is not open yet. The reasons are keys of
the catalogue; the pages print them with a link to the page that helps.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_ORDER = ("draft", "convened", "sealed", "open", "closed", "counted", "published")


class Page(StrEnum):
    """The eight pages, in the order of the work."""

    PEOPLE = "people"
    CARDS = "cards"
    COMMITTEE = "committee"
    ROLL_CALL = "roll-call"
    SEAL = "seal"
    VOTING = "voting"
    COUNT = "count"
    RESULT = "result"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far a conference has come; everything the path depends on."""

    state: str
    summoned: int
    empty_positions: int
    printed: int
    present: int
    needed_present: int
    committee_ready: bool
    locked: bool
    zero_reported: bool

    def reached(self, state: str) -> bool:
        """Whether the conference is in this state or past it; a void one in none."""
        if self.state not in _ORDER:
            return False
        return _ORDER.index(self.state) >= _ORDER.index(state)


@dataclass(frozen=True)
class Check:
    """One thing that must hold before the work of a page can begin."""

    key: str
    met: bool
    page: Page


@dataclass(frozen=True)
class Step:
    """One line of the path."""

    number: int
    page: Page
    status: str
    checks: tuple[Check, ...]

    @property
    def missing(self) -> tuple[Check, ...]:
        """What still lacks before this page opens."""
        return tuple(check for check in self.checks if not check.met)


def steps(standing: Standing) -> list[Step]:
    """Return the eight steps; the first one that is not done is `now`."""
    path = []
    waiting = standing.state == "void"
    for number, page in enumerate(Page, 1):
        done = _done(page, standing)
        status = "done" if done else "todo" if waiting else "now"
        waiting = waiting or not done
        path.append(Step(number, page, status, tuple(_checks(page, standing))))
    return path


def _done(page: Page, at: Standing) -> bool:
    return {
        Page.PEOPLE: at.summoned > 0 and at.empty_positions == 0,
        Page.CARDS: at.printed > 0,
        Page.COMMITTEE: at.committee_ready,
        Page.ROLL_CALL: at.locked,
        Page.SEAL: at.reached("sealed"),
        Page.VOTING: at.reached("closed"),
        Page.COUNT: at.reached("counted"),
        Page.RESULT: at.reached("published"),
    }[page]


def _checks(page: Page, at: Standing) -> Iterator[Check]:
    delegates = Check("need.delegates", at.summoned > 0, Page.PEOPLE)
    if page in {Page.CARDS, Page.ROLL_CALL}:
        yield delegates
    if page is Page.SEAL:
        yield delegates
        yield Check("need.nominees", at.empty_positions == 0, Page.PEOPLE)
        yield Check("need.cards", at.printed > 0, Page.CARDS)
        yield Check("need.committee", at.committee_ready, Page.COMMITTEE)
    if page is Page.VOTING:
        yield Check("need.sealed", at.reached("sealed"), Page.SEAL)
        quorum = at.summoned > 0 and at.present >= at.needed_present
        yield Check("need.quorum", quorum, Page.ROLL_CALL)
        yield Check("need.locked", at.locked, Page.ROLL_CALL)
        yield Check("need.zero", at.zero_reported, Page.COMMITTEE)
    if page is Page.COUNT:
        yield Check("need.closed", at.reached("closed"), Page.VOTING)
    if page is Page.RESULT:
        yield Check("need.counted", at.reached("counted"), Page.COUNT)
