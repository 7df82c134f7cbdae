"""Committees, join codes and seats."""

from flask import Blueprint, Response

from tally import seats, state
from tally.committee import Committees
from tally.joining import Joining
from tally.mirror import current_mirror
from tally.settings import TallySettings
from web import schema
from web.access import limited, public, requires
from web.db import current_sessions
from web.realtime import hint
from web.settings import current_settings

blueprint = Blueprint("committee", __name__)


class Join(schema.Body, frozen=True):
    code: str


class CodesWanted(schema.Body, frozen=True):
    index: int | None = None


@blueprint.post("/api/join")
@public
@limited
def join() -> Response:
    order = schema.read(Join)
    with current_sessions().begin() as session:
        seat = Joining(session).join(order.code)
        committees = Committees(session)
        name = committees.member(seat.uuid, seat.index).name
        day = committees.of_day(committees.load(seat.uuid))
    seats.take(seat)
    for vote in day:
        hint(f"election:{vote.uuid}")
    return schema.answer({"election": seat.uuid, "index": seat.index, "name": name})


@blueprint.get("/api/elections")
@requires("leader", "trustee")
def elections() -> Response:
    with current_sessions().reading() as session:
        found = [
            state.summary(committee)
            for committee in Committees(session).all()
            if seats.may_see(committee.uuid)
        ]
    return schema.answer({"elections": found})


@blueprint.get("/api/elections/<uuid>")
@requires("leader", "trustee")
def election(uuid: str) -> Response:
    seats.require_here(uuid)
    with current_sessions().reading() as session:
        committee = Committees(session).load(uuid)
        shown = state.whole(
            session,
            committee,
            me=seats.index_in(uuid),
            sight=current_mirror().sight(uuid),
            kiosk_url=current_settings(TallySettings).kiosk_url,
        )
    return schema.answer(shown)


@blueprint.post("/api/elections/<uuid>/join-codes")
@requires("leader")
def join_codes(uuid: str) -> Response:
    index = schema.read(CodesWanted).index
    with current_sessions().begin() as session:
        codes = Joining(session).hand_out_codes(uuid, index)
    return schema.answer({"codes": codes})


@blueprint.post("/api/elections/<uuid>/restart")
@requires("leader")
def restart(uuid: str) -> Response:
    with current_sessions().begin() as session:
        Committees(session).restart(uuid)
    hint(f"election:{uuid}")
    return schema.answer()
