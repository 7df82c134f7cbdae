"""Accounts of the organisers, kept by the administrator."""

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin import actions
from admin.actions import record
from admin.models import Account
from admin.names import tidy
from web import accounts as logins
from web.errors import Refused

ROLES = ("secretary", "desk", "chair", "auditor", "administrator")
FEWEST_CHARACTERS = 10  # of a password; the limiter slows down guessing
_MAX_NAME = 64
_MAX_PASSWORD = 200  # argon2 reads all of it


class NewAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who may log in from now on."""

    username: str
    role: str
    password: str


class AccountView(msgspec.Struct, frozen=True):
    """An account without its password."""

    id: int
    username: str
    role: str
    active: bool


def listing(session: Session) -> list[AccountView]:
    """Return all accounts by name."""
    rows = session.scalars(select(Account).order_by(Account.username))
    return [AccountView(row.id, row.username, row.role, row.active) for row in rows]


def add(session: Session, order: NewAccount) -> None:
    """Add an account.

    Raises:
        Refused: the name is taken or empty, the role or the password is no good.
    """
    username = tidy(order.username)
    if not 0 < len(username) <= _MAX_NAME:
        raise Refused("username_wrong", limit=_MAX_NAME)
    if order.role not in ROLES:
        raise Refused("role_unknown")
    _check_password(order.password)
    logins.add_account(session, username, order.role, order.password)
    record(session, actions.AccountChanged(username=username, what="added"))


def set_password(session: Session, account_id: int, password: str) -> None:
    """Give an account a new password.

    Raises:
        Refused: there is no such account, or the password is too short.
    """
    account = _load(session, account_id)
    _check_password(password)
    logins.set_password(session, account.username, password)
    record(session, actions.AccountChanged(username=account.username, what="password"))


def set_active(session: Session, account_id: int, *, active: bool) -> None:
    """Let an account log in, or not any more.

    Raises:
        Refused: it is the last administrator, who must remain.
    """
    account = _load(session, account_id)
    account.active = active
    session.flush()
    administrators = select(func.count()).where(
        Account.role == "administrator", Account.active.is_(True)
    )
    if not session.scalar(administrators):
        raise Refused("last_administrator")
    what = "activated" if active else "deactivated"
    record(session, actions.AccountChanged(username=account.username, what=what))


def _load(session: Session, account_id: int) -> Account:
    account = session.get(Account, account_id)
    if account is None:
        raise Refused("account_unknown", status=404)
    return account


def _check_password(password: str) -> None:
    if not FEWEST_CHARACTERS <= len(password) <= _MAX_PASSWORD:
        raise Refused("password_wrong", fewest=FEWEST_CHARACTERS)
