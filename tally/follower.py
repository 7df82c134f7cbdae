"""Follows one board and believes nothing: every event and ballot is checked.

No IO: links come in, what was accepted goes out to be stored. A follower knows the
chain, which cards have voted and every ciphertext so far, and keeps the encrypted
sum, so that nothing is left to compute when the box closes.

What it checks, in order (spec: Ballots, Encrypted tally; PROTOCOL.md):

1. the first event is the Setup of our sealed paper, no other;
2. an event extends the head, and its data is what it names;
3. a ballot is valid (form, card on the list, signature, all proofs);
4. its card has not voted, and none of its ciphertexts is on the board already;
5. after EndBallots nothing more comes from the kiosk.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from crypto.ballot import Ballot, read_ballot
from crypto.board import Board
from crypto.encoding import sha256_hex
from crypto.errors import BoardError
from crypto.events import Event, EventType, read_event
from crypto.group import Point
from crypto.setup import Setup
from crypto.tally import RunningTally
from tally.links import Link

Check = Callable[[bytes], Future[Ballot]]
_FROM_KIOSK = (EventType.SETUP, EventType.BALLOT, EventType.END_BALLOTS)


@dataclass(frozen=True)
class Page:
    """Some links of a board while they are being checked."""

    links: tuple[Link, ...]
    events: tuple[Event, ...]
    checks: tuple[Future[Ballot] | None, ...]


class Follower:
    """One board, as far as it was checked.

    Attributes:
        board: the chain.
        tally: the encrypted sum of its ballots.
    """

    def __init__(self, setup: Setup) -> None:
        self.board = Board()
        self.tally = RunningTally(setup)
        self._setup = setup
        self._voted: set[Point] = set()
        self._ciphertexts: set[bytes] = set()

    @property
    def complete(self) -> bool:
        """Whether the box is closed for good."""
        return self.board.last is EventType.END_BALLOTS

    def begin(self, links: Sequence[Link], check: Check) -> "Page":
        """Begin to check links that follow those begun before.

        Args:
            links: what the kiosk shows.
            check: begins to check a ballot's proofs, on another core.

        Raises:
            ProtocolError: one of them cannot be what it says.
        """
        events = [self._read(link) for link in links]
        checks = [
            check(link.data[0]) if event.type is EventType.BALLOT else None
            for event, link in zip(events, links, strict=True)
        ]
        return Page(tuple(links), tuple(events), tuple(checks))

    def finish(self, page: "Page") -> list[Link]:
        """Follow links once they are checked; return them to be stored.

        Raises:
            ProtocolError: one of them must not be; those before it were followed,
                but the follower is of no more use.
        """
        for event, checking in zip(page.events, page.checks, strict=True):
            self._follow(event, checking.result() if checking else None)
        return list(page.links)

    def resume(self, link: Link) -> None:
        """Follow a link that was checked before it was stored."""
        event = self._read(link)
        ballot = event.type is EventType.BALLOT
        election = self._setup.election
        self._follow(event, read_ballot(link.data[0], election) if ballot else None)

    def check_tip(self, head: str | None, height: int) -> None:
        """Refuse a board that ends before, or otherwise than, what was seen.

        Raises:
            BoardError: history was changed.
        """
        if height < self.board.height:
            raise BoardError(
                f"the board ends at {height}, it reached {self.board.height} before",
                check="mirror.shortened",
            )
        if height == self.board.height and head != self.board.head:
            raise BoardError(
                f"the board changed at height {height}", check="mirror.changed"
            )

    def _read(self, link: Link) -> Event:
        event = read_event(link.event)
        if event.type not in _FROM_KIOSK:
            raise BoardError(
                f"{event.type} does not come from the box", check="mirror.order"
            )
        if event.height == 0:
            self._check_setup(event, link)
            return event
        size = 1 if event.type is EventType.BALLOT else 0
        if len(link.data) != size:
            raise BoardError(
                f"event {event.height} comes with wrong data", check="mirror.data"
            )
        if link.data and sha256_hex(link.data[0]) != event.payload:
            raise BoardError(
                f"the data of event {event.height} is not what it names",
                check="mirror.data",
            )
        return event

    def _check_setup(self, event: Event, link: Link) -> None:
        source = self._setup.source
        expected = (source.election, source.trustees, source.credentials)
        if link.data != (*expected, source.setup_data) or event.payload != sha256_hex(
            source.setup_data
        ):
            raise BoardError(
                "the board is not of the sealed paper", check="mirror.setup"
            )

    def _follow(self, event: Event, ballot: Ballot | None) -> None:
        if ballot is not None:
            self._check_new(ballot)
        self.board.append(event)
        if ballot is not None:
            self._count(ballot)

    def _check_new(self, ballot: Ballot) -> None:
        if ballot.credential in self._voted:
            raise BoardError("a card has two ballots", check="mirror.card")
        fresh = _ciphertexts(ballot)
        if len(set(fresh)) != len(fresh) or not self._ciphertexts.isdisjoint(fresh):
            raise BoardError("a mark was copied", check="mirror.replay")

    def _count(self, ballot: Ballot) -> None:
        self._voted.add(ballot.credential)
        self._ciphertexts.update(_ciphertexts(ballot))
        self.tally.add(ballot)


def _ciphertexts(ballot: Ballot) -> list[bytes]:
    return [
        choice.alpha + choice.beta
        for answer in ballot.answers
        for choice in answer.choices
    ]
