"""What gets into the box, and what does not."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from crypto import ballot
from crypto.setup import Setup
from kiosk.models import BallotRow, CardRow, EventRow
from tests.kiosk.hall import Hall, SealedPaper, Tablet, list_paper
from web.contracts import BoxOpen, CardsIssued, CardsVoided


@pytest.fixture
def tablet(hall: Hall) -> Tablet:
    return hall.tablet()


def code_of(tablet: Tablet, uuid: str, raw: bytes) -> str:
    answer = tablet.cast(uuid, raw)
    assert answer.status_code >= 400, answer.text
    return str(answer.json["code"])  # type: ignore[index]


def cast_of(hall: Hall, uuid: str) -> int:
    tip = hall.app.test_client().get(f"/api/board/{uuid}").json
    with hall.session() as session:
        ballots = session.query(BallotRow).count()
        events = session.query(EventRow).filter_by(type="Ballot").count()
        used = session.query(CardRow).filter_by(state="cast").count()
    assert tip["cast"] == ballots == events == used  # type: ignore[index]
    return int(tip["cast"])  # type: ignore[index]


def test_a_ballot_is_recorded_once_and_answered_by_its_tracker(
    hall: Hall, vote: SealedPaper, tablet: Tablet
) -> None:
    raw = vote.ballot(0)

    first, again = tablet.cast(vote.uuid, raw), tablet.cast(vote.uuid, raw)

    assert first.json == again.json == {"ok": True, "tracker": ballot.tracker(raw)}
    assert cast_of(hall, vote.uuid) == 1
    assert tablet.check(vote.uuid, vote.public(0)) == "cast"


def test_the_same_ballot_is_answered_the_same_after_the_box_was_closed(
    hall: Hall, vote: SealedPaper, tablet: Tablet
) -> None:
    raw = vote.ballot(0)
    tablet.cast(vote.uuid, raw)
    hall.close(vote)

    again = tablet.cast(vote.uuid, raw)

    assert again.json == {"ok": True, "tracker": ballot.tracker(raw)}
    assert code_of(tablet, vote.uuid, vote.ballot(1)) == "not_open"


def test_another_ballot_of_the_same_card_is_refused(
    hall: Hall, vote: SealedPaper, tablet: Tablet
) -> None:
    tablet.cast(vote.uuid, vote.ballot(0))

    assert code_of(tablet, vote.uuid, vote.ballot(0)) == "card_used"
    assert cast_of(hall, vote.uuid) == 1


def test_a_box_that_is_not_open_takes_nothing(
    hall: Hall, sealed: SealedPaper, tablet: Tablet
) -> None:
    assert code_of(tablet, sealed.uuid, sealed.ballot(0)) == "not_open"
    assert cast_of(hall, sealed.uuid) == 0


def test_a_voided_card_cannot_vote(
    hall: Hall, sealed: SealedPaper, tablet: Tablet
) -> None:
    hall.order("box.open", BoxOpen(2, (sealed.public(2),)), sealed.uuid)

    assert tablet.check(sealed.uuid, sealed.public(2)) == "voided"
    assert code_of(tablet, sealed.uuid, sealed.ballot(2)) == "voided_card"


def test_a_card_voided_too_late_stays_counted(
    hall: Hall, vote: SealedPaper, tablet: Tablet
) -> None:
    tablet.cast(vote.uuid, vote.ballot(0))

    order = CardsVoided((vote.public(0), vote.public(1)))
    answer = hall.order("cards.voided", order, vote.uuid)

    assert answer == {"already_cast": [vote.public(0)]}
    assert code_of(tablet, vote.uuid, vote.ballot(1)) == "voided_card"


def test_no_more_ballots_than_cards_were_handed_out(
    hall: Hall, sealed: SealedPaper, tablet: Tablet
) -> None:
    hall.open(sealed, issued=1)
    tablet.cast(sealed.uuid, sealed.ballot(0))

    assert code_of(tablet, sealed.uuid, sealed.ballot(1)) == "no_card_issued"

    hall.order("cards.issued", CardsIssued(2), sealed.uuid)
    assert tablet.cast(sealed.uuid, sealed.ballot(1)).status_code == 200


def test_an_older_count_of_cards_changes_nothing(
    hall: Hall, vote: SealedPaper, tablet: Tablet
) -> None:
    hall.order("cards.issued", CardsIssued(0), vote.uuid)

    assert tablet.cast(vote.uuid, vote.ballot(0)).status_code == 200


def test_a_card_of_another_election_is_unknown(
    hall: Hall, vote: SealedPaper, tablet: Tablet
) -> None:
    stranger = SealedPaper(list_paper(), uuid=vote.uuid)

    assert tablet.check(vote.uuid, stranger.public(0)) == "unknown"
    assert code_of(tablet, vote.uuid, stranger.ballot(0)) == "unknown_card"
    assert cast_of(hall, vote.uuid) == 0


def test_a_ballot_for_another_election_is_refused(
    vote: SealedPaper, tablet: Tablet
) -> None:
    other = SealedPaper(list_paper())

    assert code_of(tablet, vote.uuid, other.ballot(0)) == "bad_ballot"


def spoiled(vote: SealedPaper) -> dict[str, tuple[bytes, str]]:
    """Ballots of card 0 with one fault each, and the check that names it."""
    good = vote.ballot(0)
    tree = json.loads(good)
    swapped = json.loads(vote.ballot(0, [[0, 1]] * len(vote.questions)))
    answers = {**tree, "answers": swapped["answers"]}
    forged = {**tree, "signature": swapped["signature"]}
    return {
        "spaces": (json.dumps(tree).encode(), "ballot.encoding"),
        "extra field": (write({**tree, "name": "x"}), "ballot.encoding"),
        "not JSON": (b"{", "ballot.form"),
        "nothing": (b"", "ballot.form"),
        "answers of another ballot": (write(answers), "ballot.signature"),
        "signature of another ballot": (write(forged), "ballot.signature"),
    }


def write(tree: object) -> bytes:
    return json.dumps(tree, separators=(",", ":"), ensure_ascii=False).encode()


def test_a_spoiled_ballot_is_refused_and_leaves_the_card_unused(
    hall: Hall, vote: SealedPaper, tablet: Tablet
) -> None:
    for name, (raw, check) in spoiled(vote).items():
        answer = tablet.cast(vote.uuid, raw)

        assert answer.status_code == 400, name
        assert answer.json["code"] == "bad_ballot", name  # type: ignore[index]
        assert answer.json["details"] == {"check": check}, name  # type: ignore[index]
    assert cast_of(hall, vote.uuid) == 0
    assert tablet.cast(vote.uuid, vote.ballot(0)).status_code == 200


def test_a_mark_copied_from_the_board_is_refused(
    hall: Hall, vote: SealedPaper, tablet: Tablet
) -> None:
    """Whatever the proofs say: here the box is asked directly, after the proofs."""
    from kiosk.ballot_box import BallotBox  # noqa: PLC0415
    from kiosk.checking import _filed  # noqa: PLC0415
    from web.errors import Refused  # noqa: PLC0415

    setup = Setup.load(vote.source)
    first, second = vote.ballot(0), vote.ballot(1)
    tablet.cast(vote.uuid, first)
    filed = _filed(ballot.check_ballot(second, setup), second)
    copied = _filed(ballot.check_ballot(first, setup), first).ciphertexts[:1]
    thief = type(filed)(filed.raw, filed.tracker, filed.hash, filed.credential, copied)

    with (
        hall.app.app_context(),
        pytest.raises(Refused, match="replayed_ballot"),
        hall.sessions.begin() as session,
    ):
        BallotBox(session, vote.uuid).accept(thief)
    assert cast_of(hall, vote.uuid) == 1


def test_one_card_at_many_tablets_at_once_votes_once(
    hall: Hall, vote: SealedPaper
) -> None:
    tablets = [hall.tablet(f"Bàn {n}") for n in range(6)]
    ballots = [vote.ballot(0) for _ in tablets]

    with ThreadPoolExecutor(len(tablets)) as threads:
        answers = list(
            threads.map(lambda t, raw: t.cast(vote.uuid, raw), tablets, ballots)
        )

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5
    assert cast_of(hall, vote.uuid) == 1


def test_only_a_tablet_may_cast_or_ask_for_a_card(
    hall: Hall, vote: SealedPaper
) -> None:
    stranger = Tablet(hall.app.test_client())

    assert stranger.cast(vote.uuid, vote.ballot(0)).status_code == 403
    answer = stranger.post(
        f"/api/elections/{vote.uuid}/cards/check", {"credential": vote.public(0)}
    )
    assert answer.status_code == 403


def test_a_ballot_that_is_too_large_is_not_even_read(
    vote: SealedPaper, tablet: Tablet
) -> None:
    answer = tablet.cast(vote.uuid, b" " * 300_000)

    assert answer.status_code == 413
