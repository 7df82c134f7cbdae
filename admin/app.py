"""The organisers' service: `admin.app:create_app("<data folder>")`."""

from pathlib import Path

from flask import Flask

from admin import profiles, progress, turnout
from admin.messages import HANDLERS
from admin.models import Base
from admin.routes import (
    accounts,
    bundle,
    calendar,
    calendar_api,
    cards,
    chair,
    conferences,
    documents,
    jobs,
    letterheads,
    pages,
    people,
    plan,
    procedures,
    register,
    rounds,
    tablets,
    voting,
)
from admin.settings import AdminSettings
from web.accounts import account_roles
from web.app import create_service
from web.contracts import Service
from web.settings import load_settings

BLUEPRINTS = (
    conferences.blueprint,
    people.blueprint,
    register.blueprint,
    cards.blueprint,
    voting.blueprint,
    calendar.blueprint,
    calendar_api.blueprint,
    tablets.blueprint,
    accounts.blueprint,
    chair.blueprint,
    documents.blueprint,
    bundle.blueprint,
    jobs.blueprint,
    letterheads.blueprint,
    plan.blueprint,
    rounds.blueprint,
    procedures.blueprint,
    pages.blueprint,
)


def create_app(data_dir: str | Path) -> Flask:
    """Build the service whose settings are in this folder."""
    settings = load_settings(Path(data_dir), AdminSettings)
    app = create_service(
        settings,
        service=Service.ADMIN,
        models=Base,
        package="admin",
        blueprints=BLUEPRINTS,
        handlers=HANDLERS,
        roles=account_roles,
    )
    profiles.install(app, settings)
    app.extensions[progress.EXTENSION] = progress.Jobs()
    app.extensions[turnout.EXTENSION] = turnout.Turnout()
    return app
