"""Several ballots of one sitting: one paper, one card, each ballot with its own rule.

S004 holds the yearly review's ballots at the same time as those of the next term
(DOMAIN.md A.3 "same sitting, two purposes").
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crypto.archive import read_archive
from crypto.audit import audit
from tests.integration.bothsides import PRESENT, ROOM, BothSides
from web.launcher.cluster import Cluster
from web.rehearsal import chain_report
from web.rehearsal.chain import Chain, Held
from web.rehearsal.client import Json
from web.rehearsal.people import Invention
from web.rehearsal.room import Room

NEXT, ANNUAL = "s004-cuc-next-onsite", "s004-cuc-annual-onsite"
NEEDED = {
    f"{NEXT} B3": 3,
    f"{NEXT} B4": 6,
    f"{NEXT} B5": 7,
    f"{ANNUAL} B1": 7,
    f"{ANNUAL} B2": 3,
    f"{ANNUAL} B3": 6,
    f"{ANNUAL} B4": 7,
}
OTHER = "hoi-mau-2026"
PROFILE = Path(__file__).parent / "thirteenth.toml"


@pytest.fixture(scope="module")
def room(cluster: Cluster) -> Iterator[Room]:
    with closing(Room(cluster, Invention(14))) as room:
        yield room


@pytest.fixture(scope="module")
def rules(room: Room) -> BothSides:
    return BothSides(ROOM, room.invention, needed=NEEDED, later=2)


@pytest.fixture(scope="module")
def held(room: Room, rules: BothSides) -> list[Held]:
    """The yearly review on site, its ballots on the papers of the next term's."""
    return Chain(room, ANNUAL, rules, together=True).play()


def _ballots(console: Json) -> list[tuple[str, str]]:
    return [(item["procedure"], item["step"]) for item in console["items"]]


def test_the_yearly_ballots_are_held_with_those_of_the_next_term(
    held: list[Held],
) -> None:
    """A.2.8 B2 with A.2.7 B3, A.2.8 B4 with A.2.7 B5; the removal by itself."""
    assert [_ballots(each.console) for each in held] == [
        [(ANNUAL, "B1")],
        [(NEXT, "B3"), (ANNUAL, "B2")],
        [(NEXT, "B4"), (ANNUAL, "B3")],
        [(NEXT, "B5"), (ANNUAL, "B4")],
    ]


def test_one_card_casts_one_paper_with_both(held: list[Held]) -> None:
    """A.2.8 B2 and A.2.7 B3: four sections in two parts, one ballot a delegate."""
    both = held[1]
    events = read_archive(both.played.archive).records
    ballots = sum(b'"type":"Ballot"' in record.content for record in events)

    assert ballots == both.console["counts"]["issued"] == PRESENT
    sections = both.played.sheet.sections
    assert [section.step for section in sections] == ["B3", "B3", "B2", "B2"]
    parts = [section.part for section in sections]
    assert parts[0] == parts[1] != parts[2] == parts[3]
    assert all(parts)


def test_each_ballot_is_measured_by_its_own_rule(
    held: list[Held], rules: BothSides
) -> None:
    for each in held:
        found = [
            [(line["agree"], line["outcome"]) for line in section["verdicts"]]
            for section in each.console["result"]["sections"]
        ]
        assert found == rules.expected(each.played.sheet, each.console)
    checked = [audit(each.played.archive, workers=1) for each in held]
    assert list(chain_report.faults(held, checked)) == []


def test_both_ties_of_one_paper_are_decided(held: list[Held]) -> None:
    """A.2.7 B5 and A.2.8 B4: two positions tie, the head decides each."""
    ties = held[-1].console["ties"]

    assert [tie["position"] for tie in ties] == [1, 3]
    assert all(len(tie["decision"]["chosen"]) == 1 for tie in ties)
    assert [tie["head_title"] for tie in ties] == ["Thủ trưởng đơn vị"] * 2


def test_different_rules_stand_side_by_side(room: Room, cluster: Cluster) -> None:
    """A.2.7 B3 (at least 3/10) with another document's three fifths."""
    file = cluster.data / "admin" / "procedures" / "hoi-mau-chung.toml"
    text = PROFILE.read_text(encoding="utf-8")
    text = text.replace(OTHER, f"{OTHER}-chung").replace('next = "G2"\n', "")
    file.write_text(text, encoding="utf-8")
    needed = {
        f"{NEXT} B3": 3,
        f"{NEXT} B4": 6,
        f"{NEXT} B5": 7,
        f"{OTHER}-chung G1": 6,
    }
    rules = BothSides(ROOM, room.invention, needed=needed, later=2)
    chain = Chain(room, f"{OTHER}-chung", rules, together=True)
    first = chain.run(chain.begin(chain.procedure["steps"][1]))[0]
    file.unlink()

    shares = [section.rule.share for section in first.played.sheet.sections]
    assert shares == ["3/10", "3/10", "3/5", "3/5"]
    found = [
        [(line["agree"], line["outcome"]) for line in section["verdicts"]]
        for section in first.console["result"]["sections"]
    ]
    assert found == rules.expected(first.played.sheet, first.console)
