"""Steps 3 and 4: the room learns that counting is complete, and not one figure.

The figures of this vote occur in no other number of the conference, so that a figure
that gets out is recognised wherever it stands: in a page, in JSON, inside a document,
in a header, in a hint. Every route of the three services is looked behind; one that
asks for something the test does not know makes it fail.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

import httpx
import pytest
from pypdf import PdfReader

from admin.documents.catalogue import DOCUMENTS
from admin.room_views import PICKED
from crypto.archive import read_archive
from crypto.events import EventType
from tests.integration.doors import Door, Values, all_doors
from tests.integration.ears import Ear
from tests.integration.meeting import SMALL, Meeting
from web.contracts import Service
from web.launcher.cluster import Cluster
from web.rehearsal import committee
from web.rehearsal.client import Answered, Client
from web.rehearsal.conference import Size

HALL = Size(delegates=98, nominees=2, committee=3, threshold=2, tablets=3)
AGREE, DISAGREE = 83, 77  # of the first nominee, of the second
MARKS = [
    [[1, 0] if i < AGREE else [0, 1], [0, 1] if i < DISAGREE else [1, 0]]
    for i in range(HALL.present)
]
# Outside of words, longer numbers, hashes and base64; a board counts its heights.
FIGURE = re.compile(rf"(?<![\w+/=.-])(?:{AGREE}|{DISAGREE})(?![\w+/=-])")
HEIGHT = re.compile(r'height\\?":\d+')  # an event may be quoted inside JSON
TELLING = re.compile(
    r'(?:agree|disagree|unmarked)\\?": *[\d{[]'
    "|EncryptedTally|PartialDecryption"
)
COUNTS = (AGREE, HALL.present - AGREE, DISAGREE, HALL.present - DISAGREE)
# 92.2%, 92,22 %: of those present and of those summoned, with one place and two.
SHARES = {
    f"{100 * count / base:.{places}f}".replace(".", "[.,]")
    for count in COUNTS
    for base in (HALL.present, HALL.delegates)
    for places in (1, 2)
}
PERCENT = re.compile(rf"(?<!\d)(?:{'|'.join(sorted(SHARES))})\s?%")
# These number the delegates from 1 to 98: only words can tell something there.
LISTS = {
    "/api/conferences/<int:conference_id>/delegates",
    "/conferences/<int:conference_id>",
    "/conferences/<int:conference_id>/people",
    "/conferences/<int:conference_id>/roll-call/list",
}
ATTENDANCE = "danh-sach-diem-danh"
# What a round holds: the sample round has one of each.
PLANNED = (
    "round_id",
    "unit_id",
    "instance_id",
    "position_id",
    "entry_id",
    "deadline_id",
    "meeting_id",
    "person_id",
)
LAST = "/api/logout"  # after it nobody is known any more
# Of the transport, and so of every answer: the time, the length, the cookie's random.
PLAIN_HEADERS = {"date", "content-length", "etag", "set-cookie"}


@dataclass(frozen=True)
class Visitor:
    """Somebody at one service."""

    name: str
    service: Service
    http: httpx.Client

    def open(self, door: Door, path: str) -> httpx.Response:
        """Look behind a door, or push at it with an order that says nothing."""
        if door.method == "GET":
            params = {"q": "aB3"} if path.endswith("/trackers") else None
            return self.http.get(path, params=params, follow_redirects=True)
        token = self.http.get("/api/session").json()["csrf_token"]
        headers = {"X-CSRF-Token": token}
        return self.http.request(door.method, path, json={}, headers=headers)


@dataclass
class Counted:
    """A conference that was counted, and what was said to everybody meanwhile."""

    meeting: Meeting
    ears: dict[Service, Ear] = field(default_factory=dict)


def figures_in(body: str, *, numbered: bool = False) -> set[str]:
    """What a text tells of the result; a `numbered` list has all numbers."""
    numbers = [] if numbered else FIGURE.findall(HEIGHT.sub("", body))
    return {*numbers, *PERCENT.findall(body), *TELLING.findall(body)}


def words_of(response: httpx.Response) -> str:
    """Everything that an answer says: what is packed is unpacked, headers too."""
    content = response.content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            texts = [parts.read(name).decode("latin-1") for name in parts.namelist()]
        body = re.sub(r"<[^>]*>", " ", " ".join(texts))
    elif content.startswith(b"%PDF"):
        pages = PdfReader(io.BytesIO(content)).pages
        body = "\n".join(page.extract_text() for page in pages)
    else:
        body = content.decode("latin-1")
    said = [f"{k}: {v}" for k, v in response.headers.items() if k not in PLAIN_HEADERS]
    return "\n".join([*said, body])


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> list[Door]:
    found = all_doors(tmp_path_factory.mktemp("doors"))
    return sorted(found, key=lambda door: door.rule == LAST)


def _opened(cluster: Cluster, step: str) -> Meeting:
    meeting = Meeting(cluster, HALL, step)
    meeting.open(MARKS)
    meeting.cast(meeting.votes)
    return meeting


@pytest.fixture(scope="module")
def heard(cluster: Cluster) -> Iterator[Counted]:
    """Step 3, counted and completed, in a house that has a planning round."""
    with Client(cluster.urls["admin"]) as secretary:
        secretary.login("secretary", cluster.password("admin", "secretary"))
        secretary.post("/api/samples/s002", {})
    counted = Counted(meeting := _opened(cluster, "3"))
    topics = {
        Service.ADMIN: f"conference:{meeting.conference}",
        Service.KIOSK: "box",
        Service.TALLY: f"election:{meeting.uuid}",
    }
    for service, topic in topics.items():
        counted.ears[service] = Ear(cluster.urls[service], topic)
    meeting.rehearsal.count()
    for ear in counted.ears.values():
        ear.listen()
    meeting.rehearsal.confirm()
    for service in (Service.ADMIN, Service.TALLY):
        counted.ears[service].listen()
    yield counted
    for ear in counted.ears.values():
        ear.close()
    meeting.leave()


@pytest.fixture(scope="module")
def quiet(heard: Counted) -> Meeting:
    return heard.meeting


@pytest.fixture(scope="module")
def announced(cluster: Cluster) -> Iterator[Meeting]:
    """Step 5, counted and announced."""
    meeting = _opened(cluster, "5")
    meeting.count()
    yield meeting
    meeting.leave()


@pytest.fixture(scope="module")
def neighbour(cluster: Cluster) -> Iterator[httpx.Client]:
    """A member of another committee, which only just met."""
    other = Meeting(cluster, SMALL, "3").rehearsal
    people = other._invention.people(SMALL.committee)
    other.secretary.create(other._plan(), people, SMALL.threshold)
    other.secretary.convene()
    members = committee.join_all(other.room.leader, other.secretary.uuid)
    yield members[0].client._http
    for member in members:
        member.client.close()
    other.close()


@pytest.fixture
def visitors(
    cluster: Cluster, quiet: Meeting, neighbour: httpx.Client
) -> Iterator[list[Visitor]]:
    """Everybody whom the figures of step 3 do not concern."""
    with ExitStack() as stack:

        def visitor(name: str, service: Service) -> Visitor:
            client = stack.enter_context(Client(cluster.urls[service]))
            if name != "anyone":
                client.login(name, cluster.password(service, name))
            return Visitor(name, service, client._http)

        tablet = quiet.tablets[0]._client._http
        yield [
            *(visitor("anyone", service) for service in Service),
            Visitor("tablet", Service.KIOSK, tablet),
            Visitor("member of another committee", Service.TALLY, neighbour),
            visitor("desk", Service.ADMIN),
            visitor("administrator", Service.ADMIN),
        ]


def values_for(meeting: Meeting) -> Values:
    """What every placeholder of every route stands for."""
    values: Values = {
        "uuid": (meeting.uuid,),
        "conference_id": (meeting.conference,),
        "delegate_id": (1,),
        "account_id": (9999,),  # nobody's
        "tablet": ("x",),
        "number": (1,),
        "locale": ("vi",),
        "job": ("x" * 22,),
        "step": ("3",),
        "sample_id": ("none",),
        "letterhead_id": (1,),
        "procedure_id": ("s000-next-term-onsite",),
        "name": tuple(document.name for document in DOCUMENTS),
        "form": ("pdf", "docx", "xlsx"),
        "layout": ("party", "state"),
    }
    return values | dict.fromkeys(PLANNED, (1,))


def leaks(visitor: Visitor, door: Door, meeting: Meeting) -> Iterator[str]:
    """Open one door at every address, and say what stands behind it."""
    for path in door.paths(values_for(meeting)):
        numbered = door.rule in LISTS or ATTENDANCE in path
        said = words_of(visitor.open(door, path))
        if figures := figures_in(said, numbered=numbered):
            yield f"{visitor.name} at {door.service} {path}: {sorted(figures)}"


def test_nobody_without_need_sees_a_figure(
    visitors: list[Visitor], doors: list[Door], quiet: Meeting
) -> None:
    found = [
        leak
        for visitor in visitors
        for door in doors
        if door.service is visitor.service
        for leak in leaks(visitor, door, quiet)
    ]

    assert not found, "\n".join(found)


def test_most_doors_are_looked_behind(doors: list[Door]) -> None:
    """A list of doors that shrinks to nothing would make the test above pass."""
    found = {(door.service, door.rule, door.method) for door in doors}

    assert (Service.KIOSK, "/api/board/<uuid>/events", "GET") in found
    display = "/api/conferences/<int:conference_id>/display"
    assert (Service.ADMIN, display, "GET") in found
    assert (Service.TALLY, "/api/elections/<uuid>/result", "GET") in found
    assert (Service.ADMIN, "/api/table.xlsx", "POST") in found
    assert len(found) > 100
    assert {method for _, _, method in found} == {"GET", "POST"}


def test_what_is_told_to_everybody_at_once_is_a_topic_and_nothing_else(
    heard: Counted,
) -> None:
    for ear in heard.ears.values():
        assert ear.heard
        assert all(said == ["changed", {"topic": ear.topic}] for said in ear.heard)


def test_a_figure_is_recognised_wherever_it_stands() -> None:
    """What the tests above look for can be found."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xml", f"<c><v>{AGREE}</v></c>")
    told = {
        "page": httpx.Response(200, text=f"<td>{AGREE}</td>"),
        "JSON": httpx.Response(200, json={"votes": DISAGREE}),
        "document": httpx.Response(200, content=packed.getvalue()),
        "header": httpx.Response(200, headers={"X-Votes": str(AGREE)}),
        "share": httpx.Response(200, text="đạt 92,22%"),
        "share of the summoned": httpx.Response(200, text="84.7 %"),
        "sum": httpx.Response(200, json={"agree": 5}),
    }
    for name, response in told.items():
        assert figures_in(words_of(response)), name
    for text in ("183", "a83", "83/77abc", "0.83", "x=77"):
        assert not figures_in(text), text


