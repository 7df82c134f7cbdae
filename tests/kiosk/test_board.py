"""The public board: read by anyone, finished by the tally, exported as an archive."""

import hashlib
import json
import re

import pytest
from sqlalchemy import update

from crypto import archive, ballot
from crypto.encoding import sha256_hex
from kiosk.models import BoxRow
from tests.kiosk.hall import Hall, SealedPaper, list_paper
from web.contracts import BoardFinished


@pytest.fixture
def closed(hall: Hall, vote: SealedPaper) -> SealedPaper:
    """Two of three voted; the simulator's board saw the same ballots."""
    tablet = hall.tablet()
    for card, marks in ((0, [[1, 0]] * 3), (1, [[0, 1], [0, 0], [1, 0]])):
        raw = vote.vote(card, marks)
        assert tablet.cast(vote.uuid, raw).status_code == 200
    hall.close(vote)
    vote.finish()
    return vote


def get(hall: Hall, path: str) -> object:
    response = hall.app.test_client().get(path)
    assert response.status_code == 200, response.text
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return response.json


def test_the_exact_stored_texts_are_public(hall: Hall, sealed: SealedPaper) -> None:
    client = hall.app.test_client()
    for name in ("election", "trustees", "credentials"):
        response = client.get(f"/api/elections/{sealed.uuid}/{name}.json")

        assert response.data == getattr(sealed.source, name)
        assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_events_come_with_their_data_and_can_be_read_in_parts(
    hall: Hall, closed: SealedPaper
) -> None:
    expected = [
        {"data": list(data), "event": event} for data, event in closed.end(0).events[:4]
    ]
    path = f"/api/board/{closed.uuid}/events"

    assert get(hall, path) == {"ok": True, "events": expected}
    assert get(hall, f"{path}?from=1&limit=2") == {"ok": True, "events": expected[1:3]}
    assert get(hall, f"{path}?from=9") == {"ok": True, "events": []}


@pytest.mark.parametrize(
    "query", ["from=-1", "limit=x", "from=1e3", "limit=9999999999"]
)
def test_an_odd_range_is_malformed(hall: Hall, sealed: SealedPaper, query: str) -> None:
    client = hall.app.test_client()

    assert client.get(f"/api/board/{sealed.uuid}/events?{query}").status_code == 400


def test_a_tracker_is_found_by_its_beginning_and_by_its_case(
    hall: Hall, closed: SealedPaper
) -> None:
    raw = closed.end(0).events[1][0][0].encode()
    tracker = ballot.tracker(raw)
    client = hall.app.test_client()

    def search(text: str) -> list[str]:
        path = f"/api/board/{closed.uuid}/trackers"
        found = client.get(path, query_string={"q": text}).json
        return list(found["trackers"])  # type: ignore[index]

    assert search(tracker) == search(tracker[:6]) == [tracker]
    assert search(tracker.swapcase()) == []
    assert search(tracker[:2]) == search("") == []


def test_the_archive_before_the_result_ends_with_the_ballots(
    hall: Hall, closed: SealedPaper
) -> None:
    response = hall.app.test_client().get(f"/board/{closed.uuid}.bel")

    exported = archive.read_archive(response.data)
    assert exported.records == tuple(closed.records[: len(exported.records)])
    assert b'"EndBallots"' in exported.records[-1].content
    assert response.headers["Content-Disposition"].endswith(f'"{closed.uuid}.bel"')


def test_the_tally_finishes_the_board_and_the_archive_is_whole(
    hall: Hall, closed: SealedPaper
) -> None:
    hall.order("board.finished", closed.end(4), closed.uuid)

    response = hall.app.test_client().get(f"/board/{closed.uuid}.bel")
    assert archive.read_archive(response.data).records == tuple(closed.records)
    tip = hall.app.test_client().get(f"/api/board/{closed.uuid}").json
    assert (tip["finished"], tip["head"]) == (True, closed.head)  # type: ignore[index]
    assert hall.refusal("board.finished", closed.end(4), closed.uuid) == (
        "board_not_awaited"
    )


