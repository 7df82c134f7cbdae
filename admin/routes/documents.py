"""Documents of a conference: their page, each of them, all of them, what is added."""

from functools import partial

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from admin import conferences, details, letterheads, papers
from admin.details import DetailsOrder
from admin.documents.words import Words
from admin.models import Secrecy
from admin.progress import current_jobs
from admin.records import keeping
from admin.routes import conference_page
from admin.routes.access import ORGANISERS, PAPERS, RESULT_READERS
from admin.routes.conferences import view_of
from admin.routes.jobs import download
from admin.settings import AdminSettings
from web import schema
from web.access import current_roles, requires
from web.accounts import account_name
from web.db import after_commit, current_sessions
from web.i18n import current_locale
from web.realtime import hint
from web.settings import current_settings

blueprint = Blueprint("documents", __name__)


@blueprint.get("/conferences/<int:conference_id>/documents", endpoint="index")
@requires(*PAPERS)
def index(conference_id: int) -> str:
    view, figures = view_of(conference_id), _figures()
    with current_sessions().reading() as session:
        row = conferences.load(session, conference_id)
        kept = keeping.current(session, row)
        context = {
            "papers": papers.papers(kept, Words(current_locale()), figures=figures),
            "details": details.order_of(session, row),
            "secrecies": tuple(Secrecy),
            "letterhead": kept.conference.letterhead,
            "found": letterheads.found_for(session, row) is not None,
            "letterheads": letterheads.listing(session),
        }
        return render_template(
            "admin/documents.html",
            **conference_page.context(view),
            **context,
            page="documents",
            figures=figures,
            default_copies=current_settings(AdminSettings).copies,
        )


@blueprint.get("/conferences/<int:conference_id>/minutes")
@requires(*PAPERS)
def minutes(conference_id: int) -> ResponseReturnValue:
    """Lead on whoever kept the address of the page that was here before."""
    return redirect(url_for("documents.index", conference_id=conference_id))


@blueprint.get("/conferences/<int:conference_id>/documents/<name>.<form>")
@requires(*PAPERS)
def make(conference_id: int, name: str, form: str) -> Response:
    wanted = papers.found(name, form, figures=_figures())
    with current_sessions().begin() as session:
        kept = keeping.kept(session, conferences.load(session, conference_id))
    return download(papers.made(wanted, kept, form))


@blueprint.post("/api/conferences/<int:conference_id>/documents")
@requires(*RESULT_READERS)
def make_all(conference_id: int) -> Response:
    with current_sessions().begin() as session:
        kept = keeping.kept(session, conferences.load(session, conference_id))
    job = current_jobs().start(account_name(), papers.everything(kept))
    return schema.answer({"job": job}, 202)


@blueprint.post("/api/conferences/<int:conference_id>/details")
@requires(*ORGANISERS)
def save_details(conference_id: int) -> Response:
    order = schema.read(DetailsOrder)
    with current_sessions().begin() as session:
        details.save(session, conferences.load(session, conference_id), order)
        after_commit(session, partial(hint, f"conference:{conference_id}"))
    return schema.answer()


def _figures() -> bool:
    """Whether whoever asks may see the figures of a step."""
    return bool(current_roles() & set(RESULT_READERS))
