"""A full hall at the three real services: casting under load, close to result, memory.

The virtual tablets run in this process, on the same cores as the services: what they
need of the machine is taken from them, as no real tablet would.
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crypto.audit import audit
from tests.benchmarks.memory import Watch
from tests.benchmarks.papers import make_all
from tests.benchmarks.sizes import Sizes
from web.launcher.cluster import Cluster
from web.rehearsal import delegates
from web.rehearsal.conference import Rehearsal, Size
from web.rehearsal.delegates import Casting, Tablet, Vote, expected_sums

_MIB = 1024 * 1024


@dataclass
class Conference:
    """A conference whose box is open and whose ballots are sealed, not cast."""

    rehearsal: Rehearsal
    tablets: list[Tablet]
    votes: list[Vote]

    @property
    def uuid(self) -> str:
        return self.rehearsal.secretary.uuid

    def await_mirror(self) -> tuple[int, float]:
        """Wait until the tally has checked every ballot.

        Returns:
            How many it was behind, and how many seconds that took.
        """
        started = time.perf_counter()
        behind = len(self.votes) - self._mirrored()
        while self._mirrored() < len(self.votes):
            time.sleep(0.02)
        return behind, time.perf_counter() - started

    def _mirrored(self) -> int:
        state = self.rehearsal.members[0].state()
        return int(state["mirror"]["checked"])

    def check(self) -> None:
        """Confirm the result and audit it: a fast wrong answer is not reported.

        Raises:
            RuntimeError: the result is not what was marked.
        """
        self.rehearsal.confirm()
        checked = audit(self.rehearsal.members[0].archive())
        if not checked.valid or checked.result != expected_sums(self.votes):
            raise RuntimeError(f"the count is wrong: {checked.failed}")


def report(sizes: Sizes) -> Iterator[str]:
    """Play both halls, and yield the lines of the report."""
    yield from _large_hall(sizes)
    yield from _small_hall(sizes)


def _large_hall(sizes: Sizes) -> Iterator[str]:
    yield _heading(sizes.hall)
    with _opened(sizes.hall) as (cluster, conference), Watch(cluster) as watch:
        yield from _loads(conference, sizes)
        yield from _closing(conference)
    yield "  peak memory, each service with its checking processes (PSS / sum of RSS):"
    for service, share in watch.pss.items():
        whole = watch.rss[service] / _MIB
        yield f"    {service:6} {share / _MIB:6.0f} MiB / {whole:6.0f} MiB"


def _small_hall(sizes: Sizes) -> Iterator[str]:
    yield _heading(sizes.small_hall)
    with _opened(sizes.small_hall) as (_, conference):
        yield from _loads(conference, sizes)
        yield from _closing(conference)


def _closing(conference: Conference) -> Iterator[str]:
    """Close after the burst, once the tally has re-checked every ballot of it."""
    behind, caught_up = conference.await_mirror()
    yield f"  after the burst the tally is {behind} ballots behind: {caught_up:.1f} s"
    seconds = conference.rehearsal.count()
    conference.check()
    yield f"  close to result: {seconds:.2f} s, from the order to close to the opened"
    yield "    sums (close, reconciliation, decryption by the smallest quorum); closing"
    yield f"    with the burst's last ballot: {caught_up + seconds:.1f} s at most"


def _heading(size: Size) -> str:
    return (
        f"\n{size.present} ballots of {size.nominees} nominees, {size.tablets} tablets,"
        f" {size.threshold} of {size.committee} members open"
    )


def _loads(conference: Conference, sizes: Sizes) -> Iterator[str]:
    """Cast some as a room does, and all others as fast as the box takes them."""
    room = conference.votes[: sizes.room_ballots]
    rest = conference.votes[sizes.room_ballots :]
    steady = _cast_steadily(conference, room, sizes.pace)
    tablets = len(conference.tablets)
    yield _line(f"{tablets} tablets, each a ballot every {sizes.pace:g} s", steady)
    burst = delegates.cast_all(conference.tablets, conference.uuid, rest)
    yield _line("everyone at once, back to back", burst)


def _line(name: str, casting: Casting) -> str:
    p50, p95, p99 = (casting.percentile(share) for share in (0.5, 0.95, 0.99))
    speed = len(casting.latencies) / casting.seconds
    return (
        f"  {name}: cast p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms"
        f" ({len(casting.latencies)} ballots in {casting.seconds:.0f} s,"
        f" {speed:.1f} ballots/s)"
    )


def _cast_steadily(
    conference: Conference, votes: Sequence[Vote], pace: float
) -> Casting:
    """Cast at fixed moments, evenly spread over the tablets.

    A ballot that is late does not delay those behind it, as people do not wait for
    each other: what is measured includes no queue of our own making.
    """
    tablets, casting = conference.tablets, Casting()
    started = time.perf_counter()

    def work(at: int) -> list[float]:
        taken = []
        for turn, vote in enumerate(votes[at :: len(tablets)]):
            due = started + pace * (turn + at / len(tablets))
            time.sleep(max(0.0, due - time.perf_counter()))
            taken.append(tablets[at].cast(conference.uuid, vote.raw))
        return taken

    with ThreadPoolExecutor(len(tablets)) as room:
        shares = list(room.map(work, range(len(tablets))))
    casting.latencies = [seconds for share in shares for seconds in share]
    casting.seconds = time.perf_counter() - started
    return casting


@contextmanager
def _opened(size: Size) -> Iterator[tuple[Cluster, Conference]]:
    """Start three services with fresh data and prepare a conference in them."""
    with tempfile.TemporaryDirectory() as folder, Cluster(Path(folder), 0) as cluster:
        cluster.wait_ready()
        rehearsal = Rehearsal(cluster, size)
        try:
            yield cluster, _prepare(rehearsal)
        finally:
            rehearsal.close()


def _prepare(rehearsal: Rehearsal) -> Conference:
    rehearsal.until_sealed()
    cards = rehearsal.hand_out()
    election = rehearsal.election()
    marks = [delegates.choose(election, rehearsal._invention) for _ in cards]
    votes = make_all(election, cards, marks)
    tablets = rehearsal.pair()
    rehearsal.open()
    return Conference(rehearsal, tablets, votes)
