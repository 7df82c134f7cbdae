"""The form of a new conference and the chair's page, in real browsers."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.people import (
    LANDSCAPE,
    PATIENCE,
    House,
    Person,
    Secretary,
    log_in,
)
from web.rehearsal import delegates
from web.rehearsal.conference import Rehearsal, Size

COMMITTEE = ["Đào Thị Minh Nguyệt", "Phan Quang Bảo", "Tống Khắc Sơn"]
SIZE = Size(
    delegates=6, nominees=6, committee=3, threshold=2, tablets=1, away=0
)  # six nominees make two places
AGREE, DISAGREE = [1, 0], [0, 1]
# One has every vote; two have four for the one place left; four of six is over half.
VOTES = [
    [AGREE] + ([AGREE] * 2 if place < 4 else [DISAGREE] * 2) + [DISAGREE] * 3
    for place in range(6)
]


@pytest.fixture
def secretary(house: House) -> Secretary:
    return Secretary.arrive(house)


def fill_in(secretary: Secretary) -> None:
    secretary.fill("office", "Cục Thi hành án mẫu")
    secretary.fill("place", "Hội trường tầng 3")


def test_a_sitting_of_two_ballots_is_opened_from_one_form(
    secretary: Secretary,
) -> None:
    """A.2.8 B2 is held at the same time as A.2.7 B3: proposed, chosen, opened."""
    secretary.click("new-conference")
    secretary.choose("s004-cuc-next-onsite", "B3", "cuc ke tiep")
    secretary.both_pictures("console-new")
    secretary.it("choose-quorum").select_option("2/3")
    secretary.it("choose-announced").select_option("no")
    secretary.fill("position-title", "Phó Cục trưởng")
    secretary.fill("position-term", "2026–2031")
    expect(secretary.it("position-quota")).to_be_hidden()
    secretary.click("together")

    second = secretary.it("ballot").nth(1)
    expect(second.get_by_test_id("step-B2")).to_be_checked()
    expect(second.get_by_test_id("choose-quorum")).to_have_value("2/3")
    expect(second.get_by_test_id("position-title")).to_have_value("Phó Cục trưởng")
    expect(secretary.it("together").nth(0)).to_be_hidden()
    fill_in(secretary)
    secretary.it("title").fill("Hội nghị cán bộ chủ chốt của Cục")
    secretary.both_pictures("console-new-two-ballots")
    view = secretary.create(COMMITTEE)

    assert [(i["procedure"], i["step"]) for i in view["items"]] == [
        ("s004-cuc-next-onsite", "B3"),
        ("s004-cuc-annual-onsite", "B2"),
    ]
    assert [i["chosen"] for i in view["items"]] == [["quorum", "announced"]] * 2
    assert [p["title"] for p in view["positions"]] == ["Phó Cục trưởng"] * 2


def test_what_a_document_leaves_open_must_be_chosen(secretary: Secretary) -> None:
    """A.2.4 step 3: a threshold of one's own, measured against the members."""
    secretary.click("new-conference")
    secretary.choose("s002-pcvp-annual-2021", "3", "pho chanh van phong")
    fill_in(secretary)
    secretary.fill("position-title", "Phó Chánh Văn phòng")
    secretary.it("choose-rule").select_option("other")
    secretary.it("choose-quorum").select_option("none")
    secretary.it("choose-announced").select_option("no")
    expect(secretary.it("members")).to_be_hidden()
    secretary.it("rule-base").select_option("members")
    secretary.it("rule-strict").select_option("yes")
    secretary.fill("rule-share", "sáu phần mười")
    secretary.fill("members", "15")
    for place, name in enumerate(COMMITTEE):
        secretary.it("member-name").nth(place).fill(name)
    secretary.click("create")
    assert secretary.page.url.endswith("/new")  # the share was not understood
    assert secretary.it("rule-share").evaluate("field => !field.checkValidity()")

    secretary.fill("rule-share", "60%")
    view = secretary.create(COMMITTEE)
    rule = view["positions"][0]["rule"]
    assert (rule["share"], rule["strict"], rule["of"]) == ("3/5", True, "members")
    assert view["counts"]["members"] == 15
    assert view["quorum"]["needed"] == 0


def test_a_ballot_that_is_not_called_secret_is_confirmed_as_secret(
    secretary: Secretary,
) -> None:
    """A.2.2 step 1: "bỏ phiếu" without "kín" must be confirmed as secret."""
    secretary.click("new-conference")
    secretary.choose("s000-annual-onsite", "1", "ra soat tai cho")
    fill_in(secretary)
    secretary.fill("position-title", "Phó Giám đốc Sở")
    secretary.it("choose-announced").select_option("no")
    for place, name in enumerate(COMMITTEE):
        secretary.it("member-name").nth(place).fill(name)
    secretary.click("create")
    assert secretary.page.url.endswith("/new")
    secretary.it("choose-secret").check()
    view = secretary.create(COMMITTEE)

    assert view["items"][0]["purpose"] == "remove"
    assert view["items"][0]["chosen"] == ["secret", "announced"]


# --- the chair's page -------------------------------------------------------------


