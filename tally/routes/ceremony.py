"""The key ceremony and the trial. Texts travel as JSON strings."""

from collections.abc import Callable

from flask import Blueprint, Response

from tally import seats
from tally.ceremony import Ceremony, private_key_of
from tally.committee import Committees
from tally.models import Member
from tally.trial import Trials
from web import schema
from web.access import requires
from web.db import current_sessions
from web.errors import Refused
from web.realtime import hint

blueprint = Blueprint("ceremony", __name__)


class Text(schema.Body, frozen=True):
    text: str


class Share(Text, frozen=True):
    """A decryption share; without its statement proofs it is a bad one."""

    statement: str = ""


@blueprint.post("/api/elections/<uuid>/certificate")
@requires("trustee")
def add_certificate(uuid: str) -> Response:
    return _add(uuid, Ceremony.add_certificate)


@blueprint.get("/api/elections/<uuid>/certificates")
@requires("trustee")
def certificates(uuid: str) -> Response:
    seats.require_member(uuid)
    with current_sessions().reading() as session:
        texts = Ceremony.of(session, uuid).certificates()
    return schema.answer({"certificates": texts})


@blueprint.post("/api/elections/<uuid>/polynomial")
@requires("trustee")
def add_polynomial(uuid: str) -> Response:
    return _add(uuid, Ceremony.add_polynomial)


@blueprint.get("/api/elections/<uuid>/vinput")
@requires("trustee")
def vinput(uuid: str) -> Response:
    index = seats.require_member(uuid)
    with current_sessions().reading() as session:
        member = Committees(session).member(uuid, index)
        texts = Ceremony.of(session, uuid).certificates()
        if member.vinput is None:
            raise Refused("members_awaited", missing=1)
        answer = {"certificates": texts, "vinput": member.vinput}
    return schema.answer(answer)


@blueprint.post("/api/elections/<uuid>/voutput")
@requires("trustee")
def add_voutput(uuid: str) -> Response:
    return _add(uuid, Ceremony.add_voutput)


@blueprint.get("/api/elections/<uuid>/test")
@requires("trustee")
def trial(uuid: str) -> Response:
    index = seats.require_member(uuid)
    with current_sessions().reading() as session:
        committees = Committees(session)
        row = Trials(session, committees.load(uuid)).load()
        answer = {
            "election": row.election.decode(),
            "trustees": row.trustees.decode(),
            "credentials": row.credentials.decode(),
            "encrypted_tally": row.encrypted_tally.decode(),
            "private_key": private_key_of(committees.member(uuid, index)),
        }
    return schema.answer(answer)


@blueprint.post("/api/elections/<uuid>/test")
@requires("trustee")
def open_trial(uuid: str) -> Response:
    index = seats.require_member(uuid)
    share = schema.read(Share)
    with current_sessions().begin() as session:
        committees = Committees(session)
        trials = Trials(session, committees.load(uuid))
        member = committees.member(uuid, index)
        trials.open(member, share.text, share.statement)
    hint(f"election:{uuid}")
    return schema.answer()


def _add(uuid: str, step: Callable[[Ceremony, Member, str], None]) -> Response:
    index = seats.require_member(uuid)
    text = schema.read(Text).text
    with current_sessions().begin() as session:
        member = Committees(session).member(uuid, index)
        step(Ceremony.of(session, uuid), member, text)
    hint(f"election:{uuid}")
    return schema.answer()
