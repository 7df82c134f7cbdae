"""The public board: anyone in the room may read all of it, from anywhere."""

from collections.abc import Iterator

from flask import (
    Blueprint,
    Response,
    current_app,
    render_template,
    request,
    stream_with_context,
)

from kiosk import board
from kiosk.boxes import Boxes
from kiosk.models import BoxRow, BoxState
from web import schema
from web.access import public
from web.db import current_sessions
from web.errors import Malformed

blueprint = Blueprint("board", __name__)
_MOST_EVENTS = 200
_MOST_TRACKERS = 20
_SEARCHABLE = 3  # letters; fewer would list half the board


@blueprint.after_request
def share(response: Response) -> Response:
    """Let pages of other addresses read what is public; never write."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.get("/board/<uuid>")
@public
def page(uuid: str) -> str:
    with current_sessions().reading() as session:
        box = Boxes(session).one(uuid)
        unknown = box.finished and box.archive is None
    if unknown:
        with current_sessions().begin() as session:
            Boxes(session).know_archive(uuid)
    with current_sessions().reading() as session:
        box = Boxes(session).one(uuid)
        return render_template("kiosk/board.html", box=box, final=final_mark(box))


def final_mark(box: BoxRow) -> str:
    """Return what will not change any more, to compare: "" before the box is closed.

    The archive's SHA-256 once the board is finished; the board's own head, which is
    the last event of the box, where it ends there.
    """
    if box.finished:
        return box.archive or ""
    return box.head or "" if box.state == BoxState.CLOSED else ""


@blueprint.get("/board/<uuid>.bel")
@public
def archive(uuid: str) -> Response:
    with current_sessions().reading() as session:
        Boxes(session).one(uuid)
    response = current_app.response_class(
        stream_with_context(_archive(uuid)), mimetype="application/octet-stream"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{uuid}.bel"'
    return response


@blueprint.get("/api/board/<uuid>")
@public
def tip(uuid: str) -> Response:
    with current_sessions().reading() as session:
        box = Boxes(session).one(uuid)
        return schema.answer(
            {
                "uuid": box.uuid,
                "title": box.title,
                "state": box.state,
                "cast": box.cast,
                "head": box.head,
                "height": box.height,
                "finished": box.finished,
                "archive": box.archive,
            }
        )


@blueprint.get("/api/board/<uuid>/events")
@public
def events(uuid: str) -> Response:
    start, limit = _number("from", 0), _number("limit", _MOST_EVENTS)
    with current_sessions().reading() as session:
        Boxes(session).one(uuid)
        links = board.links(session, uuid, start=start, limit=min(limit, _MOST_EVENTS))
    listed = [{"data": data, "event": event} for data, event in links]
    return schema.answer({"events": listed})


@blueprint.get("/api/board/<uuid>/trackers")
@public
def trackers(uuid: str) -> Response:
    beginning = request.args.get("q", "").strip()
    with current_sessions().reading() as session:
        Boxes(session).one(uuid)
        found = (
            board.trackers(session, uuid, beginning, limit=_MOST_TRACKERS)
            if len(beginning) >= _SEARCHABLE
            else []
        )
    return schema.answer({"trackers": found})


@blueprint.get("/api/elections/<uuid>/election.json")
@public
def election(uuid: str) -> Response:
    return _stored(uuid, "election")


@blueprint.get("/api/elections/<uuid>/trustees.json")
@public
def trustees(uuid: str) -> Response:
    return _stored(uuid, "trustees")


@blueprint.get("/api/elections/<uuid>/credentials.json")
@public
def credentials(uuid: str) -> Response:
    return _stored(uuid, "credentials")


def _stored(uuid: str, name: str) -> Response:
    """Answer the exact bytes that are hashed."""
    with current_sessions().reading() as session:
        Boxes(session).one(uuid)
        content: bytes = getattr(board.setup_bytes(session, uuid), name)
    return current_app.response_class(content, mimetype="application/json")


def _archive(uuid: str) -> Iterator[bytes]:
    with current_sessions().reading() as session:
        yield from board.archive(session, Boxes(session).one(uuid))


def _number(name: str, default: int) -> int:
    text = request.args.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004
        raise Malformed(name)
    return int(text)
