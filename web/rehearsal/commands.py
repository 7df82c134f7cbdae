"""`phieukin rehearse`: a whole conference with virtual people, then the audit."""

import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import click

from crypto.audit import audit
from web.launcher.cluster import Cluster
from web.launcher.errors import LaunchError
from web.rehearsal import report
from web.rehearsal.conference import Played, Rehearsal, Size
from web.rehearsal.errors import RehearsalError

STAGES = {
    "people": "Mở hội nghị, nhập đại biểu và nhân sự",
    "cards": "In thẻ phiếu",
    "key": "Tổ kiểm phiếu lập khóa và mở thử",
    "roll_call": "Điểm danh, phát thẻ",
    "seal": "Niêm phong phiếu",
    "mark": "Đại biểu đánh dấu phiếu",
    "tablets": "Ghép máy bỏ phiếu",
    "open": "Báo cáo hòm phiếu trống, mở bỏ phiếu",
    "vote": "Bỏ phiếu",
    "count": "Đóng bỏ phiếu, mở niêm phong",
    "confirm": "Tổ kiểm phiếu xác nhận, công bố",
    "audit": "Kiểm tra toàn bộ tệp kết quả",
}
ARCHIVE = "ket-qua.bel"


@click.command()
@click.option("--delegates", type=click.IntRange(2, 5000), default=60)
@click.option("--nominees", type=click.IntRange(1, 200), default=12)
@click.option("--committee", type=click.IntRange(3, 15), default=5)
@click.option("--threshold", type=click.IntRange(2, 15), default=3)
@click.option("--tablets", type=click.IntRange(1, 200), default=6)
@click.option("--step", default="5", help="Bước của quy trình (3, 4 hoặc 5).")
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
    *, out: Path | None, as_json: bool, step: str, pause: float, **numbers: int
) -> None:
    """Diễn tập một hội nghị trọn vẹn với đại biểu ảo qua đúng ba dịch vụ thật."""
    if numbers["threshold"] > numbers["committee"]:
        raise click.BadParameter("--threshold is larger than --committee")
    size = Size(**numbers, pause=pause)
    show = _Progress(quiet=as_json)
    try:
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            played = play(Path(folder), size, step, show)
        archive = _save(played, out)
        show("audit", 0.0)
        checked = audit(played.archive)
        show("audit", 1.0)
    except (RehearsalError, LaunchError) as error:
        show.end()
        raise click.ClickException(str(error)) from error
    show.end()
    faults = list(report.faults(played, checked))
    _print(played, archive, as_json=as_json)
    for fault in faults:
        click.echo(f"✗ {fault}", err=True)
    sys.exit(1 if faults else 0)


def play(folder: Path, size: Size, step: str, show: "_Progress") -> Played:
    """Start three services on free ports with fresh data and play in them.

    Raises:
        RehearsalError: a service refused or did not answer.
        LaunchError: the services did not start.
    """
    with Cluster(folder, 0) as cluster:
        cluster.wait_ready()
        rehearsal = Rehearsal(cluster, size, step=step, progress=show)
        try:
            return rehearsal.play()
        finally:
            rehearsal.close()


class _Progress:
    """One line on a terminal that says where the rehearsal is."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = sys.stderr.isatty() and not quiet
        self._said = not quiet and not self._shown

    def __call__(self, stage: str, share: float) -> None:
        order = list(STAGES)
        done = (order.index(stage) + share) / len(order)
        if self._shown:
            line = f"\r{report.bar(done)} {STAGES[stage]}"
            click.echo(f"{line:<90}", nl=False, err=True)
        elif self._said and not share:
            click.echo(f"{STAGES[stage]} …", err=True)

    def end(self) -> None:
        """Leave the line."""
        if self._shown:
            click.echo(err=True)


def _save(played: Played, out: Path | None) -> Path:
    folder = out or Path(tempfile.mkdtemp(prefix="phieukin-"))
    folder.mkdir(parents=True, exist_ok=True)
    archive = (folder / ARCHIVE).resolve()
    archive.write_bytes(played.archive)
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
