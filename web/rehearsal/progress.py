"""One line on a terminal that says where the rehearsal is."""

import sys

import click

from web.rehearsal import report

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
    "papers": "Lập văn bản và hồ sơ niêm phong",
    "audit": "Kiểm tra toàn bộ tệp kết quả",
}


class Progress:
    """Shows a stage and how far it is; says nothing where a program reads."""

    def __init__(self, *, quiet: bool) -> None:
        """Show a bar on a terminal, plain lines elsewhere, nothing if `quiet`."""
        self._shown = sys.stderr.isatty() and not quiet
        self._said = not quiet and not self._shown
        self._open = False

    def __call__(self, stage: str, share: float) -> None:
        """Say that `share` of a stage is done."""
        order = list(STAGES)
        done = (order.index(stage) + share) / len(order)
        if self._shown:
            line = f"\r{report.bar(done)} {STAGES[stage]}"
            click.echo(f"{line:<90}", nl=False, err=True)
            self._open = True
        elif self._said and not share:
            click.echo(f"{STAGES[stage]} …", err=True)

    def end(self) -> None:
        """Leave the line."""
        if self._open:
            click.echo(err=True)
        self._open = False
