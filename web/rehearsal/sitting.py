"""One conference after it was opened: cards, key, roll call, seal, box, count."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from web.rehearsal import committee, papers
from web.rehearsal.client import Json
from web.rehearsal.committee import Member
from web.rehearsal.delegates import Tablet
from web.rehearsal.papers import Papers
from web.rehearsal.room import Room
from web.rehearsal.secretary import Choose, Secretary, first_of, read_cards

_ABSENT_SHARE = 12  # one of so many of the summoned is away
_WITNESSES = 2  # who see the empty box together
_SPARE_SHARE = 10  # one spare card to so many delegates, and never none
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Size:
    """How large a rehearsed conference is.

    `pause` is seconds between two ballots of one tablet; 0 casts as fast as the box
    takes them. `away` is how many of the summoned do not come; by default few.
    """

    delegates: int = 60
    nominees: int = 12
    committee: int = 5
    threshold: int = 3
    tablets: int = 6
    seed: int = 1
    pause: float = 0.0
    away: int | None = None

    @property
    def present(self) -> int:
        """How many of the summoned come."""
        usual = self.delegates // _ABSENT_SHARE
        return self.delegates - (usual if self.away is None else self.away)

    @property
    def spares(self) -> int:
        """How many cards are printed beyond one a delegate."""
        return max(1, self.delegates // _SPARE_SHARE)


class Sitting:
    """What the people in a room do in one conference, act by act."""

    def __init__(self, room: Room, size: Size, progress: Progress) -> None:
        """Sit in `room` for one conference of this `size`."""
        self.room = room
        self.size = size
        self.secretary = Secretary(room.console)
        self.members: list[Member] = []
        self.cards: list[str] = []
        self.card_sheet = b""
        self.stages: dict[str, float] = {}
        self.opened_at = self.result_at = 0.0
        self._progress = progress

    def print_cards(self) -> None:
        """Print the ballot cards, and read them as delegates will."""
        with self.stage("cards"):
            self.card_sheet = self.secretary.print_cards(self.size.spares)
            self.cards = read_cards(self.card_sheet)

    def make_key(self) -> None:
        """Convene the committee and let it make and try its key."""
        with self.stage("key"):
            self.secretary.convene()
            self.members = committee.join_all(self.room.leader, self.secretary.uuid)
            for member in self.members:
                self.room.clients.callback(member.client.close)
            committee.make_key(self.members, self.size.threshold)
            self.secretary.await_committee()

    def keep_key(self, former: list[Member]) -> None:
        """Convene the committee of an earlier sitting: it goes on with its key."""
        with self.stage("key"):
            self.secretary.convene()
            self.members = committee.follow_all(former, self.secretary.uuid)
            self.secretary.await_committee()

    def seal(self) -> None:
        """Take the roll call and seal the paper."""
        with self.stage("roll_call"):
            self.secretary.take_roll_call(self.size.present)
        with self.stage("seal"):
            self.secretary.seal()

    def open(self) -> None:
        """See the empty box and open the vote."""
        with self.stage("open"):
            self.members[0].await_phase("sealed")
            for witness in self.members[:_WITNESSES]:
                witness.report_zero()
            self.secretary.await_zero_report()
            self.secretary.open()
        self.opened_at = time.perf_counter()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one stage and say how far it is."""
        self._progress(name, 0.0)
        started = time.perf_counter()
        yield
        self.stages[name] = time.perf_counter() - started
        self._progress(name, 1.0)

    def count(self) -> float:
        """Close the vote and open the sums; return the seconds that took."""
        opening = self.members[-self.size.threshold :]
        with self.stage("count"):
            started = time.perf_counter()
            self.secretary.close()
            opening[0].await_phase("unsealing")
            opening[0].tell_numbers()
            for member in opening:
                member.unseal()
            opening[0].await_phase("counted", "recorded")
            return time.perf_counter() - started

    def confirm(self, decide: Choose = first_of) -> Json:
        """Count again, confirm, close; let the head decide ties; publish the result.

        Returns:
            The counted conference, as it was before anything was decided.
        """
        with self.stage("confirm"):
            self.end_count()
            counted = self.secretary.await_result()
            self.result_at = time.perf_counter()
            self.secretary.decide_ties(self.room.chair, decide)
            self.secretary.publish()
        return counted

    def end_count(self) -> None:
        """Let every member count and confirm, and the leader close."""
        for member in self.members:
            member.own_count()
            member.confirm()
        committee.close(self.room.leader, self.secretary.uuid)

    def papers(self, office: str) -> Papers:
        """Fetch every document, the sheet of cards and the sealed bundle."""
        with self.stage("papers"):
            return papers.fetch(
                self.secretary, self.room.cluster, office, self.card_sheet
            )

    def hand_out(self) -> list[str]:
        """Draw a card for everyone present from the shuffled stack; void the rest."""
        stack = self.cards[:]
        self.room.invention.random.shuffle(stack)
        self.secretary.void_cards(stack[self.size.present :])
        return stack[: self.size.present]

    def pair(self) -> list[Tablet]:
        """Pair the tablets, if they are not paired yet."""
        with self.stage("tablets"):
            return self.room.pair(self.size.tablets)

    def election(self) -> bytes:
        """Fetch the sealed election."""
        return self.room.election(self.secretary.uuid)
