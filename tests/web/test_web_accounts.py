import json
import stat
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import select

from tests.web.sample_service.models import Account, Base
from web import accounts
from web.db import current_sessions
from web.errors import Refused
from web.keys import FileSigner, write_key


def test_first_logins_are_read_once_and_deleted(room: Any) -> None:
    folder = room.admin.config["DATA"]

    assert not (folder / accounts.FIRST_LOGINS).exists()
    with room.admin.app_context(), current_sessions().reading() as session:
        rows = session.scalars(select(Account)).all()
    assert {row.username for row in rows} == {
        "secretary", "desk", "chair", "auditor", "administrator",
    }  # fmt: skip
    assert all(row.password_hash.startswith("$argon2id$") for row in rows)


def test_first_logins_do_not_overrule_existing_accounts(room: Any) -> None:
    path = room.admin.config["DATA"] / accounts.FIRST_LOGINS
    path.write_text(json.dumps([{"username": "x", "role": "chair", "password": "y"}]))
    sessions = room.admin.extensions["phieukin.sessions"]
    accounts._import_first(path, sessions, Base)

    assert not path.exists()
    with sessions.reading() as session:
        assert session.scalar(select(Account).where(Account.username == "x")) is None


def test_logging_in_and_out(room: Any, visitor: Any) -> None:
    login = room.logins[0]
    assert visitor.log_in(login).status_code == 200
    state = visitor.client.get("/api/session").get_json()
    assert (state["user"], state["roles"]) == (login.username, [login.role])
    assert visitor.client.get("/login").location == "/"

    assert visitor.post("/api/logout", {}).status_code == 200
    assert visitor.client.get("/api/session").get_json()["roles"] == []


@pytest.mark.parametrize(
    ("username", "password"), [("secretary", "wrong"), ("nobody", "wrong")]
)
def test_a_wrong_login_does_not_say_which_part(
    visitor: Any, username: str, password: str
) -> None:
    answer = visitor.post("/api/login", {"username": username, "password": password})

    assert (answer.status_code, answer.get_json()["code"]) == (403, "wrong_login")


def test_a_name_that_nobody_has_takes_as_much_work() -> None:
    """Else the time of an answer would tell which accounts there are."""
    in_service = PasswordHasher()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_hasher", in_service)
        invented = accounts._nobodys_hash()

    assert extract_parameters(invented) == extract_parameters(in_service.hash("any"))
    with pytest.raises(VerifyMismatchError):  # it was computed, and compared
        in_service.verify(invented, "any")


def test_guessing_is_slowed_down(visitor: Any) -> None:
    guesses = [
        visitor.post("/api/login", {"username": "chair", "password": str(one)})
        for one in range(11)
    ]
    assert [one.status_code for one in guesses] == [403] * 10 + [429]


def test_a_closed_account_is_out_at_once(room: Any, secretary: Any) -> None:
    with room.admin.app_context(), current_sessions().begin() as session:
        row = session.scalar(select(Account).where(Account.username == "secretary"))
        row.active = False

    assert secretary.client.get("/api/session").get_json()["roles"] == []
    login = next(one for one in room.logins if one.username == "secretary")
    assert secretary.log_in(login).status_code == 403


def test_a_new_password_puts_out_whoever_used_the_old_one(
    room: Any, secretary: Any
) -> None:
    with room.admin.app_context(), current_sessions().begin() as session:
        accounts.set_password(session, "secretary", "another long password")

    assert secretary.client.get("/api/session").get_json()["roles"] == []


@pytest.mark.parametrize("identity", ["1", "1:", ":", "x:y", "1:x:y", "", "²:"])
def test_an_odd_session_is_nobodys(room: Any, identity: str) -> None:
    with room.admin.app_context():
        assert accounts._load(identity) is None


def test_accounts_are_added_and_passwords_changed(room: Any, visitor: Any) -> None:
    with room.admin.app_context(), current_sessions().begin() as session:
        accounts.add_account(session, "desk2", "desk", "one")
    with room.admin.test_request_context(), pytest.raises(Refused) as refused:
        add_again()
    assert refused.value.code == "username_taken"
    with room.admin.app_context(), current_sessions().begin() as session:
        accounts.set_password(session, "desk2", "two")
        with pytest.raises(Refused):
            accounts.set_password(session, "nobody", "two")

    body = {"username": "desk2", "password": "two"}
    assert visitor.post("/api/login", body).get_json()["roles"] == ["desk"]


def add_again() -> None:
    with current_sessions().begin() as session:
        accounts.add_account(session, "desk2", "desk", "one")


@pytest.mark.parametrize("target", ["//evil.example/", "https://evil.example", "/\\e"])
def test_a_login_link_leads_nowhere_else(visitor: Any, target: str) -> None:
    page = visitor.client.get("/login", query_string={"next": target})

    assert 'data-done="/"' in page.get_data(as_text=True)


def test_a_key_is_drawn_once_and_private(tmp_path: Path) -> None:
    path = tmp_path / "signing.key"
    write_key(path)
    first = FileSigner(path)
    write_key(path)

    assert FileSigner(path).public == first.public
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(first.key_id) == 16
