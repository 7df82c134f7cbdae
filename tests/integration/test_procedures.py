"""Each procedure from its first step to the approval, on both sides of every threshold.

Expected numbers are written here from the documents (DOMAIN.md A.2), not taken from
the procedure files: 12 are summoned, 10 present, the leading body has 14 members (see
`bothsides.py`). Every procedure runs in a planning round of one unit; all of them in
the same services.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest

from crypto.audit import audit
from tests.integration.bothsides import CLEAR, LAST, ROOM, TAKEN_OFF, TIED, BothSides
from tests.integration.planning import RoundChain, RoundOffice
from web.launcher.cluster import Cluster
from web.rehearsal import chain_report
from web.rehearsal.chain import Held
from web.rehearsal.client import Json
from web.rehearsal.people import Invention
from web.rehearsal.room import Room

PRESENT_3_10, PRESENT_HALF, SUMMONED_HALF, MEMBERS_HALF, NONE = 3, 6, 7, 8, 0
QUORUM, SECRET, TOLD = "quorum", "secret", "announced"
HELD, RULE, TIE = "held", "rule", "tie"
MOST_OF_MEMBERS = {"share": "1/2", "strict": True, "of": "members"}


@dataclass(frozen=True)
class Row:
    """One table of DOMAIN.md A.2, played.

    `ballots`: the fewest votes that pass, by step, in order. `silent`: what the
    document leaves unstated there. `recorded`: the steps without a ballot, in order;
    "approval" is the round's own where the document has no such step.
    """

    table: str
    procedure: str
    ballots: dict[str, int]
    recorded: list[str]
    silent: dict[str, list[str]] = field(default_factory=dict)
    removal: str = ""
    rules: dict[str, Json] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.table} {self.procedure}"

    @property
    def introduced(self) -> list[str]:
        return [step for step in self.ballots if step != self.removal]


ROWS = [
    Row(
        "A.2.1",
        "s000-next-term-onsite",
        {"3": PRESENT_3_10, "4": PRESENT_HALF, "5": SUMMONED_HALF},
        ["1", "2", "approval"],
    ),
    Row(
        "A.2.2",
        "s000-annual-onsite",
        {"1": SUMMONED_HALF, "2": PRESENT_3_10, "3": PRESENT_HALF, "4": SUMMONED_HALF},
        ["approval"],
        silent={"1": [SECRET, TOLD]},
        removal="1",
    ),
    Row(
        "A.2.3",
        "s000-annual-external",
        {"4": SUMMONED_HALF},
        ["1", "2", "3", "approval"],
    ),
    Row(
        "A.2.4",
        "s002-pcvp-annual-2021",
        {"2": NONE, "3": NONE, "4": MEMBERS_HALF},
        ["1", "2a", "approval"],
        silent={
            "2": [QUORUM, SECRET, TOLD, RULE],
            "3": [QUORUM, TOLD, RULE],
            "4": [QUORUM, TOLD, TIE],
        },
    ),
    Row(
        "A.2.5",
        "s002-vp-managed-annual-2021",
        {"2": MEMBERS_HALF, "3": NONE, "4": MEMBERS_HALF},
        ["1", "2a", "approval"],
        silent={
            "2": [QUORUM, SECRET, TOLD, RULE],
            "3": [QUORUM, TOLD, RULE],
            "4": [QUORUM, TOLD, TIE],
        },
        rules={"2": MOST_OF_MEMBERS},
    ),
    Row(
        "A.2.6",
        "s003-annual-06hd2017",
        {"1": MEMBERS_HALF, "2": NONE, "3": NONE, "4": MEMBERS_HALF},
        ["approval"],
        silent={
            "1": [QUORUM, SECRET, TOLD],
            "2": [QUORUM, HELD, SECRET, TOLD, RULE],
            "3": [QUORUM, HELD, SECRET, TOLD, RULE],
            "4": [QUORUM, TOLD, TIE],
        },
        removal="1",
    ),
    Row(
        "A.2.7",
        "s004-cuc-next-onsite",
        {"B3": PRESENT_3_10, "B4": PRESENT_HALF, "B5": SUMMONED_HALF},
        ["B1", "B2", "B6"],
        silent={step: [QUORUM, TOLD] for step in ("B3", "B4", "B5")},
    ),
    Row(
        "A.2.8",
        "s004-cuc-annual-onsite",
        {
            "B1": SUMMONED_HALF,
            "B2": PRESENT_3_10,
            "B3": PRESENT_HALF,
            "B4": SUMMONED_HALF,
        },
        ["B5"],
        silent={
            "B1": [QUORUM, SECRET, TOLD],
            **{step: [QUORUM, TOLD] for step in ("B2", "B3", "B4")},
        },
        removal="B1",
    ),
    Row(
        "A.2.9",
        "s004-cuc-annual-external",
        {"B4": SUMMONED_HALF},
        ["B1", "B2", "B3", "B5"],
        silent={"B4": [QUORUM, TOLD]},
    ),
    Row(
        "A.2.10",
        "s004-phong-next-onsite",
        {"B3": PRESENT_3_10, "B4": PRESENT_HALF, "B5": SUMMONED_HALF},
        ["B1", "B2", "B6"],
        silent={step: [QUORUM, TOLD] for step in ("B3", "B4", "B5")},
    ),
    Row(
        "A.2.11",
        "s004-phong-annual-onsite",
        {
            "B1": SUMMONED_HALF,
            "B2": PRESENT_3_10,
            "B3": PRESENT_HALF,
            "B4": SUMMONED_HALF,
        },
        ["B5"],
        silent={
            "B1": [QUORUM, SECRET, TOLD],
            "B2": [QUORUM, TOLD],
            "B3": [QUORUM, SECRET, TOLD],
            "B4": [QUORUM, TOLD],
        },
        removal="B1",
    ),
    Row(
        "A.2.12",
        "s004-phong-annual-external",
        {"B4": SUMMONED_HALF},
        ["B1", "B2", "B3", "B5"],
        silent={"B4": [QUORUM, TOLD]},
    ),
]


@dataclass
class Run:
    """A procedure as it was played in a round."""

    row: Row
    office: RoundOffice
    direction: BothSides
    held: list[Held]
    recorded: list[str]


@pytest.fixture(scope="module", params=ROWS, ids=lambda row: row.name)
def run(request: pytest.FixtureRequest, cluster: Cluster) -> Iterator[Run]:
    """Play a procedure from the first step to the approval."""
    row: Row = request.param
    invention = Invention(ROWS.index(row) + 1)
    with closing(Room(cluster, invention)) as room:
        yield _play(room, row)


def _play(room: Room, row: Row) -> Run:
    direction = BothSides(ROOM, room.invention, needed=row.ballots, rules=row.rules)
    chain = RoundChain(room, row.procedure, direction)
    chain.office = RoundOffice(room.console, chain.procedure, row.procedure)
    _fill(chain.office, row, room.invention)
    held = chain.play()
    chain.office.record_until(None)
    return Run(row, chain.office, direction, held, chain.office.recorded)


def _fill(office: RoundOffice, row: Row, invention: Invention) -> None:
    """Nominate so many that, with one falling out at every step, the last list fits."""
    falling_out = len(row.introduced) - 1
    for title, term in ((TIED, "2025–2030"), (CLEAR, "2026–2031")):
        nominated = invention.people(LAST[title] + falling_out)
        planned = invention.people(2 if row.removal else 0)
        office.add_position(title, term, nominated, planned)
    office.start()


def test_every_ballot_of_the_procedure_is_held_in_order(run: Run) -> None:
    played = [held.console["step"] for held in run.held]

    assert played == list(run.row.ballots)
    assert run.recorded == run.row.recorded
    assert all(step["state"] == "done" for step in run.office.path())


def test_votes_are_measured_as_the_document_says(run: Run) -> None:
    """Exactly the fewest votes pass, one fewer does not, at every ballot."""
    for held in run.held:
        sheet, console = held.played.sheet, held.console
        expected = run.direction.expected(sheet, console)
        found = [
            [(line["agree"], line["outcome"]) for line in section["verdicts"]]
            for section in console["result"]["sections"]
        ]
        assert found == expected, console["step"]
        needed = {
            line["needed"]
            for section in console["result"]["sections"]
            for line in section["verdicts"]
        }
        assert needed == {run.row.ballots[console["step"]]}, console["step"]


def test_each_list_is_who_passed_before_by_their_votes(run: Run) -> None:
    checked = [audit(held.played.archive, workers=1) for held in run.held]

    assert list(chain_report.faults(run.held, checked)) == []


def test_what_the_document_does_not_say_was_chosen(run: Run) -> None:
    for held in run.held:
        (item,) = held.console["items"]
        assert sorted(item["chosen"]) == sorted(run.row.silent.get(item["step"], []))


def test_only_a_last_introduction_is_announced(run: Run) -> None:
    """S000 says so; elsewhere nothing is said and the secretary chose the same."""
    told = [held.console["step"] for held in run.held if held.console["announced"]]

    assert told == [list(run.row.ballots)[-1]]


def test_the_plan_ends_as_the_ballots_say(run: Run) -> None:
    """The quota is filled from the top, the head decides the tie, all is approved."""
    standings = run.office.standings()

    for final in run.held[-1].console["final"]:
        found = standings[final["title"]]
        approved = {name for name, standing in found.items() if standing == "approved"}
        assert approved == {line["name"] for line in final["nominees"]}
        assert len(approved) == 2
    everybody = [one for each in standings.values() for one in each.values()]
    withdrawn = everybody.count("withdrawn")
    assert withdrawn == 2 * len(run.row.introduced) + 1  # the tie leaves one more


def test_a_tie_at_the_cut_off_was_decided_by_the_head(run: Run) -> None:
    (tie,) = run.held[-1].console["ties"]
    tied = [line["key"] for line in tie["tied"]]

    assert tie["title"] == TIED
    assert tie["seats"] == 1
    assert tie["decision"]["chosen"] == tied[-1:]
    assert tie["head_title"]
    assert tie["decision"]["head_name"]
    assert tie["decision"]["decided_at"]


def test_a_removal_needs_more_than_half(run: Run) -> None:
    """One is removed with just enough votes, one is kept with one vote fewer."""
    if not run.row.removal:
        assert all(
            item["purpose"] == "introduce"
            for held in run.held
            for item in held.console["items"]
        )
        return
    standings = run.office.standings()
    removal = run.held[0].console

    assert removal["step"] == run.row.removal
    assert removal["items"][0]["purpose"] == "remove"
    for section in removal["result"]["sections"]:
        found = standings[section["title"]]
        just, short = (line["name"] for line in section["verdicts"])
        assert (found[just], found[short]) == ("removed", "kept")


def test_somebody_is_taken_off_only_with_a_reason(run: Run) -> None:
    """Where votes are only taken note of, the leadership agrees on the list."""
    for held in run.held:
        expected = run.row.ballots[held.console["step"]] == NONE
        reasons = [each["reason"] for each in held.console["withdrawals"]]
        assert reasons == [TAKEN_OFF] * (2 if expected else 0)


def test_the_committee_keeps_its_key_but_every_ballot_is_an_election(run: Run) -> None:
    uuids = [held.played.uuid for held in run.held]
    fingerprints = {held.console["committee"]["fingerprint"] for held in run.held}

    assert len(set(uuids)) == len(uuids)
    assert len(fingerprints) == 1
