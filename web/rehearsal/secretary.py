"""The virtual secretary: imports, prints, takes the roll call, opens and closes."""

import io
import re
from collections.abc import Callable, Sequence

import openpyxl
import pypdf

from crypto.credentials import public_credential
from crypto.encoding import BASE58
from crypto.group import encode_point
from web.rehearsal.client import Client, Json, wait_until
from web.rehearsal.errors import Answered, RehearsalError
from web.rehearsal.people import Person
from web.rehearsal.plan import Plan

DELEGATE_HEADERS = ("Họ và tên", "Chức vụ", "Đơn vị")
NOMINEE_HEADERS = (
    "Họ và tên",
    "Năm sinh",
    "Chức vụ",
    "Đơn vị",
    "Chức danh quy hoạch",
)
_CARD = re.compile("-".join(f"[{BASE58}]{{{length}}}" for length in (5, 6, 5, 6)))
_DOCUMENT = re.compile(r'href="(/conferences/[0-9]+/documents/[a-z-]+\.[a-z]+)"')
_BUNDLE_SECONDS = 300.0

Choose = Callable[[Json], list[str]]
HEAD = "Trịnh Hoài Giang"  # invented, as everybody here


def first_of(tie: Json) -> list[str]:
    """Choose, among the tied, those who stand first on the paper."""
    return [line["key"] for line in tie["tied"]][: int(tie["seats"])]


