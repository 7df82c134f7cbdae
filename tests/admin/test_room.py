"""The room's display: several ballots, long lists page by page, ties, removals."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from tests.admin.in_browser import serve
from tests.admin.neighbours import Office
from tests.admin.sample import Meeting, delegates_file, order, sheet

PROJECTORS = {"1280x720": (1280, 720), "1024x768": (1024, 768)}
HEAD = {"head_name": "Trần Mẫu An", "head_title": "Bí thư", "reason": ""}
PRESENT = 7
GIVEN = (
    "Nguyễn Huỳnh Giả Khánh",
    "Tôn Nữ Giả Thiên Hương",
    "Đinh Giả Y Khoa",
    "Lê Giả Đức",
)


def people(count: int) -> list[str]:
    """Invent names, long ones among them, all different."""
    return [f"{GIVEN[n % 4]} {chr(65 + n // 4)}" for n in range(count)]


def opened(meeting: Meeting, *lists: list[str]) -> Meeting:
    """Fill the paper position by position and open the box."""
    assert meeting.upload("delegates", delegates_file()).status_code == 200
    rows = [(str(n), name) for n, names in enumerate(lists, 1) for name in names]
    paper = sheet(("Chức danh quy hoạch", "Họ và tên"), rows)
    assert meeting.upload("nominees", paper).status_code == 200
    meeting.print_cards().convene().arrive(PRESENT).seal()
    meeting.post("/open", role="chair")
    meeting.office.kiosk.cast = PRESENT
    return meeting


def closed(meeting: Meeting) -> Meeting:
    meeting.post("/close", role="chair")
    return meeting


def single(office: Office, count: int, quota: int = 2, step: str = "5") -> Meeting:
    """Hold one position's ballot, without a tie for its two places."""
    positions = [{"title": "Phó Giám đốc", "term": "2025-2030", "quota": quota}]
    meeting = Meeting(office).create(step, positions=positions)
    closed(opened(meeting, people(count)))
    others = [max(0, 5 - n // 4) for n in range(count)]
    return meeting.told((7, 6, *others)[:count])


def joint(office: Office) -> Meeting:
    """Next term's final ballot and the annual review's removals in one sitting."""
    positions = [
        {"title": "Giám đốc", "term": "2025-2030", "quota": 1},
        {"title": "Phó Giám đốc", "term": "2026-2031", "quota": 2},
    ]
    removals = [{"title": "Phó Giám đốc", "term": "2021-2026"}]
    body = order(
        "5",
        items=[
            {
                "procedure": "s000-next-term-onsite",
                "step": "5",
                "positions": positions,
            },
            {
                "procedure": "s000-annual-onsite",
                "step": "1",
                "positions": removals,
                "choices": {"announced": True, "secret": True},
            },
        ],
    )
    answer = office.secretary.post("/api/conferences", body)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    meeting = Meeting(office, answer.get_json()["id"], answer.get_json()["uuid"])
    return opened(meeting, people(2), people(3), people(2))


def look(meeting: Meeting) -> str:
    answer = meeting.office.chair.get(f"/display/{meeting.id}")
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def said(text: str, testid: str) -> str:
    """Return the words from an element of the display to the next."""
    after = text.split(f'data-testid="{testid}"', 1)[1]
    after = after.split('data-testid="display', 1)[0]
    return re.sub(r"<[^>]*>|^[^>]*>|<[^>]*$", " ", after)


LONG: dict[int, tuple[int, str]] = {
    1: (1, "lines-1"),
    4: (1, "lines-4"),
    10: (1, "lines-7"),
    11: (1, "deep-6"),
    16: (2, "lines-7"),
    40: (3, "deep-7"),
    45: (4, "deep-6"),
    60: (5, "deep-6"),
}


@pytest.mark.parametrize("count", LONG)
def test_a_long_list_is_shown_page_by_page(office: Office, count: int) -> None:
    pages, look_of_it = LONG[count]
    meeting = single(office, count)
    meeting.post("/announce", role="chair")
    text = look(meeting)

    assert text.count('<section class="room-page') == pages
    assert look_of_it in text
    ranks = [int(n) for n in re.findall(r'data-testid="display-1-(\d+)"', text)]
    assert ranks == list(range(1, count + 1))
    assert all(f">{name}<" in text for name in people(count))


def test_sections_stand_under_their_ballots_with_their_rules(office: Office) -> None:
    """A.3: several ballots of one sitting, each with its own rule."""
    meeting = closed(joint(office))
    meeting.told((5, 3), (6, 5, 4), (6, 2))
    meeting.post("/announce", role="chair")
    text = look(meeting)

    parts = re.findall(r'class="room-part">([^<]*)<', text)
    names = [item["procedure_name"] for item in meeting.view()["items"]]
    assert parts == names
    assert "Giám đốc, nhiệm kỳ 2025-2030" in said(text, "display-section-1")
    assert "lấy từ trên xuống 1 người" in said(text, "display-section-1")
    assert "lấy từ trên xuống 2 người" in said(text, "display-section-2")
    removal = said(text, "display-section-3")
    assert "Đưa ra khỏi quy hoạch" in removal
    assert "Phó Giám đốc, nhiệm kỳ 2021-2026" in removal
    assert "Đề xuất đưa ra" in said(text, "display-3-1")
    assert "Không đủ tỷ lệ đưa ra" in said(text, "display-3-2")
    assert "Đạt" not in said(text, "display-3-1")


def test_the_ballots_of_a_sitting_are_named_while_it_votes(office: Office) -> None:
    meeting = joint(office)
    text = look(meeting)
    after = text.split('data-testid="display-ballots"', 1)[1]
    for item in meeting.view()["items"]:
        assert f"<li>{item['procedure_name']}</li>" in after

    assert "display-ballots" not in look(Meeting(office).create("5"))


def test_the_room_waits_with_the_chair_for_the_head(office: Office) -> None:
    """A.2.1 step 5: equal votes at the cut-off wait for the head, without figures."""
    meeting = closed(joint(office))
    meeting.told((5, 5), (6, 5, 4), (6, 2))
    text = look(meeting)
    assert "chờ người đứng đầu quyết định" in said(text, "display-next")
    assert not any(name in text for name in people(3))
    assert "%" not in text

    [tie] = meeting.view()["ties"]
    chosen = [tie["tied"][1]["key"]]
    meeting.post("/ties", {"position": 1, "chosen": chosen, **HEAD}, "chair")
    assert "quyết định" not in said(look(meeting), "display-next")
    meeting.post("/announce", role="chair")

    text = look(meeting)
    rows = {name: said(text, f"display-1-{n}") for n, name in enumerate(people(2), 1)}
    assert "Được chọn khi bằng phiếu" in rows[tie["tied"][1]["name"]]
    assert "không được chọn" in rows[tie["tied"][0]["name"]]


@pytest.mark.parametrize("votes", [(7, 6, 5), (6, 6, 6)], ids=["clear", "tied"])
def test_a_step_that_is_not_announced_shows_no_name_and_no_figure(
    office: Office, votes: tuple[int, ...]
) -> None:
    """S000: the counts of steps 3 and 4 are not announced at their conferences."""
    meeting = Meeting(office).counted(votes, "4")
    for act in (None, "/complete"):
        if act:
            meeting.post(act, role="chair")
        text = look(meeting)
        assert "display-complete" in text
        assert "display-next" not in text
        assert "data-room" not in text
        assert "%" not in text
        told = meeting.office.chair.get(f"{meeting.path}/display").get_json()
        assert (told["result"], told["final"], told["tie_waits"]) == (None, [], "")


def test_an_abandoned_vote_says_that_nothing_is_counted(office: Office) -> None:
    meeting = Meeting(office).sealed()
    meeting.post("/void", {"reason": "Mất điện"}, role="chair")

    assert "Không có phiếu nào được đếm" in look(meeting)


# --- in a real browser -----------------------------------------------------------


@pytest.fixture(params=PROJECTORS.values(), ids=PROJECTORS)
def screen(chromium: Chromium, office: Office, request: Any) -> Iterator[Page]:
    width, height = request.param
    page = chromium.new_page(viewport={"width": width, "height": height})
    page.clock.install()
    page.route("**/*", serve(office))
    yield page
    page.close()


# Letters no smaller than 1/40 of the picture's height, inside their row and the page.
UNREADABLE = """
() => [...document.querySelectorAll('.result-row span, .text-page p, .how p, .how h2')]
  .filter((one) => {
    const at = one.getBoundingClientRect();
    const row = (one.closest('.result-row') ?? one).getBoundingClientRect();
    const main = document.querySelector('main').getBoundingClientRect();
    const small = parseFloat(getComputedStyle(one).fontSize) < innerHeight / 40.5;
    return small || at.top < main.top - 1 || at.bottom > main.bottom + 1
      || at.bottom > row.bottom + 4 || one.scrollWidth > one.clientWidth + 1;
  }).map((one) => one.textContent)
"""


def longest(count: int) -> list[str]:
    """Invent names as long as a name may be."""
    name = "Nguyễn Huỳnh Giả Phương Khánh Công Tằng Tôn Nữ Giả Thiên Hương "
    return [f"{name}{name}"[:116] + f" {n:03}" for n in range(count)]


@pytest.mark.parametrize("count", [1, 3, 10, 14, 60])
def test_every_name_of_an_announced_result_can_be_read(
    office: Office, screen: Page, count: int
) -> None:
    meeting = single(office, count)
    meeting.post("/announce", role="chair")
    screen.goto(f"http://admin.test/display/{meeting.id}")
    screen.get_by_test_id("display-1-1").wait_for()

    assert screen.evaluate(UNREADABLE) == []
    meeting.post("/room", {"shows": "announcement"}, role="chair")
    screen.reload()
    screen.get_by_test_id("display-text-1").wait_for()
    assert screen.evaluate(UNREADABLE) == []


def test_the_longest_names_can_be_read(office: Office, screen: Page) -> None:
    positions = [{"title": "Phó Giám đốc", "term": "2025-2030", "quota": 2}]
    meeting = Meeting(office).create("5", positions=positions)
    opened(meeting, longest(9))
    screen.goto(f"http://admin.test/display/{meeting.id}")
    meeting.post("/room", {"shows": "how_to_vote"}, role="chair")
    screen.get_by_test_id("display-how").wait_for(timeout=10_000)
    assert screen.evaluate(UNREADABLE) == []
    closed(meeting).told((7, 6, *[5] * 7)).post("/announce", role="chair")
    for shows, first in (("result", "display-1-1"), ("announcement", "display-text-1")):
        meeting.post("/room", {"shows": shows}, role="chair")
        screen.reload()
        screen.get_by_test_id(first).wait_for()
        assert screen.evaluate(UNREADABLE) == []


def test_pages_turn_by_themselves_and_by_hand(office: Office, screen: Page) -> None:
    meeting = single(office, 45)
    meeting.post("/announce", role="chair")
    screen.goto(f"http://admin.test/display/{meeting.id}")
    turn = screen.get_by_test_id("display-turn")
    shown = [screen.locator(f"[data-testid=display-1-{n}]") for n in (1, 13, 25)]

    expect(turn).to_have_text("Trang 1/4")
    expect(shown[0]).to_be_in_viewport()
    expect(shown[1]).not_to_be_in_viewport()
    screen.clock.run_for(12_100)
    expect(turn).to_have_text("Trang 2/4")
    expect(shown[1]).to_be_in_viewport()
    expect(shown[0]).not_to_be_in_viewport()
    screen.keyboard.press("ArrowRight")
    expect(shown[2]).to_be_in_viewport()
    screen.clock.run_for(6_000)  # refreshed meanwhile, and not turned back
    expect(turn).to_have_text("Trang 3/4")
    expect(shown[2]).to_be_in_viewport()
    screen.keyboard.press("ArrowRight")
    screen.keyboard.press("ArrowRight")
    expect(turn).to_have_text("Trang 1/4")
