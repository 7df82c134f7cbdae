"""The sealed bundle of a counted conference: made aside, taken once, kept nowhere."""

from flask import Blueprint, Response

from admin import actions, conferences
from admin.actions import record
from admin.bundle.contents import Keys
from admin.bundle.ordering import BundleOrder
from admin.models import State
from admin.office_templates import current_templates
from admin.progress import current_jobs
from admin.records.keeping import kept
from admin.routes.access import CHAIR
from admin.settings import AdminSettings
from web import schema
from web.access import requires
from web.accounts import account_name
from web.contracts import Service
from web.db import current_sessions
from web.errors import Refused
from web.keys import FileSigner
from web.peers import current_peers
from web.settings import current_settings

blueprint = Blueprint("bundle", __name__)


@blueprint.post("/api/conferences/<int:conference_id>/bundle")
@requires(*CHAIR)
def begin(conference_id: int) -> Response:
    with current_sessions().begin() as session:
        conference = conferences.load(session, conference_id)
        if conference.state not in {State.COUNTED, State.PUBLISHED}:
            raise Refused("bundle_too_early")
        record(session, actions.BundleAsked(uuid=conference.uuid))
        session.flush()
        records = kept(session, conference)
    order = BundleOrder(records, _keys(), current_peers(), current_templates())
    job = current_jobs().start(account_name(), order)
    return schema.answer({"job": job}, 202)


def _keys() -> Keys:
    own = FileSigner(current_settings(AdminSettings).signing_key).public
    tally = current_peers().key_of(Service.TALLY).public
    return Keys(admin=own.hex(), tally=tally.hex())
