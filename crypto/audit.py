"""The complete audit of an archive (spec: Audit, After the tally).

Every check is made on its own as far as the others allow, so that a report names
what is wrong and not only that something is. A check that could not be made has
failed. belenios-tool's `election verify` leaves several of them out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from crypto.archive import NotAnArchive, check_form, scan_archive
from crypto.ballot import tracker
from crypto.ballot_checks import (
    UNLISTED_WEIGHT,
    Cast,
    ChunkReport,
    Progress,
    check_all,
    mark_last,
)
from crypto.credentials import read_public_credentials
from crypto.election import Election, NonHomomorphicQuestion, read_election
from crypto.encoding import fingerprint, read, to_bytes
from crypto.errors import ProtocolError
from crypto.events import EventType, SizedEncryptedTally
from crypto.group import Point
from crypto.history import History, Step, read_history
from crypto.setup import Setup, SetupBytes
from crypto.tally import (
    Factors,
    check_partial_decryption,
    combine_factors,
    missing_owners,
    read_result,
)
from crypto.trustees import Trustees, joint_key, read_trustees, verification_keys
from crypto.verify_texts import REASONS, TITLES, Language

__all__ = ["Check", "NotAnArchive", "Progress", "Report", "audit"]

_BALLOT_CHECKS = {
    "ballot.encoding": "ballots.form",
    "ballot.election": "ballots.form",
    "ballot.credential": "ballots.credential",
    "ballot.signature": "ballots.signature",
}


@dataclass(frozen=True)
class Check:
    """The outcome of one check.

    Attributes:
        number: its place in the list, from 1.
        name: its short, stable name.
        passed: it was made, and it held.
        key: what there is to say about it, a key of REASONS.
        values: what is filled into that text.
    """

    number: int
    name: str
    passed: bool
    key: str
    values: Mapping[str, object]

    @property
    def title(self) -> str:
        """Say in English what is checked."""
        return self.title_in("en")

    @property
    def reason(self) -> str:
        """Say in English what was found."""
        return self.reason_in("en")

    def title_in(self, language: Language) -> str:
        """Say what is checked."""
        return TITLES[self.name][language]

    def reason_in(self, language: Language) -> str:
        """Say what was found."""
        return REASONS[self.key][language].format(**self.values)


@dataclass(frozen=True)
class Report:
    """The outcome of an audit.

    Attributes:
        checks: all checks, in order.
        election: the election, if it could be read.
        fingerprint: φ, empty if there is no election.
        head: hash of the last event, empty if there is none.
        ballots: number of ballots on the board.
        result: votes per question and answer, only if every check passed.
    """

    checks: Sequence[Check]
    election: Election | None
    fingerprint: str
    head: str
    ballots: int
    result: list[list[int]] | None

    @property
    def failed(self) -> list[Check]:
        """List the checks that failed."""
        return [check for check in self.checks if not check.passed]

    @property
    def valid(self) -> bool:
        """Whether every check passed."""
        return not self.failed


def audit(
    data: bytes,
    *,
    allow_revote: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Audit an archive.

    Args:
        data: the file.
        allow_revote: follow Belenios' rule that the last ballot of a card counts,
            instead of refusing a second one.
        workers: number of processes for the ballots; one per core by default.
        progress: told how many ballots of how many are checked.

    Raises:
        NotAnArchive: the file is damaged, cut off, or something else.
    """
    return _Audit(data, allow_revote, workers, progress).report()


