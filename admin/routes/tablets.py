"""Tablets: asked of the kiosk, which alone knows them."""

import msgspec
from flask import Blueprint, Response

from admin import actions
from admin.actions import record
from admin.names import tidy
from admin.routes.access import ORGANISERS, READERS
from web import schema
from web.access import requires
from web.contracts import (
    PairingAsked,
    PairingCode,
    TabletRevoked,
    TabletsAsked,
    TabletsListed,
)
from web.db import current_sessions
from web.errors import Refused
from web.peers import current_peers
from web.realtime import hint

blueprint = Blueprint("tablets", __name__)
_MAX_LABEL = 60


class Pairing(schema.Body, frozen=True):
    """What is written on the tablet."""

    label: str


@blueprint.post("/api/tablets/pairing")
@requires(*ORGANISERS)
def pair() -> Response:
    label = tidy(schema.read(Pairing).label)
    if not 0 < len(label) <= _MAX_LABEL:
        raise Refused("label_wrong", limit=_MAX_LABEL)
    peers = current_peers()
    code: PairingCode = peers.send("kiosk", "tablet.pairing", PairingAsked(label=label))
    with current_sessions().begin() as session:
        record(session, actions.TabletPairingAsked(label=label))
    url = f"{peers.known['kiosk'].url}/booth"
    return schema.answer({"code": code.code, "seconds": code.seconds, "url": url}, 201)


@blueprint.get("/api/tablets")
@requires(*READERS)
def list_tablets() -> Response:
    found: TabletsListed = current_peers().send("kiosk", "tablet.list", TabletsAsked())
    return schema.answer({"tablets": msgspec.to_builtins(found.tablets)})


@blueprint.post("/api/tablets/<tablet>/revoke")
@requires(*ORGANISERS)
def revoke(tablet: str) -> Response:
    current_peers().send("kiosk", "tablet.revoked", TabletRevoked(tablet=tablet))
    with current_sessions().begin() as session:
        record(session, actions.TabletRevoked(tablet=tablet))
    hint("tablets")
    return schema.answer()
