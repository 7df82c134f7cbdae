"""The register of people, and the lists of a conference that are chosen from it."""

from datetime import UTC, date, datetime
from functools import partial

import msgspec
from flask import Blueprint, Response, current_app, render_template, request

from admin import conferences, people, people_import, people_sheet, summons, views
from admin.people import Query
from admin.person_fields import PersonFields
from admin.profiles import current_catalogue
from admin.routes.access import ORGANISERS, REGISTER
from admin.routes.frame import may
from admin.summons import NominatePeople, SummonPeople
from admin.tables import TableError
from web import schema
from web.access import requires
from web.db import after_commit, current_sessions
from web.errors import Malformed, Refused
from web.i18n import current_locale
from web.realtime import hint

blueprint = Blueprint("register", __name__)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TOPIC = "people"


@blueprint.get("/people-register")
@requires(*REGISTER)
def index() -> str:
    query = _query()
    with current_sessions().reading() as session:
        found = people.search(session, query)
        rows = [
            {**people.view(person), "grades": people.latest_grades(person)}
            for person in found.people
        ]
        known = people.labels(session, _composition_roles())
    return render_template(
        "admin/people_register.html",
        people=rows,
        found=found,
        query=query,
        labels=known,
        years=people_sheet.recent_years(_today()),
        first=(found.page - 1) * people.PAGE + 1,
        may=may(),
    )


@blueprint.get("/api/people")
@requires(*REGISTER)
def list_people() -> Response:
    with current_sessions().reading() as session:
        found = people.search(session, _query())
        rows = [people.view(person) for person in found.people]
    numbers = {"total": found.total, "page": found.page, "pages": found.pages}
    return schema.answer({**numbers, "people": rows})


@blueprint.get("/api/people/<int:person_id>")
@requires(*REGISTER)
def show(person_id: int) -> Response:
    with current_sessions().reading() as session:
        return schema.answer(people.view(people.load(session, person_id)))


@blueprint.get("/api/people.xlsx")
@requires(*REGISTER)
def export() -> Response:
    with current_sessions().begin() as session:
        exported = people_import.export(session, _today())
    return _workbook(exported.workbook(), "danh-sach-can-bo.xlsx")


@blueprint.get("/api/templates/people.xlsx")
@requires(*REGISTER)
def template() -> Response:
    return _workbook(people_sheet.people_template(_today()), "mau-danh-sach.xlsx")


@blueprint.post("/api/people")
@requires(*ORGANISERS)
def import_people() -> Response:
    uploaded = request.files.get("file")
    if uploaded is None:
        raise Malformed("file")
    try:
        sheet = people_sheet.read_people(uploaded.read())
    except TableError as error:
        raise Refused(error.code, status=400) from error
    with current_sessions().begin() as session:
        imported = people_import.import_list(session, sheet)
        after_commit(session, partial(hint, _TOPIC))
    return schema.answer(imported)


@blueprint.post("/api/people/one")
@requires(*ORGANISERS)
def add() -> Response:
    order = schema.read(PersonFields)
    with current_sessions().begin() as session:
        person = people.add(session, order)
        after_commit(session, partial(hint, _TOPIC))
    return schema.answer({"id": person.id, "key": person.key}, 201)


@blueprint.post("/api/people/<int:person_id>")
@requires(*ORGANISERS)
def edit(person_id: int) -> Response:
    order = schema.read(PersonFields)
    with current_sessions().begin() as session:
        people.edit(session, people.load(session, person_id), order)
        after_commit(session, partial(hint, _TOPIC))
    return schema.answer()


@blueprint.get("/api/conferences/<int:conference_id>/summons")
@requires(*REGISTER)
def proposed(conference_id: int) -> Response:
    with current_sessions().reading() as session:
        conference = conferences.load(session, conference_id)
        locale = current_locale()
        content = {
            "items": summons.proposals(session, conference, locale),
            "summoned": summons.summoned(conference),
            "positions": summons.listed(session, conference, locale),
        }
        return schema.answer(msgspec.to_builtins(content))


@blueprint.post("/api/conferences/<int:conference_id>/delegates/from-register")
@requires(*ORGANISERS)
def summon(conference_id: int) -> Response:
    order = schema.read(SummonPeople)
    with current_sessions().begin() as session:
        conference = conferences.load(session, conference_id)
        taken = summons.summon(session, conference, order)
        after_commit(session, partial(hint, f"conference:{conference_id}"))
    return schema.answer({"imported": taken})


@blueprint.post("/api/conferences/<int:conference_id>/nominees/from-register")
@requires(*ORGANISERS)
def nominate(conference_id: int) -> Response:
    order = schema.read(NominatePeople)
    with current_sessions().begin() as session:
        conference = conferences.load(session, conference_id)
        taken = summons.nominate(session, conference, order)
        found = views.warnings(conference)
        after_commit(session, partial(hint, f"conference:{conference_id}"))
    return schema.answer({"imported": taken, "warnings": found})


def _query() -> Query:
    asked = request.args
    return Query(
        text=asked.get("q", ""),
        unit=asked.get("unit", ""),
        role=asked.get("role", ""),
        page=asked.get("page", 1, type=int),
    )


def _composition_roles() -> set[str]:
    """Return the roles that some step's composition selects by."""
    return {
        role
        for loaded in current_catalogue().all()
        for step in loaded.procedure.steps
        for composition in step.composition
        for role in composition.roles
    }


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _workbook(data: bytes, name: str) -> Response:
    response = current_app.response_class(data, mimetype=_XLSX)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
