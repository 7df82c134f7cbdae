"""The real admin on a real data folder; its neighbours at the end of a transport."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Playwright

from admin.app import create_app
from tests.admin.neighbours import Neighbour, Office
from tests.admin.sample import Meeting
from web.contracts import Service
from web.keys import FileSigner
from web.launcher.provision import FirstLogin, Place, provision
from web.outbox import current_outbox


@dataclass(frozen=True)
class Ready:
    """A data folder with its accounts and tables, made once and copied."""

    folder: Path
    logins: list[FirstLogin]


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Ready:
    folder = tmp_path_factory.mktemp("ready")
    logins = provision(list(places_in(folder).values()), demo=False)
    shut(create_app(folder / Service.ADMIN))
    return Ready(folder, logins)


@pytest.fixture
def office(tmp_path: Path, ready: Ready) -> Iterator[Office]:
    with open_office(tmp_path, ready) as built:
        yield built


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory, ready: Ready) -> Iterator[Meeting]:
    """One conference after closing, for tests of what it refuses."""
    with open_office(tmp_path_factory.mktemp("closed"), ready) as built:
        yield Meeting(built).closed()


@pytest.fixture
def meeting(office: Office) -> Meeting:
    return Meeting(office)


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A real browser for pages that the tests serve themselves."""
    browser = playwright.chromium.launch(
        executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
        args=["--no-sandbox"] if os.geteuid() == 0 else [],
    )
    yield browser
    browser.close()


@contextmanager
def open_office(folder: Path, ready: Ready) -> Iterator[Office]:
    shutil.copytree(ready.folder, folder, dirs_exist_ok=True)
    places = places_in(folder)
    data = places[Service.ADMIN].folder
    public = FileSigner(data / "signing.key").public
    app = create_app(data)
    built = Office(
        app,
        {login.role: login for login in ready.logins if login.service == Service.ADMIN},
        Neighbour(Service.KIOSK, places[Service.KIOSK], public),
        Neighbour(Service.TALLY, places[Service.TALLY], public),
    )
    built.plug_in()
    yield built
    shut(app)


def places_in(folder: Path) -> dict[Service, Place]:
    ports = zip(Service, (8100, 8200, 8300), strict=True)
    return {service: Place(service, folder / service, port) for service, port in ports}


def shut(app: Flask) -> None:
    with app.app_context():
        current_outbox().stop()
    app.extensions["phieukin.sessions"].engine.dispose()
