"""`phieukin procedures` and `phieukin needed`: without a service, on files alone."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click
import msgspec
from flask import Flask

from admin import needed as calculator
from admin import procedure_views as views
from admin import procedure_words as words
from admin.choices import NO_QUORUM, ChoiceError, Choices
from admin.needed import CountsError, MissingError, read_threshold
from admin.procedure import UNSTATED, Procedure, Step
from admin.profile_check import ProfileError, ProfileFault, fault_words
from admin.profiles import FOLDER, Catalogue, Loaded, readable
from web import i18n
from web.contracts import Service
from web.errors import Refused
from web.rules import Counts

_WRONG = 2
_Command = Callable[..., None]


def _options(command: _Command) -> _Command:
    """Add what every command here has: language, JSON, where the office's files are."""
    for option in (
        click.option("--lang", type=click.Choice(i18n.LOCALES), default="vi"),
        click.option("--json", "as_json", is_flag=True, help="Answer in JSON."),
        click.option(
            "--data",
            type=click.Path(file_okay=False, path_type=Path),
            default=Path("data"),
            show_default=True,
            help="Data folder of phieukin, for the office's own procedures.",
        ),
        click.option(
            "--folder",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            help="Folder of the office's procedures itself.",
        ),
    ):
        command = option(command)
    return command


@click.group()
def procedures() -> None:
    """List, show and check the procedures that conferences follow."""


@procedures.command("list")
@_options
def list_them(*, lang: str, as_json: bool, data: Path, folder: Path | None) -> None:
    """Name every procedure, and the office's files that cannot be used."""
    catalogue = _catalogue(data, folder)
    with _speaking(lang):
        found = [views.summary(each, lang) for each in catalogue.all()]
        faulty = catalogue.faulty()
        if as_json:
            files = [_file(each.file, each.faults) for each in faulty]
            _print({"procedures": found, "faulty": files})
            return
        click.echo("\n".join(words.listing(found)))
        for each in faulty:
            _tell_faults(each.faults)


@procedures.command("show")
@click.argument("procedure_id", metavar="ID")
@click.option("--toml", is_flag=True, help="Print the file itself, to copy.")
@_options
def show(
    *,
    procedure_id: str,
    toml: bool,
    lang: str,
    as_json: bool,
    data: Path,
    folder: Path | None,
) -> None:
    """Say everything that a procedure says, step by step."""
    catalogue = _catalogue(data, folder)
    with _speaking(lang):
        loaded = _get(catalogue, procedure_id, partial(_fail, as_json=as_json))
        found = views.whole(catalogue, loaded, lang)
        if toml:
            click.echo(loaded.text, nl=False)
        elif as_json:
            _print(found)
        else:
            click.echo("\n".join(words.whole(found)))


@procedures.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_options
def check(
    *, file: Path, lang: str, as_json: bool, data: Path, folder: Path | None
) -> None:
    """Check a procedure file; name every fault, and fail if there is one."""
    catalogue, name = _catalogue(data, folder), readable(file.name)
    with _speaking(lang):
        try:
            found = catalogue.check(name, file.read_bytes()).procedure
        except ProfileError as error:
            if as_json:
                _print({"ok": False, **_file(name, error.faults)})
            else:
                _tell_faults(error.faults)
            sys.exit(1)
        if as_json:
            _print({"ok": True, "file": name, "id": found.id, "faults": []})
        else:
            values = {"name": found.name.of(lang), "steps": len(found.steps)}
            click.echo(i18n.text("proc.checked", file=name, **values))


