"""Procedures as the API, the pages and the command line show them."""

from collections.abc import Iterable
from typing import Any

import msgspec

from admin import wording
from admin.choices import unstated
from admin.procedure import (
    UNSTATED,
    Composition,
    Exit,
    HeldWith,
    Procedure,
    Step,
    Text,
)
from admin.profiles import Catalogue, Loaded

View = dict[str, Any]


def summary(loaded: Loaded, locale: str) -> View:
    """Return what a list says of a procedure."""
    found = loaded.procedure
    return {
        "id": found.id,
        "version": found.version,
        "name": found.name.of(locale),
        "source": found.source,
        "regime": found.regime.of(locale) if found.regime else "",
        "cycle": found.cycle.value,
        "origin": found.origin.value,
        "quorum": found.quorum if found.quorum == UNSTATED else found.quorum.share,
        "steps_count": len(found.steps),
        "ballots_count": sum(1 for _ in found.ballot_steps()),
        "unstated_count": len(open_points(found)),
        "file_origin": loaded.origin,
        "file": loaded.file,
        "digest": loaded.digest,
    }


def whole(catalogue: Catalogue, loaded: Loaded, locale: str) -> View:
    """Return everything that a procedure says."""
    found = loaded.procedure
    return summary(loaded, locale) | {
        "quorum_source": "" if found.quorum == UNSTATED else found.quorum.source,
        "committee": msgspec.to_builtins(found.committee),
        "caps": msgspec.to_builtins(found.caps),
        "levels": [
            {"id": each.id, "name": each.name.of(locale)} for each in found.levels
        ],
        "steps": [
            step_view(found, step, locale, catalogue.partners(found.id, step.id))
            for step in found.steps
        ],
        "exits": [_ground(each, locale) for each in found.exits],
        "removals": [_ground(each, locale) for each in found.removals],
        "notes": _texts(found.notes, locale),
    }


def step_view(
    procedure: Procedure, step: Step, locale: str, partners: Iterable[HeldWith]
) -> View:
    """Return one step, with its rule in words and what must be chosen."""
    levels = {level.id: level.name.of(locale) for level in procedure.levels}
    ballot = step.ballot
    return {
        "id": step.id,
        "kind": step.kind.value,
        "name": step.name.of(locale),
        "source": step.source,
        "composition": [_who(each, levels, locale) for each in step.composition],
        "inputs": _texts(step.inputs, locale),
        "outputs": _texts(step.outputs, locale),
        "notes": _texts(step.notes, locale),
        "ballot": msgspec.to_builtins(ballot) if ballot else None,
        "rule_words": wording.ballot_words(ballot, locale) if ballot else "",
        "unstated": list(unstated(procedure, step)),
        "adoption": step.adoption,
        "keeps": step.keeps,
        "shows_earlier": step.shows_earlier,
        "next": step.next,
        "held_with": [msgspec.to_builtins(each) for each in partners],
    }


def open_points(procedure: Procedure) -> list[tuple[str, str]]:
    """Return what the procedure leaves open, as (step, key)."""
    return [
        (step.id, key)
        for step in procedure.steps
        for key in unstated(procedure, step)
        if key != "quorum"
    ] + ([("", "quorum")] if procedure.quorum == UNSTATED else [])


def _who(each: Composition, levels: dict[str, str], locale: str) -> View:
    return {
        "level": each.level,
        "level_name": levels.get(each.level or "", ""),
        "text": each.text.of(locale),
        "roles": list(each.roles),
        "of_unit": each.of_unit,
    }


def _ground(each: Exit, locale: str) -> View:
    return {"id": each.id, "name": each.name.of(locale), "source": each.source}


def _texts(texts: Iterable[Text], locale: str) -> list[str]:
    return [each.of(locale) for each in texts]
