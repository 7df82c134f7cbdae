"""Long work, as the page that asked for it follows it."""

from flask import Blueprint, Response, current_app

from admin.progress import File, current_jobs
from admin.routes.access import READERS
from web import schema
from web.access import requires
from web.accounts import account_name

blueprint = Blueprint("jobs", __name__)


@blueprint.get("/api/jobs/<job>")
@requires(*READERS)
def look(job: str) -> Response:
    return schema.answer(current_jobs().look(account_name(), job))


@blueprint.get("/api/jobs/<job>/file")
@requires(*READERS)
def take(job: str) -> Response:
    return download(current_jobs().take(account_name(), job))


def download(file: File) -> Response:
    """Answer a file that is kept under its own name."""
    answer = current_app.response_class(file.data, mimetype=file.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=file.name)
    return answer
