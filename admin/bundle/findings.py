"""What the check of a bundle found: checks in words, and what to compare by eye."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from admin.bundle.contents import Keys
from admin.documents.words import Words
from admin.records.kept import Kept


class State(StrEnum):
    """How a check ended; NOTED holds, but somebody should read why."""

    PASSED = "passed"
    NOTED = "noted"
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """What a check says if it holds."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    noted: bool = False


@dataclass(frozen=True)
class Checked:
    """One check, with why it ended so."""

    number: int
    name: str
    state: State
    key: str
    values: Mapping[str, object]

    def title(self, words: Words) -> str:
        """Say what is checked."""
        return words.text(f"bundle.check.{self.name}")

    def reason(self, words: Words) -> str:
        """Say what was found; a fault of the console is said in its own words."""
        place = "fault" if self.state is State.FAILED else "found"
        own = f"bundle.{place}.{self.key}"
        key = own if words.has(own) else f"error.{self.key}"
        return words.text(key, **self.values)


@dataclass(frozen=True)
class Report:
    """The outcome of a whole check.

    Attributes:
        checks: all checks, in order.
        archive: SHA-256 of the archive, empty if there is none.
        sums: SHA-256 of the sums that the cover sheet prints, likewise.
        keys: the signing keys inside, if they could be read.
        kept: the records, if all of them hold.
    """

    checks: Sequence[Checked]
    archive: str
    sums: str
    keys: Keys | None
    kept: Kept | None

    @property
    def failed(self) -> list[Checked]:
        """List the checks that failed."""
        return [each for each in self.checks if each.state is State.FAILED]

    @property
    def valid(self) -> bool:
        """Whether everything holds."""
        return not self.failed
