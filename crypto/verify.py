"""The command `phieukin verify`: the audit of an archive, for people and machines."""

import errno
import json
import os
import sys
from pathlib import Path
from typing import Never

import click

from crypto.audit import Check, NotAnArchive, Report, audit
from crypto.ballot_checks import Progress
from crypto.election import Question
from crypto.verify_texts import CONCLUSIONS, Language

EXIT_FAILED = 1
EXIT_UNREADABLE = 2
_MARKS = {True: ("✓", "green"), False: ("✗", "red")}


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.bel")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--allow-revote", is_flag=True, help="The last ballot of a card counts.")
@click.option(
    "--lang",
    "language",
    type=click.Choice(["vi", "en"]),
    default="vi",
    show_default=True,
)
@click.option(
    "--workers", type=click.IntRange(min=1), help="Processes; default: every core."
)
def verify(
    file: Path,
    language: Language,
    workers: int | None,
    *,
    as_json: bool,
    allow_revote: bool,
) -> None:
    """Kiểm tra toàn bộ tệp lưu trữ cuộc bầu (audit an election archive).

    Exits with 0 only if every check passed, with 1 if one failed, and with 2 if the
    file is damaged, cut off or not an archive.
    """
    data = _read_file(file, language, as_json=as_json)
    try:
        report = _audit(data, language, workers, allow_revote=allow_revote)
    except NotAnArchive as error:
        _give_up("not_an_archive", file, error, language, as_json=as_json)
    if as_json:
        click.echo(json.dumps(describe(report, file, language), ensure_ascii=False))
    else:
        _print_report(report, language)
    sys.exit(0 if report.valid else EXIT_FAILED)


def describe(report: Report, file: Path, language: Language) -> dict[str, object]:
    """Put a report into plain JSON values."""
    return {
        "file": str(file),
        "valid": report.valid,
        "uuid": report.election.uuid if report.election else None,
        "name": report.election.name if report.election else None,
        "fingerprint": report.fingerprint,
        "head": report.head,
        "ballots": report.ballots,
        "result": report.result,
        "failed": [check.name for check in report.failed],
        "checks": [_describe_check(check, language) for check in report.checks],
    }


def _describe_check(check: Check, language: Language) -> dict[str, object]:
    return {
        "number": check.number,
        "name": check.name,
        "title": check.title_in(language),
        "passed": check.passed,
        "reason": check.reason_in(language),
    }


def _read_file(file: Path, language: Language, *, as_json: bool) -> bytes:
    if file.exists() and not file.is_file():  # a pipe or a device might never end
        error = OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        _give_up("unreadable", file, error, language, as_json=as_json)
    try:
        return file.read_bytes()
    except (OSError, MemoryError) as fault:
        _give_up("unreadable", file, fault, language, as_json=as_json)


def _give_up(
    key: str, file: Path, error: Exception, language: Language, *, as_json: bool
) -> Never:
    text = CONCLUSIONS[key][language].format(file=file, detail=error)
    if as_json:
        answer = {"file": str(file), "valid": False, "error": text}
        click.echo(json.dumps(answer, ensure_ascii=False))
    click.echo(_plain(text), err=True)
    sys.exit(EXIT_UNREADABLE)


def _audit(
    data: bytes, language: Language, workers: int | None, *, allow_revote: bool
) -> Report:
    if not _on_a_terminal():
        return audit(data, allow_revote=allow_revote, workers=workers)
    with click.progressbar(
        length=1, label=CONCLUSIONS["progress"][language], file=sys.stderr
    ) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        progress: Progress = advance
        return audit(
            data, allow_revote=allow_revote, workers=workers, progress=progress
        )


def _on_a_terminal() -> bool:
    return sys.stderr.isatty()


def _print_report(report: Report, language: Language) -> None:
    if report.election is not None:
        label = CONCLUSIONS["election"][language]
        click.echo(_plain(f"{label}: {report.election.name} ({report.election.uuid})"))
    for check in report.checks:
        mark, colour = _MARKS[check.passed]
        click.echo(
            click.style(f"{check.number:3}. {mark} ", fg=colour)
            + f"{check.title_in(language)} [{check.name}]: "
            + _plain(check.reason_in(language))
        )
    _print_result(report, language)
    key = "valid" if report.valid else "invalid"
    conclusion = CONCLUSIONS[key][language].format(count=len(report.failed))
    click.secho(conclusion, fg="green" if report.valid else "red", bold=True)


def _print_result(report: Report, language: Language) -> None:
    if report.election is None or report.result is None:
        return
    click.echo(CONCLUSIONS["result"][language] + ":")
    # A report with a result has homomorphic questions only.
    questions = [q for q in report.election.questions if isinstance(q, Question)]
    for question, votes in zip(questions, report.result, strict=True):
        blank = [CONCLUSIONS["blank"][language]] if question.blank else []
        pairs = zip([*blank, *question.answers], votes, strict=True)
        counted = ", ".join(f"{answer} {number}" for answer, number in pairs)
        click.echo(_plain(f"  {question.question}: {counted}"))


def _plain(text: str) -> str:
    """Leave out what could move the cursor: a file must not write its own verdict."""
    return "".join(each if each.isprintable() else "\ufffd" for each in text)
