"""What every page of the console knows of whoever is asking."""

from dataclasses import dataclass

from flask import current_app, request, url_for

from admin.routes.access import ADMINISTRATORS, CHAIR, DESK, ORGANISERS, PAPERS
from web.access import current_roles

_LINKS = (
    ("nav.conferences", "pages.conferences"),
    ("nav.rounds", "rounds.index"),
    ("nav.register", "register.index"),
    ("nav.procedures", "procedures.index"),
    ("nav.letterheads", "letterheads.index"),
)


@dataclass(frozen=True)
class May:
    """What whoever is asking may do; pages disable the rest and say why."""

    write: bool
    desk: bool
    lead: bool
    administer: bool
    papers: bool


def may() -> May:
    """Return what whoever is asking may do."""
    roles = current_roles()
    return May(
        write=bool(roles & set(ORGANISERS)),
        desk=bool(roles & set(DESK)),
        lead=bool(roles & set(CHAIR)),
        administer=bool(roles & set(ADMINISTRATORS)),
        papers=bool(roles & set(PAPERS)),
    )


@dataclass(frozen=True)
class Link:
    """A part of the console, in the line at the top of its pages."""

    label: str
    path: str
    current: bool


def navigation() -> list[Link]:
    """Return the parts of the console that whoever is asking may enter."""
    return [
        Link(label, url_for(endpoint), _within(endpoint))
        for label, endpoint in _LINKS
        if _open_to_asker(endpoint)
    ]


def _open_to_asker(endpoint: str) -> bool:
    view = current_app.view_functions.get(endpoint)
    return view is not None and bool(current_roles() & getattr(view, "access", set()))


def _within(endpoint: str) -> bool:
    return request.blueprint == endpoint.partition(".")[0]
