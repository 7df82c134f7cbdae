"""Danh sách: the nominees with their profiles and the results of every step (C.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from admin.documents.facts import Facts, heads, sections
from admin.documents.facts.rules import base, rule_words
from admin.documents.facts.shares import share
from admin.documents.head import Head
from admin.documents.words import DOTS, FEW_DOTS, Words
from admin.models import State
from admin.records.kept import Kept
from admin.records.shapes import BarRecord, EarlierStep, NomineeRecord, PositionRecord
from web.contracts import Verdict
from web.paper import Style


@dataclass(frozen=True)
class Group:
    """Columns of a profile that are printed as one, in the order of the forms."""

    key: str
    columns: tuple[str, ...]
    labelled: bool = False


# As lists of people in planning have them (DOMAIN.md C.5): slim ones, then wide ones.
_BIRTH = (Group("birth", ("birth", "sex")),)
_WORK = (
    Group("home", ("ethnicity", "home")),
    Group("post", ("post", "unit")),
)
_PARTY = (Group("party", ("party_joined", "party_official")),)
_STUDY = (
    Group(
        "qualifications",
        ("profession", "theory", "management", "languages", "computing"),
        labelled=True,
    ),
)
_MERITS = (
    Group("evaluations", ("evaluations",)),
    Group("planned", ("position", "origin")),
)


class NomineeLine(Facts, frozen=True):
    """A nominee: groups of columns of the profile, then a cell for each step."""

    number: int
    name: str
    birth: tuple[str, ...]
    work: tuple[str, ...]
    party: tuple[str, ...]
    study: tuple[str, ...]
    merits: tuple[str, ...]
    steps: tuple[str, ...]
    verdict: str
    note: str


class StructureLine(Facts, frozen=True):
    """A figure of the structure: "Nữ", "4/12", "33,33%", "từ 15% trở lên: đạt"."""

    label: str
    count: str
    share: str
    target: str


class ListSection(Facts, frozen=True):
    """A position with the titles of its columns, and its nominees."""

    part: str
    heading: str
    rule: str
    birth: tuple[str, ...]
    work: tuple[str, ...]
    party: tuple[str, ...]
    study: tuple[str, ...]
    merits: tuple[str, ...]
    steps: tuple[str, ...]
    lines: tuple[NomineeLine, ...]
    notes: tuple[str, ...]
    passed: str
    structure_title: str
    structure: tuple[StructureLine, ...]


class NomineeList(Facts, frozen=True):
    """Everything that the list of nominees says."""

    head: Head
    void: str
    confidential: str
    title: str
    office: str
    day: str
    sections: tuple[ListSection, ...]
    secretary_name: str
    chair_name: str


def build(kept: Kept, words: Words) -> NomineeList:
    """Return the facts of the list."""
    conference = kept.conference
    final = conference.state in {State.PUBLISHED, State.VOID}
    return NomineeList(
        head=heads.head(kept, words, final=final),
        void=heads.void_line(kept, words),
        confidential=heads.confidential_line(kept, words),
        title=heads.named(conference, words),
        office=conference.office,
        day=words.long_day(conference.starts_at),
        sections=tuple(
            _section(kept, words, each)
            for each in conference.positions
            if each.style is not Style.MOTION
        ),
        secretary_name=conference.details.secretary_name or DOTS,
        chair_name=conference.details.chair_name or DOTS,
    )


def missing(kept: Kept) -> str:
    """Return why there is no list yet."""
    listed = any(position.nominees for position in kept.conference.positions)
    return "" if listed else "doc.missing.nominees"


def _section(kept: Kept, words: Words, position: PositionRecord) -> ListSection:
    columns = frozenset(sections.item_of(kept, position).columns)
    verdicts = {v.nominee: v for v in sections.verdicts_of(kept, position)}
    return ListSection(
        part=sections.part_words(kept, words, position),
        heading=f"{position.number}. {sections.heading_words(words, position)}",
        rule=rule_words(words, position),
        birth=_titles(words, _BIRTH, columns),
        work=_titles(words, _WORK, columns),
        party=_titles(words, _PARTY, columns),
        study=_titles(words, _STUDY, columns),
        merits=_titles(words, _MERITS, columns),
        steps=_step_titles(kept, words, position),
        lines=tuple(
            _line(words, position, columns, each, verdicts.get(each.key))
            for each in position.nominees
        ),
        notes=_notes(words, position, verdicts),
        passed=sections.passed_words(kept, words, position),
        structure_title=words.text(
            "doc.list.structure_passed" if kept.count else "doc.list.structure_listed"
        ),
        structure=tuple(_structure(words, each) for each in position.structure),
    )


def _titles(
    words: Words, groups: tuple[Group, ...], columns: frozenset[str]
) -> tuple[str, ...]:
    return tuple(
        words.text(f"doc.list.{each.key}")
        for each in groups
        if columns.intersection(each.columns)
    )


def _step_titles(kept: Kept, words: Words, position: PositionRecord) -> tuple[str, ...]:
    """Return the titles of earlier steps and this one, each with its base."""
    titles = [
        words.text("doc.list.step", step=each.step, base=base(words, each.base))
        for each in position.earlier
    ]
    this = sections.item_of(kept, position)
    said = words.text(
        "doc.list.step", step=this.step, base=base(words, position.rule.of)
    )
    return (*titles, said)


def _line(
    words: Words,
    position: PositionRecord,
    columns: frozenset[str],
    nominee: NomineeRecord,
    verdict: Verdict | None,
) -> NomineeLine:
    # What the paper itself says is there even of somebody the register lacks.
    known = {"birth": str(nominee.birth_year or ""), "post": nominee.post}
    person = known | {key: value for key, value in nominee.person.items() if value}
    return NomineeLine(
        number=nominee.number,
        name=nominee.name,
        birth=_cells(words, _BIRTH, columns, person),
        work=_cells(words, _WORK, columns, person),
        party=_cells(words, _PARTY, columns, person),
        study=_cells(words, _STUDY, columns, person),
        merits=_cells(words, _MERITS, columns, person),
        steps=_steps(words, position, nominee, verdict),
        verdict=(
            sections.verdict_words(words, position, verdict) if verdict else FEW_DOTS
        ),
        note=person.get("note", "") if "note" in columns else "",
    )


def _cells(
    words: Words,
    groups: tuple[Group, ...],
    columns: frozenset[str],
    person: Mapping[str, str],
) -> tuple[str, ...]:
    """Return one cell for each group that the list has."""
    return tuple(
        _cell(words, each, columns, person)
        for each in groups
        if columns.intersection(each.columns)
    )


def _cell(
    words: Words, group: Group, columns: frozenset[str], person: Mapping[str, str]
) -> str:
    shown = [key for key in group.columns if key in columns and person.get(key)]
    if not group.labelled:
        return _joined(group, [person[key] for key in shown])
    return "; ".join(
        words.text(f"doc.list.of_{key}", what=person[key]) for key in shown
    )


def _joined(group: Group, values: list[str]) -> str:
    return ("\n" if group.key == "party" else ", ").join(values)


def _steps(
    words: Words,
    position: PositionRecord,
    nominee: NomineeRecord,
    verdict: Verdict | None,
) -> tuple[str, ...]:
    earlier = (_earlier(words, each, nominee) for each in position.earlier)
    if verdict is None:
        return (*earlier, FEW_DOTS)
    printed = share(words, verdict, position.rule)
    return (*earlier, _votes(words, verdict.agree, verdict.out_of, printed.text))


def _earlier(words: Words, step: EarlierStep, nominee: NomineeRecord) -> str:
    """Return "25/30 (83,33%)"; a step that did not name somebody says nothing."""
    line = next((each for each in step.lines if each.nominee == nominee.key), None)
    if line is None:
        return "–"
    if not step.out_of:
        return words.number(line.agree)
    printed = words.percent(Fraction(line.agree, step.out_of))
    return _votes(words, line.agree, step.out_of, printed)


def _votes(words: Words, agree: int, out_of: int, printed: str) -> str:
    return f"{words.number(agree)}/{words.number(out_of)} ({printed})"


def _notes(
    words: Words, position: PositionRecord, verdicts: Mapping[str, Verdict]
) -> tuple[str, ...]:
    found = (share(words, each, position.rule) for each in verdicts.values())
    return tuple(each.note for each in found if each.note)


def _structure(words: Words, bar: BarRecord) -> StructureLine:
    count = f"{words.number(bar.count)}/{words.number(bar.total)}"
    unknown = words.text("structure.unknown", count=bar.unknown) if bar.unknown else ""
    return StructureLine(
        label=_structure_label(words, bar),
        count=f"{count} ({unknown})" if unknown else count,
        share=words.percent(Fraction(bar.count, bar.total)) if bar.total else "–",
        target=_target(words, bar),
    )


def _structure_label(words: Words, bar: BarRecord) -> str:
    if bar.key != "ages":
        return words.text(f"structure.{bar.key}", below=bar.below)
    if bar.low is None:
        return words.text("structure.ages_first", below=bar.below)
    if bar.below is None:
        return words.text("structure.ages_last", low=bar.low)
    return words.text("structure.ages_between", low=bar.low, high=bar.below - 1)


def _target(words: Words, bar: BarRecord) -> str:
    if not bar.target:
        return ""
    met = words.text("doc.list.target_met" if bar.met else "doc.list.target_missed")
    aim = words.percent(Fraction(bar.target))
    return words.text("doc.list.target", aim=aim, met=met)