def test_every_event_of_the_end_is_stored_with_its_own_data(
    hall: Hall, closed: SealedPaper
) -> None:
    hall.order("board.finished", closed.end(4), closed.uuid)

    listed = get(hall, f"/api/board/{closed.uuid}/events?from=4")
    for item in listed["events"]:  # type: ignore[index]
        event = json.loads(item["event"])
        assert event["payload"] == sha256_hex(item["data"][-1].encode())


def page_of(hall: Hall, vote: SealedPaper) -> str:
    response = hall.app.test_client().get(f"/board/{vote.uuid}")
    assert response.status_code == 200
    return re.sub(r"<[^>]+>|\s", "", response.text)


def test_the_final_mark_is_that_of_the_whole_archive(
    hall: Hall, closed: SealedPaper
) -> None:
    tip = get(hall, f"/api/board/{closed.uuid}")
    assert tip["archive"] is None  # type: ignore[index]
    assert tip["head"] in page_of(hall, closed)  # type: ignore[index]

    hall.order("board.finished", closed.end(4), closed.uuid)
    archive = hall.app.test_client().get(f"/board/{closed.uuid}.bel").data
    digest = hashlib.sha256(archive).hexdigest()

    assert get(hall, f"/api/board/{closed.uuid}")["archive"] == digest  # type: ignore[index]
    assert digest in page_of(hall, closed)


def test_a_board_that_was_finished_earlier_learns_its_mark(
    hall: Hall, closed: SealedPaper
) -> None:
    hall.order("board.finished", closed.end(4), closed.uuid)
    digest = get(hall, f"/api/board/{closed.uuid}")["archive"]  # type: ignore[index]
    with hall.sessions.begin() as session:
        session.execute(update(BoxRow).values(archive=None))

    assert digest in page_of(hall, closed)
    assert get(hall, f"/api/board/{closed.uuid}")["archive"] == digest  # type: ignore[index]


def test_an_open_board_has_no_final_mark(hall: Hall, vote: SealedPaper) -> None:
    page = hall.app.test_client().get(f"/board/{vote.uuid}").text

    assert 'data-testid="board-no-final"' in page
    assert 'data-testid="board-qr"' not in page


def bad_ends(closed: SealedPaper) -> dict[str, BoardFinished]:
    events = closed.end(4).events
    foreign = SealedPaper(list_paper()).start()
    foreign.vote(0)
    foreign.vote(1)
    foreign.finish()
    tally, first, second, result = events
    return {
        "nothing": BoardFinished(()),
        "no result": BoardFinished(events[:-1]),
        "a share left out": BoardFinished((tally, second, result)),
        "a share twice": BoardFinished((tally, first, first, result)),
        "another board's end": foreign.end(4),
        "ballots again": closed.end(1),
        "data missing": BoardFinished((((), tally[1]), *events[1:])),
        "data swapped": BoardFinished(((tally[0][::-1], tally[1]), *events[1:])),
        "data added": BoardFinished((((*tally[0], "{}"), tally[1]), *events[1:])),
        "no event": BoardFinished((*events[:3], (result[0], "{}"))),
    }


def test_an_end_that_does_not_follow_is_refused_whole(
    hall: Hall, closed: SealedPaper
) -> None:
    for name, end in bad_ends(closed).items():
        assert hall.refusal("board.finished", end, closed.uuid) == "bad_board", name

    tip = hall.app.test_client().get(f"/api/board/{closed.uuid}").json
    assert (tip["height"], tip["finished"]) == (3, False)  # type: ignore[index]
    hall.order("board.finished", closed.end(4), closed.uuid)


def test_an_open_box_is_not_finished(hall: Hall, vote: SealedPaper) -> None:
    refusal = hall.refusal("board.finished", BoardFinished(()), vote.uuid)

    assert refusal == "board_not_awaited"


def test_nobody_may_write_to_the_public_board(hall: Hall, vote: SealedPaper) -> None:
    client = hall.app.test_client()

    for path in (f"/api/board/{vote.uuid}", f"/api/board/{vote.uuid}/events"):
        assert client.post(path).status_code in (400, 404, 405)