def display_of(meeting: Meeting, read: Callable[[httpx.Response], str]) -> str:
    http = meeting.rehearsal.secretary._client._http
    page = http.get(f"/display/{meeting.conference}")
    data = http.get(f"/api/conferences/{meeting.conference}/display")
    assert page.status_code == data.status_code == 200
    return read(page) + read(data)


def test_the_display_says_only_that_counting_is_complete(quiet: Meeting) -> None:
    shown = display_of(quiet, lambda response: response.text)

    assert figures_in(shown) == set()
    assert json.loads(_display_data(quiet).text)["result"] is None


@pytest.mark.parametrize("shows", PICKED)
def test_no_view_of_the_display_has_a_figure(quiet: Meeting, shows: str) -> None:
    """Whatever the chair lets the room see, at a step that is not announced."""
    secretary = quiet.rehearsal.secretary._client
    path = f"/api/conferences/{quiet.conference}/room"
    if shows in {"how_to_vote", "turnout", "counting", "result", "announcement"}:
        with pytest.raises(Answered, match="room_refused"):
            secretary.post(path, {"shows": shows})
    else:
        secretary.post(path, {"shows": shows})
    shown = display_of(quiet, lambda response: response.text)
    secretary.post(path, {"shows": ""})

    assert figures_in(shown) == set()


