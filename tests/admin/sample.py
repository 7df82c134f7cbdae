"""A small conference that a test drives through the API, step by step."""

import csv
import io
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import msgspec
from pypdf import PdfReader

from crypto import credentials, encoding, group, trustees
from tally.verdicts import outcomes
from tests.admin.neighbours import Office
from tests.simulator import hold_ceremony
from web import paper
from web.contracts import (
    CommitteeReady,
    CountRecorded,
    OwnCount,
    SectionResult,
    Verdict,
    ZeroReported,
)
from web.rules import Counts, needed_votes

MEMBERS = ("Trần Mẫu Bình", "Lê Mẫu Chi", "Phạm Mẫu Dung")
DELEGATES = tuple(
    f"{family} {given}"
    for family in ("Nguyễn Văn", "Đỗ Thị", "Đặng Hữu")
    for given in ("Ái", "Bảo", "Cường", "Đức")
)[:9]
NOMINEES = ("Hoàng Giả Long", "Vũ Giả Minh", "Bùi Giả Nga")


def order(step: str = "3", **changes: Any) -> dict[str, Any]:
    """Return the body that opens a conference; changes may be of its one item."""
    item = {
        "procedure": "s000-next-term-onsite",
        "step": step,
        "positions": [{"title": "Phó Giám đốc", "term": "2025-2030", "quota": 2}],
    }
    of_item = {"procedure", "step", "positions", "choices", "instance"}
    item |= {key: changes.pop(key) for key in of_item & changes.keys()}
    return {
        "title": "Hội nghị cán bộ chủ chốt",
        "office": "Sở Mẫu tỉnh Thử",
        "place": "Phòng họp A",
        "starts_at": "2026-11-21T14:00:00+07:00",
        "members": None,
        "items": [item],
        "committee": [{"name": name, "role": "Tổ viên"} for name in MEMBERS],
        "threshold": None,
        **changes,
    }


