"""A thirteenth procedure, added as a file while the services run: no code changes.

It is invented: three fifths of those present, then more than two thirds of those
summoned, a quorum of three quarters, a level and a decider of its own.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crypto.audit import audit
from tests.integration.bothsides import CLEAR, LAST, ROOM, TIED, BothSides
from tests.integration.planning import RoundChain, RoundOffice
from web.launcher.cluster import Cluster
from web.rehearsal import chain_report
from web.rehearsal.chain import Chain, Held, entries
from web.rehearsal.errors import Answered
from web.rehearsal.people import Invention
from web.rehearsal.room import Room

PROFILE = (Path(__file__).parent / "thirteenth.toml").read_text(encoding="utf-8")
ID = "hoi-mau-2026"
NEEDED = {"G1": 6, "G2": 9}  # 3/5 of 10 present; more than 2/3 of 12 summoned
STRICTER = PROFILE.replace('version = "1"', 'version = "2"').replace("3/5", "4/5")
Drop = Callable[[str], None]


@pytest.fixture
def drop(cluster: Cluster) -> Iterator[Drop]:
    """Put a text into the office's folder of the running console."""
    file = cluster.data / "admin" / "procedures" / "hoi-mau.toml"

    def put(text: str) -> None:
        file.write_text(text, encoding="utf-8")

    yield put
    file.unlink()


@pytest.fixture
def room(cluster: Cluster) -> Iterator[Room]:
    with closing(Room(cluster, Invention(13))) as room:
        yield room


def direction(room: Room) -> BothSides:
    return BothSides(ROOM, room.invention, needed=NEEDED, later=1)


def check(held: list[Held], rules: BothSides) -> None:
    """Both sides of every threshold, and each list from the last count."""
    for each in held:
        found = [
            [(line["agree"], line["outcome"]) for line in section["verdicts"]]
            for section in each.console["result"]["sections"]
        ]
        assert found == rules.expected(each.played.sheet, each.console)
    checked = [audit(each.played.archive, workers=1) for each in held]
    assert list(chain_report.faults(held, checked)) == []


def test_it_runs_in_a_round_from_the_first_step_to_the_approval(
    room: Room, drop: Drop
) -> None:
    drop(PROFILE)
    rules = direction(room)
    chain = RoundChain(room, ID, rules)
    chain.office = RoundOffice(room.console, chain.procedure, "Chi hội mẫu")
    for title in (TIED, CLEAR):
        people = room.invention.people(LAST[title] + 1)
        chain.office.add_position(title, "2026–2031", people, [])
    chain.office.start()

    held = chain.play()
    chain.office.record_until(None)

    assert [each.console["step"] for each in held] == ["G1", "G2"]
    assert chain.office.recorded == ["G0", "approval"]
    check(held, rules)
    (tie,) = held[-1].console["ties"]
    assert tie["head_title"] == "Chủ tịch hội"
    assert held[0].console["quorum"] == {"share": "3/4", "needed": 9, "met": True}
    assert {each.console["items"][0]["version"] for each in held} == {"1"}


def test_a_conference_keeps_the_version_it_was_opened_with(
    room: Room, drop: Drop
) -> None:
    """The file changes after the first conference was opened: nothing moves."""
    drop(PROFILE)
    rules = direction(room)
    chain = Chain(room, ID, rules)
    (entry,) = entries(chain.procedure)
    first = chain.begin(entry)

    drop(STRICTER)
    held = chain.run(first)

    check(held, rules)
    assert {each.console["items"][0]["version"] for each in held} == {"1"}
    with_new = Chain(room, ID, rules).begin(entry).secretary.state()
    assert with_new["items"][0]["version"] == "2"
    assert {each["rule"]["share"] for each in with_new["positions"]} == {"4/5"}


def test_two_contents_do_not_go_by_one_version(room: Room, drop: Drop) -> None:
    drop(PROFILE)
    chain = Chain(room, ID, direction(room))
    (entry,) = entries(chain.procedure)
    chain.begin(entry)

    drop(PROFILE.replace("3/5", "1/10"))

    with pytest.raises(Answered, match="profile_version_taken"):
        chain.begin(entry)


def test_a_faulty_file_changes_nothing(room: Room, drop: Drop) -> None:
    drop(PROFILE)
    drop(PROFILE.replace('share = "3/5"', 'share = "6/5"'))

    with pytest.raises(Answered, match="procedure_unknown"):
        room.console.get(f"/api/procedures/{ID}")
    listed = room.console.get("/api/procedures")["procedures"]
    assert len(listed) == 12
