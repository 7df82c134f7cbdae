"""Real services on real data folders; only sockets are replaced, by WSGI calls."""

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.sample_service import app as sample
from web import peers
from web.contracts import Service
from web.launcher.provision import FirstLogin, Place, provision
from web.outbox import current_outbox


@dataclasses.dataclass
class Room:
    """Admin and kiosk, both played by the sample, next to each other."""

    places: dict[Service, Place]
    logins: list[FirstLogin]
    admin: Flask
    kiosk: Flask

    def connect(self, transport: httpx.BaseTransport) -> None:
        """Send what admin says to the kiosk through this."""
        known = self.admin.extensions[peers.EXTENSION]
        client = httpx.Client(transport=transport)
        self.admin.extensions[peers.EXTENSION] = dataclasses.replace(
            known, client=client
        )


@pytest.fixture
def places(tmp_path: Path) -> list[Place]:
    return places_in(tmp_path)


def places_in(folder: Path) -> list[Place]:
    return [
        Place(service, folder / service, port)
        for service, port in zip(Service, (8100, 8200, 8300), strict=True)
    ]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[FirstLogin]]:
    """A data folder after its first start, to copy: hashing passwords takes long."""
    folder = tmp_path_factory.mktemp("prepared")
    places = places_in(folder)
    logins = provision(places, demo=False)
    for app in create_apps(places):
        close(app)
    return folder, logins


@pytest.fixture
def room(
    prepared: tuple[Path, list[FirstLogin]], places: list[Place], tmp_path: Path
) -> Iterator[Room]:
    folder, logins = prepared
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    apps = create_apps(places)
    built = Room({place.service: place for place in places}, logins, *apps)
    built.connect(httpx.WSGITransport(app=apps[1]))
    sample.COMMITTED.clear()
    yield built
    for app in apps:
        close(app)


def create_apps(places: list[Place]) -> list[Flask]:
    return [
        sample.create_app(place.folder, place.service)
        for place in places
        if place.service in (Service.ADMIN, Service.KIOSK)
    ]


def close(app: Flask) -> None:
    with app.app_context():
        current_outbox().stop()
    app.extensions["phieukin.sessions"].engine.dispose()


class Browser:
    """A browser tab: cookies, and the token that every POST brings."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def token(self) -> str:
        return str(self.client.get("/api/session").get_json()["csrf_token"])

    def post(self, path: str, body: object, **options: object):  # noqa: ANN201
        headers = {"X-CSRF-Token": self.token()}
        return self.client.post(path, json=body, headers=headers, **options)

    def log_in(self, login: FirstLogin):  # noqa: ANN201
        body = {"username": login.username, "password": login.password}
        return self.post("/api/login", body)


@pytest.fixture
def visitor(room: Room) -> Browser:
    return Browser(room.admin)


@pytest.fixture
def secretary(room: Room, visitor: Browser) -> Browser:
    login = next(one for one in room.logins if one.username == "secretary")
    assert visitor.log_in(login).status_code == 200
    return visitor
