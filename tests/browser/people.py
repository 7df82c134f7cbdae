"""The people of a conference, each in a browser context of their own."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    expect,
)

from web.launcher.cluster import Cluster

LANDSCAPE = {"width": 1280, "height": 800}
PORTRAIT = {"width": 800, "height": 1280}
PROJECTOR = {"width": 1600, "height": 900}
PATIENCE = 30_000  # milliseconds, on a machine that does much else
_FLAGS = [
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class House:
    """The building: browsers, and who said what in their consoles."""

    def __init__(self, chromium: Playwright, cluster: Cluster, pictures: Path) -> None:
        self.cluster = cluster
        self.pictures = pictures
        self.complaints: list[str] = []
        self._chromium = chromium
        self._stack = ExitStack()
        self._browser = self._launch([])

    def close(self) -> None:
        self._stack.close()

    def page(self, size: dict[str, int], *, camera: Path | None = None) -> Page:
        """Open a fresh browser context; with `camera`, one that sees this video."""
        browser = self._launch(_camera(camera)) if camera else self._browser
        context = browser.new_context(viewport=size, locale="vi-VN")
        if camera:
            context.grant_permissions(["camera"])
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: said.type == "error" and self._note(said),
        )
        return page

    def _note(self, said: ConsoleMessage) -> None:
        path = urlsplit(said.location["url"]).path
        self.complaints.append(f"{path}: {said.text}")

    def picture(self, page: Page, name: str) -> None:
        page.evaluate("document.fonts.ready")
        page.screenshot(path=self.pictures / f"{name}.png")

    def _launch(self, flags: list[str]) -> Browser:
        browser = self._chromium.chromium.launch(
            executable_path="/usr/bin/chromium", args=_FLAGS + flags
        )
        self._stack.callback(browser.close)
        return browser


def _camera(film: Path) -> list[str]:
    return [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]


@dataclass
class Person:
    """Someone at a page. `it` finds what a page calls by a test id."""

    house: House
    page: Page

    def it(self, name: str) -> Locator:
        return self.page.get_by_test_id(name)

    def click(self, name: str) -> None:
        self.it(name).click()

    def fill(self, name: str, text: str) -> None:
        self.it(name).fill(text)

    def sees(self, name: str) -> None:
        expect(self.it(name)).to_be_visible(timeout=PATIENCE)

    def picture(self, name: str) -> None:
        self.house.picture(self.page, name)

    def both_pictures(self, name: str) -> None:
        """Take the page at both tablet sizes."""
        for size in (PORTRAIT, LANDSCAPE):
            self.page.set_viewport_size(size)
            self.page.wait_for_timeout(150)
            self.picture(f"{name}-{size['width']}x{size['height']}")


class Secretary(Person):
    """At the console."""

    uuid = ""
    number = ""

    @classmethod
    def arrive(cls, house: House) -> Self:
        page = house.page(LANDSCAPE)
        page.goto(f"{house.cluster.urls['admin']}/login")
        log_in(page, "secretary", house.cluster.password("admin", "secretary"))
        return cls(house, page)

    def choose(self, procedure: str, step: str, search: str = "") -> None:
        """Choose a procedure in its dialog, and then one of its ballot steps."""
        self.click("change-procedure")
        self.fill("procedure-search", search)
        self.click(f"procedure-{procedure}")
        self.it(f"step-{step}").check()

    def open_conference(self, step: str, members: list[str]) -> None:
        self.click("new-conference")
        self.choose("s000-next-term-onsite", step, "tai cho nhiem ky ke tiep")
        self.fill("title", "Hội nghị tập thể lãnh đạo (lần 2)")
        self.fill("office", "Sở Xây dựng mẫu")
        self.fill("place", "Phòng họp số 2")
        self.fill("position-title", "Phó Giám đốc Sở")
        self.fill("position-term", "2025–2030")
        if self.it("position-quota").is_visible():
            self.fill("position-quota", "2")
        self.create(members)

    def create(self, members: list[str]) -> dict[str, Any]:
        """Name the committee and open the conference; return it."""
        for place, name in enumerate(members):
            self.it("member-name").nth(place).fill(name)
        self.click("create")
        self.sees("path-people")
        self.number = self.page.url.split("/conferences/")[1].split("/")[0]
        state: dict[str, Any] = self.page.request.get(self._api()).json()
        self.uuid = state["uuid"]
        return state

    def go(self, where: str) -> None:
        self.page.goto(
            f"{self.house.cluster.urls['admin']}/conferences/{self.number}/{where}"
        )

    def import_file(self, kind: str, file: Path) -> None:
        self.it(f"import-{kind}").set_input_files(file)

    def print_cards(self, spares: int) -> bytes:
        self.go("cards")
        self.fill("spares", str(spares))
        self.click("print-cards")
        with self.page.expect_download() as saved:
            self.click("save-pdf")
        return Path(saved.value.path()).read_bytes()

    def ask(self, name: str) -> None:
        """Press a button that asks first, and say yes."""
        self.click(name)
        self.click(f"{name}-confirm")

    def pair(self, label: str) -> str:
        self.page.goto(f"{self.house.cluster.urls['admin']}/tablets")
        self.click("pair")
        self.fill("pair-label", label)
        self.click("pair-confirm")
        code = self.it("pairing-code")
        expect(code).not_to_be_empty(timeout=PATIENCE)
        return str(code.text_content()).strip()

    def _api(self) -> str:
        admin = self.house.cluster.urls["admin"]
        return f"{admin}/api/conferences/{self.number}"


class Leader(Person):
    """The head of the counting committee, at the committee's own service."""

    @classmethod
    def arrive(cls, house: House) -> "Leader":
        page = house.page(LANDSCAPE)
        page.goto(f"{house.cluster.urls['tally']}/login")
        log_in(page, "leader", house.cluster.password("tally", "leader"))
        return cls(house, page)

    def hand_out_codes(self, uuid: str, count: int) -> list[str]:
        self.click(f"committee-{uuid}")
        self.click("hand-out-codes")
        self.sees(f"code-{count}")
        return [
            str(self.it(f"code-{place}").text_content())
            for place in range(1, count + 1)
        ]


