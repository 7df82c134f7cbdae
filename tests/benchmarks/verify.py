"""`phieukin verify` against belenios-tool, on the same archive in one run."""

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crypto.setup import SetupBytes
from tests.benchmarks.papers import archives
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.stopwatch import Took, middle, timed

PHIEUKIN = Path(sys.executable).with_name("phieukin")
_CACHED = Path.home() / ".cache/belenios-tool-3.0/belenios-tool"
_REFUSED = 124  # what belenios-tool ends with when it refuses

METHOD = """\
Method. One archive of {ballots} ballots with {nominees} yes-or-no nominees each, and
the archive of the same election without a ballot. Every command is its own process.
* belenios-tool, one ballot: `election verify-ballot` in a folder with the election
  only, minus the same command on the text `{{}}`, which it refuses after it has loaded
  the election: that is its start-up.
* belenios-tool, whole archive: `election verify` (no --skip-ballot-check; one thread)
  of the full archive minus the empty one, by the number of ballots. It checks each
  ballot, the chain and the sums, and in 3.0 drops the answer of the ballot check.
* phieukin: `phieukin verify` (all 21 checks) of the full archive minus the empty one,
  by the number of ballots. The start of its worker processes stays in: the empty
  archive needs none.
Medians of {rounds} rounds; in a round every command runs once, one after the other.
cpu is the processor time of a process and all it started; wall depends on neighbours.
"""


@dataclass(frozen=True)
class Bench:
    """Files and programs of one comparison."""

    tool: Path
    folder: Path
    ballots: int
    singles: int

    def our_verify(self, name: str, *options: str) -> Took:
        return timed([PHIEUKIN, "verify", self.folder / name, "--json", *options])

    def tool_verify(self, name: str) -> Took:
        return timed([self.tool, "election", "verify"], self.folder / name)

    def tool_ballot(self, name: str, code: int = 0) -> Took:
        command = [self.tool, "election", "verify-ballot", "--ballot", name]
        return timed(command, self.folder / "setup", code=code)

    def ours(self, *options: str) -> Took:
        """Our time for one ballot, the empty archive taken off."""
        full = self.our_verify("full.bel", *options)
        return (full - self.our_verify("empty.bel", *options)).each(self.ballots)

    def theirs(self) -> Took:
        """Their time for one ballot of a whole archive."""
        return (self.tool_verify("full") - self.tool_verify("empty")).each(self.ballots)

    def theirs_alone(self) -> Took:
        """Their time for one ballot on its own, start-up taken off."""
        started = middle(
            self.tool_ballot("nothing.json", _REFUSED) for _ in range(self.singles)
        )
        checked = middle(self.tool_ballot(f"{at}.json") for at in range(self.singles))
        return checked - started


def find_tool() -> Path:
    """Return belenios-tool 3.0.

    Raises:
        RuntimeError: it is not on this machine.
    """
    program = Path(os.environ.get("BELENIOS_TOOL", _CACHED))
    if not program.exists():
        raise RuntimeError("belenios-tool 3.0 is not here (set BELENIOS_TOOL)")
    return program


def report(sizes: Sizes) -> Iterator[str]:
    """Compare, and yield the lines of the report."""
    names = {"ballots": sizes.ballots, "nominees": sizes.nominees}
    yield METHOD.format(**names, rounds=sizes.rounds)
    with tempfile.TemporaryDirectory() as folder:
        bench = _prepare(Path(folder), sizes)
        rounds = [_round(bench) for _ in range(sizes.rounds)]
    medians = {name: middle(each[name] for each in rounds) for name in rounds[0]}
    for name, took in medians.items():
        yield f"  {name:48} {took} a ballot"
    yield from _ratios(medians)


_ALONE = "belenios-tool verify-ballot"
_WHOLE = "belenios-tool verify, whole archive"
_OURS = "phieukin verify, every core"
_OURS_1 = "phieukin verify, --workers 1"


def _round(bench: Bench) -> dict[str, Took]:
    return {
        _ALONE: bench.theirs_alone(),
        _WHOLE: bench.theirs(),
        _OURS: bench.ours(),
        _OURS_1: bench.ours("--workers", "1"),
    }


def _ratios(medians: dict[str, Took]) -> Iterator[str]:
    yield ""
    for theirs in (_ALONE, _WHOLE):
        for ours in (_OURS, _OURS_1):
            wall = medians[theirs].wall / medians[ours].wall
            cpu = medians[theirs].cpu / medians[ours].cpu
            yield f"  {ours} is {wall:.2f} × {theirs} (wall), {cpu:.2f} × (cpu)"


def _prepare(folder: Path, sizes: Sizes) -> Bench:
    simulator, full, empty, ballots = archives(sizes.nominees, sizes.ballots)
    bench = Bench(find_tool(), folder, sizes.ballots, min(sizes.singles, len(ballots)))
    for name, data in (("full", full), ("empty", empty)):
        (folder / f"{name}.bel").write_bytes(data)
        (folder / name).mkdir()
        (folder / name / f"{simulator.uuid}.bel").write_bytes(data)
    _lay_out_setup(bench, simulator.source, ballots)
    return bench


def _lay_out_setup(bench: Bench, source: SetupBytes, ballots: list[bytes]) -> None:
    setup = bench.folder / "setup"
    setup.mkdir()
    (setup / "election.json").write_bytes(source.election)
    (setup / "trustees.json").write_bytes(source.trustees)
    (setup / "public_creds.json").write_bytes(source.credentials)
    timed([bench.tool, "archive", "init"], setup)
    for at in range(bench.singles):
        (setup / f"{at}.json").write_bytes(ballots[at])
    (setup / "nothing.json").write_text("{}")
