"""`phieukin rehearse --procedure`: every ballot of a procedure, each one audited."""

import json
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click

from crypto.audit import Report, audit
from web.launcher.cluster import Cluster
from web.rehearsal import chain_report, report, saving
from web.rehearsal.chain import Chain, Held
from web.rehearsal.client import Json
from web.rehearsal.direction import Direction
from web.rehearsal.errors import RehearsalError
from web.rehearsal.people import Invention
from web.rehearsal.progress import Progress
from web.rehearsal.room import Room
from web.rehearsal.sitting import Size


@dataclass(frozen=True)
class Wanted:
    """What is to be rehearsed; `profiles` is a folder of an office's own procedures."""

    procedure: str
    size: Size
    profiles: Path | None
    together: bool


def chained(
    wanted: Wanted, show: Progress, out: Path | None, *, as_json: bool
) -> list[str]:
    """Rehearse a whole procedure, print it, and return what was wrong.

    Raises:
        RehearsalError: a service refused or did not answer.
        LaunchError: the services did not start.
    """
    with tempfile.TemporaryDirectory() as folder:
        procedure, held = _play(Path(folder), wanted, show, papers=out is not None)
    archives = _save(held, out)
    show("audit", 0.0)
    checked: list[Report] = [audit(each.played.archive) for each in held]
    wrong = [fault for each in held for fault in saving.faults(each.played)]
    show("audit", 1.0)
    show.end()
    if as_json:
        found = chain_report.as_json(procedure, held, archives)
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for line in chain_report.table(procedure, held):
            click.echo(line)
        for each, archive in zip(held, archives, strict=True):
            click.echo(f"Tệp kết quả, ai cũng kiểm tra được: {archive}")
            for line in report.saved(each.played.folder) if each.played.folder else ():
                click.echo(line)
    return [*chain_report.faults(held, checked), *wrong]


def add_profiles(room: Room, profiles: Path) -> None:
    """Drop an office's procedure files where the running console finds them.

    Raises:
        RehearsalError: the console cannot use one of them, and says why.
    """
    folder = room.cluster.data / "admin" / "procedures"
    for file in sorted(profiles.glob("*.toml")):
        shutil.copy(file, folder / file.name)
    faulty = room.console.get("/api/procedures")["faulty"]
    faults = [str(fault["words"]) for each in faulty for fault in each["faults"]]
    if faults:
        raise RehearsalError("\n".join(faults))


def _play(
    folder: Path, wanted: Wanted, show: Progress, *, papers: bool
) -> tuple[Json, list[Held]]:
    with Cluster(folder, 0) as cluster:
        cluster.wait_ready()
        invention = Invention(wanted.size.seed)
        with closing(Room(cluster, invention)) as room:
            if wanted.profiles:
                add_profiles(room, wanted.profiles)
            chain = Chain(
                room,
                wanted.procedure,
                Direction(wanted.size, invention),
                together=wanted.together,
                papers=papers,
                progress=show,
            )
            return chain.procedure, chain.play()


def _save(held: Sequence[Held], out: Path | None) -> list[Path]:
    folder = out or Path(tempfile.mkdtemp(prefix="phieukin-"))
    folder.mkdir(parents=True, exist_ok=True)
    archives = []
    for number, each in enumerate(held, 1):
        archive = (folder / f"ket-qua-{number}.bel").resolve()
        archive.write_bytes(each.played.archive)
        saving.save(each.played, folder / f"phieu-{number}")
        archives.append(archive)
    return archives