def test_an_announced_result_is_shown(announced: Meeting) -> None:
    """The same look finds the figures where they may be."""
    shown = display_of(announced, lambda response: response.text)

    assert {str(AGREE), str(DISAGREE)} <= figures_in(shown)


def _display_data(meeting: Meeting) -> httpx.Response:
    http = meeting.rehearsal.secretary._client._http
    return http.get(f"/api/conferences/{meeting.conference}/display")


def test_the_public_file_of_a_step_that_is_not_announced_stops_at_the_closed_box(
    quiet: Meeting,
) -> None:
    events = _events_of_public_file(quiet)

    assert events[0] is EventType.SETUP
    assert events[-1] is EventType.END_BALLOTS
    assert set(events[1:-1]) == {EventType.BALLOT}
    assert len(events) == HALL.present + 2
    assert not quiet.board()["finished"]


def test_the_public_file_of_an_announced_step_ends_with_the_result(
    announced: Meeting,
) -> None:
    events = _events_of_public_file(announced)

    assert events[-1] is EventType.RESULT
    assert announced.board()["finished"]


def _events_of_public_file(meeting: Meeting) -> list[EventType]:
    with Client(meeting.cluster.urls["kiosk"]) as anyone:
        archive = read_archive(anyone.get_bytes(f"/board/{meeting.uuid}.bel"))
    texts = [r.content for r in archive.records if r.kind.name == "EVENT"]
    return [EventType(json.loads(text)["type"]) for text in texts]


def test_the_secretary_and_the_members_do_see_the_result(quiet: Meeting) -> None:
    """Whom it concerns: for them the figures are there."""
    console = json.dumps(quiet.console)
    member = json.dumps(quiet.committee)

    assert {str(AGREE), str(DISAGREE)} <= figures_in(console)
    assert {str(AGREE), str(DISAGREE)} <= figures_in(member)
