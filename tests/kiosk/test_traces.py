"""Looking at the tablets leaves no trace beside the ballots.

The console asks for the list of tablets every few seconds while the box is open. A
stored answer would say which tablet was busy between which two ballots, and a stored
question would be a clock.
"""

from crypto import ballot
from tests.kiosk.hall import Hall, SealedPaper
from web.contracts import PairingAsked, TabletsAsked


def kept(hall: Hall) -> bytes:
    """Every byte of the database and its journal."""
    return b"".join(
        path.read_bytes() for path in sorted(hall.folder.glob("service.sqlite*"))
    )


def test_asking_for_the_tablets_writes_nothing(hall: Hall, vote: SealedPaper) -> None:
    tablet = hall.tablet("Bàn 7")
    tablet.post("/api/booth/state", {"busy": True})
    before = kept(hall)

    (listed,) = hall.order("tablet.list", TabletsAsked())["tablets"]

    assert listed["busy"] is True
    assert kept(hall) == before
    tablet.cast(vote.uuid, vote.ballot(0))
    assert b'"busy"' not in kept(hall)


def test_the_same_question_again_is_asked_again(hall: Hall) -> None:
    assert hall.order("tablet.list", TabletsAsked(), message_id="one")["tablets"] == []
    hall.tablet("Bàn 8")

    (listed,) = hall.order("tablet.list", TabletsAsked(), message_id="one")["tablets"]

    assert listed["label"] == "Bàn 8"


def test_a_pairing_code_is_not_kept(hall: Hall) -> None:
    asked = PairingAsked("Bàn 9")
    code = hall.order("tablet.pairing", asked, message_id="two")["code"]

    assert code.encode() not in kept(hall)
    assert hall.refusal("tablet.pairing", asked, message_id="two") == "message_reused"


def test_a_ballot_is_kept(hall: Hall, vote: SealedPaper) -> None:
    """What `kept` reads is where ballots are: the tests above could fail."""
    raw = vote.ballot(0)

    hall.tablet("Bàn 7").cast(vote.uuid, raw)

    assert ballot.tracker(raw).encode() in kept(hall)
