"""What every page stands in: its frame, its texts, its static files, its session."""

import re
from importlib.resources import files
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    make_response,
    redirect,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from web import i18n, qr, schema
from web.access import current_roles, own_path, public
from web.accounts import account_name
from web.errors import Refused
from web.models import AccountRow, has_row
from web.record import current_models
from web.settings import ServiceSettings, current_settings

_YEAR_SECONDS = 365 * 24 * 3600
_ICON = re.compile(r"[a-z0-9-]+")
_YEARS = re.compile(r"(\d{4}[-–]\d{4})")
blueprint = Blueprint("frame", __name__, template_folder="templates")


@blueprint.get("/api/session")
@public
def session_state() -> Response:
    """Say who is asking, and hand out the token that every POST must bring."""
    settings = current_settings(ServiceSettings)
    logs_in = has_row(current_models(), AccountRow)
    return schema.answer(
        {
            "user": account_name() if logs_in else "",
            "roles": sorted(current_roles()),
            "csrf_token": generate_csrf(),
            "locale": i18n.current_locale(),
            "demo": settings.demo,
        }
    )


@blueprint.get("/i18n/<locale>.json")
@public
def texts(locale: str) -> Response:
    """Hand the browser the same catalogue that the templates use."""
    if locale not in i18n.LOCALES:
        raise Refused("not_found", status=404)
    content = current_app.json.dumps(i18n.current_catalogue(locale))
    return current_app.response_class(content, mimetype="application/json")


@blueprint.get("/lang/<locale>")
@public
def choose_language(locale: str) -> ResponseReturnValue:
    """Change the language and go back to the page the link stood on."""
    if locale not in i18n.LOCALES:
        raise Refused("not_found", status=404)
    path = own_path(request.args.get("next", "/"))
    response = make_response(redirect(path))
    response.set_cookie(
        i18n.COOKIE, locale, max_age=_YEAR_SECONDS, samesite="Strict", httponly=True
    )
    return response


def icon(name: str) -> Markup:
    """Return an icon of the sprite that the build makes.

    Raises:
        ValueError: this cannot be the name of an icon.
    """
    if not _ICON.fullmatch(name):
        raise ValueError(f"no icon is called {name!r}")
    sprite = url_for("web_static.static", filename="dist/icons.svg")
    return Markup(
        '<svg class="icon" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>'
    ).format(sprite, name)


def unbroken(text: str) -> Markup:
    """Return a text whose terms of office ("2025-2030") stay on one line."""
    kept = Markup('<span class="unbroken">{}</span>')
    parts = enumerate(_YEARS.split(text))
    return Markup().join(kept.format(part) if at % 2 else part for at, part in parts)


def qr_svg(text: str) -> Markup:
    """Return a QR code to place in a page."""
    return Markup(qr.svg(text))  # noqa: S704 - digits and commands of our own making


def install(app: Flask, settings: ServiceSettings) -> None:
    """Serve static files and give the templates what every page shows."""
    for package in ("web", app.import_name):
        _serve_static(app, package)
    app.jinja_env.filters["unbroken"] = unbroken
    app.jinja_env.globals.update(
        icon=icon,
        qr_svg=qr_svg,
        demo=settings.demo,
        service=app.config["SERVICE"],
        package=app.import_name,
        roles=current_roles,
        user_name=_user_name,
        escape=escape,
    )


def _serve_static(app: Flask, package: str) -> None:
    name = package.rpartition(".")[2]
    static = Blueprint(
        f"{name}_static",
        __name__,
        static_folder=str(files(package) / "static"),
        static_url_path=f"/static/{name}",
    )
    app.register_blueprint(static)
    endpoint = f"{name}_static.static"
    app.view_functions[endpoint] = public(_unbound(app, endpoint))


def _user_name() -> str:
    return account_name() if has_row(current_models(), AccountRow) else ""


def _unbound(app: Flask, endpoint: str) -> Any:  # noqa: ANN401 - any view
    view: Any = app.view_functions[endpoint]

    def send(**values: Any) -> Any:  # noqa: ANN401 - any view
        return view(**values)

    return send
