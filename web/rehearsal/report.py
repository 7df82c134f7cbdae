"""What a rehearsal prints: a table of results for people, one object for programs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crypto.audit import Report
from web import paper
from web.rehearsal import papers
from web.rehearsal.conference import Played

_BAR = 24
OUTCOMES = {
    "passed": "Đạt",
    "below": "Không đạt",
    "over_quota": "Đủ tỷ lệ, ngoài số lượng",
    "tied": "Bằng phiếu, người đứng đầu quyết định",
}


def as_json(played: Played, archive: Path | None) -> dict[str, Any]:
    """Return the whole rehearsal as one object. Times are seconds or milliseconds."""
    counts = played.console["counts"]
    return {
        "archive": str(archive) if archive else None,
        "uuid": played.uuid,
        "summoned": counts["summoned"],
        "present": counts["present"],
        "issued": counts["issued"],
        "cast": counts["cast"],
        "result": list(counted(played)),
        "expected": list(expected(played)),
        "timings": timings(played),
        **_papers(played.folder),
    }


def saved(folder: Path) -> Iterator[str]:
    """Yield, for a terminal, where the papers of a ballot are."""
    yield f"Văn bản: {folder / papers.DOCUMENTS}"
    yield f"Hồ sơ niêm phong (phieukin bundle verify): {folder / papers.BUNDLE}"


def timings(played: Played) -> dict[str, Any]:
    """Return what took how long."""
    casting = played.casting
    return {
        "close_to_result_s": round(played.close_to_result, 3),
        "cast_p50_ms": round(casting.percentile(0.5), 1),
        "cast_p95_ms": round(casting.percentile(0.95), 1),
        "cast_p99_ms": round(casting.percentile(0.99), 1),
        "ballots_per_s": round(len(casting.latencies) / casting.seconds, 1),
        "stages_s": {name: round(s, 3) for name, s in played.stages.items()},
    }


def faults(played: Played, checked: Report) -> Iterator[str]:
    """Yield what the audit found, and every difference from the delegates' marks."""
    for check in checked.checks:
        if not check.passed:
            yield f"{check.number} {check.name}: {check.key} {dict(check.values)}"
    if checked.result != played.expected:
        yield "the decrypted sums differ from the marks"
    for line, marked in zip(counted(played), expected(played), strict=True):
        for what in ("name", "agree", "disagree"):
            if line[what] != marked[what]:
                yield f"{line['name']}: {what} {line[what]}"
    if played.console["counts"]["cast"] != len(played.votes):
        yield "the number of ballots differs from the number of delegates"


def table(played: Played) -> Iterator[str]:
    """Yield the lines of the result's table."""
    counts = played.console["counts"]
    yield "  ".join(
        f"{label} {counts[name]}"
        for label, name in (
            ("Triệu tập", "summoned"),
            ("Có mặt", "present"),
            ("Thẻ đã in", "printed"),
            ("Thẻ phát ra", "issued"),
            ("Thẻ hủy", "voided"),
            ("Phiếu đã bỏ", "cast"),
        )
    )
    lines = list(counted(played))
    width = max(len(line["name"]) for line in lines)
    yield f"{'':3} {'Họ và tên':{width}}  Đồng ý  Không  Trống   Cần  Kết luận"
    for number, line in enumerate(lines, 1):
        yield (
            f"{number:3} {line['name']:{width}}  {line['agree']:6}  "
            f"{line['disagree']:5}  {line['unmarked']:5}  {line['needed'] or '–':>4}  "
            f"{OUTCOMES[line['verdict']]}"
        )


def _papers(folder: Path | None) -> dict[str, str]:
    if folder is None:
        return {}
    return {
        "documents": str(folder / papers.DOCUMENTS),
        "bundle": str(folder / papers.BUNDLE),
    }


def bar(share: float) -> str:
    """Return a progress bar for a terminal."""
    full = round(share * _BAR)
    return "█" * full + "░" * (_BAR - full)


def counted(played: Played) -> Iterator[dict[str, Any]]:
    """Yield what was counted for each line of the paper, in its order."""
    for section in played.console["result"]["sections"]:
        for verdict in section["verdicts"]:
            yield {
                "name": verdict["name"],
                "agree": verdict["agree"],
                "disagree": verdict["disagree"],
                "unmarked": verdict["unmarked"],
                "needed": verdict["needed"],
                "verdict": verdict["outcome"],
            }


def expected(played: Played) -> Iterator[dict[str, Any]]:
    """Yield what the delegates marked for each line of the paper, in its order."""
    for place in paper.places(played.sheet):
        section = played.sheet.sections[place.section]
        marks = played.expected[place.question]
        motion = section.style is paper.Style.MOTION
        yield {
            "name": section.title if motion else section.nominees[place.nominee].name,
            "agree": marks[place.answer],
            "disagree": 0 if section.style is paper.Style.SELECT else marks[1],
        }
