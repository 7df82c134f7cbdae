"""Two real plans to begin with: a city's calendar (S001), an office's meetings (S002).

A sample is data (`samples/*.toml`): units with positions and terms, procedures they
follow, deadlines, yearly windows, meetings. No person stands in it.
"""

import importlib.resources
from datetime import date, datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import calendar_actions as actions
from admin import deadlines, meetings, profiles, reviews
from admin.actions import record
from admin.deadlines import NewDeadline
from admin.meetings import NewMeeting
from admin.models import Instance, PlannedPosition, Round, Unit
from web.errors import Refused

SAMPLES = ("s001", "s002")


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whatever stands in a sample file: read strictly."""


class Term(_Data, frozen=True):
    """Positions that a section of the document plans for one term."""

    source: str
    term: str
    positions: tuple[str, ...]
    managed_by: str | None = None


class SampleUnit(_Data, frozen=True):
    key: str
    name: str
    level: str
    note: str = ""
    managed_by: str = ""
    cap: int | None = None
    terms: tuple[Term, ...] = ()

    def positions(self) -> list[PlannedPosition]:
        """Return the positions of all terms, numbered through."""
        found = [(term, title) for term in self.terms for title in term.positions]
        return [
            PlannedPosition(
                number=number,
                title=title,
                term=term.term,
                cap=self.cap,
                managed_by=term.managed_by or self.managed_by,
            )
            for number, (term, title) in enumerate(found, 1)
        ]


class SampleInstance(_Data, frozen=True):
    key: str
    unit: str
    procedure: str
    positions: tuple[str, ...]
    level: str = ""


class SampleDeadline(_Data, frozen=True):
    title: str
    source: str
    due_on: date
    units: tuple[str, ...]
    before: bool = False


class SampleReview(_Data, frozen=True):
    """A yearly window from this year on; without units, for all."""

    regime: str
    window: str
    year: int
    units: tuple[str, ...]


class SampleMeeting(_Data, frozen=True):
    key: str
    title: str
    source: str
    unit: str
    instance: str = ""
    step: str = ""
    starts_at: datetime | None = None
    provisional: bool = False
    after: str = ""


class Sample(_Data, frozen=True):
    id: str
    title: str
    office: str
    document: str
    unit: tuple[SampleUnit, ...]
    instance: tuple[SampleInstance, ...] = ()
    deadline: tuple[SampleDeadline, ...] = ()
    review: tuple[SampleReview, ...] = ()
    meeting: tuple[SampleMeeting, ...] = ()


def read(sample_id: str) -> Sample:
    """Read a sample.

    Raises:
        Refused: there is none of this name.
    """
    if sample_id not in SAMPLES:
        raise Refused("sample_unknown", status=404)
    folder = importlib.resources.files("admin") / "samples"
    data = (folder / f"{sample_id}.toml").read_bytes()
    return msgspec.toml.decode(data, type=Sample)


def load(session: Session, sample_id: str) -> Round:
    """Make a planning round of a sample.

    Raises:
        Refused: there is no such sample, or its round is there already.
    """
    sample = read(sample_id)
    found = select(Round).where(Round.document == sample.document)
    if session.scalar(found.where(Round.title == sample.title)):
        raise Refused("sample_loaded", title=sample.title)
    made = Round(title=sample.title, office=sample.office, document=sample.document)
    units = _units(sample)
    made.units = list(units.values())
    session.add(made)
    session.flush()
    instances = _instances(session, sample, units)
    _deadlines(session, made, sample, units)
    _meetings(session, made, sample, units, instances)
    record(session, actions.SampleLoaded(round=made.id, sample=sample_id))
    return made


def _units(sample: Sample) -> dict[str, Unit]:
    return {
        unit.key: Unit(
            number=number,
            name=unit.name,
            level=unit.level,
            note=unit.note,
            positions=unit.positions(),
        )
        for number, unit in enumerate(sample.unit, 1)
    }


def _instances(
    session: Session, sample: Sample, units: dict[str, Unit]
) -> dict[str, Instance]:
    made = {}
    for each in sample.instance:
        profile = profiles.keep(
            session, profiles.current_catalogue().get(each.procedure)
        )
        unit = units[each.unit]
        made[each.key] = Instance(
            unit=unit,
            procedure=each.procedure,
            profile_digest=profile.digest,
            level=each.level,
            positions=[one for one in unit.positions if one.title in each.positions],
        )
        session.add(made[each.key])
        session.flush()
    return made


def _deadlines(
    session: Session, made: Round, sample: Sample, units: dict[str, Unit]
) -> None:
    for each in sample.deadline:
        for key in each.units:
            order = NewDeadline(
                title=each.title,
                source=each.source,
                unit=units[key].id,
                due_on=each.due_on,
                before=each.before,
            )
            deadlines.add(session, made.id, order)
    for review in sample.review:
        window = reviews.regimes()[review.regime].find(review.window)
        whose: list[int | None] = [units[key].id for key in review.units]
        for unit in whose or [None]:
            deadlines.add(session, made.id, window.deadline(review.year, unit))


def _meetings(
    session: Session,
    made: Round,
    sample: Sample,
    units: dict[str, Unit],
    instances: dict[str, Instance],
) -> None:
    held: dict[str, int] = {}
    for each in sample.meeting:
        order = NewMeeting(
            title=each.title,
            unit=units[each.unit].id,
            instance=instances[each.instance].id if each.instance else None,
            step=each.step,
            starts_at=each.starts_at.isoformat() if each.starts_at else None,
            provisional=each.provisional,
            after=held[each.after] if each.after else None,
            source=each.source,
        )
        held[each.key] = meetings.add(session, made.id, order).id
