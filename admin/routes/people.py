"""Delegates and nominees: imported from spreadsheets; the roll call."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from admin import conferences, nominees, roll_call, sheet_templates, views
from admin.models import Conference
from admin.roll_call import MarkPresence
from admin.routes.access import DESK, ORGANISERS, READERS
from admin.sheets import FaultsError
from admin.tables import TableError
from web import i18n, schema
from web.access import requires
from web.db import after_commit, current_sessions
from web.errors import Malformed, Refused
from web.realtime import hint

blueprint = Blueprint("people", __name__)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_Import = Callable[[Session, Conference, bytes], int]


@blueprint.get("/api/templates/delegates.xlsx")
@requires(*READERS)
def delegates_template() -> Response:
    return _workbook(sheet_templates.delegates_template(), "dai-bieu.xlsx")


@blueprint.get("/api/templates/nominees.xlsx")
@requires(*READERS)
def nominees_template() -> Response:
    return _workbook(sheet_templates.nominees_template(), "nhan-su.xlsx")


@blueprint.post("/api/conferences/<int:conference_id>/delegates")
@requires(*ORGANISERS)
def import_delegates(conference_id: int) -> Response:
    return _import(conference_id, roll_call.import_list)


@blueprint.post("/api/conferences/<int:conference_id>/nominees")
@requires(*ORGANISERS)
def import_nominees(conference_id: int) -> Response:
    return _import(conference_id, nominees.import_list)


@blueprint.get("/api/conferences/<int:conference_id>/delegates")
@requires(*READERS)
def search(conference_id: int) -> Response:
    text = request.args.get("q", "")
    with current_sessions().reading() as session:
        conference = conferences.load(session, conference_id)
        found = roll_call.search(session, conference, text)
        delegates = [views.delegate(each) for each in found]
    return schema.answer({"delegates": delegates})


@blueprint.post(
    "/api/conferences/<int:conference_id>/delegates/<int:delegate_id>/presence"
)
@requires(*DESK)
def mark(conference_id: int, delegate_id: int) -> Response:
    order = schema.read(MarkPresence)
    with current_sessions().begin() as session:
        conference = conferences.load(session, conference_id)
        delegate = roll_call.mark(session, conference, delegate_id, order)
        after_commit(session, partial(hint, f"conference:{conference_id}"))
    return schema.answer({"delegate": views.delegate(delegate)})


@blueprint.post("/api/conferences/<int:conference_id>/roll-call/lock")
@requires(*ORGANISERS)
def lock(conference_id: int) -> Response:
    with current_sessions().begin() as session:
        roll_call.lock(session, conferences.load(session, conference_id))
        after_commit(session, partial(hint, f"conference:{conference_id}"))
    return schema.answer()


@blueprint.post("/api/conferences/<int:conference_id>/roll-call/unlock")
@requires(*ORGANISERS)
def unlock(conference_id: int) -> Response:
    with current_sessions().begin() as session:
        roll_call.unlock(session, conferences.load(session, conference_id))
        after_commit(session, partial(hint, f"conference:{conference_id}"))
    return schema.answer()


@blueprint.app_errorhandler(FaultsError)
def answer_faults(error: FaultsError) -> ResponseReturnValue:
    """Answer every faulty row with its column, in the language of whoever asked."""
    faults = [
        {
            "row": fault.row,
            "column": fault.column,
            "code": fault.code,
            "message": i18n.text(f"import.{fault.code}", **fault.numbers),
        }
        for fault in error.faults
    ]
    refusal = Refused("import_faults", status=400, count=len(faults))
    body = {
        "ok": False,
        "code": refusal.code,
        "message": refusal.message,
        "details": {"count": len(faults), "faults": faults},
        "faults": faults,
    }
    return jsonify(body), refusal.status


def _import(conference_id: int, import_list: _Import) -> Response:
    uploaded = request.files.get("file")
    if uploaded is None:
        raise Malformed("file")
    data = uploaded.read()
    try:
        with current_sessions().begin() as session:
            conference = conferences.load(session, conference_id)
            imported = import_list(session, conference, data)
            found = views.warnings(conference)
            after_commit(session, partial(hint, f"conference:{conference_id}"))
    except TableError as error:
        raise Refused(error.code, status=400) from error
    return schema.answer({"imported": imported, "warnings": found})


def _workbook(data: bytes, name: str) -> Response:
    response = current_app.response_class(data, mimetype=_XLSX)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
