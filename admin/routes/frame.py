"""What every page of the console knows of whoever is asking."""

from dataclasses import dataclass

from admin.routes.access import ADMINISTRATORS, CHAIR, DESK, ORGANISERS
from web.access import current_roles


@dataclass(frozen=True)
class May:
    """What whoever is asking may do; pages disable the rest and say why."""

    write: bool
    desk: bool
    lead: bool
    administer: bool


def may() -> May:
    """Return what whoever is asking may do."""
    roles = current_roles()
    return May(
        write=bool(roles & set(ORGANISERS)),
        desk=bool(roles & set(DESK)),
        lead=bool(roles & set(CHAIR)),
        administer=bool(roles & set(ADMINISTRATORS)),
    )
