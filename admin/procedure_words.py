"""Procedures and the calculator's answers in plain lines, for the command line."""

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from admin import wording
from admin.needed import Needed, Verdict
from admin.procedure import UNSTATED, Procedure, Step
from admin.procedure_views import View
from admin.profile_check import ProfileFault, fault_words
from web.i18n import text
from web.paper import Purpose
from web.rules import Base, Counts, Rule

_WIDTH = 88


def listing(found: Iterable[View]) -> Iterator[str]:
    """Yield two lines a procedure."""
    for each in found:
        values = {"steps": each["steps_count"], "ballots": each["ballots_count"]}
        office = text("proc.of_office") if each["file_origin"] == "office" else ""
        numbers = text("proc.line", version=each["version"], **values)
        yield f"{each['id']}  ({numbers}{office})"
        yield from _wrapped(each["name"], "  ")


def whole(found: View) -> Iterator[str]:
    """Yield a procedure from its name to its last step."""
    yield from _wrapped(f"{found['name']} [{found['id']}, {found['version']}]", "")
    yield from _said("proc.source", found["source"])
    yield from _said("proc.regime", found["regime"])
    yield from _said("proc.quorum", quorum_words(found["quorum"]))
    yield from _many("proc.notes", found["notes"])
    for step in found["steps"]:
        yield ""
        yield from _step(step)
    for key in ("exits", "removals"):
        if found[key]:
            yield ""
            yield from _many(f"proc.{key}", [each["name"] for each in found[key]])


def quorum_words(share: str) -> str:
    """Return what a procedure says of the quorum."""
    if share == UNSTATED:
        return text("proc.unstated")
    return text("proc.quorum_share", share=share)


def ballot_facts(ballot: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is said of a ballot beside its rule, as (label, value or "")."""
    for key in ("held", "secret", "announced"):
        value = ballot[key]
        said = "" if value == UNSTATED else text(f"proc.{key}_{str(value).lower()}")
        yield text(f"proc.{key}"), said


def fault(each: ProfileFault) -> dict[str, str]:
    """Return a fault with its sentence, as JSON has it."""
    return {
        "file": each.file,
        "step": each.step,
        "key": each.key,
        "code": each.code,
        "detail": each.detail,
        "message": text(f"profile.{each.code}", detail=each.detail),
        "words": fault_words(text, each),
    }


def needed(
    procedure: Procedure, step: Step, counts: Counts, found: Needed, locale: str
) -> Iterator[str]:
    """Yield what the calculator found, in sentences."""
    yield text("proc.needed_step", step=step.id, name=step.name.of(locale))
    yield f"  {procedure.name.of(locale)}"
    yield _quorum(counts, found)
    yield _votes(found)
    if not found.reachable:
        yield text("proc.needed_unreachable", present=counts.present)
    if found.verdict is not None:
        yield _verdict(step, found)


def _quorum(counts: Counts, found: Needed) -> str:
    if found.quorum_needed is None:
        return text("proc.needed_quorum_unstated")
    if not found.quorum:
        return text("proc.needed_no_quorum")
    key = "proc.needed_quorum_met" if found.quorum_met else "proc.needed_quorum_missing"
    return text(
        key,
        share=found.quorum,
        summoned=counts.summoned,
        needed=found.quorum_needed,
        present=counts.present,
    )


def _votes(found: Needed) -> str:
    if found.needed == 0:
        return text("rule.needs_none")
    rule = Rule(share=found.share, strict=found.strict, of=Base(found.base))
    said = wording.words_of(rule)
    return text("proc.needed_votes", needed=found.needed, out_of=found.out_of, **said)


def _verdict(step: Step, found: Needed) -> str:
    verdict = found.verdict or Verdict.NOTED
    remove = step.ballot is not None and step.ballot.purpose is Purpose.REMOVE
    decided = verdict in {Verdict.PASSES, Verdict.FAILS}
    key = f"proc.verdict_{verdict}{'_remove' if remove and decided else ''}"
    said = text(
        key,
        agree=found.agree,
        out_of=found.out_of,
        margin=abs(found.margin or 0),
    )
    if verdict is Verdict.PASSES and step.ballot and step.ballot.quota:
        return f"{said} {text('proc.verdict_quota')}"
    return said


def _step(step: View) -> Iterator[str]:
    title = text("proc.step", step=step["id"], name=step["name"])
    yield from _wrapped(f"{title} ({text('proc.kind_' + step['kind'])})", "")
    for who in step["composition"]:
        level = f"{who['level_name']}: " if who["level_name"] else ""
        yield from _wrapped(f"{level}{who['text']}", "    ", "  - ")
    if step["ballot"]:
        yield from _wrapped(step["rule_words"], "  ")
        for label, said in ballot_facts(step["ballot"]):
            yield f"  {label}: {said or text('proc.unstated')}"
    elif step["adoption"]:
        yield from _wrapped(text("proc.adoption"), "  ")
    if step["unstated"]:
        keys = ", ".join(text(f"choice.{key}") for key in step["unstated"])
        yield from _said("proc.must_choose", keys)
    for key in ("inputs", "outputs", "notes"):
        yield from _many(f"proc.{key}", step[key])
    for link in step["held_with"]:
        yield from _said("proc.held_with", f"{link['procedure']}, {link['step']}")


def _said(key: str, value: str) -> Iterator[str]:
    if value:
        yield from _wrapped(f"{text(key)}: {value}", "    ", "  ")


def _many(key: str, values: list[str]) -> Iterator[str]:
    if values:
        yield f"  {text(key)}:"
        for each in values:
            yield from _wrapped(each, "    ", "  - ")


def _wrapped(said: str, indent: str, first: str | None = None) -> list[str]:
    return textwrap.wrap(
        said,
        _WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
