"""The three services as real processes, shared by the tests that only use them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.meeting import SMALL, Meeting
from web.launcher.cluster import Cluster
from web.rehearsal.conference import FINAL_STEP, Size

Hold = Callable[..., Meeting]


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One set of services for all conferences that do no harm to them."""
    yield from _running(tmp_path_factory.mktemp("services"))


@pytest.fixture(scope="module")
def own_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Services of one module, which may kill them and look into them."""
    yield from _running(tmp_path_factory.mktemp("own"))


@pytest.fixture
def hold() -> Iterator[Hold]:
    """Hold conferences that are left at the end of the test."""
    meetings: list[Meeting] = []

    def begin(where: Cluster, size: Size = SMALL, step: str = FINAL_STEP) -> Meeting:
        meetings.append(Meeting(where, size, step))
        return meetings[-1]

    yield begin
    for meeting in meetings:
        meeting.leave()


def _running(data: Path) -> Iterator[Cluster]:
    with Cluster(data, 0) as cluster:
        cluster.wait_ready()
        yield cluster
