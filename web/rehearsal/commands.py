"""`phieukin rehearse`: a whole conference with virtual people, then the audit."""

import json
import sys
import tempfile
from pathlib import Path

import click

from crypto.audit import audit
from web.launcher.cluster import Cluster
from web.launcher.errors import LaunchError
from web.rehearsal import report, saving
from web.rehearsal.chained import Wanted, chained
from web.rehearsal.conference import FINAL_STEP, Played, Rehearsal, Size
from web.rehearsal.errors import RehearsalError
from web.rehearsal.progress import Progress

ARCHIVE = "ket-qua.bel"


@click.command()
@click.option("--delegates", type=click.IntRange(2, 5000), default=60)
@click.option("--nominees", type=click.IntRange(1, 200), default=12)
@click.option("--committee", type=click.IntRange(3, 15), default=5)
@click.option("--threshold", type=click.IntRange(2, 15), default=3)
@click.option("--tablets", type=click.IntRange(1, 200), default=6)
@click.option("--step", default=None, help="Bước của quy trình (3, 4 hoặc 5).")
@click.option("--procedure", help="Diễn tập mọi phiếu của một quy trình.")
@click.option(
    "--profiles",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Thư mục quy trình riêng của cơ quan.",
)
@click.option(
    "--together", is_flag=True, help="Gộp phiếu của quy trình họp cùng một hội nghị."
)
@click.option(
    "--pause",
    type=click.FloatRange(0),
    default=0.0,
    help="Giây giữa hai phiếu của một máy.",
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", type=int, default=1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def rehearse(
    *,
    out: Path | None,
    as_json: bool,
    step: str | None,
    pause: float,
    procedure: str | None,
    profiles: Path | None,
    together: bool,
    **numbers: int,
) -> None:
    """Diễn tập một hội nghị, hay cả quy trình, với đại biểu ảo qua ba dịch vụ thật."""
    if numbers["threshold"] > numbers["committee"]:
        raise click.BadParameter("--threshold is larger than --committee")
    size = Size(**numbers, pause=pause)
    if procedure is None and (profiles or together):
        raise click.BadParameter("--profiles and --together go with --procedure")
    if procedure is not None and step is not None:
        raise click.BadParameter("--procedure plays every step, not one")
    show = Progress(quiet=as_json)
    try:
        if procedure is None:
            faults = _one(size, step or FINAL_STEP, show, out, as_json=as_json)
        else:
            wanted = Wanted(procedure, size, profiles, together=together)
            faults = chained(wanted, show, out, as_json=as_json)
    except (RehearsalError, LaunchError) as error:
        raise click.ClickException(str(error)) from error
    finally:
        show.end()
    for fault in faults:
        click.echo(f"✗ {fault}", err=True)
    sys.exit(1 if faults else 0)


def _one(
    size: Size, step: str, show: Progress, out: Path | None, *, as_json: bool
) -> list[str]:
    """Rehearse one step of the first procedure; return what was wrong."""
    with tempfile.TemporaryDirectory() as folder:
        played = play(Path(folder), size, step, show, papers=out is not None)
    archive = _save(played, out)
    show("audit", 0.0)
    faults = list(report.faults(played, audit(played.archive)))
    faults += saving.faults(played)
    show("audit", 1.0)
    show.end()
    _print(played, archive, as_json=as_json)
    return faults


def play(
    folder: Path, size: Size, step: str, show: Progress, *, papers: bool = False
) -> Played:
    """Start three services on free ports with fresh data and play in them.

    Raises:
        RehearsalError: a service refused or did not answer.
        LaunchError: the services did not start.
    """
    with Cluster(folder, 0) as cluster:
        cluster.wait_ready()
        rehearsal = Rehearsal(cluster, size, step=step, progress=show, papers=papers)
        try:
            return rehearsal.play()
        finally:
            rehearsal.close()


def _save(played: Played, out: Path | None) -> Path:
    folder = out or Path(tempfile.mkdtemp(prefix="phieukin-"))
    folder.mkdir(parents=True, exist_ok=True)
    archive = (folder / ARCHIVE).resolve()
    archive.write_bytes(played.archive)
    saving.save(played, folder)
    return archive


def _print(played: Played, archive: Path, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report.as_json(played, archive), ensure_ascii=False))
        return
    for line in report.table(played):
        click.echo(line)
    times = report.timings(played)
    click.echo(
        f"Đóng bỏ phiếu → kết quả: {times['close_to_result_s']} s · "
        f"ghi một phiếu p50 {times['cast_p50_ms']} ms, p95 {times['cast_p95_ms']} ms, "
        f"p99 {times['cast_p99_ms']} ms · {times['ballots_per_s']} phiếu/s"
    )
    click.echo(f"Tệp kết quả, ai cũng kiểm tra được: {archive}")
    if played.folder:
        for line in report.saved(played.folder):
            click.echo(line)
