"""The bulletin board as a state machine (spec: Public data, Ballots, Tally).

A Board only ever grows, and it grows by exactly one grammar:

    Setup Ballot* EndBallots EncryptedTally [Shuffle+ EndShuffles]
    PartialDecryption+ Result

the bracket present exactly if the paper has a non-homomorphic question, and at most
one PartialDecryption per owner. belenios-tool does not check this order.

It does no file and no network work and does not look into payloads: callers hand it
events and store what it accepted.
"""

from crypto.errors import BoardError
from crypto.events import WITHOUT_PAYLOAD, Event, EventType

Grammar = dict[EventType | None, frozenset[EventType]]

_COMMON: Grammar = {
    None: frozenset({EventType.SETUP}),
    EventType.SETUP: frozenset({EventType.BALLOT, EventType.END_BALLOTS}),
    EventType.BALLOT: frozenset({EventType.BALLOT, EventType.END_BALLOTS}),
    EventType.END_BALLOTS: frozenset({EventType.ENCRYPTED_TALLY}),
    EventType.ENCRYPTED_TALLY: frozenset({EventType.PARTIAL_DECRYPTION}),
    EventType.PARTIAL_DECRYPTION: frozenset(
        {EventType.PARTIAL_DECRYPTION, EventType.RESULT}
    ),
    EventType.RESULT: frozenset(),
}
_WITH_SHUFFLES: Grammar = _COMMON | {
    EventType.ENCRYPTED_TALLY: frozenset({EventType.SHUFFLE}),
    EventType.SHUFFLE: frozenset({EventType.SHUFFLE, EventType.END_SHUFFLES}),
    EventType.END_SHUFFLES: frozenset({EventType.PARTIAL_DECRYPTION}),
}


def grammar(*, shuffles: bool) -> Grammar:
    """Say which events may follow which; None stands for the empty board."""
    return _WITH_SHUFFLES if shuffles else _COMMON


class Board:
    """The chain of events of one election, as far as it has grown.

    Attributes:
        head: hash of the last event, or None while there is none.
        height: height of the last event, -1 while there is none.
        ballots: number of Ballot events.
        owners: trustees whose partial decryption is on the board.
    """

    def __init__(self, *, shuffles: bool = False) -> None:
        self.head: str | None = None
        self.height = -1
        self.ballots = 0
        self.owners: frozenset[int] = frozenset()
        self._last: EventType | None = None
        self._ballot_hashes: set[str] = set()
        self._may_follow = grammar(shuffles=shuffles)

    @property
    def last(self) -> EventType | None:
        """Say what kind of event came last."""
        return self._last

    @property
    def expected(self) -> frozenset[EventType]:
        """Say what may come next; empty once the result is on the board."""
        return self._may_follow[self._last]

    def next_event(self, kind: EventType, payload: str | None = None) -> Event:
        """Build the event that extends the head, without appending it."""
        return Event(
            parent=self.head, height=self.height + 1, type=kind, payload=payload
        )

    def append(self, event: Event, *, owner: int | None = None) -> str:
        """Accept one more event and return its hash, the new head.

        Args:
            event: the event.
            owner: the trustee, exactly if the event is a partial decryption.

        Raises:
            BoardError: the event does not extend the board; nothing has changed.
        """
        self._check_order(event)
        self._check_link(event)
        self._check_payload(event)
        self._check_owner(event, owner)
        return self._grow(event, owner)

    def _check_order(self, event: Event) -> None:
        if event.type not in self.expected:
            before = self._last or "an empty board"
            raise BoardError(
                f"{event.type} may not follow {before} (height {event.height})",
                check="board.order",
            )

    def _check_link(self, event: Event) -> None:
        if (event.parent, event.height) != (self.head, self.height + 1):
            raise BoardError(
                f"event at height {event.height} does not extend the current head",
                check="board.chain",
            )

    def _check_payload(self, event: Event) -> None:
        if (event.payload is None) != (event.type in WITHOUT_PAYLOAD):
            word = "needs" if event.payload is None else "may not have"
            raise BoardError(f"{event.type} {word} a payload", check="board.payload")
        if event.type is EventType.BALLOT and event.payload in self._ballot_hashes:
            raise BoardError(
                f"ballot {event.payload} is already on the board",
                check="board.replay",
            )

    def _check_owner(self, event: Event, owner: int | None) -> None:
        if (owner is None) != (event.type is not EventType.PARTIAL_DECRYPTION):
            raise BoardError(
                "a partial decryption has an owner, and nothing else has",
                check="board.owner",
            )
        if owner in self.owners:
            raise BoardError(
                f"trustee {owner} has two partial decryptions", check="board.owner"
            )

    def _grow(self, event: Event, owner: int | None) -> str:
        if event.type is EventType.BALLOT and event.payload is not None:
            self.ballots += 1
            self._ballot_hashes.add(event.payload)
        if owner is not None:
            self.owners |= {owner}
        self.head, self.height, self._last = event.hash, event.height, event.type
        return self.head