@dataclass
class Member(Person):
    """A member of the committee; the key card is what they keep on paper."""

    key_card: str = field(default="", repr=False)

    @classmethod
    def join(cls, house: House, code: str) -> "Member":
        page = house.page(LANDSCAPE)
        page.goto(f"{house.cluster.urls['tally']}/join")
        page.get_by_test_id("join-code").fill(code)
        page.get_by_test_id("join-submit").click()
        return cls(house, page)

    def make_key(self) -> None:
        self.click("make-key")
        self.key_card = str(self.it("key-card-text").text_content()).strip()

    def store_key(self) -> None:
        self.fill("key-card-confirm", self.key_card.split("-")[-1])
        self.click("key-card-stored")

    def show_key(self) -> None:
        self.fill("key-card-input", self.key_card)
        self.click("key-card-submit")


class Tablet(Person):
    """A tablet, and whoever stands before it."""

    @classmethod
    def pair(
        cls, house: House, code: str, size: dict[str, int], camera: Path | None = None
    ) -> "Tablet":
        page = house.page(size, camera=camera)
        page.goto(f"{house.cluster.urls['kiosk']}/booth")
        page.get_by_test_id("pair-code").fill(code)
        page.get_by_test_id("pair-submit").click()
        return cls(house, page)

    def type_card(self, card: str) -> None:
        self.click("start")
        self.fill("card-input", card)
        self.click("card-submit")

    def mark(self, marks: list[str]) -> None:
        self.sees("nominee-0-agree")
        for place, mark in enumerate(marks):
            if mark:
                self.click(f"nominee-{place}-{mark}")

    def cast(self) -> str:
        """Check and cast; return the tracker."""
        self.click("review")
        self.click("cast")
        self.sees("tracker")
        return str(self.it("tracker").text_content()).strip()


def log_in(page: Page, username: str, password: str) -> None:
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("button[type=submit]").click()
    page.wait_for_url(lambda url: "/login" not in url)
