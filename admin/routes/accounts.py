"""Accounts: the administrator adds people and takes their access away."""

from flask import Blueprint, Response

from admin import accounts
from admin.accounts import NewAccount
from admin.routes.access import ADMINISTRATORS
from web import schema
from web.access import requires
from web.db import current_sessions

blueprint = Blueprint("admin_accounts", __name__)


class Password(schema.Body, frozen=True):
    """A new password."""

    password: str


class Active(schema.Body, frozen=True):
    """Whether the account may log in."""

    active: bool


@blueprint.get("/api/accounts")
@requires(*ADMINISTRATORS)
def list_accounts() -> Response:
    with current_sessions().reading() as session:
        return schema.answer({"accounts": accounts.listing(session)})


@blueprint.post("/api/accounts")
@requires(*ADMINISTRATORS)
def add() -> Response:
    order = schema.read(NewAccount)
    with current_sessions().begin() as session:
        accounts.add(session, order)
    return schema.answer(status=201)


@blueprint.post("/api/accounts/<int:account_id>/password")
@requires(*ADMINISTRATORS)
def set_password(account_id: int) -> Response:
    order = schema.read(Password)
    with current_sessions().begin() as session:
        accounts.set_password(session, account_id, order.password)
    return schema.answer()


@blueprint.post("/api/accounts/<int:account_id>/active")
@requires(*ADMINISTRATORS)
def set_active(account_id: int) -> Response:
    order = schema.read(Active)
    with current_sessions().begin() as session:
        accounts.set_active(session, account_id, active=order.active)
    return schema.answer()
