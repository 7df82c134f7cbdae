"""Virtual delegates at virtual tablets: the tablets' protocol, timed."""

import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

from crypto import ballot
from crypto.credentials import public_credential
from crypto.election import read_election
from crypto.group import encode_point
from web import paper
from web.rehearsal.client import Client
from web.rehearsal.errors import RehearsalError
from web.rehearsal.people import Invention

# How a virtual delegate leans: most nominees are agreed to by most delegates, so that
# some pass and some do not.
_AGREE, _DISAGREE = 0.62, 0.9

Marks = list[list[int]]


@dataclass(frozen=True)
class Vote:
    """A finished ballot, ready to be cast. The card stays with the delegate."""

    raw: bytes
    marks: Marks


@dataclass
class Casting:
    """How the casting went: seconds per accepted ballot, and for all together."""

    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def percentile(self, share: float) -> float:
        """Return the latency in milliseconds that `share` of the ballots kept."""
        ordered = sorted(self.latencies)
        index = min(len(ordered) - 1, int(share * len(ordered)))
        return ordered[index] * 1000 if ordered else 0.0


class Tablet:
    """One paired tablet."""

    def __init__(self, url: str, code: str) -> None:
        """Pair with a one-time code."""
        self._client = Client(url)
        self._client.refresh()
        self._client.post("/api/booth/pair", {"code": code})
        self._client.refresh()

    def check_card(self, uuid: str, card: str) -> None:
        """Ask about a card, as a tablet does after a scan.

        Raises:
            RehearsalError: the card may not vote.
        """
        status = self._client.post(
            f"/api/elections/{uuid}/cards/check",
            {"credential": encode_point(public_credential(uuid, card))},
        )["status"]
        if status != "unused":
            raise RehearsalError(f"a ballot card is {status}")

    def cast(self, uuid: str, raw: bytes) -> float:
        """Cast a ballot and return the seconds it took.

        Raises:
            RehearsalError: the tracker is not the ballot's.
        """
        started = time.perf_counter()
        answer = self._client.post_raw(f"/api/elections/{uuid}/ballots", raw)
        seconds = time.perf_counter() - started
        if answer["tracker"] != ballot.tracker(raw):
            raise RehearsalError("the box answered the tracker of another ballot")
        return seconds

    def close(self) -> None:
        """Switch the tablet off."""
        self._client.close()


def choose(election: bytes, invention: Invention) -> Marks:
    """Mark a paper: agree, disagree or neither for each nominee."""
    sheet = paper.from_description(read_election(election).description)
    marks = [[0] * len(question.answers) for question in paper.questions(sheet)]
    for place in paper.places(sheet):
        draw = invention.random.random()
        # The further down the list, the fewer agree: the result has both verdicts.
        agrees = draw < _AGREE - 0.05 * place.nominee % 0.5 + 0.2
        answer = _answer(sheet.sections[place.section], place, draw, agrees=agrees)
        chosen = marks[place.question]
        most = sheet.sections[place.section].maximum or len(chosen)
        if answer is not None and sum(chosen) < most:
            chosen[answer] = 1
    return marks


def _answer(
    section: paper.Section, place: paper.Place, draw: float, *, agrees: bool
) -> int | None:
    """Return which answer of its question a delegate marks, if any."""
    if agrees:
        return place.answer
    if section.style is paper.Style.SELECT:
        return None  # not choosing somebody is no mark
    disagrees = section.style is paper.Style.MOTION or draw < _DISAGREE
    return 1 if disagrees else None


def mark_all(election: bytes, cards: list[str], invention: Invention) -> list[Vote]:
    """Let one delegate a card mark and seal a ballot."""
    return seal_all(election, cards, [choose(election, invention) for _ in cards])


def seal_all(election: bytes, cards: list[str], choices: list[Marks]) -> list[Vote]:
    """Seal a ballot for each card, marked as chosen."""
    made = (
        ballot.make_ballot(election, card, marks)
        for card, marks in zip(cards, choices, strict=True)
    )
    return [Vote(raw, marks) for raw, marks in zip(made, choices, strict=True)]


def cast_all(
    tablets: list[Tablet], uuid: str, votes: list[Vote], *, pause: float = 0.0
) -> Casting:
    """Cast every ballot, the tablets side by side; `pause` seconds between two."""
    casting = Casting()
    queues = [
        list(islice(votes, start, None, len(tablets))) for start in range(len(tablets))
    ]
    started = time.perf_counter()
    with ThreadPoolExecutor(len(tablets)) as room:
        jobs = [
            room.submit(_work, tablet, uuid, queue, pause * n / len(tablets), pause)
            for n, (tablet, queue) in enumerate(zip(tablets, queues, strict=True))
        ]
        casting.latencies = [seconds for job in jobs for seconds in job.result()]
    casting.seconds = time.perf_counter() - started
    return casting


def expected_sums(votes: Iterable[Vote]) -> Marks:
    """Add up what the delegates marked, per question and answer."""
    total: Marks = []
    for vote in votes:
        if not total:
            total = [[0] * len(question) for question in vote.marks]
        total = [
            [a + b for a, b in zip(sums, marks, strict=True)]
            for sums, marks in zip(total, vote.marks, strict=True)
        ]
    return total


def _work(
    tablet: Tablet, uuid: str, queue: list[Vote], delay: float, pause: float
) -> list[float]:
    time.sleep(delay)
    latencies = []
    for vote in queue:
        latencies.append(tablet.cast(uuid, vote.raw))
        if pause:
            time.sleep(pause)
    return latencies
