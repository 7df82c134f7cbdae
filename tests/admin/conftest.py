"""The real admin on a real data folder; its neighbours at the end of a transport."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from admin.app import create_app
from tests.admin.neighbours import Neighbour, Office
from tests.admin.sample import Meeting
from web.contracts import Service
from web.keys import FileSigner
from web.launcher.provision import Place, provision
from web.outbox import current_outbox


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    places = {
        service: Place(service, tmp_path / service, port)
        for service, port in zip(Service, (8100, 8200, 8300), strict=True)
    }
    logins = provision(list(places.values()), demo=False)
    folder = places[Service.ADMIN].folder
    public = FileSigner(folder / "signing.key").public
    app = create_app(folder)
    built = Office(
        app,
        {login.role: login for login in logins if login.service == Service.ADMIN},
        Neighbour(Service.KIOSK, places[Service.KIOSK], public),
        Neighbour(Service.TALLY, places[Service.TALLY], public),
    )
    built.plug_in()
    yield built
    with app.app_context():
        current_outbox().stop()
    app.extensions["phieukin.sessions"].engine.dispose()


@pytest.fixture
def meeting(office: Office) -> Meeting:
    return Meeting(office)
