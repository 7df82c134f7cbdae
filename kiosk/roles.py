"""Who is asking: a paired tablet, by the token in its cookie, or nobody known."""

from flask import Response

from kiosk.models import TabletRow
from kiosk.tablets import COOKIE, Tablets, token_of_request
from web.db import current_sessions
from web.errors import Refused
from web.settings import ServiceSettings, current_settings

TABLET = "tablet"
_TOKEN_SECONDS = 400 * 24 * 3600  # the longest that browsers keep a cookie


def roles() -> frozenset[str]:
    """Return the roles of whoever is asking."""
    token = token_of_request()
    if not token:
        return frozenset()
    with current_sessions().reading() as session:
        tablet = Tablets(session).holding(token)
        return frozenset() if tablet is None else frozenset({TABLET})


def current_tablet_id() -> str:
    """Return which tablet is asking, for its sign of life and nothing else."""
    with current_sessions().reading() as session:
        tablet: TabletRow | None = Tablets(session).holding(token_of_request())
        if tablet is None:
            raise Refused("login_needed", status=403)
        return tablet.id


def hand_out(response: Response, token: str) -> Response:
    """Give the browser the token that makes it a paired tablet."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=_TOKEN_SECONDS,
        httponly=True,
        samesite="Strict",
        secure=current_settings(ServiceSettings).secure_cookies,
    )
    return response
