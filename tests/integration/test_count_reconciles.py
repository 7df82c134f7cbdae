"""cast ≤ issued ≤ present ≤ summoned: no more can be cast, or the count stops."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from crypto.audit import audit
from tests.integration import lies
from tests.integration.conftest import Hold
from tests.integration.meeting import Meeting
from web.launcher.cluster import Cluster
from web.rehearsal.client import wait_until
from web.rehearsal.conference import Size
from web.rehearsal.delegates import Tablet, Vote, expected_sums
from web.rehearsal.errors import Answered

HALL = Size(delegates=20, nominees=2, committee=3, threshold=2, tablets=5)
SMALL = Size(delegates=6, nominees=2, committee=3, threshold=2, tablets=1)


def test_no_more_ballots_than_cards_were_handed_out(
    cluster: Cluster, hold: Hold
) -> None:
    """Two may still vote; five good ballots arrive at the same time."""
    meeting = hold(cluster, HALL).open()
    assert len(meeting.left_over) == 3
    spare = meeting.mark(meeting.left_over)
    meeting.cast(meeting.votes[:-2])

    rivals = [*meeting.votes[-2:], *spare]
    with ThreadPoolExecutor(len(rivals)) as room:
        jobs = zip(meeting.tablets, rivals, strict=True)
        said = list(room.map(lambda job: _try_to_cast(meeting, *job), jobs))

    assert sorted(said) == ["", "", *["no_card_issued"] * 3]
    accepted = [vote for vote, code in zip(rivals, said, strict=True) if not code]
    on_board = sorted(vote.raw for vote in (*meeting.votes[:-2], *accepted))
    assert sorted(meeting.ballots()) == on_board
    meeting.count()
    checked = audit(meeting.rehearsal.members[0].archive(), workers=1)
    assert checked.result == expected_sums([*meeting.votes[:-2], *accepted])


def _try_to_cast(meeting: Meeting, tablet: Tablet, vote: Vote) -> str:
    try:
        tablet.cast(meeting.uuid, vote.raw)
    except Answered as refused:
        return refused.code
    return ""


def test_no_more_cards_are_handed_out_than_people_came(
    cluster: Cluster, hold: Hold
) -> None:
    meeting = hold(cluster, SMALL)
    meeting.rehearsal.until_sealed()
    secretary = meeting.rehearsal.secretary

    with pytest.raises(Answered) as refused:
        secretary._client.post(secretary._path("cards/issue"), {"count": 1})

    assert refused.value.status == 409
    assert meeting.console["counts"]["issued"] == SMALL.present


def _issued_too_few(meeting: Meeting) -> None:
    lies.lower_issued(meeting.cluster, meeting.uuid, len(meeting.votes) - 1)


def _cast_too_few(meeting: Meeting) -> None:
    lies.lower_cast(meeting.cluster, meeting.uuid)


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        (_issued_too_few, "mismatch.cast_over_issued"),
        (_cast_too_few, "mismatch.board_differs"),
    ],
    ids=["the console", "the box"],
)
def test_a_count_whose_numbers_contradict_each_other_stops(
    lie: Callable[[Meeting], None], reason: str, cluster: Cluster, hold: Hold
) -> None:
    meeting = hold(cluster, SMALL).open()
    meeting.cast(meeting.votes)
    meeting.await_mirror(len(meeting.votes))

    lie(meeting)
    meeting.rehearsal.secretary.close()

    stop = wait_until("the count to stop", lambda: meeting.committee["stop"])
    assert stop["code"] == reason
    assert meeting.committee["phase"] == "stopped"
    for member in meeting.rehearsal.members:
        with pytest.raises(Answered):
            member.unseal()
