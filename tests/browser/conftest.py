"""Three real services and a real Chromium, in which several people work at once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.people import House
from tests.conformance.oracle import find_program
from web.launcher.cluster import Cluster

_REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Playwright:
    """The one driver of this run: a second one in the same thread is refused."""
    return playwright


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where screenshots go: into the documents only when asked to renew them."""
    wanted = os.environ.get("PHIEUKIN_SCREENSHOTS", "build/screenshots")
    folder = _REPOSITORY / wanted
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module", autouse=True)
def outside_tool() -> Iterator[None]:
    """Let the services find stock belenios-tool, as where an office installed it.

    No longer than a file's tests take: others of the process start without it.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(find_program().parent), prepend=os.pathsep)
        yield


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with Cluster(tmp_path_factory.mktemp("room"), 0) as running:
        running.wait_ready()
        yield running


@pytest.fixture(scope="module")
def house(chromium: Playwright, cluster: Cluster, pictures: Path) -> Iterator[House]:
    opened = House(chromium, cluster, pictures)
    yield opened
    opened.close()
