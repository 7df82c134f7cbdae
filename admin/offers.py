"""What a conference can be opened for: procedures, their ballots, what they leave open.

The form of a new conference is made of these: it shows what the document says, and
has one control for each thing that the document does not say (admin/choices.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from admin import wording
from admin.choices import unstated
from admin.names import fold
from admin.procedure import UNSTATED, Ballot, HeldWith, Procedure, Step, Threshold
from web import i18n
from web.rules import Base

_THRESHOLDS = (
    Threshold("3/10", strict=False, of=Base.PRESENT),
    Threshold("1/2", strict=True, of=Base.PRESENT),
    Threshold("1/2", strict=True, of=Base.SUMMONED),
    Threshold("1/2", strict=True, of=Base.MEMBERS),
)


@dataclass(frozen=True)
class Composed:
    """Who is summoned at one level of unit; `level` is empty where all are alike."""

    level: str
    text: str


@dataclass(frozen=True)
class Together:
    """A ballot that the document holds in the same sitting."""

    key: str
    name: str
    source: str


@dataclass(frozen=True)
class BallotOffer:
    """One ballot step. `base` is what its share is measured against, if it says so."""

    key: str
    procedure: str
    step: str
    name: str
    source: str
    purpose: str
    rule: str
    announced: str
    quorum: str
    quota: bool
    cap: int | None
    base: str
    unstated: tuple[str, ...]
    composition: tuple[Composed, ...]
    inputs: tuple[str, ...]
    notes: tuple[str, ...]
    together: tuple[Together, ...] = ()


@dataclass(frozen=True)
class Offer:
    """A procedure with its ballot steps; `found_by` is what a search looks through."""

    id: str
    name: str
    source: str
    version: str
    regime: str
    kind: str
    found_by: str
    fewest: int
    most: int
    ballots: tuple[BallotOffer, ...]


@dataclass(frozen=True)
class Share:
    """A threshold that is offered where the document has none."""

    value: str
    strict: bool
    base: str
    words: str


def offers(
    procedures: Iterable[Procedure], locale: str, levels: Mapping[str, str]
) -> list[Offer]:
    """Return every procedure that has a ballot, with what to show and to ask.

    `levels` gives, by procedure, the kind of unit, where a planning round knows it.
    """
    found = [_offer(each, locale, levels.get(each.id)) for each in procedures]
    return _joined([each for each in found if each.ballots])


def key(procedure: str, step: str) -> str:
    """Return the name of a ballot among all procedures."""
    return f"{procedure}/{step}"


def ballot_offer(
    procedure: Procedure, step: Step, ballot: Ballot, locale: str
) -> BallotOffer:
    """Return one ballot step, with what it says and what is to be chosen."""
    return _ballot(procedure, step, ballot, locale, None)


def shares() -> list[Share]:
    """Return the thresholds of the known procedures, to choose from."""
    return [
        Share(each.share, each.strict, each.of, wording.threshold_words(each))
        for each in _THRESHOLDS
    ]


def _offer(procedure: Procedure, locale: str, level: str | None) -> Offer:
    name = procedure.name.of(locale)
    return Offer(
        id=procedure.id,
        name=name,
        source=procedure.source,
        version=procedure.version,
        regime=procedure.regime.of(locale) if procedure.regime else "",
        kind=f"{procedure.cycle}-{procedure.origin}",
        found_by=fold(f"{name} {procedure.source} {procedure.id}"),
        fewest=procedure.committee.fewest,
        most=procedure.committee.most,
        ballots=tuple(
            _ballot(procedure, step, ballot, locale, level)
            for step, ballot in procedure.ballot_steps()
        ),
    )


def _ballot(
    procedure: Procedure, step: Step, ballot: Ballot, locale: str, level: str | None
) -> BallotOffer:
    return BallotOffer(
        key=key(procedure.id, step.id),
        procedure=procedure.id,
        step=step.id,
        name=step.name.of(locale),
        source=ballot.source,
        purpose=ballot.purpose,
        rule=wording.ballot_words(ballot, locale),
        announced=_announced(ballot),
        quorum="" if procedure.quorum == UNSTATED else procedure.quorum.share,
        quota=ballot.quota,
        cap=ballot.cap,
        base="" if ballot.rule == UNSTATED else ballot.rule.of,
        unstated=tuple(unstated(procedure, step)),
        composition=_composition(procedure, step, locale, level),
        inputs=tuple(each.of(locale) for each in step.inputs),
        notes=tuple(each.of(locale) for each in step.notes),
        together=tuple(_together(each) for each in step.held_with),
    )


def _announced(ballot: Ballot) -> str:
    if ballot.announced == UNSTATED:
        return ""
    return i18n.text("new.announced" if ballot.announced else "new.not_announced")


def _composition(
    procedure: Procedure, step: Step, locale: str, level: str | None
) -> tuple[Composed, ...]:
    found = step.summoned_at(level) if level else None
    if found is not None:
        return (Composed("", found.text.of(locale)),)
    names = {level.id: level.name.of(locale) for level in procedure.levels}
    return tuple(
        Composed(names.get(each.level or "", ""), each.text.of(locale))
        for each in step.composition
    )


def _together(held: HeldWith) -> Together:
    return Together(key(held.procedure, held.step), "", held.source)


def _joined(found: list[Offer]) -> list[Offer]:
    """Name the ballots of one sitting on both sides, whichever document says so."""
    ballots = {each.key: each for offer in found for each in offer.ballots}
    pairs: dict[str, dict[str, str]] = {key: {} for key in ballots}
    for key, ballot in ballots.items():
        for each in ballot.together:
            if each.key in ballots:
                pairs[key][each.key] = each.source
                pairs[each.key].setdefault(key, each.source)
    names = {each.id: each.name for each in found}
    return [
        replace(
            offer,
            ballots=tuple(
                replace(each, together=_named(pairs[each.key], ballots, names))
                for each in offer.ballots
            ),
        )
        for offer in found
    ]


def _named(
    sources: dict[str, str], ballots: dict[str, BallotOffer], names: dict[str, str]
) -> tuple[Together, ...]:
    return tuple(
        Together(
            key,
            i18n.text(
                "form.together_name",
                step=ballots[key].step,
                name=ballots[key].name,
                procedure=names[ballots[key].procedure],
            ),
            source,
        )
        for key, source in sources.items()
    )
