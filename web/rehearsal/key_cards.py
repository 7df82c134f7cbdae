"""The key cards of a demonstration's committee, as a PDF.

In a real conference a member's own browser shows the card once and the member keeps
it; no service ever sees what is on it. Only a demonstration's virtual members hand
theirs over.
"""

from collections.abc import Sequence
from importlib import resources

from web import qr, typeset
from web.rehearsal.committee import Member

_GROUPS = (5, 6, 5, 6)  # as a member's browser prints a key card


def print_key_cards(members: Sequence[Member], texts: dict[str, str]) -> bytes:
    """Return the PDF of these members' key cards."""
    source = (resources.files("web.rehearsal") / "key_cards.typ").read_bytes()
    cards = [
        {
            "name": f"{member.index}. {member.name}",
            "code": _readable(member.seed),
            "qr": qr.svg(
                f"phieukin-key:{member.key_uuid}:{member.index}:{member.seed}"
            ),
        }
        for member in members
    ]
    sheet = {
        "heading": texts["demo.key_card"],
        "hint": texts["demo.key_card_hint"],
        "demo": texts["frame.demo"],
        "cards": cards,
    }
    return typeset.pdf(source, sheet)


def _readable(seed: str) -> str:
    at, groups = 0, []
    for length in _GROUPS:
        groups.append(seed[at : at + length])
        at += length
    return "-".join(groups)
