"""The chair leads a ballot from one page, and the room sees what the chair picks."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Locator, Page, expect

from tests.admin.in_browser import ADDRESS, serve
from tests.admin.neighbours import Office
from tests.admin.sample import DELEGATES, Meeting, delegates_file
from tests.admin.test_room import HEAD, people, single
from tests.admin.test_styles import ID, QUOTA, SAMPLE, bring
from web.contracts import Outcome, SectionResult, Verdict

TABLETS = {"1280x800": (1280, 800), "800x1280": (800, 1280)}
PROJECTORS = {"16x9": (1280, 720), "4x3": (1024, 768)}
TITLE = "Hội nghị tập thể lãnh đạo thảo luận, giới thiệu quy hoạch"
_REPOSITORY = Path(__file__).parents[2]


class Viewer:
    """Somebody who looks at one page of admin, and may take its picture."""

    def __init__(
        self, page: Page, name: str, sizes: dict[str, tuple[int, int]]
    ) -> None:
        self.page = page
        self._name = name
        self._sizes = sizes
        self._folder = _REPOSITORY / os.environ.get(
            "PHIEUKIN_SCREENSHOTS", "build/screenshots"
        )
        self._folder.mkdir(parents=True, exist_ok=True)

    def go(self, path: str) -> None:
        self.page.goto(f"{ADDRESS}{path}")

    def it(self, name: str) -> Locator:
        return self.page.get_by_test_id(name)

    def pictures(self, what: str) -> None:
        for size, (width, height) in reversed(self._sizes.items()):
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.evaluate("document.fonts.ready")
            name = f"{self._name}-{what}-{size}.png"
            self.page.screenshot(path=self._folder / name)


@pytest.fixture
def chair(chromium: Chromium, office: Office) -> Iterator[Viewer]:
    yield from viewer(chromium, office, "chair", TABLETS)


@pytest.fixture
def room(chromium: Chromium, office: Office) -> Iterator[Viewer]:
    yield from viewer(chromium, office, "display", PROJECTORS)


def viewer(
    chromium: Chromium, office: Office, name: str, sizes: dict[str, Any]
) -> Iterator[Viewer]:
    context = chromium.new_context(locale="vi-VN")
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("**/*", serve(office))
    yield Viewer(page, name, sizes)
    context.close()
    assert complaints == []


def test_what_takes_long_shows_that_it_goes_on(office: Office, chair: Viewer) -> None:
    meeting = Meeting(office).create("5", title=TITLE)
    chair.go(f"/chair/{meeting.id}")
    look = "getComputedStyle(document.body, '::before')"
    bar = f"() => {look}.content"
    shown = f"() => {look}.content === '\"\"' && {look}.opacity === '1'"
    busy = "busy => document.querySelector('button').setAttribute('aria-busy', busy)"

    assert chair.page.evaluate(bar) == "none"
    chair.page.evaluate(busy, "true")
    chair.page.wait_for_function(shown, timeout=5_000)
    chair.page.evaluate(busy, "false")
    assert chair.page.evaluate(bar) == "none"


def test_the_chair_leads_the_ballot_and_the_room_follows(
    office: Office, chair: Viewer, room: Viewer
) -> None:
    meeting = Meeting(office).create("5", title=TITLE).fill().print_cards().convene()
    room.go(f"/display/{meeting.id}")
    expect(room.it("display-welcome")).to_have_text(TITLE)
    room.pictures("waiting")
    meeting.arrive()
    room.page.reload()
    expect(room.it("display-quorum")).to_contain_text("Đủ điều kiện")
    room.pictures("quorum")
    meeting.seal()

    chair.go(f"/chair/{meeting.id}")
    chair.pictures("before")
    pick(chair, "waiting")
    expect(room.it("view-waiting")).to_be_visible(timeout=15_000)  # by itself
    pick(chair, "how_to_vote")
    expect(chair.it("room-result")).to_be_disabled()
    expect(chair.it("room-result")).to_contain_text("Khi chủ trì đã công bố")
    room.page.reload()
    expect(room.it("display-how").locator("li")).to_have_count(4)
    room.pictures("how-to-vote")

    office.kiosk.cast = 4
    press(chair, "open-voting")
    expect(chair.it("chair-times")).to_contain_text("Mở bỏ phiếu lúc")
    room.page.reload()
    expect(room.it("display-cast")).to_contain_text("4")
    room.pictures("turnout")
    chair.pictures("voting")
    office.kiosk.cast = 7
    press(chair, "close-voting")
    room.page.reload()
    expect(room.it("view-counting")).to_contain_text("Tổ kiểm phiếu mở niêm phong")
    room.pictures("counting")

    meeting.told((7, 5, 2))
    chair.page.reload()
    expect(chair.it("one-mind")).to_contain_text("mọi phiếu đồng ý")
    size = chair.it("announcement-text").evaluate("e => getComputedStyle(e).fontSize")
    assert float(size.removesuffix("px")) >= 20
    chair.pictures("announce")
    press(chair, "announce")
    pick(chair, "announcement")
    room.page.reload()
    expect(room.it("display-text-1")).to_contain_text("Kính thưa các đồng chí!")
    room.pictures("announcement")
    chair.page.set_viewport_size({"width": 1280, "height": 800})
    chair.pictures("published")
    chair.it("read-announcement").click()
    expect(chair.it("announcement-text")).to_contain_text("có 2 đồng chí đạt")


def test_a_long_result_fills_the_rooms_screen(office: Office, room: Viewer) -> None:
    meeting = single(office, 14)
    meeting.post("/announce", role="chair")
    room.go(f"/display/{meeting.id}")
    expect(room.it("display-1-14")).to_contain_text(people(14)[-1][:5])
    room.pictures("result-long")


def test_a_motion_shows_its_three_answers_alike(office: Office, room: Viewer) -> None:
    text = SAMPLE.read_text()
    asked = text[text.index('id = "G2"') :]
    motion = asked.replace('"agree-disagree"', '"motion"').replace(QUOTA, "")
    bring(office, text.replace(asked, motion).replace('next = "G2"\n', ""))
    meeting = Meeting(office).create(
        "G2", procedure=ID, positions=[{"title": "Thông qua kế hoạch công tác năm"}]
    )
    assert meeting.upload("delegates", delegates_file()).status_code == 200
    meeting.print_cards().convene().arrive(9).seal()
    room.go(f"/display/{meeting.id}")
    expect(room.it("display-how")).to_contain_text("Chọn một ý kiến")
    room.pictures("how-to-vote-motion")
    office.kiosk.cast = 9
    meeting.post("/open", role="chair")
    meeting.post("/close", role="chair")
    tell_motion(meeting, 7, 1, 1)
    meeting.post("/announce", role="chair")
    room.page.reload()
    for key, votes in (("for", "7"), ("against", "1"), ("none", "1")):
        expect(room.it(f"display-1-{key}")).to_contain_text(f"{votes} / 9")
    expect(room.it("display-1-for")).to_contain_text("Được thông qua")
    room.pictures("result-motion")


def tell_motion(meeting: Meeting, agree: int, disagree: int, open_: int) -> None:
    """Hear the tally's record of a motion, which has no nominees."""
    record = meeting.count(())
    [section] = record.sections
    verdict = Verdict(
        nominee="",
        name=section.title,
        agree=agree,
        disagree=disagree,
        unmarked=open_,
        needed=7,  # more than two thirds of nine
        base=section.rule.of,
        out_of=9,
        outcome=Outcome.PASSED,
    )
    told = SectionResult(section.title, section.rule, (verdict,))
    record = msgspec.structs.replace(record, sections=(told,))
    answer = meeting.office.hear("count.recorded", record, meeting.uuid)
    assert answer.status_code == 200, answer.get_data(as_text=True)


