"""What an audit found: checks, each passed or failed with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crypto.election import Election
from crypto.verify_texts import REASONS, TITLES, Language


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


class Failed(Exception):  # noqa: N818 (an outcome, not an error)
    """A check does not hold; says why with a key of REASONS."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


Outcome = tuple[str, dict[str, object]]
