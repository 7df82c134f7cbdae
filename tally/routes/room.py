"""The counting room: numbers told, own counts, confirmations, remarks, closing."""

from typing import Annotated

import msgspec
from flask import Blueprint, Response

from tally import seats
from tally.closing import Closing, Told
from tally.committee import Committees
from tally.counting import Counting
from tally.remarks import LEADER_INDEX, MAX_LETTERS, Remarks, Written
from web import schema
from web.access import requires
from web.db import current_sessions
from web.realtime import hint

blueprint = Blueprint("room", __name__)


class Confirmation(schema.Body, frozen=True):
    accepted: bool
    note: Annotated[str, msgspec.Meta(max_length=MAX_LETTERS)]


@blueprint.post("/api/elections/<uuid>/tell-numbers")
@requires("leader", "trustee")
def tell_numbers(uuid: str) -> Response:
    seats.require_here(uuid)
    index = seats.index_in(uuid)
    with current_sessions().begin() as session:
        counting = Counting(session, Committees(session).load(uuid))
        counting.tell_numbers(f"member {index}" if index else "leader")
    hint(f"election:{uuid}")
    return schema.answer()


@blueprint.post("/api/elections/<uuid>/own-count")
@requires("trustee")
def take_own_count(uuid: str) -> Response:
    index = seats.require_member(uuid)
    told = schema.read(Told)
    with current_sessions().begin() as session:
        committees = Committees(session)
        closing = Closing(session, committees.load(uuid))
        agrees = closing.take_own_count(committees.member(uuid, index), told)
    hint(f"election:{uuid}")
    return schema.answer({"agrees": agrees})


@blueprint.post("/api/elections/<uuid>/confirm")
@requires("trustee")
def confirm(uuid: str) -> Response:
    index = seats.require_member(uuid)
    order = schema.read(Confirmation)
    with current_sessions().begin() as session:
        committees = Committees(session)
        Closing(session, committees.load(uuid)).confirm(
            committees.member(uuid, index), order.note, accepted=order.accepted
        )
    hint(f"election:{uuid}")
    return schema.answer()


@blueprint.post("/api/elections/<uuid>/remarks")
@requires("leader", "trustee")
def add_remark(uuid: str) -> Response:
    author = _author(uuid)
    written = schema.read(Written)
    with current_sessions().begin() as session:
        remarks = Remarks(session, Committees(session).load(uuid))
        number = remarks.add(author, written)
    hint(f"election:{uuid}")
    return schema.answer({"number": number})


@blueprint.post("/api/elections/<uuid>/remarks/<int:number>")
@requires("leader", "trustee")
def change_remark(uuid: str, number: int) -> Response:
    author = _author(uuid)
    written = schema.read(Written)
    with current_sessions().begin() as session:
        remarks = Remarks(session, Committees(session).load(uuid))
        remarks.change(number, author, written)
    hint(f"election:{uuid}")
    return schema.answer()


@blueprint.post("/api/elections/<uuid>/close")
@requires("leader")
def close(uuid: str) -> Response:
    with current_sessions().begin() as session:
        Closing(session, Committees(session).load(uuid)).close()
    hint(f"election:{uuid}")
    return schema.answer()


def _author(uuid: str) -> int:
    """Return which member is writing, or that it is the leader."""
    seats.require_here(uuid)
    return seats.index_in(uuid) or LEADER_INDEX
