"""The life of a box, ordered by signed messages."""

import pytest

from crypto.events import read_event
from tests.kiosk.hall import Hall, SealedPaper, list_paper
from tests.simulator import Simulator
from web.contracts import (
    BoxClose,
    BoxOpen,
    BoxVoid,
    CardsIssued,
    CardsVoided,
    PaperSealed,
)


def tip(hall: Hall, uuid: str) -> dict[str, object]:
    return dict(hall.app.test_client().get(f"/api/board/{uuid}").json)  # type: ignore[arg-type]


def test_a_sealed_paper_begins_a_board(hall: Hall, sealed: SealedPaper) -> None:
    assert tip(hall, sealed.uuid) == {
        "ok": True,
        "uuid": sealed.uuid,
        "title": sealed.content.title,
        "state": "prepared",
        "cast": 0,
        "head": sealed.head,
        "height": 0,
        "finished": False,
        "archive": None,
    }


def test_the_receipt_of_a_paper_names_what_was_checked(hall: Hall) -> None:
    sealed = SealedPaper(list_paper())

    receipt = hall.order("paper.sealed", sealed.sealed(), sealed.uuid)

    assert receipt == {"fingerprint": sealed.setup.fingerprint}


def test_the_same_paper_again_changes_nothing(hall: Hall, vote: SealedPaper) -> None:
    hall.order("paper.sealed", vote.sealed(), vote.uuid)

    assert tip(hall, vote.uuid)["state"] == "open"


def test_another_paper_under_the_same_uuid_is_refused(
    hall: Hall, sealed: SealedPaper
) -> None:
    other = SealedPaper(list_paper(), uuid=sealed.uuid)

    refusal = hall.refusal("paper.sealed", other.sealed(), sealed.uuid)

    assert refusal == "another_paper"


def bad_papers() -> dict[str, tuple[PaperSealed, str, str]]:
    good = SealedPaper(list_paper())
    other = SealedPaper(list_paper())
    no_paper = Simulator()
    heavy = SealedPaper(list_paper(), weights=(1, 2, 1))
    lying = SealedPaper(list_paper())
    lying.content = list_paper(2)
    lying.source = type(lying.source)(
        lying._write_election(), lying.source.trustees, lying.source.credentials
    )
    texts = good.sealed()
    return {
        "trustees of another": (
            PaperSealed(texts.election, other.sealed().trustees, texts.credentials),
            good.uuid,
            "setup.key",
        ),
        "unsorted cards": (
            PaperSealed(texts.election, texts.trustees, '["00"]'),
            good.uuid,
            "setup.credentials",
        ),
        "no ballot paper inside": (
            PaperSealed(
                no_paper.source.election.decode(),
                no_paper.source.trustees.decode(),
                no_paper.source.credentials.decode(),
            ),
            no_paper.uuid,
            "paper.description",
        ),
        "questions that are not the paper's": (
            lying.sealed(),
            lying.uuid,
            "paper.questions",
        ),
        "a card that counts twice": (heavy.sealed(), heavy.uuid, "paper.weights"),
        "another uuid": (texts, other.uuid, "paper.uuid"),
    }


def test_a_bad_paper_is_refused_whole(hall: Hall) -> None:
    for name, (body, uuid, check) in bad_papers().items():
        response = hall.send("paper.sealed", body, uuid)

        assert response.status_code == 409, name
        assert response.json["code"] == "bad_paper", name  # type: ignore[index]
        assert response.json["details"] == {"check": check}, name  # type: ignore[index]
        assert hall.app.test_client().get(f"/api/board/{uuid}").status_code == 404


def test_closing_ends_the_ballots_and_says_where(hall: Hall, vote: SealedPaper) -> None:
    hall.tablet().cast(vote.uuid, vote.ballot(0))

    closed = hall.close(vote)

    events = hall.app.test_client().get(f"/api/board/{vote.uuid}/events").json
    last = read_event(events["events"][-1]["event"].encode())  # type: ignore[index]
    assert closed == {"cast": 1, "head": last.hash, "height": 2}
    assert last.type == "EndBallots"
    assert events["events"][-1]["data"] == []  # type: ignore[index]
    assert hall.close(vote) == closed


def test_opening_again_after_a_lost_answer_brings_the_numbers_up_to_date(
    hall: Hall, sealed: SealedPaper
) -> None:
    hall.order("box.open", BoxOpen(1, ()), sealed.uuid)
    hall.tablet().cast(sealed.uuid, sealed.ballot(0))

    hall.order("box.open", BoxOpen(3, (sealed.public(2),)), sealed.uuid)

    assert hall.tablet().cast(sealed.uuid, sealed.ballot(1)).status_code == 200
    refused = hall.tablet().cast(sealed.uuid, sealed.ballot(2))
    assert refused.json["code"] == "voided_card"  # type: ignore[index]


def orders_in_the_wrong_state() -> list[tuple[str, str, object, str]]:
    return [
        ("prepared", "box.close", BoxClose(), "box_not_open"),
        ("closed", "box.open", BoxOpen(3, ()), "box_not_prepared"),
        ("closed", "cards.issued", CardsIssued(3), "box_closed"),
        ("void", "box.open", BoxOpen(3, ()), "box_void"),
        ("void", "box.close", BoxClose(), "box_void"),
        ("void", "cards.issued", CardsIssued(3), "box_void"),
        ("void", "cards.voided", CardsVoided(()), "box_void"),
        ("void", "box.void", BoxVoid("again"), "box_void"),
    ]


@pytest.mark.parametrize(
    ("state", "kind", "body", "code"),
    orders_in_the_wrong_state(),
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_order_out_of_turn_is_refused(  # noqa: PLR0917 - one row of the table
    hall: Hall, sealed: SealedPaper, state: str, kind: str, body: object, code: str
) -> None:
    if state in ("open", "closed"):
        hall.open(sealed)
    if state == "closed":
        hall.close(sealed)
    if state == "void":
        hall.order("box.void", BoxVoid("Sai danh sách"), sealed.uuid)

    assert hall.refusal(kind, body, sealed.uuid) == code  # type: ignore[arg-type]
    assert tip(hall, sealed.uuid)["state"] == state


def test_an_unknown_card_cannot_be_voided(hall: Hall, sealed: SealedPaper) -> None:
    stranger = SealedPaper(list_paper())
    order = CardsVoided((sealed.public(0), stranger.public(0)))

    assert hall.refusal("cards.voided", order, sealed.uuid) == "unknown_card"
    assert hall.tablet().check(sealed.uuid, sealed.public(0)) == "unused"


def test_an_unknown_election_is_named_so(hall: Hall) -> None:
    assert hall.refusal("box.close", BoxClose(), "1" * 14) == "unknown_election"


def test_the_same_message_again_is_answered_and_not_obeyed_again(
    hall: Hall, sealed: SealedPaper
) -> None:
    order = BoxOpen(3, ())
    hall.order("box.open", order, sealed.uuid, message_id="one")

    assert hall.order("box.open", order, sealed.uuid, message_id="one") == {}


def test_the_tally_may_not_open_the_box(hall: Hall, sealed: SealedPaper) -> None:
    response = hall.send("box.open", BoxOpen(3, ()), sealed.uuid, sender="tally")

    assert response.status_code == 403
    assert tip(hall, sealed.uuid)["state"] == "prepared"
