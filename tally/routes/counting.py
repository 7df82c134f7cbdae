"""Zero report, unsealing, result."""

from flask import Blueprint, Response

from tally import papers, seats, state, zero
from tally.ceremony import private_key_of
from tally.committee import Committees, require
from tally.counting import Counting
from tally.kiosk_board import BoardUnreachable
from tally.links import Links
from tally.mirror import current_mirror
from tally.phases import Phase
from tally.routes.ceremony import Share
from tally.settings import TallySettings
from web import schema
from web.access import requires
from web.accounts import account_name
from web.db import current_sessions
from web.errors import Refused
from web.peers import PeerUnreachable
from web.realtime import hint
from web.settings import current_settings

blueprint = Blueprint("counting", __name__)


@blueprint.post("/api/elections/<uuid>/zero-report")
@requires("leader", "trustee")
def report_zero(uuid: str) -> Response:
    seats.require_here(uuid)
    index = seats.index_in(uuid)
    try:
        tip = current_mirror().kiosk.tip(uuid)
    except BoardUnreachable as error:
        raise PeerUnreachable("kiosk") from error
    with current_sessions().begin() as session:
        witness = Committees(session).member(uuid, index) if index else account_name()
        zero.report(session, uuid, tip, witness)
    hint(f"election:{uuid}")
    return schema.answer({"head": tip.head, "ballots": tip.cast})


@blueprint.get("/api/elections/<uuid>/unseal")
@requires("trustee")
def unseal(uuid: str) -> Response:
    index = seats.require_member(uuid)
    with current_sessions().reading() as session:
        committees = Committees(session)
        committee = committees.load(uuid)
        require(committee, Phase.UNSEALING)
        count = Counting(session, committee).count
        board, paper = Links(session, uuid).board(), papers.load(session, uuid)
        answer = {
            "election": paper.election.decode(),
            "trustees": paper.trustees.decode(),
            "credentials": paper.credentials.decode(),
            "kiosk_url": current_settings(TallySettings).kiosk_url,
            "head": board.head,
            "height": board.height,
            "encrypted_tally": count.encrypted_tally.decode(),
            "private_key": private_key_of(committees.member(uuid, index)),
            "owner": index,
        }
    return schema.answer(answer)


@blueprint.post("/api/elections/<uuid>/partial-decryption")
@requires("trustee")
def add_share(uuid: str) -> Response:
    index = seats.require_member(uuid)
    share = schema.read(Share)
    try:
        with current_sessions().begin() as session:
            committees = Committees(session)
            counting = Counting(session, committees.load(uuid))
            member = committees.member(uuid, index)
            fits = counting.add_share(member, share.text, share.statement)
    except Refused as refusal:
        if refusal.code == "bad_share":
            _note_bad_share(uuid, index, refusal)
        raise
    hint(f"election:{uuid}")
    if not fits:  # after the transaction: the share is kept, one more is needed
        raise Refused("shares_contradict")
    return schema.answer()


@blueprint.get("/api/elections/<uuid>/result")
@requires("leader", "trustee")
def result(uuid: str) -> Response:
    seats.require_here(uuid)
    with current_sessions().reading() as session:
        shown = state.result(session, Committees(session).load(uuid))
    if shown is None:
        raise Refused("not_counted")
    return schema.answer(shown)


def _note_bad_share(uuid: str, index: int, refusal: Refused) -> None:
    with current_sessions().begin() as session:
        committees = Committees(session)
        Counting(session, committees.load(uuid)).note_bad_share(
            committees.member(uuid, index), str(refusal.details.get("check"))
        )
    hint(f"election:{uuid}")
