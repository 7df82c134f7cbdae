"""Letterheads of units and templates of the office: one page for both."""

from hashlib import sha256

from flask import Blueprint, Response, render_template, request

from admin import letterheads, office_templates
from admin.actions import LetterheadChanged, TemplateChanged, record
from admin.documents.words import Words
from admin.letterheads import LetterheadOrder
from admin.progress import File
from admin.routes.access import ORGANISERS
from admin.routes.frame import may
from admin.routes.jobs import download
from admin.settings import AdminSettings
from web import schema
from web.access import requires
from web.db import current_sessions
from web.errors import Malformed
from web.i18n import current_locale
from web.settings import current_settings

blueprint = Blueprint("letterheads", __name__)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/letterheads", endpoint="index")
@requires(*ORGANISERS)
def index() -> str:
    default = current_settings(AdminSettings).layout
    layout = request.args.get("layout", default)
    if layout not in letterheads.LAYOUTS:
        layout = default
    with current_sessions().reading() as session:
        return render_template(
            "admin/letterheads.html",
            letterheads=letterheads.listing(session),
            margins_of=letterheads.margins_of,
            default_layout=default,
            default_margins=letterheads.default_margins(default),
            layout=layout,
            templates=office_templates.listing(layout, Words(current_locale())),
            may=may(),
        )


@blueprint.post("/api/letterheads")
@requires(*ORGANISERS)
def add() -> Response:
    order = schema.read(LetterheadOrder)
    with current_sessions().begin() as session:
        made = letterheads.add(session, order)
        record(session, LetterheadChanged(made.id))
    return schema.answer({"id": made.id}, 201)


@blueprint.post("/api/letterheads/<int:letterhead_id>")
@requires(*ORGANISERS)
def change(letterhead_id: int) -> Response:
    order = schema.read(LetterheadOrder)
    with current_sessions().begin() as session:
        letterheads.change(session, letterheads.load(session, letterhead_id), order)
        record(session, LetterheadChanged(letterhead_id))
    return schema.answer()


@blueprint.post("/api/letterheads/<int:letterhead_id>/remove")
@requires(*ORGANISERS)
def remove(letterhead_id: int) -> Response:
    with current_sessions().begin() as session:
        letterheads.remove(session, letterheads.load(session, letterhead_id))
        record(session, LetterheadChanged(letterhead_id))
    return schema.answer()


@blueprint.get("/letterheads/templates/<layout>/<name>.docx")
@requires(*ORGANISERS)
def default_template(layout: str, name: str) -> Response:
    data = office_templates.default(name, layout)
    return download(File(data, _DOCX, f"{name}-{layout}.docx"))


@blueprint.get("/letterheads/templates/<layout>/<name>/own.docx")
@requires(*ORGANISERS)
def own_template(layout: str, name: str) -> Response:
    data = office_templates.own(name, layout)
    return download(File(data, _DOCX, f"{name}-{layout}.docx"))


@blueprint.post("/api/templates/<layout>/<name>")
@requires(*ORGANISERS)
def replace(layout: str, name: str) -> Response:
    uploaded = request.files.get("file")
    if uploaded is None:
        raise Malformed("file")
    words = Words(current_locale())
    data = uploaded.stream.read()
    office_templates.replace(name, layout, data, words)
    with current_sessions().begin() as session:
        record(session, TemplateChanged(name, layout, sha256(data).hexdigest()))
    return schema.answer()


@blueprint.post("/api/templates/<layout>/<name>/remove")
@requires(*ORGANISERS)
def use_default(layout: str, name: str) -> Response:
    office_templates.remove(name, layout)
    with current_sessions().begin() as session:
        record(session, TemplateChanged(name, layout, ""))
    return schema.answer()
