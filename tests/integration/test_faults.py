"""Power cuts, crashes and a box that lies, with the three real processes."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from crypto.audit import audit
from crypto.ballot import tracker
from tests.integration import lies
from tests.integration.conftest import Hold
from tests.integration.meeting import Meeting
from web.contracts import Service
from web.launcher.cluster import Child, Cluster
from web.rehearsal.client import wait_until
from web.rehearsal.conference import Size
from web.rehearsal.delegates import Tablet, Vote, expected_sums
from web.rehearsal.errors import Answered

HALL = Size(delegates=36, nominees=3, committee=3, threshold=2, tablets=4)
SMALL = Size(delegates=6, nominees=2, committee=3, threshold=2, tablets=1)
ENOUGH = 8  # ballots answered before the blow; many are still to come


@pytest.fixture(scope="module")
def cluster(own_cluster: Cluster) -> Cluster:
    """These tests hurt their services: nobody else uses them."""
    return own_cluster


@dataclass
class Voting:
    """Tablets at work until the box stops answering."""

    meeting: Meeting
    answered: list[str] = field(default_factory=list)
    unanswered: list[bytes] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)

    def work(self, tablet: Tablet, queue: Iterator[Vote]) -> None:
        for vote in queue:
            try:
                tablet.cast(self.meeting.uuid, vote.raw)
            except httpx.HTTPError:
                self.unanswered.append(vote.raw)
                return
            self.answered.append(tracker(vote.raw))
            if len(self.answered) >= ENOUGH:
                self.enough.set()

    def until(self, blow: Callable[[], None]) -> None:
        """Cast at every tablet, strike in the middle, wait until all noticed."""
        tablets = self.meeting.tablets
        shares = [self.meeting.votes[at :: len(tablets)] for at in range(len(tablets))]
        with ThreadPoolExecutor(len(tablets)) as room:
            jobs = [
                room.submit(self.work, tablet, iter(share))
                for tablet, share in zip(tablets, shares, strict=True)
            ]
            assert self.enough.wait(60)
            blow()
            for job in jobs:
                job.result()


def child_of(cluster: Cluster, service: Service) -> Child:
    return next(one for one in cluster._children if one.place.service is service)


def pid_of(child: Child) -> int:
    assert child._process is not None
    return child._process.pid


def cut_power(cluster: Cluster) -> None:
    """Kill every process of the kiosk at once."""
    os.killpg(pid_of(child_of(cluster, Service.KIOSK)), signal.SIGKILL)


def kill_worker(cluster: Cluster) -> None:
    """Kill the process that answers; its parent starts another."""
    for pid in _children(pid_of(child_of(cluster, Service.KIOSK))):
        os.kill(pid, signal.SIGKILL)


def _children(parent: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(fields[1]) == parent:
            found.append(int(folder.name))
    return found


@pytest.mark.parametrize("blow", [cut_power, kill_worker], ids=lambda b: b.__name__)
def test_a_killed_box_loses_no_answered_ballot_and_doubles_none(
    blow: Callable[[Cluster], None], cluster: Cluster, hold: Hold
) -> None:
    meeting = hold(cluster, HALL).open()
    voting = Voting(meeting)

    voting.until(lambda: blow(cluster))
    if blow is cut_power:
        cluster.restart("kiosk")
    cluster.wait_ready()

    on_board = meeting.trackers()
    assert len(voting.answered) < len(meeting.votes)
    assert voting.unanswered
    assert len(set(on_board)) == len(on_board)
    assert set(on_board) >= set(voting.answered)
    sent = {*voting.answered, *map(tracker, voting.unanswered)}
    assert set(on_board) <= sent

    # Whatever was not answered is simply sent again, and so is all the rest.
    meeting.cast(meeting.votes)
    everyone = sorted(tracker(vote.raw) for vote in meeting.votes)
    assert sorted(meeting.trackers()) == everyone
    assert meeting.board()["cast"] == len(everyone)


def test_the_mirror_goes_on_after_a_restart_of_the_tally(
    cluster: Cluster, hold: Hold
) -> None:
    meeting = hold(cluster, HALL).open()
    first, second = meeting.votes[:15], meeting.votes[15:]
    meeting.cast(first)
    meeting.await_mirror(len(first))

    cluster.restart("tally")
    meeting.cast(second)
    cluster.wait_ready()
    state = meeting.await_mirror(len(meeting.votes))

    assert state["mirror"]["alarm"] is None
    meeting.count()
    checked = audit(meeting.rehearsal.members[0].archive(), workers=1)
    assert checked.valid
    assert checked.result == expected_sums(meeting.votes)


def _take_out(meeting: Meeting) -> None:
    lies.take_out_last_ballot(meeting.cluster, meeting.uuid)


def _exchange(meeting: Meeting) -> None:
    last = meeting.ballots()[-1]
    at = [vote.raw for vote in meeting.votes].index(last)
    (other,) = meeting.mark([meeting.cards[at]])
    _stop(meeting.cluster, Service.KIOSK)
    lies.exchange_last_ballot(meeting.cluster, meeting.uuid, other.raw)


def _stop(cluster: Cluster, service: Service) -> None:
    child = child_of(cluster, service)
    child.ask_to_stop()
    wait_until(f"the end of {service}", lambda: child.ended is not None)


@pytest.mark.parametrize(
    ("rewrite", "alarm"),
    [(_take_out, "mirror.shortened"), (_exchange, "mirror.changed")],
    ids=["taken out", "exchanged"],
)
def test_a_box_that_rewrites_history_is_found_out(
    rewrite: Callable[[Meeting], None], alarm: str, cluster: Cluster, hold: Hold
) -> None:
    meeting = hold(cluster, SMALL).open()
    meeting.cast(meeting.votes[:4])
    meeting.await_mirror(4)

    rewrite(meeting)
    cluster.restart("kiosk")
    cluster.wait_ready()

    state = wait_until("an alarm", lambda: _alarmed(meeting))
    assert state["mirror"]["alarm"]["code"] == alarm
    wait_until("the console's alarm", lambda: meeting.console["alarm"])
    _expect_no_count(meeting)


def _alarmed(meeting: Meeting) -> dict[str, object]:
    state = meeting.committee
    return state if state["mirror"]["alarm"] else {}


def _expect_no_count(meeting: Meeting) -> None:
    """Even a closed box is not opened."""
    meeting.rehearsal.secretary.close()
    assert meeting.console["state"] == "closed"
    wait_until("the final numbers", lambda: meeting.committee["counts"]["cast"])
    for member in meeting.rehearsal.members:
        with pytest.raises(Answered) as refused:
            member.unseal()
        assert refused.value.status == 409
    assert meeting.committee["phase"] not in {"unsealing", "counted", "recorded"}
