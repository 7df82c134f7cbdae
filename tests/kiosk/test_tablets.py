"""Pairing, tokens, signs of life, and the one link of a demonstration."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk import tablets
from kiosk.models import PairingRow, TabletRow
from tests.kiosk.hall import Hall, SealedPaper, Tablet, list_paper
from web.contracts import BoxVoid, PairingAsked, TabletRevoked, TabletsAsked


def pair(hall: Hall, code: str) -> str | None:
    """Try a code at a fresh browser; return the refusal's code, if there is one."""
    tablet = Tablet(hall.app.test_client())
    answer = tablet.post("/api/booth/pair", {"code": code})
    return None if answer.status_code == 200 else str(answer.json["code"])  # type: ignore[index]


def offer(hall: Hall) -> str:
    return str(hall.order("tablet.pairing", PairingAsked("Bàn 1"))["code"])


def test_a_code_pairs_one_tablet_once(hall: Hall) -> None:
    code = offer(hall)

    assert pair(hall, code) is None
    assert pair(hall, code) == "bad_pairing_code"


@pytest.mark.parametrize("spell", [str.lower, lambda c: c.replace("-", " "), str.strip])
def test_a_code_may_be_typed_in_any_way(hall: Hall, spell: object) -> None:
    assert pair(hall, spell(offer(hall))) is None  # type: ignore[operator]


def test_a_wrong_code_pairs_nothing_and_uses_nothing_up(hall: Hall) -> None:
    code = offer(hall)

    assert pair(hall, "AAAA-AAAA") == "bad_pairing_code"
    assert pair(hall, code) is None


def test_a_code_expires(hall: Hall) -> None:
    code = offer(hall)
    with hall.sessions.begin() as session:
        waiting = session.query(PairingRow).one()
        assert waiting.expires_at - datetime.now(UTC) <= tablets.CODE_LIFETIME
        waiting.expires_at = datetime.now(UTC) - timedelta(seconds=1)

    assert pair(hall, code) == "bad_pairing_code"


def test_codes_are_guessed_slowly(hall: Hall) -> None:
    refusals = [pair(hall, "AAAA-AAAA") for _ in range(14)]

    assert refusals[0] == "bad_pairing_code"
    assert refusals[-1] == "too_often"


def test_the_token_of_a_tablet_is_not_kept(hall: Hall) -> None:
    tablet = Tablet(hall.app.test_client())
    answer = tablet.post("/api/booth/pair", {"code": offer(hall)})
    token = str(answer.headers["Set-Cookie"]).split("=")[1].split(";")[0]

    stored = hall.folder.joinpath("service.sqlite").read_bytes()
    stored += hall.folder.joinpath("service.sqlite-wal").read_bytes()
    assert len(token) > 40
    assert token.encode() not in stored
    with hall.session() as session:
        kept = session.query(TabletRow).one()
    assert kept.token_hash == tablets._hashed(token)
    assert kept.token_hash.encode() in stored


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(hall: Hall) -> None:
    tablet = Tablet(hall.app.test_client())
    answer = tablet.post("/api/booth/pair", {"code": offer(hall)})

    cookie = str(answer.headers["Set-Cookie"])
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_a_revoked_tablet_is_a_stranger(hall: Hall, vote: SealedPaper) -> None:
    tablet = hall.tablet()
    listed = hall.order("tablet.list", TabletsAsked())["tablets"]
    hall.order("tablet.revoked", TabletRevoked(listed[0]["id"]))

    assert tablet.cast(vote.uuid, vote.ballot(0)).status_code == 403
    assert tablet.client.get("/api/session").json["roles"] == []  # type: ignore[index]
    assert hall.order("tablet.list", TabletsAsked()) == {"tablets": []}
    assert hall.refusal("tablet.revoked", TabletRevoked("none")) == "unknown_tablet"


def test_signs_of_life_are_shown_and_grow_old(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    tablet, _silent = hall.tablet("A"), hall.tablet("B")
    tablet.post("/api/booth/state", {"busy": True})

    def listed() -> list[tuple[str, bool, bool]]:
        answer = hall.order("tablet.list", TabletsAsked())["tablets"]
        return [(one["label"], one["online"], one["busy"]) for one in answer]

    assert listed() == [("A", True, True), ("B", False, False)]
    monkeypatch.setattr(tablets, "ONLINE_FOR", 0.0)
    assert listed() == [("A", False, False), ("B", False, False)]


def test_a_tablet_hears_what_it_may_vote_on(hall: Hall, vote: SealedPaper) -> None:
    answer = hall.tablet().client.get("/api/booth/elections").json

    assert answer["elections"] == [  # type: ignore[index]
        {
            "uuid": vote.uuid,
            "state": "open",
            "title": vote.content.title,
            "fingerprint": vote.setup.fingerprint,
            "demo": False,
        }
    ]


def test_what_can_be_voted_on_comes_first_then_what_ended_last(hall: Hall) -> None:
    """A tablet tells how the last vote ended: by an end or by being abandoned."""
    papers = [SealedPaper(list_paper(1), cards=1) for _ in range(4)]
    closed, void, opened, prepared = papers
    for one in papers:
        hall.seal(one)
    hall.open(closed)
    hall.close(closed)
    hall.order("box.void", BoxVoid("Mất điện"), void.uuid)
    hall.open(opened)

    answer = hall.tablet().client.get("/api/booth/elections").json

    listed = [one["uuid"] for one in answer["elections"]]  # type: ignore[index]
    assert listed == [each.uuid for each in (opened, prepared, void, closed)]


def test_outside_of_a_demonstration_the_link_does_not_exist(hall: Hall) -> None:
    rules = {rule.rule for rule in hall.app.url_map.iter_rules()}

    assert "/demo/booth" not in rules
    assert hall.app.test_client().get("/demo/booth").status_code == 404


def test_a_demonstration_pairs_this_machine_only(tmp_path: Path) -> None:
    hall = Hall(tmp_path / "demo", demo=True)
    client = hall.app.test_client()
    far = {"REMOTE_ADDR": "192.168.1.20"}

    assert client.get("/demo/booth", environ_base=far).status_code == 403
    assert client.get("/demo/booth").headers["Location"] == "/booth"
    assert client.get("/api/session").json["roles"] == ["tablet"]  # type: ignore[index]
    client.get("/demo/booth")
    assert len(hall.order("tablet.list", TabletsAsked())["tablets"]) == 1
    assert "TRÌNH DIỄN" in client.get("/booth").text
    hall.stop()
