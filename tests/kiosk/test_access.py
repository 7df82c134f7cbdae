"""Who may use which door of the kiosk: the whole list, so that a new one is noticed."""

import pytest

from tests.kiosk.hall import Hall, SealedPaper, Tablet

DOORS = {
    "/": "public",
    "/booth": "public",
    "/board/<uuid>": "public",
    "/board/<uuid>.bel": "public",
    "/api/booth/pair": "public",
    "/api/booth/elections": "tablet",
    "/api/booth/state": "tablet",
    "/api/elections/<uuid>/cards/check": "tablet",
    "/api/elections/<uuid>/ballots": "tablet",
    "/api/elections/<uuid>/election.json": "public",
    "/api/elections/<uuid>/trustees.json": "public",
    "/api/elections/<uuid>/credentials.json": "public",
    "/api/board/<uuid>": "public",
    "/api/board/<uuid>/events": "public",
    "/api/board/<uuid>/trackers": "public",
    "/messages": "peers",
    "/api/session": "public",
    "/i18n/<locale>.json": "public",
    "/lang/<locale>": "public",
    "/static/web/<path:filename>": "public",
    "/static/kiosk/<path:filename>": "public",
}


def test_every_door_is_open_to_whom_the_list_says(hall: Hall) -> None:
    found = {
        rule.rule: "".join(hall.app.view_functions[rule.endpoint].access)  # type: ignore[attr-defined]
        for rule in hall.app.url_map.iter_rules()
    }

    assert found == DOORS


@pytest.mark.parametrize(
    "door", [door for door, who in DOORS.items() if who == "tablet"]
)
def test_a_tablet_s_door_is_shut_to_everybody_else(
    hall: Hall, vote: SealedPaper, door: str
) -> None:
    path = door.replace("<uuid>", vote.uuid)
    stranger = Tablet(hall.app.test_client())

    get = door == "/api/booth/elections"
    answer = stranger.client.get(path) if get else stranger.post(path, {})

    assert answer.status_code == 403
    assert answer.json["code"] == "login_needed"  # type: ignore[index]


def test_a_forged_cookie_opens_nothing(hall: Hall) -> None:
    client = hall.app.test_client()
    client.set_cookie("phieukin_tablet", "A" * 43)

    assert client.get("/api/booth/elections").status_code == 403


def test_a_post_without_the_token_of_the_session_is_refused(
    hall: Hall, vote: SealedPaper
) -> None:
    tablet = hall.tablet()
    path = f"/api/elections/{vote.uuid}/ballots"

    answer = tablet.client.post(path, data=vote.ballot(0))

    assert answer.status_code == 400
    assert answer.json["code"] == "stale_page"  # type: ignore[index]


def test_only_what_is_public_may_be_read_by_other_pages(hall: Hall) -> None:
    tablet = hall.tablet()
    private = tablet.client.get("/api/booth/elections")
    session = tablet.client.get("/api/session")

    assert "Access-Control-Allow-Origin" not in private.headers
    assert "Access-Control-Allow-Origin" not in session.headers
