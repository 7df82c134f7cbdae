"""The tablet in a real browser, against a real kiosk process."""

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, Route, expect

from crypto import ballot
from crypto.tally import read_result
from tests.browser.paper import as_printed, out_of_place
from tests.kiosk.hall import RULE, SealedPaper, list_paper, nominees
from tests.kiosk.served import ServedKiosk
from web.contracts import BoxClose, BoxVoid
from web.paper import Paper, Purpose, Section, Style

LANDSCAPE, PORTRAIT = (1280, 800), (800, 1280)
BOOTH = Path(__file__).parents[2] / "kiosk/static/dist/booth.js"


def three_styles() -> Paper:
    return list_paper(
        sections=(
            Section(
                "Chức danh: Phó Giám đốc Sở",
                Style.AGREE_DISAGREE,
                RULE,
                nominees=nominees(6),
            ),
            Section(
                "Chức danh: Trưởng phòng",
                Style.SELECT,
                RULE,
                nominees=nominees(4, 6),
                maximum=2,
            ),
            Section("Thông qua danh sách bổ sung", Style.MOTION, RULE),
        )
    )


INTRODUCED, REVIEWED = (
    "Giới thiệu quy hoạch nhiệm kỳ 2025–2030",
    "Rà soát, bổ sung quy hoạch hằng năm",
)
REMOVED = "Đưa ra khỏi quy hoạch"


def two_parts() -> Paper:
    """S004: the annual review's ballot in the same sitting as the next term's.

    The same position stands in both, once to introduce and once to remove.
    """
    deputies, heads = "Phó Giám đốc Sở", "Giám đốc Sở"
    return list_paper(
        title="Hội nghị cán bộ chủ chốt",
        sections=(
            Section(
                deputies,
                Style.AGREE_DISAGREE,
                RULE,
                term="2025–2030",
                nominees=nominees(2),
                part=INTRODUCED,
            ),
            Section(
                heads,
                Style.SELECT,
                RULE,
                term="2026–2031",
                nominees=nominees(3, 2),
                maximum=2,
                part=INTRODUCED,
            ),
            Section(
                deputies,
                Style.AGREE_DISAGREE,
                RULE,
                term="2021–2026",
                nominees=nominees(3, 3),
                part=REVIEWED,
                purpose=Purpose.REMOVE,
            ),
            Section("Thông qua danh sách bổ sung", Style.MOTION, RULE, part=REVIEWED),
        ),
    )


