"""`make run`, as somebody meets it who has five minutes: vote, close, unseal, check."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect
from pypdf import PdfReader

from crypto.audit import audit
from tests.browser import counting_room
from tests.browser.people import (
    LANDSCAPE,
    PATIENCE,
    House,
    Leader,
    Member,
    Person,
    Tablet,
    log_in,
)
from web.launcher.cluster import Cluster
from web.rehearsal import demo
from web.rehearsal.secretary import read_cards

MARK = "TRÌNH DIỄN"
KEY = re.compile(r"\b\w{5}-\w{6}-\w{5}-\w{6}\b")
THRESHOLD = demo.SIZE.threshold


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with Cluster(tmp_path_factory.mktemp("demo"), 0, demo=True) as running:
        running.wait_ready()
        yield running


@pytest.fixture(scope="module")
def guide(cluster: Cluster) -> str:
    return demo.prepare(cluster)


@pytest.fixture(scope="module")
def house(chromium: Playwright, cluster: Cluster, pictures: Path) -> Iterator[House]:
    opened = House(chromium, cluster, pictures)
    yield opened
    opened.close()


def pages_of(file: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(file).pages]


def test_its_papers_lie_ready_and_are_marked(cluster: Cluster, guide: str) -> None:
    folder = cluster.data / "demo"
    codes = (folder / demo.CODES).read_text().split()
    keys = [key for page in pages_of(folder / demo.KEYS) for key in KEY.findall(page)]

    assert sorted(read_cards((folder / demo.CARDS).read_bytes())) == sorted(codes)
    assert len(codes) == demo.SIZE.delegates + demo.SIZE.spares
    assert len(keys) == demo.SIZE.committee
    for name in (demo.CARDS, demo.KEYS):
        assert all(MARK in page for page in pages_of(folder / name))
    assert len(guide.strip().splitlines()) < 12
    for words in ("/demo/booth", codes[0], "/voting", "/join", str(folder.resolve())):
        assert words in guide


def test_a_spare_card_is_voided_by_scanning(
    house: House, cluster: Cluster, guide: str
) -> None:
    desk = at_the_console(house, found_in(guide, r"http\S+/voting"), "desk")
    desk.page.goto(desk.page.url.replace("/voting", "/cards"))
    expect(desk.it("void-send")).to_be_disabled()
    card = read_cards((cluster.data / "demo" / demo.CARDS).read_bytes())[-1]
    desk.page.keyboard.type(f"PK1:{found_in(guide, '(?<=/board/)[^ ]+')}:{card}")
    desk.page.keyboard.press("Enter")  # as a hand scanner does
    expect(desk.it("void-scanned")).to_contain_text("1")
    desk.click("void-send")
    expect(desk.it("count-voided")).to_have_text("1", timeout=PATIENCE)


def test_a_delegate_is_found_without_diacritics(house: House, guide: str) -> None:
    desk = at_the_console(house, found_in(guide, r"http\S+/voting"), "desk")
    desk.page.goto(desk.page.url.replace("/voting", "/roll-call"))
    rows = desk.page.locator("[data-testid^=delegate-]")
    expect(rows).to_have_count(demo.SIZE.delegates)
    name = str(rows.nth(7).locator(".person").text_content())
    spelled = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    plain = "".join(sign for sign in spelled if sign.isascii())
    desk.it("search").press_sequentially(plain.lower())
    expect(rows).not_to_have_count(demo.SIZE.delegates)
    expect(rows.first).to_contain_text(name)
    assert plain != name


def test_it_is_voted_closed_unsealed_and_checked(
    house: House, cluster: Cluster, guide: str
) -> None:
    assert MARK in guide
    folder = cluster.data / "demo"
    codes = (folder / demo.CODES).read_text().split()
    tablet = Tablet(house, house.page(LANDSCAPE))
    tablet.page.goto(f"{cluster.urls['kiosk']}/demo/booth")
    tablet.sees("start")
    expect(tablet.page.locator("body")).to_contain_text(MARK)
    tablet.type_card(codes[0])
    tablet.mark(["agree", "disagree", "agree"])
    tablet.cast()

    close(house, found_in(guide, r"http\S+/voting"))
    leader, members, names = join(house, pages_of(folder / demo.KEYS))
    leader.click("tell-numbers")
    for member, name in zip(members, names, strict=True):
        expect(member.it("own-count")).to_have_attribute(
            "data-good", "true", timeout=PATIENCE
        )
        member.click("unseal")
        expect(members[-1].it("awaited")).to_contain_text(name, timeout=PATIENCE)
        member.show_key()
        if member is not members[-1]:  # then the totals' confirmations are awaited
            expect(members[-1].it("awaited")).not_to_contain_text(
                name, timeout=PATIENCE
            )
    counting_room.confirm_and_close(members, leader)
    members[0].sees("recorded")

    with members[0].page.expect_download() as saved:
        members[0].click("archive")
    report = audit(Path(saved.value.path()).read_bytes())
    assert report.valid
    assert report.result is not None
    marks = [[1, 0], [0, 1], [1, 0]]
    assert report.result == marks + [[0, 0]] * (demo.SIZE.nominees - len(marks))
    assert house.complaints == []


def found_in(guide: str, pattern: str) -> str:
    found = re.search(pattern, guide)
    assert found is not None
    return found[0]


def at_the_console(house: House, page: str, username: str) -> Person:
    person = Person(house, house.page(LANDSCAPE))
    person.page.goto(page)
    log_in(person.page, username, house.cluster.password("admin", username))
    assert person.page.url == page
    return person


def close(house: House, page: str) -> None:
    """Follow the printed address: it leads over the login to the page it names."""
    secretary = at_the_console(house, page, "secretary")
    expect(secretary.page.locator("body")).to_contain_text(MARK)
    expect(secretary.it("turnout-cast")).to_have_text("1", timeout=PATIENCE)
    secretary.click("close-voting")
    secretary.click("close-voting-confirm")


def join(house: House, cards: list[str]) -> tuple[Leader, list[Member], list[str]]:
    leader = Leader.arrive(house)
    expect(leader.page.locator("body")).to_contain_text(MARK)
    leader.page.locator("[data-testid^=committee-]").click()
    leader.it("leader-tools").locator("summary").click()
    members, names = [], []
    keys = [key for page in cards for key in KEY.findall(page)]
    for index in range(1, THRESHOLD + 1):
        names.append(str(leader.it(f"new-code-{index}").text_content()))
        leader.click(f"new-code-{index}")
        code = str(leader.it(f"code-{index}").text_content())
        member = Member.join(house, code)
        member.key_card = keys[index - 1]
        members.append(member)
    return leader, members, names
