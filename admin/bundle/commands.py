"""`phieukin bundle verify`: checks a sealed bundle with nothing but the file."""

import json
import re
import sys
from pathlib import Path

import click

from admin.bundle.checking import check
from admin.bundle.contents import MAX_BUNDLE_BYTES, grouped
from admin.bundle.faults import BundleFault, NotABundle, plain
from admin.bundle.findings import Checked, Report, State
from admin.documents.words import Words

EXIT_FAILED = 1
EXIT_UNREADABLE = 2
_MARKS = {
    State.PASSED: ("✓", "green"),
    State.NOTED: ("!", "yellow"),
    State.FAILED: ("✗", "red"),
}
_KEY = re.compile(r"[0-9a-fA-F]{64}")


def _public_key(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> str | None:
    """Return a public signing key as it stands in the bundle."""
    if value is not None and not _KEY.fullmatch(value):
        raise click.BadParameter("a public key is 64 hexadecimal digits")
    return value and value.lower()


@click.group()
def bundle() -> None:
    """Kiểm tra hồ sơ niêm phong của một hội nghị (sealed bundles)."""


@bundle.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--lang",
    "language",
    type=click.Choice(["vi", "en"]),
    default="vi",
    show_default=True,
)
@click.option(
    "--admin-key",
    callback=_public_key,
    metavar="HEX",
    help="The console's public key, known from elsewhere.",
)
@click.option(
    "--tally-key",
    callback=_public_key,
    metavar="HEX",
    help="The tally's public key, known from elsewhere.",
)
@click.option(
    "--workers", type=click.IntRange(min=1), help="Processes; default: every core."
)
def verify(
    file: Path,
    language: str,
    admin_key: str | None,
    tally_key: str | None,
    workers: int | None,
    *,
    as_json: bool,
) -> None:
    """Kiểm tra toàn bộ hồ sơ niêm phong (check a sealed bundle).

    Exits with 0 only if everything holds, with 1 if a check failed, and with 2 if the
    file is damaged, cut off or no bundle.
    """
    words = Words(language)
    pins = {"admin": admin_key, "tally": tally_key}
    known = {owner: key for owner, key in pins.items() if key}
    try:
        report = check(_read(file), known, workers)
    except (NotABundle, OSError, MemoryError) as error:
        _give_up(file, error, words, as_json=as_json)
    if as_json:
        said = _describe(report, file, words)
        click.echo(json.dumps(said, ensure_ascii=False))
    else:
        _print(report, words)
    sys.exit(0 if report.valid else EXIT_FAILED)


def _read(file: Path) -> bytes:
    """Read a regular file: a pipe or a device might never end."""
    if file.exists() and not file.is_file():
        raise OSError(str(file))
    with file.open("rb") as opened:
        return opened.read(MAX_BUNDLE_BYTES + 1)


def _give_up(file: Path, error: Exception, words: Words, *, as_json: bool) -> None:
    if isinstance(error, BundleFault):
        reason = words.text(f"bundle.fault.{error.key}", **error.values)
    else:
        reason = plain(str(error)) or type(error).__name__
    text = words.text("bundle.unreadable", file=plain(str(file)), reason=reason)
    if as_json:
        said = {"file": str(file), "valid": False, "error": text}
        click.echo(json.dumps(said, ensure_ascii=False))
    click.echo(text, err=True)
    sys.exit(EXIT_UNREADABLE)


def _describe(report: Report, file: Path, words: Words) -> dict[str, object]:
    """Put a report into plain JSON values."""
    held = report.kept.conference if report.kept else None
    return {
        "file": str(file),
        "valid": report.valid,
        "uuid": held.uuid if held else None,
        "title": held.title if held else None,
        "archive": report.archive,
        "sums": report.sums,
        "keys": report.keys.ids() if report.keys else None,
        "failed": [each.name for each in report.failed],
        "checks": [_one(each, words) for each in report.checks],
    }


def _one(checked: Checked, words: Words) -> dict[str, object]:
    return {
        "number": checked.number,
        "name": checked.name,
        "state": checked.state.value,
        "title": checked.title(words),
        "reason": checked.reason(words),
    }


def _print(report: Report, words: Words) -> None:
    for each in report.checks:
        mark, colour = _MARKS[each.state]
        click.echo(
            click.style(f"{each.number:3}. {mark} ", fg=colour)
            + f"{each.title(words)} [{each.name}]: {each.reason(words)}"
        )
    if report.keys:
        click.echo()
        click.echo(words.text("bundle.compare"))
        ids = report.keys.ids()
        for name, value in {
            "archive": grouped(report.archive),
            "sums": grouped(report.sums),
            "keys": f"{grouped(ids['admin'])}  ·  {grouped(ids['tally'])}",
        }.items():
            click.echo(f"  {words.text(f'bundle.cover.print.{name}')}:\n    {value}")
    click.echo()
    key = "bundle.valid" if report.valid else "bundle.invalid"
    colour = "green" if report.valid else "red"
    text = words.text(key, count=len(report.failed))
    click.secho(text, fg=colour, bold=True)
