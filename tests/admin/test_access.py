"""Who may do what, the accounts, the tablets, the turnout; schema and catalogues."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import admin
from admin import models
from tests.admin.neighbours import Browser, Office, code_of
from tests.admin.sample import Meeting, order
from web.i18n import load_catalogue
from web.launcher.provision import FirstLogin

ROLES = {"secretary", "desk", "chair", "auditor", "administrator"}
OFFICE, DESK, CHAIR = {"secretary"}, {"secretary", "desk"}, {"secretary", "chair"}
ORGANISING = (
    "convene",
    "new-key",
    "prepare-next",
    "next",
    "delegates",
    "delegates/from-register",
    "nominees",
    "nominees/from-register",
    "cards",
    "seal",
    "details",
    "roll-call/lock",
    "roll-call/unlock",
)
IN_CONFERENCE = dict.fromkeys(ORGANISING, OFFICE) | {
    "delegates/1/presence": DESK,
    "cards/issue": DESK,
    "cards/void": DESK,
    "open": CHAIR,
    "close": CHAIR,
    "void": CHAIR,
    "announce": CHAIR,
    "complete": CHAIR,
    "ties": CHAIR,
    "bundle": CHAIR,
    "room": CHAIR,
    "documents": {*CHAIR, "auditor"},
}
PLANNING = (
    "people",
    "people/one",
    "people/1",
    "rounds",
    "rounds/1/units",
    "rounds/1/targets",
    "rounds/1/deadlines",
    "rounds/1/windows",
    "rounds/1/meetings",
    "units/1/positions",
    "units/1/instances",
    "positions/1",
    "positions/1/entries",
    "entries/1/exit",
    "entries/1/keep",
    "entries/1/propose-removal",
    "entries/1/withdraw",
    "instances/1/steps/1",
    "instances/1/steps/1/conference",
    "instances/1/steps/1/join",
    "deadlines/1",
    "deadlines/1/done",
    "deadlines/1/reopen",
    "deadlines/1/remove",
    "meetings/1",
    "meetings/1/remove",
    "samples/1",
    "letterheads",
    "letterheads/1",
    "letterheads/1/remove",
    "templates/1/1",
    "templates/1/1/remove",
)
WRITERS = (
    {"/api/conferences": OFFICE}
    | {f"/api/conferences/1/{path}": who for path, who in IN_CONFERENCE.items()}
    | {f"/api/{path}": OFFICE for path in PLANNING}
    | {"/api/procedures": {"secretary", "administrator"}}
)
# They change nothing, but what they are asked with is an object.
ASKING = {"/api/needed", "/api/table.xlsx"}


def allowed(office: Office, path: str, role: str) -> bool:
    answer = getattr(office, role).post(path)
    return bool(answer.status_code != 403)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_who_may_change_what(office: Office, role: str) -> None:
    may = {path for path in WRITERS if allowed(office, path, role)}

    assert may == {path for path, roles in WRITERS.items() if role in roles}


def test_a_stranger_may_change_nothing(office: Office) -> None:
    stranger = Browser(office.app)
    for path in WRITERS:
        answer = stranger.post(path)
        assert (answer.status_code, code_of(answer)) == (403, "login_needed")


def test_every_change_is_in_the_list_above(office: Office) -> None:
    elsewhere = re.compile(r"/(messages|api/(log(in|out)|accounts.*|tablets.*))")
    changing = {
        re.sub(r"<(int:)?\w+>", "1", rule.rule)
        for rule in office.app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and not elsewhere.fullmatch(rule.rule)
    }

    assert changing - ASKING == set(WRITERS)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_everybody_reads(office: Office, role: str) -> None:
    meeting = Meeting(office).create()
    tab = getattr(office, role)

    assert len(tab.get("/api/conferences").get_json()["conferences"]) == 1
    assert tab.get(meeting.path).get_json()["uuid"] == meeting.uuid
    assert tab.get(f"{meeting.path}/display").status_code == 200
    assert tab.get("/api/procedures").get_json()["procedures"][0]["quorum"] == "2/3"
    accounts = tab.get("/api/accounts").status_code
    assert accounts == (200 if role == "administrator" else 403)


def test_a_change_needs_the_token_of_the_page(office: Office) -> None:
    answer = office.secretary.client.post("/api/conferences", json=order())

    assert (answer.status_code, code_of(answer)) == (400, "stale_page")


def test_a_template_is_downloaded(office: Office) -> None:
    answer = office.secretary.get("/api/templates/nominees.xlsx")

    assert answer.get_data().startswith(b"PK")
    assert "nhan-su.xlsx" in answer.headers["Content-Disposition"]


def test_the_administrator_keeps_accounts(office: Office) -> None:
    new = {"username": "ban2", "role": "desk", "password": "mật khẩu dài"}
    assert office.administrator.post("/api/accounts", new).status_code == 201
    assert code_of(office.administrator.post("/api/accounts", new)) == "username_taken"
    login = FirstLogin(None, "ban2", "desk", "mật khẩu dài")  # type: ignore[arg-type]
    desk = Browser(office.app, login)
    assert desk.get("/api/conferences").status_code == 200
    rows = office.administrator.get("/api/accounts").get_json()["accounts"]
    row = next(row for row in rows if row["username"] == "ban2")
    assert set(row) == {"id", "username", "role", "active"}

    path = f"/api/accounts/{row['id']}"
    office.administrator.post(f"{path}/password", {"password": "mật khẩu khác"})
    old = Browser(office.app).post(
        "/api/login", {"username": "ban2", "password": "mật khẩu dài"}
    )
    assert code_of(old) == "wrong_login"
    office.administrator.post(f"{path}/active", {"active": False})
    assert desk.get("/api/conferences").status_code == 403


WRONG_ACCOUNTS = {
    "role_unknown": {"role": "head"},
    "password_wrong": {"password": "ngắn"},
    "username_wrong": {"username": " "},
}


@pytest.mark.parametrize("code", WRONG_ACCOUNTS)
def test_an_account_that_cannot_be(office: Office, code: str) -> None:
    new = {"username": "ban2", "role": "desk", "password": "mật khẩu dài"}
    answer = office.administrator.post("/api/accounts", new | WRONG_ACCOUNTS[code])

    assert code_of(answer) == code


def test_the_last_administrator_stays(office: Office) -> None:
    rows = office.administrator.get("/api/accounts").get_json()["accounts"]
    mine = next(row["id"] for row in rows if row["role"] == "administrator")
    answer = office.administrator.post(
        f"/api/accounts/{mine}/active", {"active": False}
    )

    assert code_of(answer) == "last_administrator"
    assert office.administrator.get("/api/accounts").status_code == 200


def test_tablets_are_asked_of_the_kiosk(office: Office) -> None:
    paired = office.secretary.post("/api/tablets/pairing", {"label": " Máy  1 "})
    assert paired.get_json()["code"] == "4711-0815"
    assert paired.get_json()["url"] == "http://127.0.0.1:8200/booth"
    assert office.kiosk.last("tablet.pairing").label == "Máy 1"
    (tablet,) = office.chair.get("/api/tablets").get_json()["tablets"]
    assert (tablet["label"], tablet["online"], tablet["busy"]) == ("Máy 1", True, False)
    assert office.secretary.post("/api/tablets/t1/revoke").status_code == 200
    assert office.kiosk.last("tablet.revoked").tablet == "t1"
    for role in ("desk", "chair", "auditor", "administrator"):
        assert not allowed(office, "/api/tablets/pairing", role)
        assert not allowed(office, "/api/tablets/t1/revoke", role)


def test_a_turnout_that_cannot_be_asked_is_not_invented(meeting: Meeting) -> None:
    meeting.sealed().post("/open", role="chair")
    meeting.office.kiosk.unplugged = True
    shown = meeting.office.chair.get(f"{meeting.path}/display").get_json()

    assert shown["counts"]["cast"] is None
    assert shown["counts"]["issued"] == 7


def test_a_box_that_did_not_answer_is_not_shown_as_open(meeting: Meeting) -> None:
    meeting.sealed()
    meeting.office.kiosk.unplugged = True
    answer = meeting.office.chair.post(f"{meeting.path}/open")

    assert (answer.status_code, code_of(answer)) == (503, "peer_unreachable")
    assert meeting.view()["state"] == "sealed"
    meeting.office.kiosk.unplugged = False
    meeting.post("/open", role="chair")
    assert meeting.view()["state"] == "open"


def test_migrations_build_what_the_models_say(office: Office) -> None:
    engine = office.app.extensions["phieukin.sessions"].engine
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, models.Base.metadata) == []


def test_every_refusal_is_in_both_catalogues() -> None:
    package = Path(admin.__file__ or "").parent
    source = "".join(path.read_text() for path in package.rglob("*.py"))
    codes = set(re.findall(r'Refused\(\s*"(\w+)"', source))
    codes |= set(re.findall(r'TableError\("(\w+)"', source))
    faults = set(re.findall(r'(?<!_)fault\(\s*\w+, \w+,\s*"(\w+)"', source))
    faults |= set(re.findall(r'\bFault\([^")]*"(\w+)"', source))
    wanted = {f"error.{code}" for code in codes} | {f"import.{f}" for f in faults}
    assert len(wanted) > 60

    for locale in ("vi", "en"):
        texts = load_catalogue("web", locale) | load_catalogue("admin", locale)
        assert wanted - texts.keys() == set()
