"""A whole vote through the real tally and kiosk, and what may go wrong in it."""

import hashlib

from crypto.audit import audit
from tests.tally.room import NAMES, Room
from web.contracts import CountRecorded, Outcome, ResultAnnounced, ZeroReported

YES, NO, OPEN = [1, 0], [0, 1], [0, 0]


def _voted(room: Room) -> Room:
    room.ready().seal().open()
    room.vote(0, [YES, YES, OPEN])
    room.vote(1, [YES, NO, OPEN])
    room.vote(2, [YES, NO, NO])
    room.vote(3, [YES, NO, YES])
    room.vote(4, [YES, OPEN, YES])
    room.look()
    return room


def test_a_vote_from_the_empty_box_to_the_announced_board(room: Room) -> None:
    _voted(room)
    assert room.state()["phase"] == "open"
    assert room.state()["mirror"]["checked"] == 5
    (zero,) = room.posted("zero.reported")
    assert isinstance(zero, ZeroReported)
    assert (zero.ballots, zero.witnesses) == (0, (NAMES[0],))

    room.close(cast=5)
    assert room.state()["phase"] == "unsealing"
    room.unseal(2, 0)

    state = room.state()
    assert state["phase"] == "counted"
    verdicts = state["result"]["sections"][0]["verdicts"]
    assert [(v["agree"], v["disagree"], v["unmarked"]) for v in verdicts] == [
        (5, 0, 0),
        (1, 3, 1),
        (2, 1, 2),
    ]
    assert [v["outcome"] for v in verdicts] == [
        Outcome.PASSED,
        Outcome.BELOW,
        Outcome.BELOW,
    ]
    assert {(v["needed"], v["out_of"]) for v in verdicts} == {(5, 8)}
    assert room.posted("count.recorded") == []

    room.end_count(0, 1)

    (recorded,) = room.posted("count.recorded")
    assert isinstance(recorded, CountRecorded)
    assert recorded.cast == 5
    assert recorded.opened_by == (NAMES[0], NAMES[2])
    assert recorded.confirmed_by == NAMES[:2]
    archive = room.members[1].get(room.members[1].path("archive.bel")).data
    assert recorded.archive == hashlib.sha256(archive).hexdigest()
    assert all(check.passed for check in audit(archive, workers=1).checks)

    room.order("result.announced", ResultAnnounced())
    room.delivered("board.finished")
    public = room.hall.app.test_client().get(f"/board/{room.uuid}.bel").data
    assert public == archive


def test_an_empty_box_is_counted_too(room: Room) -> None:
    room.ready().seal().open()
    room.close(cast=0)
    room.unseal(0, 1)

    verdicts = room.state()["result"]["sections"][0]["verdicts"]
    assert {verdict["outcome"] for verdict in verdicts} == {Outcome.BELOW}


def test_a_restart_continues_where_the_mirror_was(room: Room) -> None:
    _voted(room)
    room.restart()
    assert room.state()["mirror"]["checked"] == 5

    room.vote(5, [NO, NO, NO])
    room.close(cast=6)
    room.restart()
    room.unseal(1, 2)

    first = room.state()["result"]["sections"][0]["verdicts"][0]
    assert (first["agree"], first["disagree"]) == (5, 1)


def test_a_bad_share_is_named_and_the_count_goes_on(room: Room) -> None:
    _voted(room)
    room.close(cast=5)
    room.tell_numbers()
    bad = room.members[1].decrypt("unseal")  # of another owner

    code = room.members[0].refused(room.members[0].path("partial-decryption"), bad)

    assert code == "bad_share"
    state = room.state()
    assert [member["bad_shares"] for member in state["members"]] == [1, 0, 0]
    assert state["phase"] == "unsealing"
    room.unseal(1, 2)
    assert room.state()["phase"] == "counted"


def test_no_more_shares_than_needed_reach_the_board(room: Room) -> None:
    _voted(room)
    room.close(cast=5)
    room.tell_numbers()
    late = room.members[0].decrypt("unseal")
    room.unseal(1, 2)

    path = room.members[0].path("partial-decryption")
    assert room.members[0].refused(path, late) == "wrong_phase"
    archive = room.members[0].get(room.members[0].path("archive.bel")).data
    assert archive.count(b"PartialDecryption") == room.threshold


def test_an_objection_is_noted_and_does_not_confirm(room: Room) -> None:
    _voted(room)
    room.close(cast=5)
    room.unseal(0, 1)
    path = room.members[0].path("confirm")
    room.members[0].done(path, {"accepted": False, "note": "Cần xem lại số thẻ"})
    room.confirm(1)
    assert room.state()["phase"] == "counted"

    assert room.posted("count.recorded") == []
    room.end_count(2)

    (recorded,) = room.posted("count.recorded")
    assert recorded.confirmed_by == (NAMES[1], NAMES[2])
    assert room.state()["members"][0]["note"] == "Cần xem lại số thẻ"


def test_numbers_that_contradict_stop_the_count_until_corrected(room: Room) -> None:
    _voted(room)
    room.close(cast=5, issued=4)

    state = room.state()
    assert state["phase"] == "stopped"
    assert state["stop"] == {"code": "mismatch.cast_over_issued", "detail": "5 > 4"}

    room.roll_call(final=True, cast=5, issued=6)
    room.look()
    assert room.state()["phase"] == "unsealing"


def test_nothing_is_opened_before_the_final_numbers(room: Room) -> None:
    _voted(room)
    room.hall.close(room)  # type: ignore[arg-type]  # only its uuid is used
    room.look()

    assert room.state()["phase"] == "closed"
    member = room.members[0]
    assert member.get(member.path("unseal")).json["code"] == "wrong_phase"  # type: ignore[index]
