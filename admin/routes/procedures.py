"""Procedures: listed, read, downloaded to copy, added by the office; the calculator."""

from typing import NoReturn

from flask import Blueprint, Response, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from admin import needed, profiles
from admin import procedure_views as shown
from admin import procedure_words as words
from admin.actions import ProcedureAdded, record
from admin.choices import ChoiceError, Choices
from admin.needed import CountsError
from admin.procedure import Procedure
from admin.profile_check import ProfileError
from admin.profiles import current_catalogue
from admin.routes.access import READERS
from admin.routes.frame import may
from web import i18n, schema
from web.access import current_roles, requires
from web.db import current_sessions
from web.errors import Malformed, Refused
from web.rules import Counts

blueprint = Blueprint("procedures", __name__)
_WRITERS = ("secretary", "administrator")


class AskNeeded(schema.Body, frozen=True):
    """What the calculator is asked; `version`: of the conference, if it has one."""

    procedure: str
    step: str
    summoned: int
    present: int
    members: int | None = None
    agree: int | None = None
    version: str = ""
    choices: Choices = Choices()


@blueprint.get("/procedures")
@requires(*READERS)
def index() -> str:
    catalogue, locale = current_catalogue(), i18n.current_locale()
    found = [shown.summary(each, locale) for each in catalogue.all()]
    return render_template(
        "admin/procedures.html",
        own=[each for each in found if each["file_origin"] == "builtin"],
        office=[each for each in found if each["file_origin"] == "office"],
        faulty=[_file(each) for each in catalogue.faulty()],
        may_add=bool(current_roles() & set(_WRITERS)),
        may=may(),
    )


@blueprint.get("/procedures/<procedure_id>")
@requires(*READERS)
def show(procedure_id: str) -> str:
    catalogue = current_catalogue()
    loaded = catalogue.get(procedure_id)
    return render_template(
        "admin/procedure.html",
        procedure=shown.whole(catalogue, loaded, i18n.current_locale()),
        ballot_facts=words.ballot_facts,
        quorum_words=words.quorum_words,
        known={each.procedure.id: each.procedure for each in catalogue.all()},
        may=may(),
    )


@blueprint.get("/api/procedures")
@requires(*READERS)
def list_them() -> Response:
    catalogue, locale = current_catalogue(), i18n.current_locale()
    return schema.answer(
        {
            "procedures": [
                shown.whole(catalogue, each, locale) for each in catalogue.all()
            ],
            "faulty": [_file(each) for each in catalogue.faulty()],
        }
    )


@blueprint.get("/api/procedures/<procedure_id>")
@requires(*READERS)
def read_one(procedure_id: str) -> Response:
    catalogue = current_catalogue()
    loaded = catalogue.get(procedure_id)
    return schema.answer(shown.whole(catalogue, loaded, i18n.current_locale()))


@blueprint.get("/api/procedures/<procedure_id>.toml")
@requires(*READERS)
def download(procedure_id: str) -> Response:
    loaded = current_catalogue().get(procedure_id)
    answer = current_app.response_class(loaded.text, mimetype="application/toml")
    name = f"{loaded.procedure.id}.toml"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@blueprint.post("/api/procedures")
@requires(*_WRITERS)
def add() -> Response:
    uploaded = request.files.get("file")
    if uploaded is None:
        raise Malformed("file")
    name, data = uploaded.filename or "", uploaded.stream.read()
    with current_sessions().begin() as session:
        loaded = profiles.add_to_office(session, name, data)
        found = loaded.procedure
        record(session, ProcedureAdded(found.id, found.version, loaded.digest))
    return schema.answer(shown.summary(loaded, i18n.current_locale()), 201)


@blueprint.post("/api/needed")
@requires(*READERS)
def calculate() -> Response:
    order = schema.read(AskNeeded)
    counts = Counts(order.summoned, order.present, order.members)
    with current_sessions().reading() as session:
        procedure = _followed(session, order)
    try:
        step = procedure.step(order.step)
    except KeyError:
        raise Refused("step_unknown", step=order.step) from None
    if step.ballot is None:
        raise Refused("step_without_ballot", step=order.step)
    try:
        settled = needed.settled_for(procedure, step, order.choices)
        return schema.answer(needed.answer(settled, counts, order.agree))
    except ChoiceError as error:
        _refuse(error, order.step)
    except CountsError as error:
        raise Refused(f"count_{error.code}", key=error.key) from None


@blueprint.app_errorhandler(ProfileError)
def answer_faults(error: ProfileError) -> ResponseReturnValue:
    """Answer every fault of a file, in the language of whoever sent it."""
    faults = [words.fault(each) for each in error.faults]
    refusal = Refused("profile_faults", status=400, count=len(faults))
    body = {
        "ok": False,
        "code": refusal.code,
        "message": refusal.message,
        "details": refusal.details,
        "faults": faults,
    }
    return jsonify(body), refusal.status


def _followed(session: Session, order: AskNeeded) -> Procedure:
    """Return the version that a conference follows, else the one of now."""
    if order.version:
        kept = profiles.kept_version(session, order.procedure, order.version)
        if kept is not None:
            return kept
    return current_catalogue().get(order.procedure).procedure


def _refuse(error: ChoiceError, step: str) -> NoReturn:
    what = i18n.text(f"choice.{error.key}")
    code = f"choice_{error.problem}"
    raise Refused(code, key=error.key, step=step, what=what) from error


def _file(faulty: profiles.Faulty) -> dict[str, object]:
    faults = [words.fault(each) for each in faulty.faults]
    return {"file": faulty.file, "faults": faults}
