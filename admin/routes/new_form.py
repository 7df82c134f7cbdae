"""What the page of a new conference is made from."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from admin import agenda, conferences, instances, offers, round_conferences, sittings
from admin.models import Conference, Instance, PlannedPosition, State
from admin.procedure import Procedure, Step
from admin.profiles import current_catalogue, load_profile
from web import i18n

PREPARING_MINUTES = 30  # a new conference is proposed for the next half hour


def context(
    session: Session, *, procedure: str, step: str, instance: int | None
) -> dict[str, object]:
    """Return what the form shows, filled in from a planning round if one asks.

    Raises:
        Refused: the round's instance is unknown.
    """
    planned = [] if instance is None else _planned(session, instance, step)
    running = _running(session, instance)
    last = next(iter(conferences.listing(session)), None)
    found = offers.offers(
        _procedures(session, running), i18n.current_locale(), _levels(running)
    )
    return {
        "offers": found,
        "shares": offers.shares(),
        "planned": planned,
        "first": _first(found, procedure or (last.procedure if last else ""), step),
        "committees": _committees(session),
        "defaults": _defaults(last, running),
    }


def proposed_start() -> str:
    """Return when a new conference may begin, as a browser's field writes it."""
    soon = datetime.now(UTC).astimezone() + timedelta(minutes=PREPARING_MINUTES)
    minute = soon.minute - soon.minute % PREPARING_MINUTES
    return soon.replace(minute=minute).strftime("%Y-%m-%dT%H:%M")


def _running(session: Session, instance: int | None) -> list[Instance]:
    """Return the instance that asks, and then the others of its unit."""
    if instance is None:
        return []
    asked = instances.load(session, instance)
    return [asked, *(each for each in asked.unit.instances if each is not asked)]


def _procedures(session: Session, running: list[Instance]) -> list[Procedure]:
    """Return what is in force now, and for a round the versions that it follows."""
    found = {each.procedure.id: each.procedure for each in current_catalogue().all()}
    for each in reversed(running):
        found[each.procedure] = load_profile(session, each.profile_digest)
    return list(found.values())


def _levels(running: list[Instance]) -> dict[str, str]:
    return {each.procedure: each.level for each in reversed(running) if each.level}


def _planned(session: Session, instance: int, step: str) -> list[dict[str, object]]:
    """Return the ballot that a round asks for, and those it may be held with."""
    asked = instances.load(session, instance)
    held = sittings.sittings(session, asked, step)
    others = [(each.instance, each.step.step) for each in held if not each.conference]
    here = agenda.step_of(instances.procedure_of(session, asked), step)
    return [_ballot(session, one, its) for one, its in [(asked, here), *others]]


def _ballot(session: Session, instance: Instance, step: Step) -> dict[str, object]:
    """Return a ballot with the positions for which somebody waits."""
    waiting = instances.waiting(session, instance, step)
    return {
        "key": offers.key(instance.procedure, step.id),
        "instance": instance.id,
        "positions": [_position(each, len(people)) for each, people in waiting.items()],
    }


def _position(position: PlannedPosition, people: int) -> dict[str, object]:
    return {
        "id": position.id,
        "title": position.title,
        "term": position.term,
        "quota": round_conferences.proposed_quota(position),
        "people": people,
    }


def _first(found: list[offers.Offer], procedure: str, step: str) -> str:
    """Return the key of the ballot that the form begins with."""
    keys = [ballot.key for offer in found for ballot in offer.ballots]
    if offers.key(procedure, step) in keys:
        return offers.key(procedure, step)
    return next((key for key in keys if key.startswith(f"{procedure}/")), keys[0])


def _committees(session: Session) -> list[dict[str, object]]:
    """Return today's committees that have a key, each by its latest conference."""
    today = datetime.now(UTC).astimezone().date()
    found: dict[str | None, Conference] = {}
    for row in conferences.listing(session):
        held = row.starts_at.astimezone().date() == today
        if held and row.trustees is not None and row.state != State.VOID:
            found.setdefault(row.committee_fingerprint, row)
    return [_committee(row) for row in found.values()]


def _committee(row: Conference) -> dict[str, object]:
    return {
        "id": row.id,
        "title": row.title,
        "when": i18n.moment(row.starts_at),
        "threshold": row.threshold,
        "members": [{"name": each.name, "role": each.role} for each in row.committee],
    }


def _defaults(last: Conference | None, running: list[Instance]) -> dict[str, object]:
    member = i18n.text("new.role_member")
    unit = running[0].unit if running else None
    return {
        "office": unit.name if unit else last.office if last else "",
        "place": last.place if last else "",
        "term": last.positions[0].term if last and last.positions else "",
        "starts_at": proposed_start(),
        "roles": (i18n.text("new.role_head"), member, member),
    }