def longest() -> Paper:
    """Six sections with sixty nominees and the longest words that occur."""
    longest = "Phó Trưởng phòng Quản lý chất lượng công trình xây dựng và hạ tầng"
    lists = [
        Section(
            longest,
            Style.AGREE_DISAGREE,
            RULE,
            term="2025–2030",
            nominees=nominees(15, 15 * n),
            part=(INTRODUCED, REVIEWED)[n // 2],
            purpose=(Purpose.INTRODUCE, Purpose.REMOVE)[n // 2],
        )
        for n in range(4)
    ]
    chosen = Section(
        longest, Style.SELECT, RULE, nominees=nominees(6, 60), maximum=5, part=REVIEWED
    )
    motion = Section(longest, Style.MOTION, RULE, part=REVIEWED)
    return list_paper(sections=(*lists, chosen, motion))


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedKiosk]:
    assert BOOTH.is_file(), "build the pages first: make frontend"
    with ServedKiosk(tmp_path_factory.mktemp("booth") / "kiosk") as kiosk:
        yield kiosk


@pytest.fixture(scope="module")
def vote(kiosk: ServedKiosk) -> SealedPaper:
    sealed = SealedPaper(three_styles(), cards=20)
    kiosk.seal(sealed)
    kiosk.open(sealed)
    return sealed


@pytest.fixture(scope="module")
def cards() -> Iterator[int]:
    """Every test takes the next card."""
    return itertools.count()


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(
        executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
        args=["--no-sandbox"] if os.geteuid() == 0 else [],
    )
    yield browser
    browser.close()


class Booth:
    """A paired tablet's page, and what a delegate does at it."""

    def __init__(self, page: Page, kiosk: ServedKiosk, vote: SealedPaper) -> None:
        self.page, self.kiosk, self.vote = page, kiosk, vote
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def at(self, testid: str) -> Locator:
        return self.page.get_by_test_id(testid)

    def press(self, *testids: str) -> None:
        for testid in testids:
            self.at(testid).click()

    def pair(self) -> None:
        self.page.goto(f"{self.kiosk.url}/booth")
        self.at("pair-code").fill(self.kiosk.pairing_code())
        self.press("pair-submit")
        self.at("start").wait_for()

    def show(self, card: int, vote: SealedPaper | None = None) -> None:
        sealed = vote or self.vote
        self.press("start")
        self.at("card-input").fill(f"PK1:{sealed.uuid}:{sealed.credentials[card]}")
        self.press("card-submit")

    def to_review(self) -> None:
        self.press("next-section", "next-section", "motion-7-for", "review")

    def marks(self) -> list[str]:
        pressed = self.page.locator('button[aria-pressed="true"]')
        return [str(one.get_attribute("data-testid")) for one in pressed.all()]

    def cast(self) -> int:
        path = f"{self.kiosk.url}/api/board/{self.vote.uuid}"
        return int(httpx.get(path, trust_env=False).json()["cast"])


@pytest.fixture
def booth(
    chromium: Browser, kiosk: ServedKiosk, vote: SealedPaper, request: Any
) -> Iterator[Booth]:
    width, height = getattr(request, "param", LANDSCAPE)
    context = chromium.new_context(
        viewport={"width": width, "height": height}, has_touch=True, locale="vi-VN"
    )
    booth = Booth(context.new_page(), kiosk, vote)
    booth.pair()
    yield booth
    context.close()
    assert booth.faults == []


def stored(page: Page) -> object:
    return page.evaluate(
        """async () => [
            {...localStorage}, {...sessionStorage}, document.cookie,
            await indexedDB.databases(), await caches.keys(),
        ]"""
    )


@pytest.mark.parametrize("booth", [LANDSCAPE, PORTRAIT], indirect=True)
def test_a_delegate_votes_and_finds_the_ballot_on_the_board(
    booth: Booth, cards: Iterator[int]
) -> None:
    before = booth.cast()
    booth.show(next(cards))
    booth.press("nominee-0-agree", "nominee-1-disagree", "nominee-2-agree")
    booth.press("nominee-2-agree")
    booth.press(
        "next-section", "select-6-1", "next-section", "motion-7-against", "review"
    )
    expect(booth.at("line-0")).to_contain_text("Đồng ý")
    expect(booth.at("line-1")).to_contain_text("Không đồng ý")
    expect(booth.at("unmarked")).to_contain_text("3. Nguyễn Huỳnh Phương Khánh")
    expect(booth.at("unmarked")).not_to_contain_text("Trần Thị Ngọc Ánh")
    booth.press("change-2", "nominee-2-disagree", "review")
    expect(booth.at("line-2")).to_contain_text("Không đồng ý")
    booth.press("cast")

    tracker = booth.at("tracker").inner_text()
    expect(booth.at("recorded")).to_have_text("Phiếu của đồng chí đã được ghi nhận")
    assert booth.cast() == before + 1
    booth.press("done")
    booth.at("start").wait_for()
    booth.page.goto(f"{booth.kiosk.url}/board/{booth.vote.uuid}")
    booth.at("tracker-input").fill(tracker[:8])
    booth.press("tracker-search")
    expect(booth.at("tracker-found")).to_contain_text(tracker)
    expect(booth.at("answer-yes")).to_have_count(0)
    booth.at("tracker-input").fill(tracker)
    booth.press("tracker-search")
    expect(booth.at("answer-yes")).to_contain_text("Có. Lá phiếu này đang nằm")
    expect(booth.at("answer-yes")).to_contain_text("sẽ được đếm")
    booth.at("tracker-input").fill(tracker[::-1])
    booth.press("tracker-search")
    expect(booth.at("answer-no")).to_contain_text("báo ngay cho tổ kiểm phiếu")
    booth.page.get_by_role("heading", level=1).click()
    booth.page.keyboard.type(tracker)  # as a hand scanner does
    booth.page.keyboard.press("Enter")
    expect(booth.at("answer-yes")).to_contain_text(tracker)
    with as_printed(booth.page):
        assert out_of_place(booth.page) == []
        expect(booth.at("answer-yes")).to_be_visible()


def test_the_ballot_says_what_was_marked(booth: Booth) -> None:
    """The committee opens the box of a paper of its own, with one ballot inside."""
    sealed = SealedPaper(three_styles(), cards=1)
    booth.kiosk.seal(sealed)
    booth.kiosk.open(sealed)
    booth.show(0, sealed)
    booth.press("nominee-0-agree", "nominee-4-disagree", "next-section")
    booth.press("select-6-0", "select-6-3", "next-section", "motion-7-no_opinion")
    booth.press("review", "cast")
    booth.at("tracker").wait_for()
    path = f"{booth.kiosk.url}/api/board/{sealed.uuid}/events?from=1"
    [event] = httpx.get(path, trust_env=False).json()["events"]
    booth.kiosk.order("box.close", BoxClose(), sealed.uuid)
    raw = event["data"][0].encode()
    assert ballot.tracker(raw) == booth.at("tracker").inner_text()

    assert decrypted(sealed, raw) == [
        *[[1, 0], [0, 0], [0, 0], [0, 0], [0, 1], [0, 0]],
        [1, 0, 0, 1],
        [0, 0, 1],
    ]


def decrypted(sealed: SealedPaper, raw: bytes) -> list[list[int]]:
    """Open a box with this one ballot inside."""
    sealed.cast(raw)
    sealed.finish()
    return [list(row) for row in read_result(sealed.result())]


def test_two_ballots_of_a_sitting_are_one_ballot_on_one_card(booth: Booth) -> None:
    sealed = SealedPaper(two_parts(), cards=1)
    booth.kiosk.seal(sealed)
    booth.kiosk.open(sealed)
    booth.show(0, sealed)
    head = booth.page.locator(".head")
    expect(head).to_contain_text("Phần 1/4")
    expect(head).to_contain_text(INTRODUCED)
    expect(head).to_contain_text("Nhiệm kỳ 2025–2030")
    expect(booth.at("nominee-0-agree")).to_have_text("Đồng ý")
    booth.press("nominee-0-agree", "next-section")
    expect(head).to_contain_text("Nhiệm kỳ 2026–2031")
    expect(head).to_contain_text("Được chọn tối đa 2 người")
    booth.press("select-2-1", "next-section")
    expect(head).to_contain_text("Phần 3/4")
    expect(head).to_contain_text(REVIEWED)
    expect(head.locator("h1")).to_have_text(REMOVED)
    expect(head).to_contain_text("Phó Giám đốc Sở")
    expect(head).to_contain_text("Nhiệm kỳ 2021–2026")
    expect(booth.at("nominee-3-agree")).to_have_text("Đồng ý đưa ra")
    expect(booth.at("nominee-3-disagree")).to_have_text("Không đồng ý")
    expect(booth.at("removal-meaning")).to_contain_text("ra khỏi quy hoạch")
    booth.press("nominee-3-disagree", "nominee-5-agree", "next-section")
    booth.press("motion-6-against", "review")

    parts = [booth.at(f"review-part-{n}") for n in range(2)]
    expect(parts[0].locator("h2")).to_have_text(INTRODUCED)
    expect(parts[0].get_by_test_id("line-0")).to_contain_text("Đồng ý")
    expect(parts[0].get_by_test_id("line-2-1")).to_contain_text("Đã chọn")
    expect(parts[0]).not_to_contain_text("đưa ra")
    expect(parts[1].locator("h2")).to_have_text(REVIEWED)
    expect(booth.at("review-section-2").locator("h3")).to_have_text(REMOVED)
    expect(parts[1].get_by_test_id("line-3")).to_contain_text("Không đồng ý")
    expect(parts[1].get_by_test_id("line-5")).to_contain_text("Đồng ý đưa ra")
    expect(parts[1].get_by_test_id("line-6")).to_contain_text("Không tán thành")
    open_lines = booth.at("unmarked").locator("li")
    expect(open_lines).to_have_count(2)
    expect(open_lines.first).to_contain_text("Phần 1/4 · Phó Giám đốc Sở")
    expect(open_lines.first).to_contain_text("2. Lê Hoàng Đức")
    expect(open_lines.last).to_contain_text(f"Phần 3/4 · {REMOVED} · Phó Giám đốc Sở")
    expect(open_lines.last).to_contain_text("2. Phạm Thái Bình An")
    booth.press("cast")
    booth.at("tracker").wait_for()

    path = f"{booth.kiosk.url}/api/board/{sealed.uuid}/events?from=1"
    [event] = httpx.get(path, trust_env=False).json()["events"]
    booth.kiosk.order("box.close", BoxClose(), sealed.uuid)
    assert decrypted(sealed, event["data"][0].encode()) == [
        *[[1, 0], [0, 0]],
        [0, 1, 0],
        *[[0, 1], [0, 0], [1, 0]],
        [0, 1, 0],
    ]


def test_one_choice_too_many_is_refused_and_nothing_moves(booth: Booth) -> None:
    sealed = SealedPaper(two_parts(), cards=1)
    booth.kiosk.seal(sealed)
    booth.kiosk.open(sealed)
    booth.show(0, sealed)
    booth.press("next-section", "select-2-0", "select-2-2")
    third = booth.at("select-2-1")
    before = third.bounding_box()
    third.click()

    expect(booth.at("select-full")).to_contain_text("đã chọn đủ 2 người")
    assert booth.marks() == ["select-2-0", "select-2-2"]
    assert third.bounding_box() == before
    booth.press("select-2-0", "select-2-1")
    expect(booth.at("select-full")).to_have_count(0)
    assert booth.marks() == ["select-2-1", "select-2-2"]


def test_a_motion_has_to_be_answered(booth: Booth, cards: Iterator[int]) -> None:
    booth.show(next(cards))
    booth.press("next-section", "next-section")
    expect(booth.page.locator(".head h1")).to_have_text("Biểu quyết")
    expect(booth.page.locator(".motion")).to_contain_text("Thông qua danh sách bổ sung")
    booth.press("review")
    expect(booth.at("cast")).to_be_disabled()
    expect(booth.at("unmarked")).to_contain_text("phải chọn một ý kiến")
    booth.press("change-7", "motion-7-against", "motion-7-for", "review")

    expect(booth.at("line-7")).to_contain_text("Tán thành")
    expect(booth.at("cast")).to_be_enabled()


@pytest.mark.parametrize("booth", [LANDSCAPE, PORTRAIT], indirect=True)
def test_the_longest_paper_fits_at_every_size_in_both_languages(booth: Booth) -> None:
    sealed = SealedPaper(longest(), cards=1)
    booth.kiosk.seal(sealed)
    booth.kiosk.open(sealed)
    booth.show(0, sealed)
    booth.at("nominee-0-agree").wait_for()
    for _ in range(2):
        for section in range(6):
            expect(booth.at("place")).to_contain_text(str(section + 1))
            check_sizes(booth, f"section {section}")
            booth.press("next-section") if section < 5 else None
        booth.press("motion-61-for", "review")
        check_sizes(booth, "review")
        expect(booth.at("unmarked").locator("li")).to_have_count(5)
        booth.press("review-back", "motion-61-for", *["previous-section"] * 5)
        booth.press("tool-language")


def test_an_abandoned_ballot_says_so_on_tablet_and_board(
    chromium: Browser, tmp_path: Path
) -> None:
    with ServedKiosk(tmp_path / "kiosk") as kiosk:
        sealed = SealedPaper(two_parts(), cards=1)
        kiosk.seal(sealed)
        kiosk.open(sealed)
        page = chromium.new_page(locale="vi-VN")
        booth = Booth(page, kiosk, sealed)
        booth.pair()
        board = chromium.new_page(locale="vi-VN")
        board.goto(f"{kiosk.url}/board/{sealed.uuid}")
        expect(board.get_by_test_id("board-void")).to_be_hidden()

        kiosk.order("box.void", BoxVoid("Mất điện"), sealed.uuid)

        expect(booth.at("idle-waiting")).to_contain_text("đã bị hủy")
        expect(board.get_by_test_id("board-void")).to_be_visible()
        expect(board.get_by_test_id("board-finished")).to_have_text("Không có kết quả.")
        page.close()
        board.close()
    assert booth.faults == []


def test_an_idle_tablet_wakes_up_when_a_box_opens(booth: Booth) -> None:
    """By the hint: without one it would look again after 20 seconds only."""
    booth.page.wait_for_timeout(1000)
    sealed = SealedPaper(list_paper(1, title="Phiếu vừa mở"), cards=1)
    booth.kiosk.seal(sealed)
    booth.kiosk.open(sealed)

    expect(booth.at("idle-open")).to_contain_text("Phiếu vừa mở", timeout=5000)


def test_news_from_the_server_never_touch_an_open_ballot(booth: Booth) -> None:
    sealed = SealedPaper(three_styles(), cards=1)
    booth.kiosk.seal(sealed)
    booth.kiosk.open(sealed)
    booth.show(0, sealed)
    booth.press("nominee-0-agree", "nominee-3-disagree")
    marked, shown = booth.marks(), booth.page.locator("main").inner_html()

    booth.kiosk.order("box.close", BoxClose(), sealed.uuid)
    for _ in range(5):
        booth.kiosk.seal(SealedPaper(list_paper(1), cards=1))
        booth.page.wait_for_timeout(100)

    assert booth.marks() == marked == ["nominee-0-agree", "nominee-3-disagree"]
    assert booth.page.locator("main").inner_html() == shown
    booth.to_review()
    booth.press("cast")
    expect(booth.at("stopped")).to_contain_text("Hòm phiếu không mở")
    booth.press("stopped-leave")
    booth.at("start").wait_for()


def test_a_lost_network_and_a_lost_answer_end_with_one_ballot(
    booth: Booth, cards: Iterator[int]
) -> None:
    before = booth.cast()
    sent: list[str | None] = []

    def lose_the_answer(route: Route) -> None:
        sent.append(route.request.post_data)
        if len(sent) == 1:
            route.abort()
        elif len(sent) == 2:
            route.fetch()  # the box records it, the tablet never hears
            route.abort()
        else:
            route.continue_()

    booth.page.route("**/ballots", lose_the_answer)
    booth.show(next(cards))
    booth.press("nominee-0-agree")
    booth.to_review()
    booth.press("cast")
    expect(booth.at("waiting")).to_contain_text("Mất kết nối")
    booth.at("tracker").wait_for()

    assert len(sent) == 3
    assert len(set(sent)) == 1
    assert booth.at("tracker").inner_text() == ballot.tracker(str(sent[0]).encode())
    assert booth.cast() == before + 1


def test_a_reload_before_casting_leaves_nothing(
    booth: Booth, cards: Iterator[int]
) -> None:
    card = next(cards)
    booth.show(card)
    booth.press("nominee-0-agree")
    assert booth.marks() == ["nominee-0-agree"]

    empty = [{}, {}, "", [], []]
    assert stored(booth.page) == empty
    booth.page.reload()
    booth.at("start").wait_for()

    assert stored(booth.page) == empty
    booth.show(card)
    booth.at("nominee-0-agree").wait_for()
    assert booth.marks() == []


def test_a_card_that_voted_opens_no_second_ballot(
    booth: Booth, cards: Iterator[int]
) -> None:
    card = next(cards)
    booth.show(card)
    booth.to_review()
    booth.press("cast", "done")
    booth.show(card)

    expect(booth.at("fault")).to_contain_text("Thẻ này đã bỏ phiếu")


def test_a_blank_ballot_is_asked_about_once(booth: Booth) -> None:
    sealed = SealedPaper(list_paper(2), cards=1)
    booth.kiosk.seal(sealed)
    booth.kiosk.open(sealed)
    booth.show(0, sealed)
    booth.press("review", "cast", "blank-back", "cast", "blank-cast")

    booth.at("tracker").wait_for()


def test_a_typed_code_with_strange_letters_says_which(booth: Booth) -> None:
    booth.press("start")
    booth.at("card-input").fill("1O2l")

    expect(booth.at("card-hint")).to_contain_text("O l")
    expect(booth.at("card-submit")).to_be_disabled()


def test_a_typed_code_flows_through_the_boxes(
    booth: Booth, cards: Iterator[int]
) -> None:
    code = booth.vote.credentials[next(cards)]
    booth.press("start")
    booth.at("card-input").press_sequentially("")
    booth.at("card-input").focus()
    for letter in code.replace("-", ""):
        booth.page.keyboard.type(letter)
    booth.press("card-submit")

    booth.at("nominee-0-agree").wait_for()


def test_a_hand_scanner_types_the_card_on_the_idle_screen(
    booth: Booth, cards: Iterator[int]
) -> None:
    code = booth.vote.credentials[next(cards)]
    booth.page.locator("body").click(position={"x": 5, "y": 5})
    booth.page.keyboard.type(f"PK1:{booth.vote.uuid}:{code}")
    booth.page.keyboard.press("Enter")

    booth.at("nominee-0-agree").wait_for()


def test_a_touch_must_begin_and_end_on_the_button(
    booth: Booth, cards: Iterator[int]
) -> None:
    booth.show(next(cards))
    booth.at("nominee-0-agree").wait_for()
    mouse = booth.page.mouse
    agree, other = (centre(booth.at(f"nominee-{n}-agree")) for n in (0, 1))

    for begin, end in ((agree, other), (other, agree), (agree, (5.0, 400.0))):
        mouse.move(*begin)
        mouse.down()
        mouse.move(*end)
        mouse.up()
        assert booth.marks() == []
    mouse.click(*agree)
    assert booth.marks() == ["nominee-0-agree"]


def centre(button: Locator) -> tuple[float, float]:
    box = button.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize("booth", [LANDSCAPE, PORTRAIT], indirect=True)
def test_every_button_is_large_enough_and_nothing_is_cut_off_sideways(
    booth: Booth, cards: Iterator[int]
) -> None:
    check_sizes(booth, "idle")
    booth.press("start")
    check_sizes(booth, "scan")
    booth.press("scan-back")
    booth.show(next(cards))
    booth.at("nominee-0-agree").wait_for()
    check_sizes(booth, "marking")
    booth.press("leave")
    check_sizes(booth, "leave")
    booth.press("leave-stay", "next-section")
    check_sizes(booth, "select")
    booth.press("next-section")
    check_sizes(booth, "motion")
    booth.press("motion-7-for", "review")
    check_sizes(booth, "review")


LARGE_ENOUGH = 80  # pixels: a finger does not grow with the letters
SIZES = """
async (sizes) => {
  const root = document.documentElement;
  const found = [];
  for (const size of sizes) {
    root.dataset.size = size;
    await new Promise((done) => requestAnimationFrame(() => done()));
    const rem = parseFloat(getComputedStyle(root).fontSize);
    for (const one of document.querySelectorAll('button')) {
      const box = one.getBoundingClientRect();
      if (box.width > 0) {
        found.push([size, one.dataset.testid, rem, Math.min(box.width, box.height)]);
      }
    }
    const bodies = document.querySelectorAll(
      '.booth, .head, .foot, .area, .row, .scan, .middle, button, .facts, .place'
    );
    for (const one of bodies) {
      if (one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0) {
        found.push([size, one.className + ' is cut off', rem, 0]);
      }
    }
  }
  root.dataset.size = 'M';
  return found;
}
"""


def check_sizes(booth: Booth, screen: str) -> None:
    """Nothing is cut off sideways and every button can be hit, at every text size."""
    found = booth.page.evaluate(SIZES, ["S", "M", "L", "XL"])
    assert found
    for size, name, rem, least in found:
        wanted = min(3.4 * rem, LARGE_ENOUGH)
        assert least >= wanted - 0.5, f"{screen} {size} {name}"


@pytest.mark.parametrize("booth", [LANDSCAPE, PORTRAIT], indirect=True)
def test_portrait_puts_the_choices_under_the_name(
    booth: Booth, cards: Iterator[int]
) -> None:
    booth.show(next(cards))
    booth.at("nominee-0-agree").wait_for()
    name = booth.page.locator(".row .name").first.bounding_box()
    agree = booth.at("nominee-0-agree").bounding_box()
    disagree = booth.at("nominee-0-disagree").bounding_box()
    assert name is not None
    assert agree is not None
    assert disagree is not None

    assert agree["width"] == pytest.approx(disagree["width"], abs=1)
    size = booth.page.viewport_size
    assert size is not None
    below = agree["y"] >= name["y"] + name["height"]
    assert below == (size["width"] < size["height"])


def test_comfort_is_the_delegate_s_own_and_ends_with_the_session(
    booth: Booth, cards: Iterator[int]
) -> None:
    root = booth.page.locator("html")
    booth.show(next(cards))
    booth.press("nominee-0-agree", "tool-larger", "tool-contrast", "tool-language")
    expect(booth.at("nominee-0-disagree")).to_have_text("Disagree")
    assert root.get_attribute("data-size") == "L"
    assert root.get_attribute("data-contrast") == "high"
    assert booth.marks() == ["nominee-0-agree"]

    booth.press("leave", "leave-confirm")

    expect(booth.at("start")).to_contain_text("Bắt đầu bỏ phiếu")
    expect(root).to_have_attribute("data-size", "M")
    expect(root).to_have_attribute("data-contrast", "normal")


def test_the_big_button_shows_what_is_below(booth: Booth, cards: Iterator[int]) -> None:
    booth.show(next(cards))
    booth.at("more").wait_for()
    expect(booth.at("nominee-5-agree")).not_to_be_in_viewport()
    booth.press("more")

    expect(booth.at("nominee-5-agree")).to_be_in_viewport()
    expect(booth.at("more")).to_have_count(0)


def test_stillness_warns_then_wipes(booth: Booth, cards: Iterator[int]) -> None:
    booth.page.clock.install()
    card = next(cards)
    booth.show(card)
    booth.press("nominee-0-agree")
    booth.page.clock.run_for(5 * 60_000)
    expect(booth.at("idle-warning")).to_be_visible()
    booth.press("idle-stay")
    expect(booth.at("idle-warning")).to_have_count(0)
    assert booth.marks() == ["nominee-0-agree"]

    booth.page.clock.run_for(5 * 60_000)
    expect(booth.at("idle-warning")).to_be_visible()
    booth.page.clock.run_for(46_000)
    booth.at("start").wait_for()
    booth.show(card)
    booth.at("nominee-0-agree").wait_for()
    assert booth.marks() == []


def test_the_last_screen_clears_itself(booth: Booth, cards: Iterator[int]) -> None:
    booth.show(next(cards))
    booth.to_review()
    booth.press("cast")
    booth.at("tracker").wait_for()
    booth.at("start").wait_for(timeout=15_000)

    assert booth.at("tracker").count() == 0
