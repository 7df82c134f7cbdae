"""The console's pages: they look, and leave every change to the API."""

from flask import Blueprint, render_template, request, url_for
from sqlalchemy import select

from admin import (
    agenda,
    announcement,
    conferences,
    offers,
    result_screens,
    roll_call,
    room,
    screens,
    views,
)
from admin.models import Account, Conference, Presence, State
from admin.path import Page
from admin.routes import conference_page, new_form, next_form
from admin.routes.access import ADMINISTRATORS, ORGANISERS, READERS
from admin.routes.conferences import view_of
from admin.routes.frame import may, navigation
from admin.routes.voting import display_of
from web import i18n
from web.access import requires
from web.contracts import TabletListed, TabletsAsked, TabletsListed
from web.db import current_sessions
from web.errors import Refused
from web.peers import current_peers

blueprint = Blueprint("pages", __name__)
blueprint.add_app_template_global(navigation)
_VOIDABLE = (State.CONVENED, State.SEALED, State.OPEN)
_POLL_SECONDS = 3  # turnout moves without a hint: the box is another service's


@blueprint.get("/", endpoint="conferences")
@requires(*READERS)
def conference_list() -> str:
    with current_sessions().reading() as session:
        found = [
            (row, conferences.line(session, row))
            for row in conferences.listing(session)
        ]
        items = [_item(row, counts) for row, counts in found]
    return render_template("admin/conferences.html", items=items, may=may())


@blueprint.get("/conferences/new")
@requires(*ORGANISERS)
def new() -> str:
    with current_sessions().reading() as session:
        context = new_form.context(
            session,
            procedure=request.args.get("procedure", ""),
            step=request.args.get("step", ""),
            instance=request.args.get("instance", type=int),
        )
    return render_template("admin/new.html", **context, may=may())


@blueprint.get("/conferences/<int:conference_id>")
@blueprint.get("/conferences/<int:conference_id>/people", endpoint="people")
@requires(*READERS)
def people(conference_id: int) -> str:
    view = view_of(conference_id)
    ready = screens.steps(view)[0].status == "done"
    delegates = _delegates(conference_id)
    return _page(view, Page.PEOPLE, delegates=delegates, ready=ready)


@blueprint.get("/conferences/<int:conference_id>/cards")
@requires(*READERS)
def cards(conference_id: int) -> str:
    view = view_of(conference_id)
    return _page(
        view,
        Page.CARDS,
        spares=screens.spares(view.counts.summoned),
        voidable=view.state in _VOIDABLE and view.counts.printed > 0,
    )


@blueprint.get("/conferences/<int:conference_id>/committee")
@requires(*READERS)
def committee(conference_id: int) -> str:
    view = view_of(conference_id)
    return _page(view, Page.COMMITTEE, stage=screens.committee_stage(view))


@blueprint.get("/conferences/<int:conference_id>/roll-call", endpoint="roll_call")
@requires(*READERS)
def roll_call_page(conference_id: int) -> str:
    view = view_of(conference_id)
    query, show = request.args.get("q", ""), request.args.get("show", "all")
    delegates = _delegates(conference_id, query, show)
    return _page(view, Page.ROLL_CALL, delegates=delegates, query=query, show=show)


@blueprint.get("/conferences/<int:conference_id>/roll-call/list")
@requires(*READERS)
def roll_call_list(conference_id: int) -> str:
    view = view_of(conference_id)
    delegates = _delegates(conference_id)
    return _page(view, Page.ROLL_CALL, "admin/roll_call_list.html", delegates=delegates)


@blueprint.get("/conferences/<int:conference_id>/seal")
@requires(*READERS)
def seal(conference_id: int) -> str:
    return _page(view_of(conference_id), Page.SEAL)


@blueprint.get("/conferences/<int:conference_id>/voting")
@requires(*READERS)
def voting(conference_id: int) -> str:
    view = view_of(conference_id)
    before, is_open = view.state in conference_page.BEFORE, view.state == State.OPEN
    found, fault = _tablets()
    return _page(
        view,
        Page.VOTING,
        phase="before" if before else "open" if is_open else "after",
        turnout=view.counts.cast,
        poll=_POLL_SECONDS,
        tablets=found,
        tablets_fault=fault,
    )


