"""Two kinds of no, in one shape: malformed (400), or against the rules (409, 403, ...).

    {"ok": false, "code": "no_quorum", "message": "...", "details": {"needed": 67}}

The message is the catalogue's `error.<code>`, filled with the numbers that explain it:
what happened, what it means for the vote, what to do next.
"""

import logging
import traceback
from typing import Any

from flask import Flask, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from web import i18n

_log = logging.getLogger("phieukin")
_CONFLICT = 409


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """A well-formed request that the rules do not allow."""

    def __init__(self, code: str, *, status: int = _CONFLICT, **details: Any) -> None:  # noqa: ANN401 - any JSON value
        super().__init__(code)
        self.code = code
        self.status = status
        self.details = details

    @property
    def message(self) -> str:
        """The sentence for the person who asked."""
        return i18n.text(f"error.{self.code}", **self.details)


class Malformed(Refused):
    """A request that is not what the route expects; `fault` says where."""

    def __init__(self, fault: str) -> None:
        super().__init__("malformed", status=400, fault=fault)


def install(app: Flask) -> None:
    """Answer every failure in the one shape, and keep bodies out of the log."""
    app.register_error_handler(Refused, answer_refusal)
    app.register_error_handler(CSRFError, _answer_csrf)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_fault)


def answer_refusal(refusal: Refused) -> ResponseReturnValue:
    """Answer JSON to programs, a page or the login to people."""
    if wants_json():
        body = {
            "ok": False,
            "code": refusal.code,
            "message": refusal.message,
            "details": refusal.details,
        }
        return jsonify(body), refusal.status
    if refusal.code == "login_needed" and _has_login():
        return redirect(url_for("accounts.page", next=request.path))
    return render_template("web/error.html", refusal=refusal), refusal.status


def wants_json() -> bool:
    """Say whether a program is asking, not a person who follows a link."""
    return request.path.startswith(("/api/", "/messages", "/socket.io"))


def _has_login() -> bool:
    return any(rule.endpoint == "accounts.page" for rule in _rules())


def _rules() -> Any:  # noqa: ANN401 - werkzeug's iterator
    from flask import current_app  # noqa: PLC0415 - only needed here

    return current_app.url_map.iter_rules()


def _answer_csrf(_error: CSRFError) -> ResponseReturnValue:
    return answer_refusal(Refused("stale_page", status=400))


def _answer_http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:  # noqa: PLR2004 - HTTP's own border
        return error.get_response()
    known = {404: "not_found", 405: "not_found", 413: "too_large", 429: "too_often"}
    code = known.get(error.code, "bad_request")
    return answer_refusal(Refused(code, status=error.code))


def _answer_fault(error: Exception) -> ResponseReturnValue:
    # Only the places are logged: the text of an exception may quote what was sent.
    places = "".join(traceback.format_tb(error.__traceback__))
    _log.error("%s on %s\n%s", type(error).__name__, request.endpoint, places)
    return answer_refusal(Refused("fault", status=500))