class Secretary:
    """Someone at the console. One conference at a time."""

    def __init__(self, client: Client) -> None:
        """Work with a signed-in client of the admin service."""
        self._client = client
        self.conference = ""
        self.uuid = ""

    def create(self, plan: Plan, committee: list[Person], threshold: int) -> None:
        """Open the conference; from here on its ballot cards can be printed."""
        made = self._client.post("/api/conferences", plan.order(committee, threshold))
        self.adopt(made)

    def state(self) -> Json:
        """Return the conference as the console sees it."""
        return self._client.get(self._path())

    def import_delegates(self, delegates: list[Person]) -> None:
        """Upload the list of those who are summoned."""
        delegate_rows = [(p.name, p.post, p.unit) for p in delegates]
        self._client.post_file(
            self._path("delegates"),
            "dai-bieu.xlsx",
            spreadsheet(DELEGATE_HEADERS, delegate_rows),
        )

    def import_nominees(self, nominees: dict[str, list[Person]]) -> None:
        """Upload the nominees of each position, by its title or number."""
        nominee_rows = [
            (p.name, p.birth_year, p.post, p.unit, title)
            for title, people in nominees.items()
            for p in people
        ]
        self._client.post_file(
            self._path("nominees"),
            "nhan-su.xlsx",
            spreadsheet(NOMINEE_HEADERS, nominee_rows),
        )

    def print_cards(self, spares: int) -> bytes:
        """Return the sheet of ballot cards, the only place of their secrets."""
        return self._client.post_for_bytes(self._path("cards"), {"spares": spares})

    def convene(self) -> None:
        """Ask the counting committee to make its key."""
        self._client.post(self._path("convene"))

    def await_committee(self) -> None:
        """Wait until the committee has made and tried its key."""
        wait_until("the committee's key", lambda: self.state()["committee"]["ready"])

    def take_roll_call(self, present: int) -> None:
        """Mark the first `present` delegates present, a card each; others absent."""
        listed = self._client.get(self._path("delegates"))["delegates"]
        for index, delegate in enumerate(listed):
            here = index < present
            self._client.post(
                self._path(f"delegates/{delegate['id']}/presence"),
                {
                    "presence": "present" if here else "absent",
                    "reason": "" if here else "đi công tác",
                    "issue": here,
                },
            )
        self._client.post(self._path("roll-call/lock"))

    def void_cards(self, cards: list[str]) -> None:
        """Void cards that were not handed out, by what is public of them."""
        public = [encode_point(public_credential(self.uuid, one)) for one in cards]
        self._client.post(self._path("cards/void"), {"credentials": public})

    def seal(self) -> None:
        """Seal the ballot paper."""
        self._client.post(self._path("seal"))

    def await_zero_report(self) -> None:
        """Wait until the committee has seen the empty box."""
        wait_until("the zero report", lambda: self.state()["zero_reported"])

    def open(self) -> None:
        """Open the vote, knowing what a small group's result may give away."""
        self._client.post(self._path("open"), {"acknowledged": True})

    def close(self) -> None:
        """Close the vote."""
        self._client.post(self._path("close"))

    def await_result(self) -> Json:
        """Wait for the signed result record and return the conference with it."""

        def counted() -> Json:
            state = self.state()
            return state if state["result"] else {}

        return wait_until("the signed result", counted)

    def publish(self) -> None:
        """Announce a final step's result; complete any other step."""
        final = self.state()["announced"]
        self._client.post(self._path("announce" if final else "complete"))
        if self.state()["state"] != "published":
            raise RehearsalError("the result was not published")

    def adopt(self, made: Json) -> None:
        """Go on with a conference that was opened: its number and its election."""
        self.conference, self.uuid = str(made["id"]), str(made["uuid"])

    def choose_letterhead(self, order: Json) -> None:
        """Give a unit its letterhead, if it has none yet."""
        try:
            self._client.post("/api/letterheads", order)
        except Answered as refusal:
            if refusal.code != "letterhead_twice":
                raise

    def fill_in(self, details: Json) -> None:
        """Add what documents need and no service knows."""
        self._client.post(self._path("details"), details)

    def documents(self) -> dict[str, bytes]:
        """Download every document that the console's page offers, by its name."""
        page = self._client.get_bytes(f"/conferences/{self.conference}/documents")
        links = dict.fromkeys(_DOCUMENT.findall(page.decode()))
        if not links:
            raise RehearsalError("the console offers no document")
        return {link.rpartition("/")[2]: self._client.get_bytes(link) for link in links}

    def bundle(self) -> bytes:
        """Let the console make the sealed bundle, and take it."""
        job = f"/api/jobs/{self._client.post(self._path('bundle'))['job']}"

        def finished() -> Json:
            told = self._client.get(job)
            return told if told["done"] else {}

        told = wait_until("the sealed bundle", finished, seconds=_BUNDLE_SECONDS)
        if told["error"]:
            raise RehearsalError(str(told["error"]))
        return self._client.get_bytes(f"{job}/file")

    def prepare_next(self, order: Json) -> Json:
        """Open the next step's conference before this one is counted."""
        return self._client.post(self._path("prepare-next"), order)

    def go_on(self, order: Json) -> Json:
        """Put those who passed on the next step's paper."""
        return self._client.post(self._path("next"), order)

    def decide_ties(self, chair: Client, choose: Choose = first_of) -> list[Json]:
        """Let the head decide, at the chair's desk, every tie at a cut-off.

        Returns:
            The ties that were there to decide.
        """
        ties = [tie for tie in self.state()["ties"] if tie["decision"] is None]
        for tie in ties:
            chair.post(self._path("ties"), _decision(tie, choose(tie)))
        return ties

    def _path(self, rest: str = "") -> str:
        path = f"/api/conferences/{self.conference}"
        return f"{path}/{rest}" if rest else path


def spreadsheet(headers: Sequence[str], rows: Sequence[Sequence[str | int]]) -> bytes:
    """Return an XLSX file, as an office would have typed it."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    for row in [headers, *rows]:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read_cards(sheet: bytes) -> list[str]:
    """Read the codes off a sheet of ballot cards, as a delegate reads one.

    Raises:
        RehearsalError: the sheet has no readable code.
    """
    pages = pypdf.PdfReader(io.BytesIO(sheet)).pages
    found = [code for page in pages for code in _CARD.findall(page.extract_text())]
    cards = list(dict.fromkeys(found))
    if not cards:
        raise RehearsalError("the sheet of ballot cards has no readable code")
    return cards


def _decision(tie: Json, chosen: list[str]) -> Json:
    return {
        "position": tie["position"],
        "chosen": chosen,
        "head_name": HEAD,
        "head_title": tie["head_title"] or "Người đứng đầu",
        "reason": "theo kinh nghiệm công tác",
    }
