"""The committee's result page, for a sitting with ballots of several kinds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.paper import as_printed, lines_of, out_of_place
from tests.browser.people import LANDSCAPE, PATIENCE, House, Person
from web.rehearsal import delegates
from web.rehearsal.conference import now
from web.rehearsal.people import Invention
from web.rehearsal.plan import Item, Plan, Post
from web.rehearsal.room import Room
from web.rehearsal.sitting import Sitting, Size

SIZE = Size(delegates=6, committee=3, threshold=2, tablets=1)
STAYS = Post("Phó Cục trưởng", "2021–2026")
COMES = Post("Trưởng phòng", "2025–2030", quota=1)
ASKED = Post("Phó Trưởng phòng", "2025–2030", quota=2)
YES, NO, OPEN = [1, 0], [0, 1], [0, 0]
# Two to be removed, three for one place, two of whom the votes are only noted.
MARKS = [
    [YES, NO, YES, YES, NO, OPEN, YES],
    [YES, NO, YES, YES, NO, OPEN, NO],
    [YES, YES, YES, YES, NO, OPEN, NO],
    [YES, YES, YES, YES, OPEN, OPEN, NO],
    [YES, OPEN, NO, NO, YES, OPEN, NO],
    [NO, OPEN, NO, NO, YES, OPEN, NO],
]


def item(console: Any, procedure: str, step: str, post: Post, **chosen: Any) -> Item:
    """Choose what the document leaves unstated, and nothing else."""
    steps = console.get(f"/api/procedures/{procedure}")["steps"]
    (known,) = [each for each in steps if each["id"] == step]
    usual = {"quorum": "2/3", "held": True, "secret": True, "announced": False}
    choices = {key: (usual | chosen)[key] for key in known["unstated"]}
    return Item(procedure, step, (post,), choices)


@pytest.fixture
def counted(house: House) -> Iterator[Sitting]:
    room = Room(house.cluster, Invention(11))
    sitting = Sitting(room, SIZE, lambda _stage, _share: None)
    cuc = "s004-cuc-annual-onsite"
    items = (
        item(room.console, cuc, "B1", STAYS),
        item(room.console, cuc, "B4", COMES),
        item(room.console, "s003-annual-06hd2017", "2", ASKED, rule="none"),
    )
    plan = Plan("Hội nghị nhiều nội dung", "Cục mẫu", "Hội trường", now(), items)
    people = room.invention.people
    sitting.secretary.create(plan, people(SIZE.committee), SIZE.threshold)
    nominees = {post.title: people(n) for post, n in ((STAYS, 2), (COMES, 3))}
    sitting.secretary.import_nominees(nominees | {ASKED.title: people(2)})
    sitting.secretary.import_delegates(people(SIZE.delegates))
    sitting.print_cards()
    sitting.make_key()
    sitting.seal()
    cards, election = sitting.hand_out(), sitting.election()
    sitting.open()
    votes = delegates.seal_all(election, cards, MARKS)
    delegates.cast_all(sitting.pair(), sitting.secretary.uuid, votes)
    sitting.count()
    yield sitting
    room.close()


def test_every_section_has_its_own_words(house: House, counted: Sitting) -> None:
    member = counted.members[0]
    page = house.page(LANDSCAPE)
    host = urlsplit(house.cluster.urls["tally"]).hostname
    page.context.add_cookies(
        [
            {"name": c.name, "value": c.value or "", "domain": host, "path": "/"}
            for c in member.client._http.cookies.jar
        ]
    )
    page.goto(f"{house.cluster.urls['tally']}/")
    result = Person(house, page).it("result")
    expect(result).to_be_visible(timeout=PATIENCE)

    parts = result.locator("h2.part")
    expect(parts).to_have_count(3)  # two steps of one procedure have heads apart
    remove, introduce, noted = (result.locator("article").nth(n) for n in range(3))
    expect(remove.locator("h3")).to_have_text(
        "Đưa ra khỏi quy hoạch: Phó Cục trưởng, nhiệm kỳ 2021–2026"
    )
    expect(remove.locator("thead")).to_contain_text("Không đồng ý đưa ra")
    assert remove.locator(".tag").all_text_contents() == [
        "Đủ tỷ lệ đề nghị đưa ra",
        "Không đủ tỷ lệ đưa ra",
    ]
    expect(introduce.locator("thead")).not_to_contain_text("đưa ra")
    assert introduce.locator(".tag").all_text_contents() == [
        "Bằng phiếu, Thủ trưởng đơn vị quyết định",
        "Bằng phiếu, Thủ trưởng đơn vị quyết định",
        "Không đạt",
    ]
    expect(noted).to_contain_text("Văn bản không quy định tỷ lệ")
    assert noted.locator(".tag").all_text_contents() == ["Đã ghi nhận"] * 2
    person = Person(house, page)
    # This browser counts every style of ballot as the service did.
    expect(person.it("agreement")).to_have_attribute(
        "data-agreement", "agree", timeout=PATIENCE
    )
    person.both_pictures("committee-several-ballots")
    with page.expect_download() as saved:
        remove.get_by_test_id("download-table").click()
    lines = lines_of(Path(saved.value.path()))
    assert [line[1:4] for line in lines[4:6]] == [[5, 1, 0], [2, 2, 2]]
    with as_printed(page):
        assert out_of_place(page) == []
    page.set_viewport_size({"width": 400, "height": 2600})
    person.picture("committee-several-ballots-narrow")
    assert house.complaints == []
