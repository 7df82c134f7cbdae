"""Builds a service: everything that two of them would otherwise both write.

A service has this shape (a kiosk called "clock", in 30 lines):

    # clock/models.py
    class Base(DeclarativeBase):
        metadata = MetaData(naming_convention=db.NAMES)  # not shared
        type_annotation_map = db.TYPES  # datetime -> UTCDateTime

    class Received(ReceivedRow, Base): ...  # always needed; likewise OutboxRow,
    class Outbox(OutboxRow, Base): ...      # RecordRow; AccountRow if people log in

    # clock/migrations/versions/…: `python -m web.migrate clock "first tables"`

    # clock/routes/alarms.py
    blueprint = Blueprint("alarms", __name__)

    class Alarm(schema.Body, frozen=True):
        hour: int

    @blueprint.post("/api/alarms")
    @requires("secretary")                     # or @public; below the route
    def set_alarm() -> Response:
        order = schema.read(Alarm)             # 400 names the first fault
        with current_sessions().begin() as session:
            AlarmClock(session).set(order.hour)  # may raise Refused
        hint("alarms")                         # Socket.IO: pages look again
        return schema.answer({"hour": order.hour})

    # clock/messages.py
    HANDLERS = Registry()

    @HANDLERS.handles("box.open")              # runs in the inbox's transaction
    def open_box(session: Session, message: Message, body: BoxOpen) -> Done:
        after_commit(session, partial(hint, f"election:{message.election}"))
        return Done()

    # clock/app.py
    def create_app(data_dir: str | Path) -> Flask:
        settings = load_settings(Path(data_dir), ClockSettings)
        return create_service(settings, service=Service.KIOSK, models=Base,
                              package="clock", blueprints=[alarms.blueprint],
                              handlers=HANDLERS, roles=account_roles)

Texts are in clock/locales/{vi,en}/LC_MESSAGES/messages.po, pages in
clock/templates/clock/ (extending "web/frame.html"), static files in clock/static/.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.orm import DeclarativeBase

from web import (
    access,
    accounts,
    db,
    errors,
    frame,
    headers,
    i18n,
    inbox,
    migrate,
    outbox,
    peers,
    realtime,
    record,
    tables,
)
from web.contracts import Service
from web.keys import FileSigner
from web.models import AccountRow, has_row
from web.settings import ServiceSettings


def create_service(
    settings: ServiceSettings,
    *,
    service: Service,
    models: type[DeclarativeBase],
    package: str,
    blueprints: Iterable[Blueprint],
    handlers: peers.Registry,
    roles: access.RolesOf,
    connect: Iterable[str] = (),
    sockets: Iterable[tuple[str, Callable[..., object]]] = (),
) -> Flask:
    """Build a service that is ready to be served.

    Args:
        settings: what `load_settings` read.
        service: who this is among the services.
        models: the service's own Base.
        package: where its templates, texts, static files and migrations are.
        blueprints: its routes.
        handlers: one handler for every kind of message it receives.
        roles: says which roles whoever is asking holds.
        connect: addresses of other services that its pages may fetch from.
        sockets: further Socket.IO handlers, as (event, handler).

    Raises:
        RuntimeError: a door declares no access, or a kind of message no handler.
    """
    handlers.check_complete(service)
    app = _new_app(settings, service, package)
    _open_data(app, settings, models, package)
    _meet_peers(app, settings, service, handlers)
    app.extensions[access.EXTENSION] = roles
    errors.install(app)
    i18n.install(app, ("web", package), settings.locale)
    headers.install(app, settings, tuple(connect))
    _open_doors(app, settings, models, blueprints)
    socketio = realtime.install(app)
    for event, handler in sockets:
        socketio.on_event(event, handler)
    access.refuse_undeclared(app, socketio)
    outbox.install(app).start()
    return app


def _new_app(settings: ServiceSettings, service: Service, package: str) -> Flask:
    app = Flask(package, static_folder=None)
    app.config.update(
        SERVICE=str(service),
        DATA=settings.data,
        SECRET_KEY=settings.session_key.read_text(encoding="ascii").strip(),
        SESSION_COOKIE_NAME=f"phieukin_{service}",  # cookies do not know ports
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        MAX_CONTENT_LENGTH=settings.max_request_bytes,
        WTF_CSRF_HEADERS=["X-CSRF-Token"],
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
        WTF_CSRF_SSL_STRICT=False,  # we send no referrer to compare with
        RATELIMIT_STORAGE_URI="memory://",
        PROPAGATE_EXCEPTIONS=False,
    )
    app.extensions["phieukin.settings"] = settings
    return app


def _open_data(
    app: Flask, settings: ServiceSettings, models: type[DeclarativeBase], package: str
) -> None:
    engine = db.create_engine(settings.database_url)
    migrate.upgrade(engine, package)
    app.extensions["phieukin.sessions"] = db.Sessions(engine)
    app.extensions[record.EXTENSION] = models


def _meet_peers(
    app: Flask, settings: ServiceSettings, service: Service, handlers: peers.Registry
) -> None:
    signer = FileSigner(settings.signing_key)
    app.extensions[peers.EXTENSION] = peers.open_peers(service, signer, settings)
    app.extensions[inbox.EXTENSION] = handlers


def _open_doors(
    app: Flask,
    settings: ServiceSettings,
    models: type[DeclarativeBase],
    blueprints: Iterable[Blueprint],
) -> None:
    csrf = CSRFProtect(app)
    csrf.exempt(inbox.blueprint)  # peers sign, they have no cookie
    for blueprint in (frame.blueprint, inbox.blueprint, *blueprints):
        app.register_blueprint(blueprint)
    if has_row(models, AccountRow):
        sessions: db.Sessions = app.extensions["phieukin.sessions"]
        accounts.install(app, sessions, models)
        app.register_blueprint(tables.blueprint)  # without people, no tables of them
    frame.install(app, settings)
    _limit_attempts(app, settings.failed_attempts)


def _limit_attempts(app: Flask, allowed: str) -> None:
    # The address is kept in memory for a minute, and never written anywhere.
    limiter = Limiter(get_remote_address, app=app)
    for endpoint, view in app.view_functions.items():
        if getattr(view, "limited", False):
            limit: Any = limiter.limit(allowed, deduct_when=_failed)
            app.view_functions[endpoint] = limit(view)


def _failed(response: object) -> bool:
    return getattr(response, "status_code", 0) >= 400  # noqa: PLR2004 - HTTP's border
