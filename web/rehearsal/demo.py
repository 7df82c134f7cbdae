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


def prepare(cluster: Cluster, locale: str = i18n.LOCALES[0]) -> str:
    """Play the sample conference up to the open ballot box.

    Args:
        cluster: running services, provisioned as a demonstration.
        locale: the language of what is returned.

    Returns:
        A few lines, for the terminal: what to open, how to vote, close and unseal.
    """
    rehearsal = Rehearsal(cluster, SIZE)
    try:
        rehearsal.until_sealed()
        rehearsal.open()
        folder = cluster.data / FOLDER
        _write(folder, rehearsal)
        values = _values(cluster, rehearsal, folder.resolve())
        return _texts(locale)["cli.demo_guide"] % values
    finally:
        rehearsal.close()


def _write(folder: Path, rehearsal: Rehearsal) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / CARDS).write_bytes(rehearsal.card_sheet)
    (folder / CODES).write_text("\n".join(rehearsal.cards) + "\n", encoding="utf-8")
    (folder / KEYS).write_bytes(
        print_key_cards(rehearsal.members, _texts(i18n.LOCALES[0]))
    )


def _values(cluster: Cluster, rehearsal: Rehearsal, folder: Path) -> dict[str, object]:
    return {
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


def _texts(locale: str) -> dict[str, str]:
    return i18n.merged(("web",), locale)