def sheet(header: tuple[str, ...], rows: list[tuple[object, ...]]) -> bytes:
    """Write what an office would send: CSV as Excel saves it in Vietnam."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([header, *rows])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def delegates_file(names: tuple[str, ...] = DELEGATES) -> bytes:
    return sheet(
        ("STT", "Họ và tên", "Chức vụ", "Đơn vị"),
        [(n, name, "Trưởng phòng", "Sở Mẫu") for n, name in enumerate(names, 1)],
    )


def nominees_file(names: tuple[str, ...] = NOMINEES) -> bytes:
    return sheet(
        ("STT", "Họ và tên", "Năm sinh", "Chức vụ"),
        [(n, name, 1980 + n, "Trưởng phòng") for n, name in enumerate(names, 1)],
    )


@cache
def trustees_text() -> str:
    """Return the outcome of a real 2-of-3 ceremony."""
    parameters = hold_ceremony(3, 2).parameters
    return trustees.write_trustees([trustees.pedersen_group(parameters)]).decode()


@dataclass
class Meeting:
    """One conference on its way; every step checks that it was accepted."""

    office: Office
    id: int = 0
    uuid: str = ""
    sheet: bytes = b""

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes on the cards, read off the sheet by whoever needs them."""
        return tuple(codes_of(self.sheet))

    @property
    def path(self) -> str:
        return f"/api/conferences/{self.id}"

    def post(self, path: str, body: object = None, role: str = "secretary") -> Any:
        answer = getattr(self.office, role).post(f"{self.path}{path}", body)
        assert answer.status_code < 300, answer.get_data(as_text=True)
        return answer.get_json(silent=True)

    def view(self, role: str = "secretary") -> Any:
        return getattr(self.office, role).get(self.path).get_json()

    def create(self, step: str = "3", **changes: Any) -> "Meeting":
        answer = self.office.secretary.post("/api/conferences", order(step, **changes))
        assert answer.status_code == 201, answer.get_data(as_text=True)
        self.id, self.uuid = answer.get_json()["id"], answer.get_json()["uuid"]
        return self

    def upload(self, what: str, data: bytes) -> Any:
        file = {"file": (io.BytesIO(data), f"{what}.csv")}
        return self.office.secretary.post(f"{self.path}/{what}", data=file)

    def fill(self, delegates: tuple[str, ...] = DELEGATES) -> "Meeting":
        assert self.upload("delegates", delegates_file(delegates)).status_code == 200
        assert self.upload("nominees", nominees_file()).status_code == 200
        return self

    def print_cards(self, spares: int = 3) -> "Meeting":
        answer = self.office.secretary.post(f"{self.path}/cards", {"spares": spares})
        assert answer.status_code == 200
        self.sheet = answer.get_data()
        self.__dict__.pop("codes", None)
        return self

    def convene(self) -> "Meeting":
        self.post("/convene")
        text = trustees_text()
        ready = CommitteeReady(text, encoding.fingerprint(text.encode()), MEMBERS)
        answer = self.office.hear("committee.ready", ready, self.uuid)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return self

    def arrive(self, present: int = 7) -> "Meeting":
        for row in self.delegates()[:present]:
            path = f"/delegates/{row['id']}/presence"
            self.post(path, {"presence": "present", "issue": True}, "desk")
        self.post("/roll-call/lock")
        return self

    def delegates(self, text: str = "") -> Any:
        found = self.office.desk.get(f"{self.path}/delegates", query_string={"q": text})
        return found.get_json()["delegates"]

    def seal(self) -> "Meeting":
        self.post("/seal")
        zero = ZeroReported(head="cd" * 32, ballots=0, witnesses=MEMBERS[:2])
        assert self.office.hear("zero.reported", zero, self.uuid).status_code == 200
        return self

    def sealed(self, step: str = "3", **changes: Any) -> "Meeting":
        return (
            self.create(step, **changes).fill().print_cards().convene().arrive().seal()
        )

    def closed(self, cast: int = 7, step: str = "3") -> "Meeting":
        self.sealed(step).post("/open", role="chair")
        self.office.kiosk.cast = cast
        self.post("/close", role="chair")
        return self

    def count(self, *agree: tuple[int, ...], **changes: Any) -> CountRecorded:
        """Return the record that an honest tally would send for these votes.

        Votes are given section by section, in paper order.
        """
        sent = self.office.kiosk.last("paper.sealed")
        election = sent.election.encode()
        content = paper.from_description(msgspec.json.decode(election)["description"])
        view = self.view()
        numbers = view["counts"]
        counts = Counts(numbers["summoned"], numbers["present"], numbers["members"])
        sections = tuple(
            _result(section, votes, counts, numbers["cast"])
            for section, votes in zip(content.sections, agree, strict=True)
        )
        return msgspec.structs.replace(
            CountRecorded(
                fingerprint=view["fingerprint"],
                head="ee" * 32,
                archive="aa" * 32,
                counts=counts,
                printed=numbers["printed"],
                issued=numbers["issued"],
                voided=numbers["voided"],
                cast=numbers["cast"],
                sections=sections,
                opened_by=MEMBERS[:2],
                confirmed_by=MEMBERS[1:],
                own_counts=tuple(OwnCount(name, agrees=True) for name in MEMBERS[1:]),
            ),
            **changes,
        )

    def counted(self, agree: tuple[int, ...] = (1, 5, 7), step: str = "3") -> "Meeting":
        self.closed(step=step)
        return self.told(agree)

    def told(self, *agree: tuple[int, ...]) -> "Meeting":
        """Hear the result of a closed conference from the tally."""
        answer = self.office.hear("count.recorded", self.count(*agree), self.uuid)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return self

    def public(self, code: str) -> str:
        return group.encode_point(credentials.public_credential(self.uuid, code))


def codes_of(pdf: bytes) -> list[str]:
    """Return the codes that somebody could read off, or copy from, the sheet."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    words = " ".join(page.extract_text() for page in pages).split()
    return [word for word in words if len(word) == 25 and word.count("-") == 3]


def _result(
    section: paper.Section, agree: tuple[int, ...], counts: Counts, cast: int
) -> SectionResult:
    needed = needed_votes(section.rule, counts)
    decided = outcomes(section.rule, agree, counts)
    verdicts = tuple(
        Verdict(
            nominee=nominee.id,
            name=nominee.name,
            agree=votes,
            disagree=cast - votes,
            unmarked=0,
            needed=needed,
            base=section.rule.of,
            out_of=counts.of(section.rule.of),
            outcome=outcome,
        )
        for nominee, votes, outcome in zip(
            section.nominees, agree, decided, strict=True
        )
    )
    return SectionResult(title=section.title, rule=section.rule, verdicts=verdicts)
