"""`phieukin up`: the three services, until Ctrl-C."""

import signal
import sys
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import NoReturn

import click

from web import i18n
from web.contracts import Service
from web.launcher.cluster import DEFAULT_PORT_BASE, Cluster
from web.launcher.errors import LaunchError

DATA = Path("data")
DEMO_DATA = DATA / "demo-data"
_BUILT = Path(str(files("web"))) / "static" / "dist" / "frame.js"

Say = Callable[..., None]


@click.command()
@click.option("--demo", is_flag=True, help="Trình diễn: an invented sample conference.")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"Data folder; {DATA}, or {DEMO_DATA} with --demo.",
)
@click.option(
    "--port-base",
    type=click.IntRange(0, 65_335),
    default=DEFAULT_PORT_BASE,
    show_default=True,
    help="Port of admin; kiosk is at +100, tally at +200. 0 takes free ones.",
)
@click.option(
    "--lang",
    type=click.Choice(i18n.LOCALES),
    default="vi",
    show_default=True,
    help="Language of what is printed here.",
)
def up(*, demo: bool, data: Path | None, port_base: int, lang: str) -> None:
    """Start all three services and stop them with Ctrl-C."""
    say = partial(_say, i18n.merged(("web",), lang))
    signal.signal(signal.SIGTERM, _stop)
    cluster = Cluster(data or (DEMO_DATA if demo else DATA), port_base, demo=demo)
    try:
        _run(cluster, say, lang)
    except LaunchError as error:
        say(error.key, **error.values)
        sys.exit(1)
    except KeyboardInterrupt:
        say("cli.stopping")
    finally:
        cluster.stop()


def _run(cluster: Cluster, say: Say, lang: str) -> None:
    say("cli.starting", data=cluster.data.resolve())
    cluster.start()
    cluster.wait_ready()
    _show(cluster, say)
    if not _BUILT.exists():
        say("cli.pages_not_built")
    if cluster.demo:
        say("cli.demo_preparing")
        click.echo(_prepare_demo(cluster, lang))
    say("cli.how_to_stop")
    cluster.watch(
        lambda event, service, pause: say(
            f"cli.{event}", service=service, pause=f"{pause:g}"
        )
    )


def _prepare_demo(cluster: Cluster, lang: str) -> str:
    from web.rehearsal.demo import prepare  # noqa: PLC0415 - demonstrations only
    from web.rehearsal.errors import RehearsalError  # noqa: PLC0415

    try:
        return prepare(cluster, lang)
    except RehearsalError as error:
        raise LaunchError("demo_failed", fault=error) from error


def _show(cluster: Cluster, say: Say) -> None:
    for service in Service:
        say(f"cli.address.{service}", url=cluster.urls[service])
    for one in cluster.logins:
        say(
            "cli.login",
            service=one.service,
            username=one.username,
            password=one.password,
        )
    say("cli.logins_once" if cluster.logins else "cli.logins_earlier")


def _say(texts: dict[str, str], key: str, **values: object) -> None:
    click.echo(texts[key] % values)


def _stop(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt
