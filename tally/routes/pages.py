"""The pages: a frame and the committee's front end in it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tally import seats
from web.access import current_roles, public, requires

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    if "leader" in current_roles():
        return render_template("tally/page.html", page="leader", uuid="")
    mine = seats.at_work()
    if mine is not None:
        return redirect(url_for("pages.committee", uuid=mine))
    return redirect(url_for("pages.join"))


@blueprint.get("/join")
@public
def join() -> ResponseReturnValue:
    return render_template("tally/page.html", page="join", uuid="")


@blueprint.get("/committee/<uuid>")
@requires("leader", "trustee")
def committee(uuid: str) -> ResponseReturnValue:
    seats.require_here(uuid)
    return render_template("tally/page.html", page="committee", uuid=uuid)
