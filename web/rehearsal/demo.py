"""`phieukin up --demo`: an invented conference, sealed, open and ready to vote.

The secrets that a real conference keeps on paper alone (ballot cards, key cards) lie
in `DATA/demo/` here, which is why every page and document is marked TRÌNH DIỄN.
"""

from pathlib import Path

from web import i18n
from web.launcher.cluster import Cluster
from web.rehearsal.conference import Rehearsal, Size
from web.rehearsal.key_cards import print_key_cards

FOLDER = "demo"
CARDS = "the-phieu.pdf"
KEYS = "the-khoa.pdf"
CODES = "ma-the-phieu.txt"
SIZE = Size(delegates=60, nominees=12, committee=5, threshold=3)


def prepare(cluster: Cluster) -> str:
    """Play the sample conference up to the open ballot box.

    Returns:
        A few lines, for the terminal: what to open, how to vote, close and unseal.
    """
    rehearsal = Rehearsal(cluster, SIZE)
    try:
        rehearsal.until_sealed()
        rehearsal.open()
        folder = cluster.data / FOLDER
        _write(folder, rehearsal)
        return _guide(cluster, rehearsal, folder.resolve())
    finally:
        rehearsal.close()


def _write(folder: Path, rehearsal: Rehearsal) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / CARDS).write_bytes(rehearsal.card_sheet)
    (folder / CODES).write_text("\n".join(rehearsal.cards) + "\n", encoding="utf-8")
    (folder / KEYS).write_bytes(print_key_cards(rehearsal.members, _texts()))


def _guide(cluster: Cluster, rehearsal: Rehearsal, folder: Path) -> str:
    values = {
        "admin": cluster.urls["admin"],
        "kiosk": cluster.urls["kiosk"],
        "tally": cluster.urls["tally"],
        "conference": rehearsal.secretary.conference,
        "uuid": rehearsal.secretary.uuid,
        "folder": folder,
        "cards": CARDS,
        "keys": KEYS,
        "codes": CODES,
        "card": rehearsal.cards[0],
        "threshold": SIZE.threshold,
        "secretary": cluster.password("admin", "secretary"),
        "leader": cluster.password("tally", "leader"),
    }
    return _texts()["cli.demo_guide"] % values


def _texts() -> dict[str, str]:
    return i18n.merged(("web",), i18n.LOCALES[0])