@pytest.fixture
def tied(house: House) -> Iterator[Rehearsal]:
    """A conference at step 5, counted: two people are tied for one place."""
    rehearsal = Rehearsal(house.cluster, SIZE, step="5")
    rehearsal.until_sealed()
    election, cards = rehearsal.election(), rehearsal.hand_out()
    tablets = rehearsal.pair()
    rehearsal.open()
    votes = delegates.seal_all(election, cards, VOTES)
    delegates.cast_all(tablets, rehearsal.secretary.uuid, votes)
    yield rehearsal
    rehearsal.close()


def take_the_chair(house: House, number: str) -> Person:
    page = house.page(LANDSCAPE)
    admin = house.cluster.urls["admin"]
    page.goto(f"{admin}/login")
    log_in(page, "chair", house.cluster.password("admin", "chair"))
    page.goto(f"{admin}/chair/{number}")
    return Person(house, page)


def ask(chair: Person, summoned: int, present: int, agree: int | str = "") -> None:
    chair.fill("needed-summoned", str(summoned))
    chair.fill("needed-present", str(present))
    chair.fill("needed-agree", str(agree))


def state_of(rehearsal: Rehearsal) -> Any:
    return rehearsal.secretary.state()


def test_the_chair_decides_a_tie_and_announces(house: House, tied: Rehearsal) -> None:
    """A.2.1 step 5: equal votes across the last place, decided by the head."""
    chair = take_the_chair(house, tied.secretary.conference)
    expect(chair.it("chair-cast")).to_contain_text("6", timeout=PATIENCE)
    chair.both_pictures("chair-open")
    calculate(chair)

    tied.count()
    tied.end_count()
    tied.secretary.await_result()
    expect(chair.it("tie-1")).to_be_visible(timeout=PATIENCE)
    expect(chair.it("tie-confirm")).to_be_disabled()
    chair.both_pictures("chair-tie")
    decide(chair)
    chair.click("announce")
    chair.click("announce-confirm")
    expect(chair.it("chair-page")).to_have_attribute(
        "data-phase", "published", timeout=PATIENCE
    )
    chair.both_pictures("chair-published")
    check_minutes(chair, tied)
    keep_committee(Secretary.arrive(house), tied)
    assert house.complaints == []


def calculate(chair: Person) -> None:
    """The vectors of DOMAIN.md A.7 for step 5: over half of the summoned."""
    ask(chair, 30, 20, 15)
    number, verdict = chair.it("needed-number-1"), chair.it("needed-verdict-1")
    expect(number).to_have_text("16", timeout=PATIENCE)
    expect(verdict).to_have_text("15 phiếu: không đạt, còn thiếu 1.")
    expect(chair.it("needed-quorum-1")).to_contain_text("Đủ điều kiện")
    ask(chair, 30, 20, 16)
    expect(verdict).to_have_text("16 phiếu: đạt.")
    ask(chair, 100, 66)
    expect(number).to_have_text("51")
    expect(chair.it("needed-quorum-1")).to_contain_text("Chưa đủ điều kiện")
    ask(chair, 6, 4)
    expect(chair.it("needed-quorum-1")).to_contain_text("Đủ điều kiện")


def decide(chair: Person) -> None:
    chair.it("tie-choose-1").check()
    chair.it("tie-choose-2").check()
    expect(chair.it("tie-confirm")).to_be_disabled()  # one too many
    chair.it("tie-choose-1").uncheck()
    chair.fill("tie-head-name", "Trần Mẫu An")
    expect(chair.it("tie-head-title")).to_have_value("Người đứng đầu")
    chair.fill("tie-reason", "bảo đảm cơ cấu cán bộ nữ")
    chair.click("tie-confirm")
    chair.sees("tie-decided")


def check_minutes(chair: Person, rehearsal: Rehearsal) -> None:
    """The chair finds the final minutes, with the head's decision in them."""
    view = state_of(rehearsal)
    tie = view["ties"][0]
    chosen = [line["name"] for line in tie["tied"]][1]
    assert [line["name"] for line in view["final"][0]["nominees"]][1] == chosen
    chair.click("to-documents")
    minutes = chair.it("paper-bien-ban-kiem-phieu")
    expect(minutes).to_have_attribute("data-paper-state", "final", timeout=PATIENCE)
    chair.both_pictures("documents")
    with chair.page.expect_download() as download:
        chair.click("bien-ban-kiem-phieu-pdf")
    pages = PdfReader(download.value.path()).pages
    words = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert "Trần Mẫu An" in words
    assert chosen in words


def keep_committee(secretary: Secretary, former: Rehearsal) -> None:
    """The same people of the same day go on with the key that they have."""
    secretary.click("new-conference")
    secretary.choose("s000-next-term-onsite", "3")
    fill_in(secretary)
    secretary.fill("position-title", "Phó Giám đốc Sở")
    secretary.it("key-of").select_option(former.secretary.conference)
    expect(secretary.it("member-name").first).to_be_hidden()
    names = [each["name"] for each in state_of(former)["committee"]["members"]]
    for name in names:
        expect(secretary.it("kept-committee")).to_contain_text(name)
    secretary.both_pictures("console-new-kept-committee")
    view = secretary.create([])

    assert view["key_of"] == int(former.secretary.conference)
    assert [each["name"] for each in view["committee"]["members"]] == names
