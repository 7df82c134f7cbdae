"""What happened in an archive, event by event (spec: Public data).

The records of one event come in a fixed order, data first. This reader goes on
after a fault, so that an audit can name everything that is wrong; each fault says
which check it belongs to.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from crypto.archive import ArchiveRecord, RecordKind
from crypto.board import grammar
from crypto.encoding import read, sha256_hex
from crypto.errors import BoardError, ProtocolError
from crypto.events import (
    WITHOUT_PAYLOAD,
    Event,
    EventType,
    Owned,
    SetupData,
    SizedEncryptedTally,
    read_event,
)


@dataclass(frozen=True)
class Step:
    """One event with the data that it stands for.

    Attributes:
        event: the event.
        data: the data it refers to, the payload last; empty if some are missing.
        owner: the trustee, if the event is about one.
    """

    event: Event
    data: tuple[bytes, ...]
    owner: int | None = None


@dataclass
class History:
    """All events in order, with the faults of the file and of the chain."""

    steps: list[Step] = field(default_factory=list)
    record_faults: list[str] = field(default_factory=list)
    chain_faults: list[str] = field(default_factory=list)

    def of(self, kind: EventType) -> list[Step]:
        """List the complete steps of one kind."""
        return [
            step
            for step in self.steps
            if step.event.type is kind and (step.data or kind in WITHOUT_PAYLOAD)
        ]

    def check_order(self, *, shuffles: bool) -> frozenset[EventType]:
        """Check the order of events, and say what may still come.

        Raises:
            BoardError: an event stands where it may not.
        """
        may_follow, last = grammar(shuffles=shuffles), None
        for step in self.steps:
            event = step.event
            if event.type not in may_follow[last]:
                raise BoardError(
                    f"{event.type} may not follow {last or 'the beginning'}"
                    f" (height {event.height})"
                )
            if (event.payload is None) != (event.type in WITHOUT_PAYLOAD):
                raise BoardError(f"{event.type} has a payload or lacks it, wrongly")
            last = event.type
        return may_follow[last]


def read_history(records: Iterable[ArchiveRecord]) -> History:
    """Group the records of an archive by events."""
    known = tuple(records)
    data = {r.digest: r.content for r in known if r.kind is RecordKind.DATA}
    history, pending = History(), []
    head, height = None, -1
    for record in known:
        if record.kind is RecordKind.DATA:
            pending.append(record)
            continue
        try:
            event = read_event(record.content)
        except ProtocolError as error:
            history.chain_faults.append(f"event {record.digest}: {error}")
            pending = []
            continue
        if (event.parent, event.height) != (head, height + 1):
            history.chain_faults.append(
                f"event {record.digest} does not follow the one before it"
            )
        head, height = record.digest, event.height
        _add_step(history, event, pending, data)
        pending = []
    if pending:
        history.record_faults.append(f"no event refers to {pending[0].name}")
    return history


def _add_step(
    history: History,
    event: Event,
    pending: list[ArchiveRecord],
    data: dict[str, bytes],
) -> None:
    try:
        step, names = _resolve(event, data)
    except (ProtocolError, KeyError) as error:
        history.record_faults.append(
            f"data of {event.type} at height {event.height} is missing or not valid:"
            f" {error}"
        )
        history.steps.append(Step(event, ()))
        return
    history.steps.append(step)
    if [record.digest for record in pending] != names:
        history.record_faults.append(
            f"the records of {event.type} at height {event.height} are not exactly"
            " its own, in order"
        )


def _resolve(event: Event, data: dict[str, bytes]) -> tuple[Step, list[str]]:
    """Find the data of an event, and the names its records must have."""
    if event.payload is None:
        return Step(event, ()), []
    content = data[event.payload]
    names, owner = _PARTS.get(event.type, _alone)(content)
    parts = tuple(data[name] for name in names)
    return Step(event, (*parts, content), owner), [*names, sha256_hex(content)]


def _alone(_: bytes) -> tuple[list[str], int | None]:
    return [], None


def _setup_parts(content: bytes) -> tuple[list[str], int | None]:
    setup = read(content, SetupData)
    return [setup.election, setup.trustees, setup.credentials], None


def _tally_parts(content: bytes) -> tuple[list[str], int | None]:
    return [read(content, SizedEncryptedTally).encrypted_tally], None


def _owned_parts(content: bytes) -> tuple[list[str], int | None]:
    owned = read(content, Owned)
    return [owned.payload], owned.owner


_PARTS: dict[EventType, Callable[[bytes], tuple[list[str], int | None]]] = {
    EventType.SETUP: _setup_parts,
    EventType.ENCRYPTED_TALLY: _tally_parts,
    EventType.SHUFFLE: _owned_parts,
    EventType.PARTIAL_DECRYPTION: _owned_parts,
}
