"""A box that lies: what the mirror sees, and that nothing is counted then."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.orm import Session

from crypto.ballot import read_ballot
from crypto.encoding import sha256_hex
from crypto.errors import BoardError
from crypto.events import Event, EventType
from kiosk.board import BoardWriter
from kiosk.models import BoxRow, DatumRow
from tally import papers
from tally.follower import Follower
from tally.kiosk_board import KioskBoard
from tally.links import Link
from tests.tally.room import Room
from web.contracts import AlarmRaised, BoxOpen, BoxVoid

YES, NO = [1, 0], [0, 1]
MARKS = [YES, NO, YES]


@pytest.fixture
def voting(room: Room) -> Room:
    room.ready().seal().open()
    for card in range(3):
        room.vote(card, MARKS)
    room.look()
    assert room.state()["mirror"]["checked"] == 3
    return room


def _alarm(room: Room) -> str:
    room.look()
    (alarm,) = room.posted("alarm.raised")
    assert isinstance(alarm, AlarmRaised)
    shown = room.state()["mirror"]["alarm"]
    assert shown == {"code": alarm.code, "detail": alarm.detail}
    return alarm.code


@contextmanager
def _behind_its_back(room: Room) -> Iterator[tuple[Session, BoxRow]]:
    """Change what the kiosk stored, as somebody with its disk could."""
    with room.hall.session() as session, session.begin():
        yield session, session.get_one(BoxRow, room.uuid)


def _append(room: Room, raw: bytes) -> None:
    """Put a ballot on the kiosk's board without its checks."""
    with _behind_its_back(room) as (session, box):
        BoardWriter(session, box).append(EventType.BALLOT, sha256_hex(raw), [raw])
        box.cast += 1


def test_an_honest_box_raises_no_alarm(voting: Room) -> None:
    voting.look()

    assert voting.state()["mirror"]["alarm"] is None
    assert voting.posted("alarm.raised") == []


def test_a_box_that_became_shorter(voting: Room) -> None:
    with _behind_its_back(voting) as (_, box):
        box.height -= 1

    assert _alarm(voting) == "mirror.shortened"


def test_a_box_whose_head_changed(voting: Room) -> None:
    with _behind_its_back(voting) as (_, box):
        box.head = "0" * 64

    assert _alarm(voting) == "mirror.changed"


def test_a_box_that_continues_another_history(voting: Room) -> None:
    with _behind_its_back(voting) as (_, box):
        box.head = "0" * 64
    _append(voting, voting.ballot(3, MARKS))

    assert _alarm(voting) == "board.chain"


def test_a_card_with_two_ballots(voting: Room) -> None:
    _append(voting, voting.ballot(0, MARKS))

    assert _alarm(voting) == "mirror.card"


def test_the_same_ballot_twice(voting: Room) -> None:
    _append(voting, voting.tablet_ballots[0])

    assert _alarm(voting) == "mirror.card"


def test_a_ballot_whose_proof_does_not_hold(voting: Room) -> None:
    raw = voting.ballot(3, MARKS)
    at = raw.index(b'"challenge":"') + len(b'"challenge":"')
    digit = b"1" if raw[at : at + 1] != b"1" else b"2"
    _append(voting, raw[:at] + digit + raw[at + 1 :])

    code = _alarm(voting)
    assert code.startswith("ballot."), code


def test_a_ballot_of_a_card_that_is_not_listed(voting: Room) -> None:
    voting.cards.append("11111-222222-33333-444444")
    _append(voting, voting.ballot(len(voting.cards) - 1, MARKS))

    assert _alarm(voting) == "ballot.credential"


def test_a_board_of_another_paper(room: Room) -> None:
    room.ready().seal()
    with _behind_its_back(room) as (session, _):
        credentials = session.get_one(DatumRow, (room.uuid, 0, 2))
        credentials.content += b" "

    assert _alarm(room) == "mirror.setup"


def test_ballots_before_anybody_saw_the_empty_box(room: Room) -> None:
    room.ready().seal()
    room.hall.order("box.open", BoxOpen(6, ()), room.uuid)
    room.tablet = room.hall.tablet()
    room.vote(0, MARKS)

    assert (
        room.members[0].refused(room.members[0].path("zero-report")) == "box_not_empty"
    )
    assert _alarm(room) == "mirror.early"


def test_after_an_alarm_nothing_is_counted(voting: Room) -> None:
    _append(voting, voting.ballot(0, MARKS))
    _alarm(voting)

    voting.close(cast=3)

    assert voting.state()["phase"] == "open"
    member = voting.members[0]
    answer = member.get(member.path("unseal"))
    assert answer.json["code"] == "wrong_phase"  # type: ignore[index]
    path = member.path("partial-decryption")
    assert member.refused(path, {"text": "{}"}) == "alarmed"


def test_an_alarm_survives_a_restart(voting: Room) -> None:
    _append(voting, voting.ballot(0, MARKS))
    code = _alarm(voting)
    voting.restart()

    assert voting.state()["mirror"]["alarm"]["code"] == code


def test_a_box_that_cannot_be_reached_is_no_alarm(voting: Room) -> None:
    voting.mirror.kiosk = KioskBoard.at("http://127.0.0.1:9")

    voting.look()

    assert voting.state()["mirror"]["reachable"] is False
    assert voting.state()["mirror"]["alarm"] is None
    assert voting.posted("alarm.raised") == []


def test_an_abandoned_vote_is_followed_no_more(voting: Room) -> None:
    voting.order("box.void", BoxVoid("Mất điện kéo dài"))

    assert voting.state()["phase"] == "void"
    assert voting.state()["stop"] == {"code": "void", "detail": "Mất điện kéo dài"}
    assert voting.refusal("box.void", BoxVoid("lần nữa")) == "wrong_phase"


def test_a_copied_mark_is_refused(voting: Room) -> None:
    """Bob copies a ciphertext of Alice's ballot into his own: proofs aside."""
    with voting.sessions.reading() as session:
        source = papers.source_of(papers.load(session, voting.uuid))
    setup = papers.setup_of(source)
    follower = Follower(setup)
    alice = read_ballot(voting.ballot(0, MARKS), setup.election)
    bob = read_ballot(voting.ballot(1, MARKS), setup.election)
    copied = type(bob)(
        bob.election_uuid,
        bob.election_hash,
        bob.credential,
        (alice.answers[0], *bob.answers[1:]),
        bob.signature,
    )
    follower._check_new(alice)
    follower._count(alice)

    with pytest.raises(BoardError) as caught:
        follower._check_new(copied)
    assert caught.value.check == "mirror.replay"


def test_events_of_the_count_do_not_come_from_the_box(voting: Room) -> None:
    with voting.sessions.reading() as session:
        source = papers.source_of(papers.load(session, voting.uuid))
    follower = Follower(papers.setup_of(source))
    event = Event(height=0, type=EventType.RESULT, payload="0" * 64)

    with pytest.raises(BoardError) as caught:
        follower.resume(Link((b"{}",), event.to_bytes()))
    assert caught.value.check == "mirror.order"
