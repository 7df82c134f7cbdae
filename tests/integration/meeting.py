"""One conference in the running services, played step by step by a test.

Everything goes through `web.rehearsal`, the same virtual people that `phieukin
rehearse` uses; a test decides what happens between two of their steps.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from crypto.ballot import make_ballot, tracker
from web.launcher.cluster import Cluster
from web.rehearsal import delegates
from web.rehearsal.client import Client, Json, wait_until
from web.rehearsal.conference import FINAL_STEP, Rehearsal, Size
from web.rehearsal.delegates import Marks, Tablet, Vote

SMALL = Size(delegates=12, nominees=3, committee=3, threshold=2, tablets=2)


@dataclass
class Meeting:
    """A conference that a test holds."""

    cluster: Cluster
    size: Size = SMALL
    step: str = FINAL_STEP
    cards: list[str] = field(default_factory=list, repr=False)
    left_over: list[str] = field(default_factory=list, repr=False)
    votes: list[Vote] = field(default_factory=list, repr=False)
    tablets: list[Tablet] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rehearsal = Rehearsal(self.cluster, self.size, step=self.step)

    @property
    def uuid(self) -> str:
        return self.rehearsal.secretary.uuid

    @property
    def conference(self) -> str:
        return self.rehearsal.secretary.conference

    @property
    def console(self) -> Json:
        """The conference as the secretary sees it."""
        return self.rehearsal.secretary.state()

    @property
    def committee(self) -> Json:
        """The election as its first committee member sees it."""
        return self.rehearsal.members[0].state()

    def open(self, marks: Sequence[Marks] | None = None) -> "Meeting":
        """Prepare everything and open the vote; the ballots are sealed, not cast.

        Args:
            marks: of each delegate; by default they choose at random.
        """
        self.rehearsal.until_sealed()
        self.tablets = self.rehearsal.pair()
        self.hand_out()
        self.rehearsal.open()
        self.votes = self.mark(self.cards, marks)
        return self

    def hand_out(self) -> None:
        """Give everyone present a card from the shuffled stack, and keep the rest."""
        stack = self.rehearsal.cards[:]
        self.rehearsal._invention.random.shuffle(stack)
        present = self.size.present
        self.cards, self.left_over = stack[:present], stack[present:]

    def mark(
        self, cards: Sequence[str], marks: Sequence[Marks] | None = None
    ) -> list[Vote]:
        """Let each card's holder mark and seal a ballot."""
        election = self.rehearsal.election()
        if marks is None:
            invention = self.rehearsal._invention
            marks = [delegates.choose(election, invention) for _ in cards]
        return [
            Vote(make_ballot(election, card, chosen), chosen)
            for card, chosen in zip(cards, marks, strict=True)
        ]

    def cast(self, votes: Sequence[Vote]) -> None:
        """Cast ballots one after the other, at each tablet in turn."""
        for number, vote in enumerate(votes):
            self.tablets[number % len(self.tablets)].cast(self.uuid, vote.raw)

    def count(self) -> Json:
        """Close the box, open the sums, confirm; return the counted conference."""
        self.rehearsal.count()
        return self.rehearsal.confirm()

    def board(self) -> Json:
        """What the public board says of itself."""
        with Client(self.cluster.urls["kiosk"]) as anyone:
            return anyone.get(f"/api/board/{self.uuid}")

    def events(self) -> list[Any]:
        """Every event on the public board, with its data."""
        found: list[Any] = []
        with Client(self.cluster.urls["kiosk"]) as anyone:
            path = f"/api/board/{self.uuid}/events"
            while page := anyone.get(path, **{"from": len(found)})["events"]:
                found += page
        return found

    def ballots(self) -> list[bytes]:
        """The ballots on the public board, in its order."""
        ballots = [e["data"] for e in self.events() if '"type":"Ballot"' in e["event"]]
        return [data[0].encode() for data in ballots]

    def trackers(self) -> list[str]:
        """The trackers of the ballots on the public board."""
        return [tracker(raw) for raw in self.ballots()]

    def await_mirror(self, checked: int) -> Json:
        """Wait until the tally has checked so many ballots."""

        def mirrored() -> Json:
            state = self.committee
            return state if state["mirror"]["checked"] == checked else {}

        return wait_until(f"{checked} mirrored ballots", mirrored)

    def leave(self) -> None:
        """Close every connection."""
        self.rehearsal.close()