class _Failed(Exception):  # noqa: N818 (an outcome, not an error)
    """A check does not hold; says why with a key of REASONS."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


_Outcome = tuple[str, dict[str, object]]


@dataclass
class _Audit:
    data: bytes
    allow_revote: bool
    workers: int | None
    progress: Progress | None
    failed: set[str] = field(default_factory=set)
    good: dict[int, Factors] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.archive = scan_archive(self.data)
        self.history: History = read_history(self.archive.records)

    def report(self) -> Report:
        """Make every check in order."""
        makers: dict[str, Callable[[], _Outcome]] = {
            "archive.form": self.archive_form,
            "archive.records": self.archive_records,
            "board.chain": self.board_chain,
            "board.order": self.board_order,
            "setup.election": self.setup_election,
            "setup.questions": self.setup_questions,
            "setup.trustees": self.setup_trustees,
            "setup.key": self.setup_key,
            "setup.credentials": self.setup_credentials,
            "ballots.form": lambda: self.ballots("ballots.form"),
            "ballots.credential": lambda: self.ballots("ballots.credential"),
            "ballots.signature": lambda: self.ballots("ballots.signature"),
            "ballots.proofs": lambda: self.ballots("ballots.proofs"),
            "ballots.cards": self.ballots_cards,
            "ballots.replay": self.ballots_replay,
            "tally.ballots": self.tally_ballots,
            "tally.counts": self.tally_counts,
            "decryption.owners": self.decryption_owners,
            "decryption.proofs": self.decryption_proofs,
            "decryption.complete": self.decryption_complete,
            "result": self.result,
        }
        checks = [
            self._make(number, name, maker)
            for number, (name, maker) in enumerate(makers.items(), start=1)
        ]
        return self._report(checks)

    def _make(self, number: int, name: str, maker: Callable[[], _Outcome]) -> Check:
        try:
            key, values = maker()
        except _Failed as failure:
            self.failed.add(name)
            return Check(number, name, False, failure.key, failure.values)  # noqa: FBT003
        except ProtocolError as error:
            self.failed.add(name)
            return Check(number, name, False, "fault", {"detail": str(error)})  # noqa: FBT003
        return Check(number, name, True, key, values)  # noqa: FBT003

    def _needs(self, *names: str) -> None:
        """Refuse to make a check whose ground is missing."""
        for name in names:
            if name in self.failed:
                raise _Failed("blocked", by=name)

    # The file and the chain.

    def archive_form(self) -> _Outcome:
        check_form(self.data, self.archive)
        return "records", {"count": len(self.archive.records)}

    def archive_records(self) -> _Outcome:
        return self._none_of(self.history.record_faults, len(self.archive.records))

    def board_chain(self) -> _Outcome:
        outcome = self._none_of(self.history.chain_faults, 0)
        return "events", outcome[1] | {"count": len(self.history.steps)}

    def board_order(self) -> _Outcome:
        shuffles = self._election is not None and any(
            isinstance(question, NonHomomorphicQuestion)
            for question in self._election.questions
        )
        expected = self.history.check_order(shuffles=shuffles)
        if expected:
            raise _Failed("open", missing=self._missing_events(shuffles=shuffles))
        return "events", {"count": len(self.history.steps)}

    def _missing_events(self, *, shuffles: bool) -> str:
        needed = list(EventType)
        if not shuffles:
            needed = [kind for kind in needed if "Shuffle" not in kind]
        needed.remove(EventType.BALLOT)
        present = {step.event.type for step in self.history.steps}
        return ", ".join(kind for kind in needed if kind not in present)

    def _none_of(self, faults: Sequence[str], count: int) -> _Outcome:
        if len(faults) > 1:
            raise _Failed("faults", detail=faults[0], more=len(faults) - 1)
        if faults:
            raise _Failed("fault", detail=faults[0])
        return "records", {"count": count}

    # The setup.

    @cached_property
    def _source(self) -> SetupBytes | None:
        steps = self.history.of(EventType.SETUP)
        return SetupBytes(*steps[0].data[:3]) if steps else None

    @cached_property
    def _election(self) -> Election | None:
        try:
            return self._read_election()
        except (ProtocolError, _Failed):
            return None

    def _files(self) -> SetupBytes:
        if self._source is None:
            raise _Failed("absent", what="Setup")
        return self._source

    def _read_election(self) -> Election:
        return read_election(self._files().election)

    def setup_election(self) -> _Outcome:
        election = self._read_election()
        return "identified", {"uuid": election.uuid}

    def setup_questions(self) -> _Outcome:
        self._needs("setup.election")
        questions = self._read_election().questions
        for number, question in enumerate(questions, start=1):
            if isinstance(question, NonHomomorphicQuestion):
                raise _Failed("shuffled", number=number)
        return "questions", {"count": len(questions)}

    def setup_trustees(self) -> _Outcome:
        self._trustees: Trustees = read_trustees(self._files().trustees)
        self._joint_key = joint_key(self._trustees)
        return "trustees", {"count": len(verification_keys(self._trustees))}

    def setup_key(self) -> _Outcome:
        self._needs("setup.election", "setup.trustees")
        if self._read_election().public_key != self._joint_key:
            raise _Failed("fault", detail="the election has another public key")
        return "holds", {}

    def setup_credentials(self) -> _Outcome:
        self._credentials: dict[Point, int] = read_public_credentials(
            self._files().credentials
        )
        if "setup.election" not in self.failed and "setup.trustees" not in self.failed:
            self._assemble()
        return "cards", {"count": len(self._credentials)}

    def _assemble(self) -> None:
        self._setup = Setup.assemble(
            self._files(), self._read_election(), self._trustees, self._credentials
        )

    def _needs_setup(self) -> None:
        self._needs(
            "setup.election", "setup.questions", "setup.trustees", "setup.credentials"
        )

    # The ballots.

    @cached_property
    def _ballots(self) -> list[bytes]:
        """All ballots, those before the tally first."""
        return [step.data[-1] for step in self.history.of(EventType.BALLOT)]

    @cached_property
    def _tallied(self) -> int:
        """How many of the ballots stand before the first encrypted tally."""
        count = 0
        for step in self.history.steps:
            if step.event.type is EventType.ENCRYPTED_TALLY:
                break
            count += step.event.type is EventType.BALLOT and bool(step.data)
        return count

    @cached_property
    def _casts(self) -> list[Cast]:
        return mark_last(self._ballots, tallied=self._tallied)[0]

    @cached_property
    def _checked(self) -> ChunkReport:
        return check_all(
            self._setup, self._casts, workers=self.workers, progress=self.progress
        )

    def ballots(self, name: str) -> _Outcome:
        self._needs_setup()
        faults = [
            fault
            for fault in self._checked.faults
            if _BALLOT_CHECKS.get(fault.check, "ballots.proofs") == name
        ]
        if faults:
            raise _Failed(
                "ballot" if len(faults) == 1 else "ballot_more",
                number=faults[0].number,
                tracker=tracker(self._ballots[faults[0].number - 1]),
                detail=faults[0].reason,
                more=len(faults) - 1,
            )
        return "ballots", {"count": len(self._ballots)}

    def ballots_cards(self) -> _Outcome:
        _, repeated = mark_last(self._ballots)
        if repeated and self.allow_revote:
            return "revotes", {"count": len(repeated)}
        if repeated:
            raise _Failed("twice", first=repeated[0][0], second=repeated[0][1])
        return "ballots", {"count": len(self._ballots)}

    def ballots_replay(self) -> _Outcome:
        self._needs_setup()
        seen: dict[bytes, int] = {}
        for number, raw in enumerate(self._ballots, start=1):
            self._first_time(seen, raw, number)
        for number, ciphertexts in self._checked.ciphertexts:
            for ciphertext in ciphertexts:
                self._first_time(seen, ciphertext, number)
        return "ballots", {"count": len(self._ballots)}

    def _first_time(self, seen: dict[bytes, int], content: bytes, number: int) -> None:
        first = seen.setdefault(content, number)
        if first != number:
            raise _Failed("replayed", first=first, second=number)

    # The count.

    def _tallies(self) -> list[Step]:
        steps = self.history.of(EventType.ENCRYPTED_TALLY)
        if not steps:
            raise _Failed("absent", what="EncryptedTally")
        return steps

    def tally_ballots(self) -> _Outcome:
        self._needs_setup()
        tallies = self._tallies()
        if self._checked.sums is None:
            raise _Failed("unreadable")
        expected = to_bytes(self._checked.sums)
        if any(step.data[0] != expected for step in tallies):
            raise _Failed("differs")
        return "holds", {}

    def tally_counts(self) -> _Outcome:
        self._needs_setup()
        weights = [
            UNLISTED_WEIGHT
            if cast.card is None
            else self._setup.credentials.get(cast.card, UNLISTED_WEIGHT)
            for cast in self._casts
            if cast.counts
        ]
        count, weight = len(weights), sum(weights)
        for step in self._tallies():
            said = read(step.data[-1], SizedEncryptedTally)
            if (said.num_tallied, said.total_weight) != (count, weight):
                raise _Failed(
                    "wrong_counts",
                    said=said.num_tallied,
                    said_weight=said.total_weight,
                    count=count,
                    weight=weight,
                )
        return "counts", {"count": count, "weight": weight}

    def decryption_owners(self) -> _Outcome:
        seen: set[int | None] = set()
        for step in self._shares():
            if step.owner in seen:
                raise _Failed("owner_twice", owner=step.owner)
            seen.add(step.owner)
        return "trustees", {"count": len(seen)}

    def _shares(self) -> list[Step]:
        return self.history.of(EventType.PARTIAL_DECRYPTION)

    def decryption_proofs(self) -> _Outcome:
        self._needs_setup()
        encrypted_tally = self._tallies()[0].data[0]
        fault: _Failed | None = None
        for step in self._shares():
            owner = step.owner or 0
            try:
                self.good[owner] = check_partial_decryption(
                    self._setup, encrypted_tally, owner, step.data[0]
                )
            except ProtocolError as error:
                fault = fault or _Failed("share", owner=owner, detail=str(error))
        if fault is not None:
            raise fault
        return "trustees", {"count": len(self.good)}

    def decryption_complete(self) -> _Outcome:
        self._needs_setup()
        missing = missing_owners(self._setup, self.good)
        if missing:
            raise _Failed("too_few", missing=", ".join(missing))
        return "trustees", {"count": len(self.good)}

    def result(self) -> _Outcome:
        self._needs_setup()
        self._needs("decryption.complete")
        results = self.history.of(EventType.RESULT)
        if not results:
            raise _Failed("absent", what="Result")
        computed = self._compute_result()
        for step in results:
            if step.data[-1] != computed:
                raise _Failed(
                    "wrong_result",
                    said=step.data[-1][:200].decode(errors="replace"),
                    computed=computed[:200].decode(),
                )
        return "holds", {}

    def _compute_result(self) -> bytes:
        return combine_factors(
            self._setup,
            self._tallies()[0].data[0],
            self.good,
            sum(self._setup.credentials.values()),
        )

    def _report(self, checks: list[Check]) -> Report:
        steps = self.history.steps
        return Report(
            checks=checks,
            election=self._election,
            fingerprint=fingerprint(self._source.election) if self._source else "",
            head=steps[-1].event.hash if steps else "",
            ballots=len(self._ballots),
            result=None if self.failed else self._result(),
        )

    def _result(self) -> list[list[int]]:
        return read_result(self.history.of(EventType.RESULT)[0].data[-1])
