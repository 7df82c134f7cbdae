"""Pages of a planning round, and the chair's page."""

import re

from playwright.sync_api import Error, expect

from tests.browser.people import LANDSCAPE, PATIENCE, House, Person, Secretary, log_in

_NUMBER = re.compile(r"/conferences/(\d+)/")


class Planner(Secretary):
    """The secretary who leads a round, from its page to each conference of it."""

    def open_round(self, number: int) -> None:
        self.page.goto(f"{self.house.cluster.urls['admin']}/rounds/{number}")

    def open_step(self, instance: int, step: str, members: list[str]) -> None:
        """Open the conference of a step from the round's page."""
        self.it(f"do-{instance}-{step}").first.click()
        self.sees("waiting")
        self.both_pictures("round-step")
        self.click("open-conference")
        self.fill("place", "Phòng họp số 2")
        for place, name in enumerate(members):
            self.it("member-name").nth(place).fill(name)
        self.both_pictures("round-new-conference")
        self.click("create")
        self.arrived()

    def go(self, where: str) -> None:
        """Go to a page, though this one may just be refreshing itself."""
        try:
            super().go(where)
        except Error as error:
            if "interrupted by another navigation" not in error.message:
                raise
            super().go(where)
        if not self.page.url.endswith(f"/{where}"):  # its own reload came in between
            super().go(where)

    def arrived(self) -> None:
        """Note which conference this page is about."""
        self.sees("path-people")
        found = _NUMBER.search(self.page.url)
        assert found, self.page.url
        self.number = found[1]

    def verdicts(self, position: int) -> list[str]:
        """What came of everybody on one position's list."""
        rows = self.it(f"result-{position}").locator("[data-testid^=verdict-]")
        return [str(row.get_attribute("data-outcome")) for row in rows.all()]


class Chair(Person):
    """At the chair's page of one conference."""

    @classmethod
    def arrive(cls, house: House) -> "Chair":
        page = house.page(LANDSCAPE)
        page.goto(f"{house.cluster.urls['admin']}/login")
        log_in(page, "chair", house.cluster.password("admin", "chair"))
        return cls(house, page)

    def take(self, conference: str) -> None:
        """Take the chair of a conference."""
        self.page.goto(f"{self.house.cluster.urls['admin']}/chair/{conference}")
        self.sees("chair-page")

    def ask(self, name: str) -> None:
        """Press a button that asks first, and say yes."""
        self.click(name)
        self.click(f"{name}-confirm")

    def sees_phase(self, phase: str) -> None:
        expect(self.it("chair-page")).to_have_attribute(
            "data-phase", phase, timeout=PATIENCE
        )
