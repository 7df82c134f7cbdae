"""The agenda of a sitting: which procedure steps are balloted on, and how.

An item keeps the version of its procedure and what the secretary chose where the
document is silent; `settled` puts the two together whenever a rule is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy.orm import Session, object_session

from admin import profiles
from admin.choices import ChoiceError, Choices, Settled, settle
from admin.models import AgendaItem, Conference, Instance, Position
from admin.names import fold, tidy
from admin.procedure import Procedure, Step
from admin.profiles import current_catalogue, load_profile
from web import i18n
from web.errors import Refused
from web.rules import Base

MAX_ITEMS = 8  # ballots of one sitting; more do not fit into a delegate's patience


class NewPosition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A post that people are planned for, and how many may be."""

    title: str
    term: str = ""
    quota: int | None = None
    planned_position: int | None = None


class NewItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ballot of the sitting. `instance` is the round's run of the procedure."""

    procedure: str
    step: str
    positions: tuple[NewPosition, ...]
    choices: Choices = Choices()
    instance: int | None = None


@dataclass(frozen=True)
class Opening:
    """An item with the version of its procedure, checked and ready to be kept."""

    order: NewItem
    digest: str
    settled: Settled


def open_items(session: Session, orders: Sequence[NewItem]) -> list[Opening]:
    """Check what is to be balloted on, in the versions in force now.

    Raises:
        Refused: an item cannot be held, or the items do not fit together.
    """
    openings = [opening(session, order, *_version(session, order)) for order in orders]
    check_together(openings)
    return openings


def opening(
    session: Session, order: NewItem, digest: str, procedure: Procedure
) -> Opening:
    """Check one item in a given version of its procedure.

    Raises:
        Refused: its step has no ballot, a choice is missing or a position is wrong.
    """
    if order.instance is not None and session.get(Instance, order.instance) is None:
        raise Refused("instance_unknown", status=404)
    step = step_of(procedure, order.step)
    settled = _settle(procedure, step, order.choices)
    _check_positions(order.positions, settled)
    return Opening(order, digest, settled)


def check_together(openings: Sequence[Opening]) -> None:
    """Refuse items that one paper cannot hold.

    Raises:
        Refused: there are none or too many, or some are announced and others not.
    """
    if not 1 <= len(openings) <= MAX_ITEMS:
        raise Refused("items_wrong", most=MAX_ITEMS)
    # One archive is published or it is not: figures of one ballot cannot be public
    # while those of another on the same paper must not be.
    if len({each.settled.announced for each in openings}) != 1:
        raise Refused("items_differ")
    names = [(each.order.procedure, each.order.step) for each in openings]
    if len(set(names)) != len(names):
        raise Refused("item_twice")


def as_items(openings: Sequence[Opening]) -> list[AgendaItem]:
    """Return the rows of the items, with their positions numbered over the paper."""
    items, number = [], 0
    for place, each in enumerate(openings, 1):
        positions = []
        for position in each.order.positions:
            number += 1
            positions.append(_position(number, position))
        items.append(
            AgendaItem(
                number=place,
                procedure=each.settled.procedure.id,
                profile_digest=each.digest,
                step=each.settled.step.id,
                choices=msgspec.json.encode(each.order.choices).decode(),
                instance_id=each.order.instance,
                positions=positions,
            )
        )
    return items


def settled(item: AgendaItem) -> Settled:
    """Return an item's ballot as it was settled when the conference was opened."""
    procedure = procedure_of(item)
    choices = msgspec.json.decode(item.choices, type=Choices)
    return settle(procedure, procedure.step(item.step), choices)


def procedure_of(item: AgendaItem) -> Procedure:
    """Return the procedure of an item, in the version that it keeps.

    Raises:
        RuntimeError: the item is not in a transaction.
    """
    session = object_session(item)
    if session is None:
        raise RuntimeError("an agenda item outside a transaction")
    return load_profile(session, item.profile_digest)


def lead(conference: Conference) -> Settled:
    """Return what the sitting was called for: its first ballot."""
    return settled(conference.items[0])


def part_of(item: AgendaItem, conference: Conference, locale: str) -> str:
    """Return the heading of an item on the paper; empty if it is the only one.

    The procedure's name, with the step's where the sitting holds two of its steps.
    """
    if len(conference.items) == 1:
        return ""
    found = settled(item)
    name = found.procedure.name.of(locale)
    alike = sum(each.procedure == item.procedure for each in conference.items)
    return name if alike == 1 else f"{name}: {found.step.name.of(locale)}"


def needed_present(conference: Conference, summoned: int) -> int:
    """Return how many must be present: the strictest of its ballots decides."""
    return max(settled(each).needed_present(summoned) for each in conference.items)


def step_of(procedure: Procedure, step_id: str) -> Step:
    """Return a step that has a ballot.

    Raises:
        Refused: there is no such step, or nothing is voted on in it.
    """
    try:
        step = procedure.step(step_id)
    except KeyError:
        raise Refused("step_unknown") from None
    if step.ballot is None:
        raise Refused("step_without_ballot", step=step.id)
    return step


def _version(session: Session, order: NewItem) -> tuple[str, Procedure]:
    """Return the version an item follows: its round's, or the one in force now."""
    if order.instance is not None:
        instance = session.get(Instance, order.instance)
        if instance is None or instance.procedure != order.procedure:
            raise Refused("instance_unknown", status=404)
        digest = instance.profile_digest
        return digest, load_profile(session, digest)
    loaded = current_catalogue().get(order.procedure)
    profiles.keep(session, loaded)
    return loaded.digest, loaded.procedure


def _settle(procedure: Procedure, step: Step, choices: Choices) -> Settled:
    try:
        return settle(procedure, step, choices)
    except ChoiceError as error:
        what = i18n.text(f"choice.{error.key}")
        raise Refused(
            f"choice_{error.problem}", key=error.key, what=what, step=step.id
        ) from error


def _check_positions(positions: Sequence[NewPosition], settled: Settled) -> None:
    names = [(fold(each.title), fold(each.term)) for each in positions]
    if not names:
        raise Refused("position_missing")
    if len(set(names)) != len(names):
        raise Refused("position_twice")
    quotas = [each.quota for each in positions]
    if settled.needs_quota and not all(quotas):
        raise Refused("quota_missing")
    if any(quota is not None and quota < 1 for quota in quotas):
        raise Refused("quota_wrong")
    cap = settled.ballot.cap
    if cap is not None and any(quota is not None and quota > cap for quota in quotas):
        raise Refused("quota_over_cap", cap=cap)


def needs_members(openings: Sequence[Opening]) -> bool:
    """Whether a rule is measured against the members of the leading body."""
    thresholds = (each.settled.threshold for each in openings)
    return any(each is not None and each.of is Base.MEMBERS for each in thresholds)


def members_too_few(conference: Conference, summoned: int) -> bool:
    """Whether a rule is measured against members of whom more were summoned."""
    thresholds = (settled(each).threshold for each in conference.items)
    measured = any(each is not None and each.of is Base.MEMBERS for each in thresholds)
    return measured and (conference.members or 0) < summoned


def _position(number: int, order: NewPosition) -> Position:
    return Position(
        number=number,
        title=tidy(order.title),
        term=tidy(order.term),
        quota=order.quota,
        planned_position_id=order.planned_position,
    )
