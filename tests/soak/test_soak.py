"""Long runs on the three real services, behind `make soak`. Nothing asserts a time."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from crypto.audit import audit
from crypto.ballot import tracker
from tests.benchmarks.memory import Watch
from tests.benchmarks.papers import make_all
from tests.integration.meeting import Meeting
from web.launcher.cluster import Cluster
from web.rehearsal import delegates
from web.rehearsal.conference import Size
from web.rehearsal.delegates import expected_sums

pytestmark = [pytest.mark.soak, pytest.mark.timeout(7200)]

CROWD = Size(delegates=1636, nominees=12, committee=5, threshold=3, tablets=60)
HALL = Size(delegates=300, nominees=12, committee=3, threshold=2, tablets=12)
DAY = 20  # conferences in one set of services
MIB = 1024 * 1024


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with Cluster(tmp_path / "services", 0) as cluster:
        cluster.wait_ready()
        yield cluster


@contextmanager
def held(cluster: Cluster, size: Size) -> Iterator[Meeting]:
    """Hold a conference with an open box; its ballots are made on every core."""
    meeting = Meeting(cluster, size)
    try:
        rehearsal = meeting.rehearsal
        rehearsal.until_sealed()
        meeting.tablets = rehearsal.pair()
        meeting.hand_out()
        rehearsal.open()
        election = rehearsal.election()
        marks = [
            delegates.choose(election, rehearsal._invention) for _ in meeting.cards
        ]
        meeting.votes = make_all(election, meeting.cards, marks)
        yield meeting
    finally:
        meeting.leave()


def check_count(meeting: Meeting) -> None:
    """Count, and compare with what was marked."""
    meeting.count()
    checked = audit(meeting.rehearsal.members[0].archive())
    assert checked.valid, checked.failed
    assert checked.ballots == len(meeting.votes)
    assert checked.result == expected_sums(meeting.votes)


def test_1500_ballots_at_once(cluster: Cluster) -> None:
    with held(cluster, CROWD) as meeting:
        casting = delegates.cast_all(meeting.tablets, meeting.uuid, meeting.votes)
        speed = len(meeting.votes) / casting.seconds
        p99 = casting.percentile(0.99)
        print(f"\n{len(meeting.votes)} ballots, {speed:.0f} a second, p99 {p99:.0f} ms")

        assert meeting.board()["cast"] == len(meeting.votes) == CROWD.present
        check_count(meeting)


def test_services_that_keep_dying_lose_no_ballot(cluster: Cluster) -> None:
    """Kiosk and tally restart again and again while tablets keep trying."""
    over = threading.Event()

    def disturb() -> None:
        while not over.wait(5):
            for service in ("kiosk", "tally"):
                cluster.restart(service)

    with held(cluster, HALL) as meeting:
        disturber = threading.Thread(target=disturb)
        disturber.start()
        try:
            for number, vote in enumerate(meeting.votes):
                _cast_in_the_end(meeting, number, vote.raw)
                time.sleep(0.1)
        finally:
            over.set()
            disturber.join()
        cluster.wait_ready()

        everyone = sorted(tracker(vote.raw) for vote in meeting.votes)
        assert sorted(meeting.trackers()) == everyone
        check_count(meeting)


def _cast_in_the_end(meeting: Meeting, number: int, raw: bytes) -> None:
    tablet = meeting.tablets[number % len(meeting.tablets)]
    deadline = time.monotonic() + 120
    while True:
        try:
            tablet.cast(meeting.uuid, raw)
        except httpx.HTTPError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)
        else:
            return


def test_memory_levels_off_over_a_day_of_conferences(cluster: Cluster) -> None:
    small = Size(delegates=60, nominees=12, committee=3, threshold=2, tablets=6)
    sizes = []
    for _ in range(DAY):
        with held(cluster, small) as meeting, Watch(cluster) as watch:
            delegates.cast_all(meeting.tablets, meeting.uuid, meeting.votes)
            check_count(meeting)
        sizes.append(sum(watch.pss.values()) / MIB)
    print("\nMiB after each conference:", *(f"{size:.0f}" for size in sizes))

    # Caches fill up in the first conferences (workers keep the last eight papers);
    # in the last quarter of the day nothing may be left that still grows.
    grown = sizes[-1] - sizes[3 * DAY // 4]
    assert grown < 30, sizes
