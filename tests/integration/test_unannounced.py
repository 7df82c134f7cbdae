"""Steps 3 and 4: the room learns that counting is complete, and not one figure.

The figures of this vote occur in no other number of the conference, so that a figure
that gets out is recognised wherever it stands.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import httpx
import pytest

from crypto.archive import read_archive
from crypto.events import EventType
from tests.integration.doors import Door, all_doors
from tests.integration.meeting import Meeting
from web.contracts import Service
from web.launcher.cluster import Cluster
from web.rehearsal.client import Client
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
# These number the delegates from 1 to 98: only words can tell something there.
LISTS = {
    "/api/conferences/<int:conference_id>/delegates",
    "/conferences/<int:conference_id>",
    "/conferences/<int:conference_id>/people",
    "/conferences/<int:conference_id>/roll-call/list",
    "/conferences/<int:conference_id>/documents/<name>.<form>",
}


# What a round holds: the sample round has one of each.
PLANNED = (
    "round_id",
    "instance_id",
    "position_id",
    "deadline_id",
    "meeting_id",
    "person_id",
)


@dataclass(frozen=True)
class Visitor:
    """Somebody at one service."""

    name: str
    service: Service
    http: httpx.Client


def figures_in(body: str, rule: str = "") -> set[str]:
    """What a text tells of the result."""
    numbers = [] if rule in LISTS else FIGURE.findall(HEIGHT.sub("", body))
    return {*numbers, *TELLING.findall(body)}


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> list[Door]:
    return all_doors(tmp_path_factory.mktemp("doors"))


def _counted(cluster: Cluster, step: str) -> Iterator[Meeting]:
    meeting = Meeting(cluster, HALL, step)
    meeting.open(MARKS)
    meeting.cast(meeting.votes)
    meeting.count()
    yield meeting
    meeting.leave()


@pytest.fixture(scope="module")
def quiet(cluster: Cluster) -> Iterator[Meeting]:
    """Step 3, counted and completed, in a house that has a planning round."""
    with Client(cluster.urls["admin"]) as secretary:
        secretary.login("secretary", cluster.password("admin", "secretary"))
        secretary.post("/api/samples/s002", {})
    yield from _counted(cluster, "3")


@pytest.fixture(scope="module")
def announced(cluster: Cluster) -> Iterator[Meeting]:
    """Step 5, counted and announced."""
    yield from _counted(cluster, "5")


@pytest.fixture
def visitors(cluster: Cluster, quiet: Meeting) -> Iterator[list[Visitor]]:
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
            visitor("desk", Service.ADMIN),
            visitor("administrator", Service.ADMIN),
        ]


def look(visitor: Visitor, door: Door, meeting: Meeting) -> str:
    """Open one door and read what is behind it."""
    path = door.path(
        uuid=meeting.uuid,
        conference_id=meeting.conference,
        locale="vi",
        token="x",
        step="3",
        procedure_id="s000-next-term-onsite",
        name="danh-sach-diem-danh",  # the one document that the desk may have
        form="pdf",
        job="x",
        layout="party",
        **dict.fromkeys(PLANNED, 1),
    )
    params = {"q": "aB3"} if path.endswith("/trackers") else None
    response = visitor.http.get(path, params=params, follow_redirects=True)
    return response.content.decode("latin-1")


def test_nobody_without_need_sees_a_figure(
    visitors: list[Visitor], doors: list[Door], quiet: Meeting
) -> None:
    leaks = [
        f"{visitor.name} at {door.service} {door.rule}: {sorted(figures)}"
        for visitor in visitors
        for door in doors
        if door.service is visitor.service
        and (figures := figures_in(look(visitor, door, quiet), door.rule))
    ]

    assert not leaks, "\n".join(leaks)


def test_most_doors_are_looked_behind(doors: list[Door]) -> None:
    """A list of doors that shrinks to nothing would make the test above pass."""
    found = {(door.service, door.rule) for door in doors}

    assert (Service.KIOSK, "/api/board/<uuid>/events") in found
    assert (Service.ADMIN, "/api/conferences/<int:conference_id>/display") in found
    assert (Service.TALLY, "/api/elections/<uuid>/result") in found
    assert len(found) > 40


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
