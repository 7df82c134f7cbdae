"""The counting committee's service."""

import atexit
from pathlib import Path

from flask import Flask

from tally import mirror, outside_count, seats, tickets
from tally.handlers import HANDLERS
from tally.kiosk_board import KioskBoard
from tally.models import Base
from tally.routes import archive, ceremony, committee, counting, pages, room
from tally.settings import TallySettings
from web.app import create_service
from web.contracts import Service
from web.settings import load_settings


def create_app(data_dir: str | Path) -> Flask:
    """Build the service and begin to follow the boards."""
    settings = load_settings(Path(data_dir), TallySettings)
    app = create_service(
        settings,
        service=Service.TALLY,
        models=Base,
        package="tally",
        blueprints=[
            pages.blueprint,
            committee.blueprint,
            ceremony.blueprint,
            counting.blueprint,
            room.blueprint,
            archive.blueprint,
        ],
        handlers=HANDLERS,
        roles=seats.roles,
        connect=[settings.kiosk_url],
    )
    tickets.install(app, tickets.Tickets())
    tool = outside_count.install(app, settings.belenios_tool)
    tool.start()
    follower = mirror.Mirror(
        app,
        KioskBoard.at(settings.kiosk_url),
        workers=settings.checking_workers or None,
        seconds=settings.mirror_seconds,
    )
    mirror.install(app, follower)
    follower.start()
    atexit.register(follower.stop)
    atexit.register(tool.stop)
    return app
