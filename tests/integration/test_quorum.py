"""A conference is held when at least two thirds of the summoned are present (A.3).

S000 alone says so. Elsewhere the secretary chooses; of several ballots on one paper
the strictest quorum holds.
"""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from web.launcher.cluster import Cluster
from web.rehearsal.client import Json
from web.rehearsal.conference import now
from web.rehearsal.errors import Answered
from web.rehearsal.people import Invention
from web.rehearsal.plan import Item, Plan, Post
from web.rehearsal.room import Room
from web.rehearsal.sitting import Sitting, Size

SUMMONED = 9
POSTS = (Post("Phó Giám đốc Sở", "2025–2030", quota=1),)
S000 = Item("s000-next-term-onsite", "5", POSTS)
Hold = Callable[..., Sitting]


def s004(quorum: str) -> Item:
    choices: Json = {"quorum": quorum, "announced": True}
    return Item("s004-cuc-next-onsite", "B5", POSTS, choices)


@pytest.fixture
def hold(cluster: Cluster) -> Iterator[Hold]:
    """Seal a conference with so many present."""
    with closing(Room(cluster, Invention(15))) as room:

        def begin(present: int, *items: Item) -> Sitting:
            size = Size(SUMMONED, committee=3, threshold=2, away=SUMMONED - present)
            sitting = Sitting(room, size, lambda _stage, _share: None)
            people = room.invention.people
            plan = Plan("Hội nghị", "Cơ quan mẫu", "Hội trường A", now(), items)
            sitting.secretary.create(plan, people(3), 2)
            sitting.secretary.import_delegates(people(SUMMONED))
            papers = {str(n): people(2) for n, _ in enumerate(items, 1)}
            sitting.secretary.import_nominees(papers)
            sitting.print_cards()
            sitting.make_key()
            sitting.seal()
            return sitting

        yield begin


@pytest.mark.parametrize(
    ("present", "items"),
    [
        pytest.param(6, [S000], id="A.7 9/6, exactly 2/3"),
        pytest.param(1, [s004("none")], id="A.2.7 B5, none chosen"),
        pytest.param(7, [s004("7/9")], id="A.2.7 B5, 7/9 chosen"),
    ],
)
def test_enough_are_present(hold: Hold, present: int, items: list[Item]) -> None:
    sitting = hold(present, *items)
    sitting.open()

    assert sitting.secretary.state()["state"] == "open"
    assert sitting.secretary.state()["quorum"]["met"] is True


@pytest.mark.parametrize(
    ("present", "items"),
    [
        pytest.param(5, [S000], id="A.3 Quorum, one short of 2/3"),
        pytest.param(6, [s004("7/9")], id="A.2.7 B5, one short of 7/9"),
        pytest.param(6, [S000, s004("7/9")], id="the strictest of one paper"),
    ],
)
def test_too_few_are_present(hold: Hold, present: int, items: list[Item]) -> None:
    with pytest.raises(Answered, match="no_quorum"):
        hold(present, *items).open()
