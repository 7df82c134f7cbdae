"""One conference in real browsers, from two spreadsheets to the announced result."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import counting_room
from tests.browser.camera import film
from tests.browser.people import (
    LANDSCAPE,
    PATIENCE,
    PORTRAIT,
    PROJECTOR,
    House,
    Leader,
    Member,
    Person,
    Secretary,
    Tablet,
)
from web.rehearsal.people import Invention
from web.rehearsal.secretary import (
    DELEGATE_HEADERS,
    NOMINEE_HEADERS,
    read_cards,
    spreadsheet,
)

PHONE = {"width": 390, "height": 844}
AGREE, DISAGREE, OPEN = "agree", "disagree", ""
# Five delegates, four nominees: 5, 4, 3 and 1 agree; more than half of 5 is 3.
MARKS = [
    [AGREE, AGREE, AGREE, DISAGREE],
    [AGREE, AGREE, AGREE, DISAGREE],
    [AGREE, AGREE, DISAGREE, OPEN],
    [AGREE, AGREE, AGREE, AGREE],
    [AGREE, DISAGREE, OPEN, DISAGREE],
]
OUTCOMES = ["passed", "passed", "over_quota", "below"]
# What a browser notes of answers that are meant: an unpaired tablet is told so, and
# a faulty spreadsheet is refused.
EXPECTED = ("/api/booth/", "/api/conferences/1/delegates")
COMMITTEE = ["Đào Thị Minh Nguyệt", "Phan Quang Bảo", "Tống Khắc Sơn"]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    invention = Invention(7)
    delegates = [(p.name, p.post, p.unit) for p in invention.people(len(MARKS))]
    nominees = [
        (p.name, p.birth_year, p.post, p.unit, "Phó Giám đốc Sở")
        for p in invention.people(len(OUTCOMES))
    ]
    found = {
        "delegates": tmp_path / "dai-bieu.xlsx",
        "nominees": tmp_path / "nhan-su.xlsx",
        "faulty": tmp_path / "sai.xlsx",
    }
    found["delegates"].write_bytes(spreadsheet(DELEGATE_HEADERS, delegates))
    found["nominees"].write_bytes(spreadsheet(NOMINEE_HEADERS, nominees))
    faulty = [*delegates, ("", "Chuyên viên", "Văn phòng")]
    found["faulty"].write_bytes(spreadsheet(DELEGATE_HEADERS, faulty))
    return found


def test_a_conference_from_spreadsheets_to_announcement(
    house: House, files: dict[str, Path], tmp_path: Path
) -> None:
    secretary = Secretary.arrive(house)
    prepare(secretary, files)
    cards = read_cards(secretary.print_cards(spares=2))
    secretary.both_pictures("console-cards")
    assert len(cards) == len(MARKS) + 2

    leader, members = make_key(house, secretary)
    take_roll_call(secretary)
    seal(secretary)
    members[0].click("zero-report")

    trackers = vote(house, secretary, cards, tmp_path)
    close(secretary)
    count(leader, members)
    announce(house, secretary)
    board(house, secretary.uuid, trackers[0])
    assert [one for one in house.complaints if not one.startswith(EXPECTED)] == []


def prepare(secretary: Secretary, files: dict[str, Path]) -> None:
    secretary.open_conference("5", COMMITTEE)
    secretary.import_file("delegates", files["faulty"])
    faults = secretary.it("delegates-card").get_by_test_id("faults")
    expect(faults).to_contain_text("Họ và tên", timeout=PATIENCE)
    assert secretary.it("count-summoned").text_content() == "0"

    secretary.go("people")
    secretary.import_file("delegates", files["delegates"])
    expect(secretary.it("count-summoned")).to_have_text("5", timeout=PATIENCE)
    secretary.import_file("nominees", files["nominees"])
    secretary.sees("next-page")
    secretary.both_pictures("console-people")


def make_key(house: House, secretary: Secretary) -> tuple[Leader, list[Member]]:
    secretary.go("committee")
    secretary.click("convene")
    leader = Leader.arrive(house)
    codes = leader.hand_out_codes(secretary.uuid, len(COMMITTEE))
    leader.both_pictures("committee-leader")
    members = [Member.join(house, code) for code in codes]
    for member in members:
        member.make_key()
    members[0].both_pictures("committee-key-card")
    for member in members:
        member.store_key()
    for member in members:
        member.sees("key-card-input")
    members[1].both_pictures("committee-test")
    for member in members:
        member.show_key()
    for member in members[:-1]:
        # the last card may be through before the first member's page has looked
        done = member.it("test-done").or_(member.it("ready"))
        expect(done).to_be_visible(timeout=PATIENCE)
    secretary.sees("next-page")
    secretary.both_pictures("console-committee")
    return leader, members


def take_roll_call(secretary: Secretary) -> None:
    secretary.go("roll-call")
    rows = secretary.page.locator("[data-testid^=present-]")
    expect(rows).to_have_count(len(MARKS))
    for left in range(len(MARKS), 0, -1):
        rows.first.click()
        expect(rows).to_have_count(left - 1, timeout=PATIENCE)
    expect(secretary.it("count-issued")).to_have_text("5")
    secretary.both_pictures("console-roll-call")
    secretary.click("lock-roll-call")
    secretary.sees("unlock-roll-call")


def seal(secretary: Secretary) -> None:
    secretary.go("seal")
    secretary.both_pictures("console-seal")
    secretary.ask("seal")
    secretary.sees("sealed")


def vote(
    house: House, secretary: Secretary, cards: list[str], folder: Path
) -> list[str]:
    video = film(f"PK1:{secretary.uuid}:{cards[0]}", folder / "card.y4m")
    first = Tablet.pair(house, secretary.pair("Máy 1"), LANDSCAPE, camera=video)
    second = Tablet.pair(house, secretary.pair("Máy 2"), PORTRAIT)
    second.both_pictures("tablet-waiting")
    secretary.go("voting")
    secretary.ask("open-voting")
    for tablet in (first, second):
        tablet.sees("start")
    first.both_pictures("tablet-idle")
    display = Person(house, house.page(PROJECTOR))
    look(display, secretary)

    first.click("start")  # the camera sees the card by itself
    first.mark(MARKS[0])
    first.both_pictures("ballot")
    trackers = [first.cast()]
    first.both_pictures("tablet-recorded")
    for marks, card in zip(MARKS[1:4], cards[1:4], strict=True):
        second.type_card(card)
        second.mark(marks)
        trackers.append(second.cast())
        second.click("done")
    second.type_card(cards[4])
    second.mark(MARKS[4])
    # A push from the server never touches an open ballot.
    secretary.page.reload()
    second.click("review")
    expect(second.it("unmarked")).to_be_visible()
    second.both_pictures("tablet-review")
    second.click("cast")
    second.sees("tracker")
    expect(display.it("display-cast")).to_contain_text("5", timeout=PATIENCE)
    display.picture("display-voting")
    return trackers


def look(display: Person, secretary: Secretary) -> None:
    admin = display.house.cluster.urls["admin"]
    display.page.goto(f"{admin}/login")
    password = display.house.cluster.password("admin", "chair")
    display.page.locator("input[name=username]").fill("chair")
    display.page.locator("input[name=password]").fill(password)
    display.page.locator("button[type=submit]").click()
    display.page.wait_for_url(lambda url: "/login" not in url)
    display.page.goto(f"{admin}/display/{secretary.number}")


def close(secretary: Secretary) -> None:
    secretary.go("voting")
    expect(secretary.it("turnout-cast")).to_have_text("5", timeout=PATIENCE)
    secretary.both_pictures("console-voting")
    secretary.ask("close-voting")


def count(leader: Leader, members: list[Member]) -> None:
    counting_room.tell(members[1], [members[0], leader], len(MARKS), len(MARKS))
    for member in members[:2]:
        expect(member.it("own-count")).to_have_attribute(
            "data-good", "true", timeout=PATIENCE
        )
        member.click("unseal")
    members[0].both_pictures("committee-unseal")
    counting_room.lie(members[2])
    for member in members[:2]:
        member.show_key()
    counting_room.stop_at_a_difference(members[2], leader, members[:2])
    counting_room.complain(members[0], leader)
    counting_room.confirm_and_close(members[:2], leader)
    members[0].sees("recorded")
    counting_room.compare_fingerprints(members[0], leader)
    members[0].both_pictures("committee-result")


def announce(house: House, secretary: Secretary) -> None:
    secretary.go("result")
    secretary.sees("result-1")
    found = [
        secretary.it(f"verdict-{place}").get_attribute("data-outcome")
        for place in range(1, len(OUTCOMES) + 1)
    ]
    assert found == OUTCOMES
    secretary.ask("announce")
    secretary.sees("published")
    secretary.both_pictures("console-result")
    display = Person(house, house.page(PROJECTOR))
    look(display, secretary)
    display.sees("display-result")
    display.picture("display-result")


def board(house: House, uuid: str, tracker: str) -> None:
    reader = Person(house, house.page(LANDSCAPE))
    reader.page.goto(f"{house.cluster.urls['kiosk']}/board/{uuid}")
    reader.fill("tracker-input", tracker[:8])
    reader.click("tracker-search")
    expect(reader.it("tracker-found")).to_contain_text(tracker, timeout=PATIENCE)
    reader.fill("tracker-input", tracker)
    reader.click("tracker-search")
    expect(reader.it("answer-yes")).to_be_visible(timeout=PATIENCE)
    reader.both_pictures("board")
    reader.page.set_viewport_size(PHONE)
    assert (
        reader.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    )
    reader.picture("board-390x844")
