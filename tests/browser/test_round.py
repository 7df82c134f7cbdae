"""A round of S000 next-term on-site in real browsers: A.2.1, three ballots.

The secretary goes from the round's page to the first conference, prepares each next
one while a step votes, and fills it with who passed; the chair opens, closes, and
decides the tie. At every ballot one delegate votes at a real tablet, the others at
virtual ones; the counting committee is virtual (its pages: `test_conference.py`).
"""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.people import LANDSCAPE, PATIENCE, House, Tablet
from tests.browser.round_people import Chair, Planner
from tests.integration.planning import APPROVAL, RoundOffice
from web.rehearsal import delegates
from web.rehearsal.delegates import Marks
from web.rehearsal.people import Invention
from web.rehearsal.room import Room
from web.rehearsal.sitting import Sitting, Size

PROCEDURE = "s000-next-term-onsite"
POST = "Phó Giám đốc Sở"
# Ten are summoned and come: 3 of 10 are 30 %, more than half are 6.
SIZE = Size(delegates=10, away=0, committee=3, threshold=2, tablets=1)
COMMITTEE = ["Đào Thị Minh Nguyệt", "Phan Quang Bảo", "Tống Khắc Sơn"]
VOTES = {
    "3": [8, 10, 7, 3, 2],  # the last falls at 20 %, the one before passes at 30 %
    "4": [9, 8, 7, 5],
    "5": [7, 9, 7],  # two tie for the second place
}
OUTCOMES = {
    "3": ["passed"] * 4 + ["below"],
    "4": ["passed"] * 3 + ["below"],
    "5": ["tied", "passed", "tied"],
}


@pytest.fixture
def room(house: House) -> Iterator[Room]:
    with closing(Room(house.cluster, Invention(21))) as room:
        yield room


@pytest.fixture
def office(room: Room) -> RoundOffice:
    """A round whose list of people was agreed on: steps 1 and 2 are recorded."""
    procedure = room.console.get(f"/api/procedures/{PROCEDURE}")
    office = RoundOffice(room.console, procedure, "Sở Xây dựng mẫu")
    people = room.invention.people(len(VOTES["3"]))
    office.add_position(POST, "2025–2030", people, [])
    office.start("co-quan")
    office.record_until("3")
    return office


def test_a_round_from_the_first_ballot_to_the_approval(
    house: House, room: Room, office: RoundOffice
) -> None:
    planner, chair = Planner.arrive(house), Chair.arrive(house)
    planner.open_round(office.round)
    planner.both_pictures("round-page")
    planner.open_step(office.instance, "3", COMMITTEE)
    tablet = pair(house, room)

    sitting = Sitting(room, SIZE, lambda _stage, _share: None)
    adopt(sitting, planner)
    gather(sitting)
    sitting.make_key()
    for step in ("3", "4"):
        following = vote(planner, chair, tablet, sitting, step)
        count(planner, sitting, step)
        planner.ask("complete")
        planner.sees("published")
        carry(planner, step)
        sitting = following
    vote(planner, chair, tablet, sitting, "5")
    count(planner, sitting, "5")
    decide(chair)
    announce(planner, chair)
    approve(planner, office)
    # An unpaired tablet is told so; nobody complains of anything else.
    assert [one for one in house.complaints if not one.startswith("/api/booth/")] == []


def pair(house: House, room: Room) -> Tablet:
    code = room.console.post("/api/tablets/pairing", {"label": "Bàn 1"})["code"]
    return Tablet.pair(house, str(code), LANDSCAPE)


def adopt(sitting: Sitting, planner: Planner) -> None:
    """Let the virtual people follow the conference that the page is about."""
    state = planner.page.request.get(planner._api()).json()
    sitting.secretary.adopt(state)
    planner.uuid = sitting.secretary.uuid


def gather(sitting: Sitting) -> None:
    people = sitting.room.invention.people(SIZE.delegates)
    sitting.secretary.import_delegates(people)
    sitting.print_cards()


def vote(
    planner: Planner, chair: Chair, tablet: Tablet, sitting: Sitting, step: str
) -> Sitting:
    """Hold one ballot; meanwhile the next conference is prepared, if one follows."""
    sitting.secretary.take_roll_call(SIZE.present)
    planner.go("seal")
    planner.ask("seal")
    planner.sees("sealed")
    cards, election = sitting.hand_out(), sitting.election()
    sitting.members[0].await_phase("sealed")
    sitting.members[0].report_zero()
    sitting.secretary.await_zero_report()

    chair.take(sitting.secretary.conference)
    if step == "5":
        look_back(chair)
    chair.ask("open-voting")
    chair.sees_phase("open")
    marks = [_marks(voter, VOTES[step]) for voter in range(SIZE.present)]
    at_tablet(tablet, cards[0], marks[0])
    following = sitting
    if step != "5":
        following = prepare(planner, sitting, step)
    votes = delegates.seal_all(election, cards[1:], marks[1:])
    delegates.cast_all(sitting.pair(), sitting.secretary.uuid, votes)
    expect(chair.it("chair-cast")).to_contain_text("10", timeout=PATIENCE)
    if step == "5":
        chair.both_pictures("round-chair-voting")
    chair.ask("close-voting")
    chair.sees_phase("closed")
    return following


