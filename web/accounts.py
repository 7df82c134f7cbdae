"""People who log in: admin and tally. Passwords are argon2id hashes.

The first accounts come from `first-logins.json`, which the launcher writes for a new
data folder; the service reads it into its empty table and deletes it.
"""

import json
import secrets
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from argon2.low_level import ARGON2_VERSION
from flask import Blueprint, Flask, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Session

from web import schema
from web.access import limited, own_path, public
from web.db import Sessions, current_sessions
from web.errors import Refused
from web.models import AccountRow, row_of
from web.record import current_models

FIRST_LOGINS = "first-logins.json"
blueprint = Blueprint("accounts", __name__)
_hasher = PasswordHasher()


class Login(schema.Body, frozen=True):
    """What a person types to log in."""

    username: str
    password: str


class _User(UserMixin):  # type: ignore[misc]
    def __init__(self, row: AccountRow) -> None:
        self.id = _identity(row)
        self.username = row.username
        self.role = row.role


def account_roles() -> frozenset[str]:
    """Return the role of the account that is logged in, if one is."""
    if not current_user.is_authenticated:
        return frozenset()
    return frozenset({current_user.role})


def account_name() -> str:
    """Return the user name of the account that is logged in, or nothing."""
    return current_user.username if current_user.is_authenticated else ""


def add_account(session: Session, username: str, role: str, password: str) -> None:
    """Add a person who may log in.

    Raises:
        Refused: the name is taken.
    """
    account = row_of(current_models(), AccountRow)
    if session.scalar(select(account).where(account.username == username)):
        raise Refused("username_taken", username=username)
    session.add(_new(account, username, role, password))


def set_password(session: Session, username: str, password: str) -> None:
    """Give a person a new password.

    Raises:
        Refused: nobody has that name.
    """
    account = row_of(current_models(), AccountRow)
    row = session.scalar(select(account).where(account.username == username))
    if row is None:
        raise Refused("unknown_account", username=username)
    row.password_hash = _hasher.hash(password)


def install(app: Flask, sessions: Sessions, models: type[DeclarativeBase]) -> None:
    """Open the login of a service, with the first accounts if there are none."""
    manager = LoginManager()
    manager.session_protection = None  # it would keep a hash of the address
    manager.init_app(app)
    manager.user_loader(_load)
    app.register_blueprint(blueprint)
    _import_first(Path(app.config["DATA"]) / FIRST_LOGINS, sessions, models)


@blueprint.get("/login")
@public
def page() -> ResponseReturnValue:
    """Show the login form, or go on if that is done."""
    if current_user.is_authenticated:
        return redirect(_next())
    return render_template("web/login.html", next=_next())


@blueprint.post("/api/login")
@public
@limited
def login() -> Response:
    """Log in, or refuse without saying which of the two was wrong."""
    attempt = schema.read(Login)
    account = row_of(current_models(), AccountRow)
    with current_sessions().reading() as session:
        row = session.scalar(
            select(account).where(
                account.username == attempt.username, account.active.is_(True)
            )
        )
    _check_password(row, attempt.password)
    login_user(_User(row) if row else None)
    return schema.answer({"user": attempt.username, "roles": sorted(account_roles())})


@blueprint.post("/api/logout")
@public
def logout() -> Response:
    """Log out; nothing happens if nobody is logged in."""
    logout_user()
    return schema.answer()


def _check_password(row: AccountRow | None, password: str) -> None:
    try:
        _hasher.verify(row.password_hash if row else _nobodys_hash(), password)
    except (VerifyMismatchError, InvalidHashError) as error:
        raise Refused("wrong_login", status=403) from error
    if row is None:
        raise Refused("wrong_login", status=403)


def _nobodys_hash() -> str:
    """Invent a hash, checked where nobody has that name: both answers take as long.

    Nothing was hashed for it, which would cost every start of a service as much as a
    login.
    """
    work = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    salt, digest = map(_random_base64, (_hasher.salt_len, _hasher.hash_len))
    return f"$argon2id$v={ARGON2_VERSION}${work}${salt}${digest}"


def _random_base64(length: int) -> str:
    return b64encode(secrets.token_bytes(length)).rstrip(b"=").decode("ascii")


def _load(identity: str) -> _User | None:
    number = identity.partition(":")[0]
    if not (number.isascii() and number.isdigit()):
        return None
    account = row_of(current_models(), AccountRow)
    with current_sessions().reading() as session:
        row = session.get(account, int(number))
        valid = row is not None and row.active and _identity(row) == identity
        return _User(row) if row and valid else None


def _identity(row: AccountRow) -> str:
    """Name an account in a session, which ends when the password is changed."""
    password = sha256(row.password_hash.encode()).hexdigest()
    return f"{row.id}:{password[:16]}"


def _next() -> str:
    return own_path(request.args.get("next", "/"))


def _new(account: Any, username: str, role: str, password: str) -> AccountRow:  # noqa: ANN401 - the service's own class
    row: AccountRow = account(
        username=username,
        role=role,
        password_hash=_hasher.hash(password),
        active=True,
    )
    return row


def _import_first(
    path: Path, sessions: Sessions, models: type[DeclarativeBase]
) -> None:
    if not path.exists():
        return
    account = row_of(models, AccountRow)
    with sessions.begin() as session:
        if session.scalar(select(account.id).limit(1)) is None:
            for one in json.loads(path.read_text(encoding="utf-8")):
                session.add(_new(account, **one))
    path.unlink()