@blueprint.get("/conferences/<int:conference_id>/count")
@requires(*READERS)
def count(conference_id: int) -> str:
    view = view_of(conference_id)
    counted = view.state in {State.COUNTED, State.PUBLISHED}
    comparisons = screens.comparisons(view.counts)
    return _page(view, Page.COUNT, counted=counted, comparisons=comparisons)


@blueprint.get("/conferences/<int:conference_id>/result")
@requires(*READERS)
def result(conference_id: int) -> str:
    view = view_of(conference_id)
    board = f"{current_peers().known['kiosk'].url}/board/{view.uuid}"
    return _page(
        view,
        Page.RESULT,
        board_url=board,
        following=next_form.following_of(view),
        shares=offers.shares(),
    )


@blueprint.get("/tablets")
@requires(*READERS)
def tablets() -> str:
    found, fault = _tablets()
    conference_id = request.args.get("conference_id", type=int)
    view = None if conference_id is None else view_of(conference_id)
    return render_template(
        "admin/tablets.html",
        tablets=found,
        tablets_fault=fault,
        counts=view.counts if view else None,
        back=_path(view.id, Page.VOTING) if view else url_for("pages.conferences"),
        next_label=i18n.text("tablets.default_label", number=len(found) + 1),
        kiosk_url=current_peers().known["kiosk"].url,
        may=may(),
    )


@blueprint.get("/accounts")
@requires(*ADMINISTRATORS)
def accounts() -> str:
    with current_sessions().reading() as session:
        rows = list(session.scalars(select(Account).order_by(Account.username)))
        return render_template("admin/accounts.html", accounts=rows, may=may())


@blueprint.get("/display/<int:conference_id>")
@requires(*READERS)
def display(conference_id: int) -> str:
    view = display_of(conference_id)
    results = result_screens.announced(view)
    return render_template(
        "admin/display.html",
        conference=view,
        counts=view.counts,
        quorum=view.quorum,
        day=i18n.day(view.starts_at.astimezone()),
        starts=i18n.moment(view.starts_at).partition(",")[0],
        phase=screens.phase(view.state, announced=view.announced),
        results=results,
        heading=room.heading(view, results),
        pages=room.pages(results),
        texts=_announcement(view, results),
        ballots=room.ballots(view),
        marking=room.marking(view),
        position=room.position,
    )


def _announcement(
    view: views.DisplayView, results: list[result_screens.Result]
) -> list[list[announcement.Paragraph]]:
    """Return the pages of the announcement, once the result was announced."""
    if not results:
        return []
    at = announcement.occasion(view)
    return room.text_pages(announcement.announced(at, results, view.ties))


def _page(
    view: views.ConferenceView, page: Page, template: str = "", **more: object
) -> str:
    context = conference_page.context(view)
    step = next(each for each in screens.steps(view) if each.page is page)
    name = page.replace("-", "_")
    return render_template(
        template or f"admin/{name}.html", **context, page=page, step=step, **more
    )


def _path(conference_id: int, page: Page) -> str:
    name = page.replace("-", "_")
    return url_for(f"pages.{name}", conference_id=conference_id)


def _delegates(
    conference_id: int, query: str = "", show: str = "all"
) -> list[views.DelegateView]:
    with current_sessions().reading() as session:
        row = conferences.load(session, conference_id)
        found = [views.delegate(each) for each in roll_call.search(session, row, query)]
    if show not in set(Presence):
        return found
    return [each for each in found if each.presence == show]


def _tablets() -> tuple[tuple[TabletListed, ...], str]:
    """Return the tablets, or why the kiosk could not be asked: a page still shows."""
    try:
        found: TabletsListed = current_peers().send(
            "kiosk", "tablet.list", TabletsAsked()
        )
    except Refused as refusal:
        return (), refusal.message
    return found.tablets, ""


def _item(row: Conference, counts: object) -> dict[str, object]:
    step = agenda.lead(row).step
    here = may()
    only_chairs = here.lead and not here.write
    page = screens.current_page(row.state)
    return {
        "row": row,
        "counts": counts,
        "step_name": step.name.of(i18n.current_locale()),
        "when": i18n.moment(row.starts_at),
        "href": url_for("chair.show", conference_id=row.id)
        if only_chairs
        else _path(row.id, page),
    }