def test_a_small_group_needs_the_chairs_tick(office: Office, chair: Viewer) -> None:
    meeting = Meeting(office).create().fill(DELEGATES[:4]).print_cards().convene()
    meeting.arrive(4).seal()
    chair.go(f"/chair/{meeting.id}")
    expect(chair.it("small-group").first).to_contain_text("Chỉ có 4 người bỏ phiếu")
    chair.it("open-voting").click()
    chair.it("open-voting-confirm").click()
    assert chair.it("acknowledged").evaluate("box => !box.checkValidity()")
    chair.pictures("small-group")
    chair.it("acknowledged").check()
    chair.it("open-voting-confirm").click()
    expect(chair.it("chair-page")).to_have_attribute("data-phase", "open")

    assert meeting.view()["state"] == "open"


def test_what_is_copied_is_what_is_read(office: Office, chair: Viewer) -> None:
    meeting = Meeting(office).counted((1, 5, 7), "5")
    chair.go(f"/chair/{meeting.id}")
    kept = (
        "document.addEventListener('copy', () => { window.kept = `${getSelection()}` })"
    )
    chair.page.evaluate(kept)
    chair.it("copy-announcement").click()
    expect(chair.it("copy-announcement")).to_have_text("Đã chép")
    copied = chair.page.evaluate("window.kept")

    assert copied.startswith("Kính thưa các đồng chí!")
    assert "7 phiếu đồng ý, bằng 77,78%" in copied


def test_a_tie_is_decided_before_the_words_are_there(
    office: Office, chair: Viewer
) -> None:
    meeting = Meeting(office).counted((6, 6, 6), "5")
    chair.go(f"/chair/{meeting.id}")
    expect(chair.it("tie-1")).to_be_visible()
    expect(chair.it("announcement")).to_have_count(0)
    chair.pictures("tie-undecided")
    chair.it("tie-choose-1").check()
    chair.it("tie-choose-3").check()
    chair.it("tie-head-name").fill(HEAD["head_name"])
    chair.it("tie-confirm").click()
    expect(chair.it("announcement-text")).to_contain_text("quyết định chọn")


def pick(chair: Viewer, view: str) -> None:
    chair.it(f"room-{view}").click()
    expect(chair.it(f"room-{view}")).to_have_attribute("aria-pressed", "true")


def press(chair: Viewer, button: str) -> None:
    """Press what asks first, and say yes."""
    before = chair.it("chair-page").get_attribute("data-phase")
    chair.it(button).click()
    chair.it(f"{button}-confirm").click()
    expect(chair.it("chair-page")).not_to_have_attribute("data-phase", before or "")
