"""What the rehearsal of a whole procedure prints, and every difference in it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from crypto.audit import Report
from web.rehearsal import report
from web.rehearsal.chain import Held
from web.rehearsal.client import Json

PURPOSES = {"introduce": "giới thiệu", "remove": "đưa ra khỏi quy hoạch"}


def as_json(
    procedure: Json, held: Sequence[Held], archives: Sequence[Path]
) -> dict[str, Any]:
    """Return every ballot of a procedure as one object."""
    return {
        "procedure": procedure["id"],
        "ballots": [
            _ballot(procedure, each, archive)
            for each, archive in zip(held, archives, strict=True)
        ],
        "turnaround_s": [
            round(each.turnaround, 3) for each in held if each.turnaround is not None
        ],
    }


def faults(held: Sequence[Held], checked: Sequence[Report]) -> Iterator[str]:
    """Yield what the audits found, and every list that is not who passed before."""
    for each, audited in zip(held, checked, strict=True):
        step = each.console["step"]
        yield from (f"{step}: {fault}" for fault in report.faults(each.played, audited))
    for former, each in pairwise(held):
        if each.turnaround is None:
            continue  # another chain's first list
        listed, passed = _listed(each.console), _going_on(former)
        if listed != passed:
            yield f"{each.console['step']}: {listed} are listed, {passed} passed"


def table(procedure: Json, held: Sequence[Held]) -> Iterator[str]:
    """Yield, for a terminal, each ballot with its numbers and what was chosen."""
    yield f"{procedure['id']}: {procedure['name']}"
    for each in held:
        yield ""
        for item in each.console["items"]:
            purpose = PURPOSES.get(item["purpose"], item["purpose"])
            yield f"Bước {item['step']} – {item['step_name']} ({purpose})"
            for chosen in each.chosen[item["number"]]:
                yield f"  Văn bản không quy định; thư ký chọn: {chosen['words']}"
        yield from report.table(each.played)
        yield from _decisions(each)
        if each.turnaround is not None:
            yield f"  Từ kết quả bước trước đến mở bỏ phiếu: {each.turnaround:.1f} s"


def _decisions(held: Held) -> Iterator[str]:
    for tie in held.console["ties"]:
        decision = tie["decision"]
        names = {line["key"]: line["name"] for line in tie["tied"]}
        chosen = ", ".join(names[key] for key in decision["chosen"])
        yield (
            f"  Bằng phiếu ({tie['title']}): {decision['head_title']} "
            f"{decision['head_name']} chọn {chosen}"
        )
    for each in held.withdrawn:
        yield f"  Không đưa sang bước sau: {each['key']} ({each['reason']})"


def _ballot(procedure: Json, held: Held, archive: Path) -> dict[str, Any]:
    items = held.console["items"]
    own = [item for item in items if item["procedure"] == procedure["id"]]
    item = own[0] if own else items[0]
    return {
        "step": item["step"],
        "step_name": item["step_name"],
        "purpose": item["purpose"],
        **report.as_json(held.played, archive),
        "chosen": held.chosen[item["number"]],
        "together": [
            {
                **{key: each[key] for key in ("procedure", "step", "step_name")},
                "purpose": each["purpose"],
                "chosen": held.chosen[each["number"]],
            }
            for each in items
            if each is not item
        ],
        "decided": [tie for tie in held.console["ties"] if tie["decision"]],
    }


def _listed(console: Json) -> list[list[str]]:
    return [
        [nominee["key"] for nominee in position["nominees"]]
        for position in console["positions"]
    ]


def _going_on(held: Held) -> list[list[str]]:
    """Work out anew who goes on from the figures and the head's choice."""
    leading = {i["number"] for i in held.console["items"] if i["next_step"]}
    withdrawn = {(each["position"], each["key"]) for each in held.withdrawn}
    chosen = {
        (tie["position"], key)
        for tie in held.console["ties"]
        for key in tie["decision"]["chosen"]
    }
    lists = []
    sections = held.played.console["result"]["sections"]
    for position, section in zip(held.console["positions"], sections, strict=True):
        number = position["number"]
        if position["item"] not in leading:
            continue
        going = [
            each
            for each in sorted(section["verdicts"], key=lambda v: -v["agree"])
            if _goes_on(each, chosen=(number, each["nominee"]) in chosen)
            and (number, each["nominee"]) not in withdrawn
        ]
        lists.append([each["nominee"] for each in going])
    return [each for each in lists if each]


def _goes_on(verdict: Json, *, chosen: bool) -> bool:
    return verdict["outcome"] == "passed" or (verdict["outcome"] == "tied" and chosen)