def look_back(chair: Chair) -> None:
    """Step 5 decides with the counts of steps 3 and 4 on the table."""
    rows = chair.it("earlier").locator("[data-testid^=earlier-]")
    expect(rows).to_have_count(len(VOTES["5"]))
    counts = [row.locator("td.num").all_inner_texts() for row in rows.all()]
    # By votes: those of 10, 8 and 7 at step 3 got 9, 8 and 7 at step 4.
    found = [[cell.split("/")[0].split()[0] for cell in cells] for cells in counts]
    assert found == [["10", "9"], ["8", "8"], ["7", "7"]]
    chair.both_pictures("round-chair-earlier")


def at_tablet(tablet: Tablet, card: str, marks: Marks) -> None:
    tablet.type_card(card)
    tablet.mark(["agree" if agree else "disagree" for agree, _ in marks])
    tablet.cast()
    tablet.click("done")


def prepare(planner: Planner, sitting: Sitting, step: str) -> Sitting:
    """Open the next step's conference from the page of the one that votes."""
    planner.go("result")
    planner.click("prepare-next")
    if planner.it("next-quota").is_visible():
        planner.fill("next-quota", "2")
    expect(planner.it("key-kept")).to_be_checked()
    if step == "3":
        planner.both_pictures("round-prepare-next")
    planner.click("prepare-next-confirm")
    planner.page.wait_for_url(lambda url: f"/{planner.number}/" not in url)
    former = planner.number
    planner.arrived()
    following = Sitting(sitting.room, SIZE, lambda _stage, _share: None)
    adopt(following, planner)
    gather(following)
    following.keep_key(sitting.members)
    planner.number = former
    return following


def count(planner: Planner, sitting: Sitting, step: str) -> None:
    opening = sitting.members[: SIZE.threshold]
    opening[0].await_phase("unsealing")
    opening[0].tell_numbers()
    for member in opening:
        member.unseal()
    opening[0].await_phase("counted", "recorded")
    sitting.end_count()
    sitting.secretary.await_result()
    planner.go("result")
    planner.sees("result-1")
    assert planner.verdicts(1) == OUTCOMES[step]


def carry(planner: Planner, step: str) -> None:
    """Put those who passed on the prepared paper, and go on with it."""
    planner.click("next-step")
    expect(planner.it("going-on-1").locator("[data-goes]")).to_have_count(
        OUTCOMES[step].count("passed")
    )
    if step == "3":
        planner.both_pictures("round-next-step")
    planner.click("next-step-confirm")
    planner.page.wait_for_url(lambda url: f"/{planner.number}/" not in url)
    planner.arrived()


def decide(chair: Chair) -> None:
    """The head takes the second of the two who tie for the last place."""
    chair.sees_phase("tie")
    chair.both_pictures("round-chair-tie")
    expect(chair.it("tie-confirm")).to_be_disabled()
    chair.it("tie-choose-2").check()
    chair.fill("tie-head-name", "Trịnh Hoài Giang")
    chair.fill("tie-reason", "kinh nghiệm ở cơ sở")
    chair.click("tie-confirm")
    chair.sees("tie-decided")


def announce(planner: Planner, chair: Chair) -> None:
    chair.ask("announce")
    chair.sees_phase("published")
    chair.both_pictures("round-chair-announced")
    planner.go("documents")
    minutes = planner.it("paper-bien-ban-kiem-phieu")
    expect(minutes).to_have_attribute("data-paper-state", "final", timeout=PATIENCE)
    planner.both_pictures("round-minutes")
    with planner.page.expect_download() as saved:
        planner.click("bien-ban-kiem-phieu-pdf")
    pages = PdfReader(saved.value.path()).pages
    words = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert "Trịnh Hoài Giang" in words
    assert "kinh nghiệm ở cơ sở" in words


def approve(planner: Planner, office: RoundOffice) -> None:
    """Back on the round's page, the approval is recorded with its document."""
    planner.open_round(office.round)
    planner.it(f"do-{office.instance}-approval").first.click()
    expect(planner.it("proposed").locator("li")).to_have_count(2)
    planner.fill("document-number", APPROVAL["document_number"])
    planner.fill("document-date", APPROVAL["document_date"])
    planner.click("record")
    planner.sees(f"instance-{office.instance}")
    planner.both_pictures("round-approved")
    standings = list(office.standings()[POST].values())
    assert sorted(standings) == ["approved"] * 2 + ["withdrawn"] * 3


def _marks(voter: int, votes: list[int]) -> Marks:
    return [[1, 0] if voter < agree else [0, 1] for agree in votes]
