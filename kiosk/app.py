"""Builds the kiosk: the ballot box and its tablets."""

import atexit
from pathlib import Path

from flask import Flask

from kiosk import checking, tablets
from kiosk.models import Base
from kiosk.orders import ORDERS
from kiosk.roles import roles
from kiosk.routes import ballots, board, booth, demo
from kiosk.settings import KioskSettings
from web.app import create_service
from web.contracts import Service
from web.settings import load_settings


def create_app(data_dir: str | Path) -> Flask:
    """Build the service that keeps its data in this folder."""
    settings = load_settings(Path(data_dir), KioskSettings)
    blueprints = [booth.blueprint, ballots.blueprint, board.blueprint]
    if settings.demo:
        blueprints.append(demo.blueprint)
    app = create_service(
        settings,
        service=Service.KIOSK,
        models=Base,
        package="kiosk",
        blueprints=blueprints,
        handlers=ORDERS,
        roles=roles,
    )
    proofs = checking.Checking(settings.checking_workers or None)
    atexit.register(proofs.close)
    app.extensions[checking.EXTENSION] = proofs
    app.extensions[tablets.EXTENSION] = tablets.Presence()
    return app
