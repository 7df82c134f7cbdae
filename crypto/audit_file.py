"""Checks of the archive as a file, and of the chain of events in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from crypto.archive import Archive, check_form, scan_archive
from crypto.ballot_checks import Progress
from crypto.election import Election, NonHomomorphicQuestion, read_election
from crypto.errors import ProtocolError
from crypto.events import EventType
from crypto.findings import Failed, Outcome
from crypto.history import History, read_history
from crypto.setup import SetupBytes


@dataclass
class FileChecks:
    """The first layer of an audit: what is in the file.

    Attributes:
        data: the file.
        allow_revote: the last ballot of a card counts.
        workers: number of processes for the ballots.
        progress: told how many ballots are checked.
        failed: names of the checks that failed so far.
    """

    data: bytes
    allow_revote: bool
    workers: int | None
    progress: Progress | None
    failed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.archive: Archive = scan_archive(self.data)
        self.history: History = read_history(self.archive.records)

    def _needs(self, *names: str) -> None:
        """Refuse to make a check whose ground is missing."""
        for name in names:
            if name in self.failed:
                raise Failed("blocked", by=name)

    def archive_form(self) -> Outcome:
        """Compare the file with what we would write of its records."""
        check_form(self.data, self.archive)
        return "records", {"count": len(self.archive.records)}

    def archive_records(self) -> Outcome:
        """Check that every record belongs to one event, in order."""
        return self._none_of(self.history.record_faults, len(self.archive.records))

    def board_chain(self) -> Outcome:
        """Check that the events are one chain."""
        outcome = self._none_of(self.history.chain_faults, 0)
        return "events", outcome[1] | {"count": len(self.history.steps)}

    def board_order(self) -> Outcome:
        """Check the grammar of events, up to the result."""
        shuffles = self._election is not None and any(
            isinstance(question, NonHomomorphicQuestion)
            for question in self._election.questions
        )
        expected = self.history.check_order(shuffles=shuffles)
        if expected:
            raise Failed("open", missing=self._missing_events(shuffles=shuffles))
        return "events", {"count": len(self.history.steps)}

    def _missing_events(self, *, shuffles: bool) -> str:
        needed = list(EventType)
        if not shuffles:
            needed = [kind for kind in needed if "Shuffle" not in kind]
        needed.remove(EventType.BALLOT)
        present = {step.event.type for step in self.history.steps}
        return ", ".join(kind for kind in needed if kind not in present)

    def _none_of(self, faults: Sequence[str], count: int) -> Outcome:
        if len(faults) > 1:
            raise Failed("faults", detail=faults[0], more=len(faults) - 1)
        if faults:
            raise Failed("fault", detail=faults[0])
        return "records", {"count": count}

    @cached_property
    def _source(self) -> SetupBytes | None:
        steps = self.history.of(EventType.SETUP)
        return SetupBytes(*steps[0].data[:3]) if steps else None

    @cached_property
    def _election(self) -> Election | None:
        try:
            return self._read_election()
        except (ProtocolError, Failed):
            return None

    def _files(self) -> SetupBytes:
        if self._source is None:
            raise Failed("absent", what="Setup")
        return self._source

    def _read_election(self) -> Election:
        return read_election(self._files().election)
