"""HUONG-DAN.txt: how anybody checks a bundle, in Vietnamese and in English."""

from admin.bundle.contents import ARCHIVE, FILE_NAME, Keys, grouped
from admin.documents.words import Words
from admin.records.kept import Kept

_LOCALES = ("vi", "en")
_RULE = "\n\n" + "=" * 78 + "\n\n"


def guide(kept: Kept, keys: Keys, archive: str) -> bytes:
    """Return the instructions; `archive` is the SHA-256 of the archive."""
    texts = (_text(kept, keys, archive, Words(locale)) for locale in _LOCALES)
    return (_RULE.join(texts) + "\n").encode()


def _text(kept: Kept, keys: Keys, archive: str, words: Words) -> str:
    held, ids = kept.conference, keys.ids()
    return words.text(
        "bundle.guide",
        title=held.title,
        office=held.office,
        time=words.moment(held.starts_at),
        uuid=held.uuid,
        file=FILE_NAME,
        archive=ARCHIVE,
        archive_sum=archive,
        archive_groups=grouped(archive),
        paper=held.fingerprint,
        admin_key=keys.admin,
        tally_key=keys.tally,
        admin_id=ids["admin"],
        tally_id=ids["tally"],
    ).strip()
