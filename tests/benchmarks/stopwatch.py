"""Measures a command: how long it took, and how much computing it was.

Wall time on a shared machine depends on the neighbours; the processor time of a
command and all it started does not. Reports give both.
"""

import subprocess
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median


@dataclass(frozen=True)
class Took:
    """Seconds: on the clock, and of the processors."""

    wall: float
    cpu: float

    def __sub__(self, other: "Took") -> "Took":
        return Took(self.wall - other.wall, self.cpu - other.cpu)

    def each(self, count: int) -> "Took":
        """The share of one of `count` equal parts."""
        return Took(self.wall / count, self.cpu / count)

    def __str__(self) -> str:
        return f"{1000 * self.wall:8.1f} ms wall {1000 * self.cpu:8.1f} ms cpu"


def timed(
    command: Sequence[str | Path], folder: Path | None = None, *, code: int = 0
) -> Took:
    """Run a command that must end with this exit code.

    Raises:
        RuntimeError: it ended otherwise, so there is nothing to compare.
    """
    before, started = _computed(), time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    took = Took(time.perf_counter() - started, _computed() - before)
    if done.returncode != code:
        said = done.stderr.decode(errors="replace")[-400:]
        raise RuntimeError(f"{command}: exit {done.returncode}: {said}")
    return took


def middle(measured: Iterable[Took]) -> Took:
    """The median of several rounds, each number for itself."""
    rounds = list(measured)
    return Took(median(t.wall for t in rounds), median(t.cpu for t in rounds))


def _computed() -> float:
    """Seconds of processor time of all commands that have ended."""
    usage = getrusage(RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