@click.command()
@click.option("--procedure", "procedure_id", required=True, help="Which procedure.")
@click.option("--step", "step_id", required=True, help="Which of its steps.")
@click.option("--summoned", type=click.IntRange(0), required=True)
@click.option("--present", type=click.IntRange(0), required=True)
@click.option("--members", type=click.IntRange(0), help="Size of the leading body.")
@click.option("--agree", type=click.IntRange(0), help="Votes to judge.")
@click.option(
    "--quorum", help='Where the document states none: a share such as 2/3, or "none".'
)
@click.option(
    "--rule",
    help="Where the document states none: above:1/2:present, atleast:3/10:present "
    '(or :summoned, :members), or "none".',
)
@_options
def needed(
    *,
    procedure_id: str,
    step_id: str,
    summoned: int,
    present: int,
    members: int | None,
    agree: int | None,
    quorum: str | None,
    rule: str | None,
    lang: str,
    as_json: bool,
    data: Path,
    folder: Path | None,
) -> None:
    """Say whether a conference may be held, and the fewest votes that pass."""
    catalogue = _catalogue(data, folder)
    fail = partial(_fail, as_json=as_json)
    with _speaking(lang):
        procedure = _get(catalogue, procedure_id, fail).procedure
        step = _step(procedure, step_id, fail)
        made = _choices(quorum, rule, fail)
        open_quorum = quorum is None and procedure.quorum == UNSTATED
        if open_quorum:  # the fewest votes can be told without it
            made = msgspec.structs.replace(made, quorum=NO_QUORUM)
        counts = Counts(summoned, present, members)
        try:
            settled = calculator.settled_for(procedure, step, made)
            found = calculator.answer(settled, counts, agree)
            if open_quorum:
                found = calculator.with_open_quorum(found)
        except MissingError as error:
            fail("proc.choice_missing", **_asked(error.keys, step))
        except ChoiceError as error:
            fail(f"proc.choice_{error.problem}", **_asked((error.key,), step))
        except CountsError as error:
            fail(f"error.count_{error.code}")
        about = {"procedure": procedure.id, "version": procedure.version}
        if as_json:
            _print({**about, "step": step.id, **msgspec.to_builtins(found)})
        else:
            click.echo("\n".join(words.needed(procedure, step, counts, found, lang)))


def _speaking(lang: str) -> AbstractContextManager[object]:
    """Let texts come from the catalogues, as in a service."""
    app = Flask("admin", static_folder=None)
    i18n.install(app, ("web", "admin"), lang)
    return app.app_context()


def _catalogue(data: Path, folder: Path | None) -> Catalogue:
    found = folder or data / Service.ADMIN / FOLDER
    return Catalogue(found if found.is_dir() else None)


def _get(
    catalogue: Catalogue, procedure_id: str, fail: Callable[..., NoReturn]
) -> Loaded:
    try:
        return catalogue.get(procedure_id)
    except Refused:
        known = ", ".join(each.procedure.id for each in catalogue.all())
        fail("proc.unknown", id=procedure_id, known=known)


def _step(procedure: Procedure, step_id: str, fail: Callable[..., NoReturn]) -> Step:
    known = ", ".join(step.id for step in procedure.steps)
    try:
        step = procedure.step(step_id)
    except KeyError:
        fail("proc.step_unknown", step=step_id, known=known)
    if step.ballot is None:
        ballots = ", ".join(each.id for each, _ in procedure.ballot_steps())
        fail("proc.step_without_ballot", step=step_id, known=ballots)
    return step


def _choices(
    quorum: str | None, rule: str | None, fail: Callable[..., NoReturn]
) -> Choices:
    try:
        threshold = read_threshold(rule) if rule else None
    except (ValueError, ZeroDivisionError):
        fail("proc.rule_unreadable", rule=rule)
    return Choices(quorum=quorum, rule=threshold)


def _asked(keys: tuple[str, ...], step: Step) -> dict[str, Any]:
    what = ", ".join(i18n.text(f"choice.{key}") for key in keys)
    options = ", ".join(f"--{key}" for key in keys)
    return {"what": what, "step": step.id, "option": options}


def _fail(key: str, *, as_json: bool, **values: object) -> NoReturn:
    said = i18n.text(key, **values)
    if as_json:
        _print({"ok": False, "code": key.partition(".")[2], "message": said})
    else:
        click.echo(said, err=True)
    sys.exit(_WRONG)


def _file(file: str, faults: tuple[ProfileFault, ...]) -> dict[str, Any]:
    return {"file": file, "faults": [words.fault(each) for each in faults]}


def _tell_faults(faults: tuple[ProfileFault, ...]) -> None:
    for fault in faults:
        click.echo(fault_words(i18n.text, fault), err=True)


def _print(content: dict[str, Any]) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(content), indent=2))
