"""Puts a sealed bundle together: the same inputs give the same bytes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from admin.bundle import writers
from admin.bundle.container import pack
from admin.bundle.contents import (
    ARCHIVE,
    COVER,
    DOCUMENTS,
    GUIDE,
    KEYS,
    KIND,
    RECORDS,
    SIGNATURE,
    SUMS,
    VERSION,
    BundleSealed,
    Keys,
    sha256,
    sums_of,
    sums_text,
)
from admin.bundle.cover import cover
from admin.bundle.guide import guide
from admin.bundle.reading import READER, open_all
from admin.documents.words import Words
from admin.records.kept import Kept
from crypto.messages import Signer, seal

LOCALE = "vi"  # of what is printed, whoever asks for it


@dataclass(frozen=True)
class Papers:
    """The documents by their file's name; `own` are by templates of the office."""

    files: Mapping[str, bytes]
    own: tuple[str, ...] = ()


def make_bundle(
    kept: Kept, archive: bytes, keys: Keys, papers: Papers, signer: Signer
) -> bytes:
    """Return the bundle of a conference whose count is recorded.

    Args:
        kept: its records.
        archive: the whole archive of the vote.
        keys: the public signing keys of the console and the tally.
        papers: its documents.
        signer: the console's key, whose public half is in `keys`.

    Raises:
        ProtocolError: a record is not signed with these keys.
        TypesetError: the cover sheet could not be made.
    """
    words = Words(LOCALE)
    files = {
        ARCHIVE: archive,
        KEYS: msgspec.json.format(msgspec.json.encode(keys)) + b"\n",
        GUIDE: guide(kept, keys, sha256(archive)),
        **{f"{RECORDS}{name}": text.encode() for name, text in kept.signed},
        **{f"{DOCUMENTS}{name}": data for name, data in papers.files.items()},
    }
    files[COVER] = cover(kept, keys, sums_of(files), words)
    files[SUMS] = sums_text(sums_of(files))
    files[SIGNATURE] = _signature(kept, keys, papers.own, files[SUMS], signer)
    return pack(files)


def _signature(
    kept: Kept, keys: Keys, own: tuple[str, ...], sums: bytes, signer: Signer
) -> bytes:
    """Sign the sums: at the time of the last record, so that it can be repeated."""
    body = msgspec.json.encode(
        BundleSealed(
            version=VERSION,
            sums=sha256(sums),
            writers=dict(writers.writers()),
            own=own,
        )
    )
    records = open_all(kept.signed, keys)
    return seal(
        signer,
        kind=KIND,
        sender=READER,
        recipient=READER,
        election=kept.conference.uuid,
        body=body,
        message_id=f"{KIND}.{hashlib.sha256(body).hexdigest()}",
        issued_at=max(record.message.issued_at for record in records),
    )
