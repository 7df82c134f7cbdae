"""The console's pages on paper and as spreadsheets, in a real browser.

One console in this process is enough: what prints is its pages' own business.
"""

import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright
from pypdf import PdfReader
from werkzeug.serving import make_server

from admin.app import create_app
from tests.admin.conftest import Ready, open_office, places_in, shut
from tests.admin.sample import Meeting
from tests.browser.paper import as_printed, lines_of, out_of_place
from tests.browser.people import LANDSCAPE, PATIENCE, log_in
from web.contracts import Service
from web.launcher.provision import provision
from web.realtime import hint

DELEGATES = tuple(f"Nguyễn Mẫu {number:02d}" for number in range(1, 81))
AGREE = (40, 50, 60)
HEADER = "Họ và tên"
TITLE = "Hộinghịcánbộchủchốt"  # as `tight` leaves it
NO_PAGES = re.compile(r"/(api|static|i18n|lang|socket)(/|$)|/login|\.\w+$|<path")
SLOW = re.compile(r"\.(woff2|js)$")
NUMBERED = re.compile(r"<int:\w+>")


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meeting]:
    """A demo console: a counted conference of eighty, and a planning round."""
    folder = tmp_path_factory.mktemp("paper")
    logins = provision(list(places_in(folder / "ready").values()), demo=True)
    shut(create_app(folder / "ready" / Service.ADMIN))
    with open_office(folder / "office", Ready(folder / "ready", logins)) as office:
        meeting = Meeting(office).create().fill(DELEGATES).print_cards().convene()
        meeting.arrive(70).seal().post("/open", role="chair")
        office.kiosk.cast = 70
        meeting.post("/close", role="chair")
        office.secretary.post("/api/samples/s002")
        yield meeting.told(AGREE)


@pytest.fixture(scope="module")
def secretary(chromium: Playwright, counted: Meeting) -> Iterator[Page]:
    server = make_server("127.0.0.1", 0, counted.office.app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    browser = chromium.chromium.launch(
        executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
    )
    url = f"http://127.0.0.1:{server.server_port}"
    page = browser.new_context(base_url=url, viewport=LANDSCAPE).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/login")
    login = counted.office.logins["secretary"]
    log_in(page, login.username, login.password)
    yield page
    browser.close()
    server.shutdown()
    server.server_close()


def pages_of(meeting: Meeting) -> list[str]:
    """Every page of the console, found in its own list of routes."""
    known = {"procedure_id": "s000-next-term-onsite", "step": "3"}
    found = []
    for rule in meeting.office.app.url_map.iter_rules():
        path = NUMBERED.sub("1", rule.rule)
        for name, value in known.items():
            path = path.replace(f"<{name}>", value)
        if "GET" in (rule.methods or ()) and not NO_PAGES.search(path):
            found.append(path)
    return sorted(found)


def test_every_page_prints_without_what_only_a_screen_can_do(
    counted: Meeting, secretary: Page
) -> None:
    paths = [path for path in pages_of(counted) if "<" not in path]
    assert len(paths) > 25
    with on_paper(secretary):
        faults = {path: seen for path in paths if (seen := stray(secretary, path))}

    assert faults == {}


@contextmanager
def on_paper(page: Page) -> Iterator[None]:
    """Show a page as it would be printed, without waiting for what it does later."""
    page.route(SLOW, lambda route: route.abort())
    with as_printed(page):
        yield
    page.unroute(SLOW)


def stray(page: Page, path: str) -> list[str]:
    """What a page should not show on paper, or shows beyond the sheet."""
    answer = page.goto(path, wait_until="domcontentloaded")
    assert answer is not None
    if "html" not in answer.headers["content-type"]:
        return []
    return out_of_place(page)


def printed(page: Page, path: str) -> list[str]:
    """The words of each sheet of a printed page."""
    page.goto(path)
    page.evaluate("document.fonts.ready")
    content = page.pdf(prefer_css_page_size=True)
    sheets = PdfReader(io.BytesIO(content)).pages
    assert all(abs(float(sheet.mediabox.width) - 595) < 1 for sheet in sheets)
    return [tight(sheet.extract_text()) for sheet in sheets]


def tight(words: str) -> str:
    """Leave out spaces: a change of font inside a word looks like one."""
    return re.sub(r"\s", "", words)


def test_a_long_list_repeats_its_header_and_names_every_sheet(
    counted: Meeting, secretary: Page
) -> None:
    sheets = printed(secretary, f"/conferences/{counted.id}/people")

    assert 2 < len(sheets) < 5
    for number, sheet in enumerate(sheets, 1):
        assert tight(HEADER) in sheet
        assert f"{number}/{len(sheets)}" in sheet
        assert re.search(r"Inlúc\d\d:\d\d,\d\d/\d\d/\d{4}", sheet)
        assert "TRÌNHDIỄN" in sheet
        assert "Tảibảng" not in sheet
        assert "Đăngxuất" not in sheet
    words = "\n".join(sheets)
    assert TITLE in sheets[0]
    assert [words.count(tight(name)) for name in DELEGATES] == [1] * len(DELEGATES)


@pytest.mark.parametrize(
    ("page", "most"), [("chair/{}", 2), ("display/{}", 1), ("conferences/{}/count", 2)]
)
def test_a_page_takes_few_sheets(
    counted: Meeting, secretary: Page, page: str, most: int
) -> None:
    sheets = printed(secretary, f"/{page.format(counted.id)}")

    assert len(sheets) <= most
    assert TITLE in sheets[0]


def download(page: Page, place: int = 0) -> tuple[str, list[list[object]]]:
    with page.expect_download() as saved:
        page.get_by_test_id("download-table").nth(place).click()
    return saved.value.suggested_filename, lines_of(Path(saved.value.path()))


def test_a_table_is_downloaded_as_it_is_shown(
    counted: Meeting, secretary: Page
) -> None:
    secretary.goto(f"/conferences/{counted.id}/result")
    name, lines = download(secretary)

    assert name.endswith(".xlsx")
    assert re.fullmatch(r"[a-z0-9-]+\.xlsx", name)
    assert lines[3][:3] == ["STT", HEADER, "Đồng ý"]
    assert [line[2] for line in lines[4:7]] == list(AGREE)
    assert lines[4][1] == "Hoàng Giả Long"


def test_a_list_that_is_a_table_in_meaning_is_downloaded_too(secretary: Page) -> None:
    secretary.goto("/")
    name, lines = download(secretary)

    assert name == "hoi-nghi.xlsx"
    row = dict(zip(lines[3], lines[4], strict=True))
    assert row["Hội nghị"] == "Hội nghị cán bộ chủ chốt"
    assert (row["Được triệu tập"], row["Có mặt"]) == (80, 70)


def test_the_offer_keeps_a_live_page_as_it_is(
    counted: Meeting, secretary: Page
) -> None:
    """What we add under a table is no change that the server made."""
    secretary.goto(f"/chair/{counted.id}", wait_until="networkidle")
    secretary.get_by_test_id("download-table").first.wait_for()
    secretary.evaluate("document.querySelector('table').marked = true")
    with (
        secretary.expect_response(lambda one: one.url.endswith(f"/chair/{counted.id}")),
        counted.office.app.app_context(),
    ):
        hint(f"conference:{counted.id}")
    secretary.wait_for_timeout(200)

    assert secretary.evaluate("document.querySelector('table').marked")


def test_the_room_s_display_offers_nothing(counted: Meeting, secretary: Page) -> None:
    secretary.goto(f"/display/{counted.id}", wait_until="networkidle")

    assert secretary.get_by_test_id("download-table").count() == 0
