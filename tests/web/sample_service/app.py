"""The sample as admin and as kiosk, built exactly like a real service."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from flask import Blueprint, Flask, Response, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from crypto.messages import Message
from tests.web.sample_service.models import Base, Label
from web import schema
from web.access import limited, public, requires
from web.accounts import account_name, account_roles
from web.app import create_service
from web.contracts import KINDS, BoxOpen, CardsVoided, Done, Service
from web.db import after_commit, current_sessions
from web.errors import Malformed, Refused
from web.outbox import post_later
from web.peers import Registry, current_peers
from web.record import Action, record
from web.settings import ServiceSettings, load_settings


class Number(schema.Body, frozen=True):
    number: int


@dataclass(frozen=True)
class NumberTaken(Action):
    name: ClassVar[str] = "sample.number.taken"
    number: int


blueprint = Blueprint("sample", __name__)


@blueprint.get("/")
@public
def page() -> str:
    return render_template("sample_service/page.html")


@blueprint.get("/secret")
@requires("secretary")
def secret() -> str:
    return "secret"


@blueprint.post("/api/numbers")
@requires("secretary", "chair")
def take_number() -> Response:
    order = schema.read(Number)
    with current_sessions().begin() as session:
        if order.number < 3:
            raise Refused("too_small", given=order.number, needed=3)
        record(session, NumberTaken(order.number), actor=account_name())
    return schema.answer(order)


@blueprint.post("/api/code")
@public
@limited
def try_code() -> Response:
    if schema.read(Number).number != 42:
        raise Refused("too_small", status=403, given=1, needed=42)
    return schema.answer()


@blueprint.post("/api/fault")
@public
def fail() -> Response:
    raise ValueError(request.get_data(as_text=True))


@blueprint.post("/api/open")
@public
def send_open() -> Response:
    body = BoxOpen(issued=schema.read(Number).number, voided=())
    return schema.answer(current_peers().send("kiosk", "box.open", body, "uuid"))


@blueprint.post("/api/open-later")
@public
def open_later() -> Response:
    body = BoxOpen(issued=schema.read(Number).number, voided=())
    with current_sessions().begin() as session:
        post_later(session, "kiosk", "box.open", body, "uuid")
        if body.issued < 0:
            raise Malformed("negative")
    return schema.answer()


def handlers(service: Service) -> Registry:
    registry = Registry()
    for kind in KINDS.values():
        if service in kind.recipients and kind.name not in ("box.open", "cards.voided"):
            registry.handles(kind.name)(_refuse)
    if service is Service.KIOSK:
        registry.handles("box.open")(_open_box)
        registry.handles("cards.voided")(_answer_wrongly)
    return registry


def create_app(data_dir: str | Path, service: Service = Service.ADMIN) -> Flask:
    return create_service(
        load_settings(Path(data_dir), ServiceSettings),
        service=service,
        models=Base,
        package="tests.web.sample_service",
        blueprints=[blueprint],
        handlers=handlers(service),
        roles=account_roles,
        connect=["http://127.0.0.1:8200"],
    )


def labels(session: Session) -> list[str]:
    return list(session.scalars(select(Label.text).order_by(Label.id)))


def _open_box(session: Session, message: Message, body: BoxOpen) -> Done:
    after_commit(session, lambda: COMMITTED.append(message.election))
    session.add(Label(text=f"{message.election} {body.issued}"))
    session.flush()
    if body.issued < 3:
        raise Refused("too_small", given=body.issued, needed=3)
    return Done()


def _answer_wrongly(_session: Session, _message: Message, body: CardsVoided) -> Done:
    del body
    return Done()  # the vocabulary asks for CardsRefused


def _refuse(_session: Session, _message: Message, _body: object) -> Done:
    raise Refused("not_allowed")


COMMITTED: list[str] = []
