"""How a document looks, by layout: the two rules of presentation as data. Pure.

Party: Hướng dẫn 36-HD/VPTW, appendix 3. State: Nghị định 30/2020/NĐ-CP, appendix I.
Sizes are points (DOMAIN.md E.1, E.2).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letterhead:
    """One rule of presentation.

    Args:
        title: the lines at the upper right, the last one ruled underneath.
        title_sizes: their sizes; all are bold.
        title_width: millimetres of the title's longest line, which never breaks.
        title_rule: millimetres of the title's last line, which the rule under it has;
            Typst measures for itself, Word cannot.
        superior: size of the body above.
        issuer: size of the issuing body, bold.
        star: an asterisk stands under the issuing body, else a short rule.
        number: size of the line with the number.
        date: size of the place and date, in italics.
        kind: size of the kind of document.
        subject: size of the subject line.
        body: size of what follows.
        left: the share of the width that the issuing body has, if the title has room.
        recipients: sizes of "Nơi nhận" and of its lines.
        ending: what stands under the subject; empty for a short rule.
    """

    title: tuple[str, ...]
    title_sizes: tuple[float, ...]
    title_width: float
    title_rule: float
    superior: float
    issuer: float
    star: bool
    number: float
    date: float
    kind: float
    subject: float
    body: float
    left: float
    recipients: tuple[float, float]
    ending: str


INDENT = 12.7  # millimetres, of a paragraph's first line
BETWEEN = 6.0  # points, at least, between paragraphs
RECIPIENTS = "Nơi nhận:"  # the same in both rules; documents are in Vietnamese
HINT = 12.0
NOTE = 12.0
# Points of a table's text by its columns, up to as many; landscape has room for more.
_TABLE_SIZES = ((6, 12.0), (9, 11.0), (12, 10.0))
_TABLE_LEAST = 9.0

_PARTY = Letterhead(
    title=("ĐẢNG CỘNG SẢN VIỆT NAM",),
    title_sizes=(15,),
    title_width=72.7,
    title_rule=72.7,
    superior=14,
    issuer=14,
    star=True,
    number=14,
    date=14,
    kind=16,
    subject=14,
    body=14,
    left=0.48,
    recipients=(14, 12),
    ending="-----",
)

_STATE = Letterhead(
    title=("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    title_sizes=(12, 13.5),
    title_width=87.7,
    title_rule=58.2,
    superior=12.5,
    issuer=12.5,
    star=False,
    number=13,
    date=13.5,
    kind=14,
    subject=14,
    body=14,
    left=0.42,
    recipients=(12, 11),
    ending="",
)

LAYOUTS = {"party": _PARTY, "state": _STATE}


def table_size(columns: int, *, landscape: bool) -> float:
    """Return the points of a table's text: less where there are many columns."""
    weight = columns * 2 // 3 if landscape else columns
    fitting = (size for most, size in _TABLE_SIZES if weight <= most)
    return next(fitting, _TABLE_LEAST)
