"""A committee that keeps its key from one conference of the day to the next."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from crypto.archive import read_archive
from crypto.audit import Report, audit
from tests.integration.meeting import SMALL
from web.launcher.cluster import Cluster
from web.rehearsal import delegates
from web.rehearsal.client import Json
from web.rehearsal.conference import Rehearsal, now
from web.rehearsal.delegates import Vote
from web.rehearsal.errors import Answered
from web.rehearsal.sitting import Sitting


@dataclass
class Held:
    """A conference that was held, what its delegates marked, and its archive."""

    sitting: Sitting
    votes: list[Vote]
    archive: bytes

    @property
    def report(self) -> Report:
        return audit(self.archive, workers=1)

    @property
    def trustees(self) -> bytes:
        return read_archive(self.archive).records[1].content


@pytest.fixture(scope="module")
def rehearsal(cluster: Cluster) -> Iterator[Rehearsal]:
    """A committee with a key, at a sealed step 4."""
    first = Rehearsal(cluster, SMALL, step="4")
    first.until_sealed()
    yield first
    first.close()


@pytest.fixture(scope="module")
def day(rehearsal: Rehearsal) -> tuple[Held, Held]:
    """Steps 4 and 5 of one day; 5 is prepared while 4 votes."""
    following = Sitting(rehearsal.room, SMALL, lambda _stage, _share: None)
    votes = vote(rehearsal)
    made = rehearsal.secretary.prepare_next({"starts_at": now(), "key_kept": True})
    following.secretary.adopt(made)
    people = rehearsal.room.invention.people(SMALL.delegates)
    following.secretary.import_delegates(people)
    following.print_cards()
    following.keep_key(rehearsal.members)
    first = count(rehearsal, votes)
    rehearsal.secretary.go_on({})
    following.seal()
    votes = vote(following)
    copy(first, following)
    return first, count(following, votes)


def copy(first: Held, following: Sitting) -> None:
    """Try a ballot of the first in the open box of the second."""
    with pytest.raises(Answered) as refused:
        following.pair()[0].cast(following.secretary.uuid, first.votes[0].raw)
    assert refused.value.code == "bad_ballot"


def vote(sitting: Sitting) -> list[Vote]:
    """Open the box; everybody agrees to everyone but the last."""
    election, cards = sitting.election(), sitting.hand_out()
    sitting.open()
    marks = [_marks(election) for _ in cards]
    votes = delegates.seal_all(election, cards, marks)
    delegates.cast_all(sitting.pair(), sitting.secretary.uuid, votes)
    return votes


def count(sitting: Sitting, votes: list[Vote]) -> Held:
    """Close the box, open the sums, confirm and publish."""
    sitting.count()
    sitting.confirm()
    return Held(sitting, votes, sitting.members[0].archive())


def _marks(election: bytes) -> list[list[int]]:
    asked = len(json.loads(election)["questions"])
    return [[1, 0]] * (asked - 1) + [[0, 1]]


def test_both_votes_are_counted_with_the_same_cards(day: tuple[Held, Held]) -> None:
    for held in day:
        assert held.report.valid
        assert held.report.result == delegates.expected_sums(held.votes)
    first, second = day
    assert first.trustees == second.trustees
    seeds = [[member.seed for member in held.sitting.members] for held in day]
    assert seeds[0] == seeds[1]


def test_each_is_an_election_of_its_own(day: tuple[Held, Held]) -> None:
    first, second = (
        json.loads(read_archive(h.archive).records[0].content) for h in day
    )

    assert first["public_key"] == second["public_key"]
    assert first["uuid"] != second["uuid"]
    assert len(first["questions"]) == len(second["questions"]) + 1  # one dropped out
    heads = {read_archive(held.archive).records[-1].content for held in day}
    assert len(heads) == 2


def test_no_ceremony_came_before_the_second(day: tuple[Held, Held]) -> None:
    first, second = day
    state = second.sitting.members[0].state()

    assert state["key_uuid"] == first.sitting.secretary.uuid
    assert [vote["phase"] for vote in state["day"]] == ["recorded", "recorded"]
    assert second.sitting.stages["key"] < first.sitting.stages["key"]


def test_a_ballot_of_the_first_is_none_of_the_second(day: tuple[Held, Held]) -> None:
    first, second = day  # it was tried while the second box was open

    assert first.votes[0].raw not in second.archive
    assert second.report.ballots == len(second.votes)


def opened_anew(rehearsal: Rehearsal, key_of: str) -> Json:
    """Open another conference that is to keep the key of `key_of`."""
    plan = replace(rehearsal._plan(), key_of=key_of)
    order = plan.order([], SMALL.threshold) | {"committee": []}
    return rehearsal.room.console.post("/api/conferences", order)


def test_a_key_that_was_never_made_is_not_kept(rehearsal: Rehearsal) -> None:
    console = rehearsal.room.console
    draft = Sitting(rehearsal.room, SMALL, lambda _stage, _share: None)
    plan = replace(rehearsal._plan(), title="Hội nghị chưa lập khóa")
    people = rehearsal.room.invention.people(SMALL.committee)
    draft.secretary.create(plan, people, SMALL.threshold)
    made = opened_anew(rehearsal, draft.secretary.conference)

    with pytest.raises(Answered) as refused:
        console.post(f"/api/conferences/{made['id']}/convene")

    assert refused.value.code == "key_not_kept"
    assert console.get(f"/api/conferences/{made['id']}")["state"] == "draft"
    listed = rehearsal.room.leader.get("/api/elections")["elections"]
    assert made["uuid"] not in {each["uuid"] for each in listed}


def test_another_committee_does_not_get_the_key(rehearsal: Rehearsal) -> None:
    console = rehearsal.room.console
    order = replace(rehearsal._plan(), key_of=rehearsal.secretary.conference).order(
        rehearsal.room.invention.people(SMALL.committee), SMALL.threshold
    )

    with pytest.raises(Answered) as refused:
        console.post("/api/conferences", order)

    assert refused.value.code == "committee_differs"
