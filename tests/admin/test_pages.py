"""The console's pages and the room's display, as a browser gets them."""

import re
from fractions import Fraction
from html.parser import HTMLParser

import pytest

from admin import screens, wording
from admin.path import Page, Standing, steps
from tests.admin.neighbours import Browser, Office
from tests.admin.sample import DELEGATES, NOMINEES, Meeting

PAGES = tuple(page.value for page in Page)
ALL = (*PAGES, "roll-call/list")
NUMBERS = ("summoned", "present", "printed", "issued", "voided", "cast")


class Reader(HTMLParser):
    """What a page holds: elements by test id, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: dict[str, dict[str, str | None]] = {}
        self.forms: list[dict[str, str | None]] = []
        self.words = ""
        self.inline: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("data-testid"):
            self.ids[str(found["data-testid"])] = found
        self.forms += [found] if tag == "form" and "data-planned" in found else []
        self.inline += [name for name, _ in attrs if name.startswith("on")]
        self.inline += ["style"] if tag == "style" or "style" in found else []
        self.inline += ["script"] if tag == "script" and "src" not in found else []

    def handle_data(self, data: str) -> None:
        self.words += data + " "

    def enabled(self, name: str) -> bool:
        return "disabled" not in self.ids[name]


def look(tab: Browser, path: str) -> Reader:
    answer = tab.get(path)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200, text[:2000]
    return Reader(text)


def page(meeting: Meeting, name: str, role: str = "secretary") -> Reader:
    return look(getattr(meeting.office, role), f"/conferences/{meeting.id}/{name}")


def room(meeting: Meeting) -> Reader:
    return look(meeting.office.chair, f"/display/{meeting.id}")


def stages(office: Office) -> list[Meeting]:
    """Return a conference at every point of its way."""
    return [
        Meeting(office).create(),
        Meeting(office).create().fill(),
        Meeting(office).create().fill().print_cards().convene(),
        Meeting(office).create("5").fill().print_cards().convene().arrive(),
        Meeting(office).sealed(),
        Meeting(office).closed(),
        Meeting(office).counted(),
        Meeting(office).counted((1, 5, 7), "5"),
    ]


def test_every_page_shows_at_every_stage_in_both_languages(office: Office) -> None:
    for meeting in stages(office):
        for locale in ("vi", "en"):
            office.secretary.get(f"/lang/{locale}")
            for name in ALL:
                found = page(meeting, name)
                assert not found.inline, f"{name}: {found.inline}"
                assert not re.search(r"\b[a-z_]+\.[a-z_]{3,}\b(?!\.)", _texts(found))
            room(meeting)
        office.secretary.get("/lang/vi")


def _texts(found: Reader) -> str:
    """Return the words without addresses, which look like keys."""
    return re.sub(r"\S*(//|127\.0|\.xlsx|\.pdf)\S*", "", found.words)


@pytest.mark.parametrize("role", ["desk", "chair", "auditor", "administrator"])
def test_the_others_look_and_find_no_open_button(meeting: Meeting, role: str) -> None:
    meeting.create()
    for name in ALL:
        page(meeting, name, role)

    assert not page(meeting, "committee", role).enabled("convene")
    assert "new-conference" not in look(getattr(meeting.office, role), "/").ids


def test_pages_are_not_for_strangers(office: Office) -> None:
    stranger = Browser(office.app)
    for path in ("/", "/conferences/new", "/tablets", "/accounts", "/display/1"):
        answer = stranger.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/login")


def test_only_the_administrator_sees_accounts(office: Office) -> None:
    assert office.secretary.get("/accounts").status_code == 403
    assert "account-secretary" in look(office.administrator, "/accounts").ids


def test_the_six_numbers_stand_in_order_on_every_page(meeting: Meeting) -> None:
    meeting.closed(cast=6)
    for name in PAGES:
        ids = [each for each in page(meeting, name).ids if each.startswith("count-")]
        assert ids == [f"count-{number}" for number in NUMBERS]
    listed = page(meeting, "roll-call/list").words
    assert "Được triệu tập: 9" in re.sub(r"\s+", " ", listed)


def test_a_closed_page_says_what_lacks_and_keeps_its_button_closed(
    meeting: Meeting,
) -> None:
    meeting.create()
    seal = page(meeting, "seal")
    assert not seal.enabled("seal")
    assert "Thẻ phiếu đã in" in seal.words

    voting = page(meeting, "voting")
    assert not voting.enabled("open-voting")
    assert "hòm phiếu trống" in voting.words

    meeting.fill().print_cards().convene().arrive().seal()
    assert page(meeting, "voting").enabled("open-voting")


def test_search_finds_names_without_diacritics(meeting: Meeting) -> None:
    meeting.create().fill()
    found = page(meeting, "roll-call?q=do%20thi%20duc")

    rows = [each for each in found.ids if re.fullmatch(r"delegate-\d+", each)]
    assert len(rows) == 1
    assert "Đỗ Thị Đức" in found.words


def test_what_is_searched_for_is_text_and_not_markup(meeting: Meeting) -> None:
    meeting.create().fill()
    found = page(meeting, "roll-call?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")

    assert not found.inline
    assert found.ids["search"]["value"] == '"><script>alert(1)</script>'


def test_the_list_can_be_narrowed_to_who_is_awaited(meeting: Meeting) -> None:
    meeting.create().fill().print_cards().convene().arrive(7)
    found = page(meeting, "roll-call?show=expected")

    rows = [each for each in found.ids if re.fullmatch(r"delegate-\d+", each)]
    assert len(rows) == len(DELEGATES) - 7


def test_the_seal_page_shows_the_whole_paper_with_its_rule(meeting: Meeting) -> None:
    meeting.create("5").fill()
    words = page(meeting, "seal").words

    for number, name in enumerate(NOMINEES, 1):
        assert f"{number}. {name} (198{number}), Trưởng phòng" in words
    assert "trên 50% số người được triệu tập" in words
    assert "lấy từ trên xuống cho đủ 2 người" in words


def test_no_figure_before_the_record(meeting: Meeting) -> None:
    meeting.closed()
    assert "counting" in page(meeting, "count").ids
    found = page(meeting, "result")
    assert not [each for each in found.ids if each.startswith("verdict-")]
    assert "missing" in found.ids


def test_the_result_names_the_base_of_every_percentage(meeting: Meeting) -> None:
    meeting.counted((1, 5, 7))
    found = page(meeting, "result")

    outcomes = [found.ids[f"verdict-{n}"]["data-outcome"] for n in (1, 2, 3)]
    assert outcomes == ["below", "passed", "passed"]
    assert "Tỷ lệ so với số người có mặt" in found.words
    assert "14,29%" in found.words
    assert "71,43%" in found.words
    assert found.enabled("complete")


def test_the_desk_and_the_administrator_see_no_result(meeting: Meeting) -> None:
    meeting.counted((1, 5, 7))
    for role in ("desk", "administrator"):
        assert "71,43%" not in page(meeting, "result", role).words


def test_the_room_sees_turnout_and_never_a_partial_result(meeting: Meeting) -> None:
    meeting.sealed().post("/open", role="chair")
    meeting.office.kiosk.cast = 4
    found = room(meeting)

    assert found.ids["display"]["data-phase"] == "open"
    assert "display-cast" in found.ids
    assert not any(name in found.words for name in NOMINEES)


def test_the_room_sees_no_figure_of_a_step_that_is_not_announced(
    meeting: Meeting,
) -> None:
    meeting.counted((1, 5, 7))
    for _ in range(2):
        found = room(meeting)
        assert "display-complete" in found.ids
        assert not any(name in found.words for name in NOMINEES)
        assert "%" not in found.words
        if meeting.view()["state"] == "counted":
            meeting.post("/complete", role="chair")


def test_the_room_sees_the_final_result_once_it_is_announced(meeting: Meeting) -> None:
    meeting.counted((1, 5, 7), "5")
    assert "display-counted" in room(meeting).ids
    assert not any(name in room(meeting).words for name in NOMINEES)

    meeting.post("/announce", role="chair")
    found = room(meeting)
    places = [found.words.index(name) for name in reversed(NOMINEES)]
    assert places == sorted(places)  # the most votes first
    assert "77,78%" in found.words


def test_the_next_step_is_offered_once(meeting: Meeting) -> None:
    meeting.counted((1, 5, 7)).post("/complete", role="chair")
    assert page(meeting, "result").enabled("next-step")
    meeting.post("/next", {})

    found = page(meeting, "result")
    assert "next-step" not in found.ids
    assert "next-conference" in found.ids


def test_a_page_shows_though_the_kiosk_does_not_answer(meeting: Meeting) -> None:
    meeting.sealed().post("/open", role="chair")
    meeting.office.kiosk.unplugged = True

    assert "close-voting" in page(meeting, "voting").ids
    assert "tablets-fault" in look(meeting.office.secretary, "/tablets").ids


def test_the_tablets_page_shows_only_the_kiosks_address(office: Office) -> None:
    found = look(office.secretary, "/tablets")

    assert "tablet-t1" in found.ids
    assert {"pair", "pairing-code", "kiosk-qr"} <= found.ids.keys()


def test_the_path_waits_at_the_first_thing_to_do() -> None:
    blank = Standing(
        state="convened",
        summoned=9,
        empty_positions=1,
        printed=12,
        present=0,
        needed_present=6,
        committee_ready=False,
        locked=False,
        zero_reported=False,
    )
    found = steps(blank)

    assert [step.status for step in found[:4]] == ["now", "done", "todo", "todo"]
    assert [check.key for check in found[4].missing] == [
        "need.nominees",
        "need.committee",
    ]


def test_a_percentage_never_contradicts_its_verdict(office: Office) -> None:
    half, third = Fraction(1, 2), Fraction(3, 10)
    with office.app.test_request_context():
        assert wording.percent(Fraction(15, 29), half) == "51,72%"
        assert wording.percent(Fraction(1, 2), half) == "50%"
        assert wording.percent(Fraction(1001, 2001), half) == "50,02%"
        assert wording.percent(Fraction(2999, 10000), third) == "29,99%"


@pytest.mark.parametrize(
    ("state", "announced", "phase"),
    [
        ("convened", True, "waiting"),
        ("open", False, "open"),
        ("closed", False, "counting"),
        ("counted", True, "counted"),
        ("counted", False, "complete"),
        ("published", False, "complete"),
        ("published", True, "announced"),
        ("void", True, "void"),
    ],
)
def test_what_the_room_is_told(state: str, announced: bool, phase: str) -> None:  # noqa: FBT001
    assert screens.phase(state, announced=announced) == phase


def test_the_last_step_asks_for_its_quota_when_it_is_opened(meeting: Meeting) -> None:
    positions = [{"title": "Phó Giám đốc", "term": "2025-2030", "quota": None}]
    meeting.create("4", positions=positions).fill().print_cards().convene().arrive()
    meeting.seal().post("/open", role="chair")
    meeting.office.kiosk.cast = 7
    meeting.post("/close", role="chair")
    meeting.office.hear("count.recorded", meeting.count((1, 5, 7)), meeting.uuid)
    meeting.post("/complete", role="chair")

    found = page(meeting, "result")
    assert found.ids["next-quota"]["data-title"] == "Phó Giám đốc"
    assert "required" in found.ids["next-quota"]
