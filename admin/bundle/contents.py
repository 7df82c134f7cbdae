"""What is in a sealed bundle: names, shapes, bounds (docs/adr/0017). Pure.

    ket-qua.bel              the whole archive of the vote
    ho-so/NN-<kind>.json     the records as they were signed, in order
    khoa.json                the public signing keys of the console and the tally
    van-ban/<name>.<form>    the documents
    bia-niem-phong.pdf       the cover sheet
    HUONG-DAN.txt            how to check all this
    SHA256SUMS               the sums of all files above
    chu-ky.json              the console's signature of SHA256SUMS

Card sheets are not among them: the secrets of cards are kept nowhere.
"""

import hashlib
import re
from collections.abc import Mapping

import msgspec

from crypto.messages import key_id_of

ARCHIVE = "ket-qua.bel"
RECORDS = "ho-so/"
KEYS = "khoa.json"
DOCUMENTS = "van-ban/"
COVER = "bia-niem-phong.pdf"
GUIDE = "HUONG-DAN.txt"
SUMS = "SHA256SUMS"
SIGNATURE = "chu-ky.json"
FIXED = (ARCHIVE, KEYS, COVER, GUIDE, SUMS, SIGNATURE)
FILE_NAME = "niem-phong.zip"

VERSION = 1
KIND = "bundle.sealed"

MAX_BUNDLE_BYTES = 1024 * 1024 * 1024  # 5000 ballots of 40 lines are about 700 MB
MAX_ARCHIVE_BYTES = MAX_BUNDLE_BYTES - 64 * 1024 * 1024
MAX_FILES = 1000  # a record is added with each change of what documents say
MAX_LIST_BYTES = 128 * 1024  # the container's own list of its files
MAX_RECORD_BYTES = 16 * 1024 * 1024

_RECORD = re.compile(r"ho-so/([0-9]{2,3})-([a-z]+\.[a-z]+)\.json")
_DOCUMENT = re.compile(r"van-ban/[a-z]+(?:-[a-z]+)*\.(?:pdf|docx|xlsx)")
_SUM_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9./-]+)")
_GROUP = 4


class Keys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The public signing keys of the services that signed, in hex."""

    admin: str
    tally: str

    def of(self, owner: str) -> bytes:
        """Return the key of "admin" or "tally"."""
        return bytes.fromhex(self.admin if owner == "admin" else self.tally)

    def ids(self) -> dict[str, str]:
        """Name both keys as they are named elsewhere."""
        return {owner: key_id_of(self.of(owner)) for owner in ("admin", "tally")}


class BundleSealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the console signs of a bundle.

    `sums` is the SHA-256 of the file SHA256SUMS. `writers` are the versions of what
    wrote the documents, `own` the documents made with an office's own templates.
    """

    version: int
    sums: str
    writers: dict[str, str]
    own: tuple[str, ...]


def is_known(name: str) -> bool:
    """Say whether a file of this name may be in a bundle."""
    return name in FIXED or bool(_RECORD.fullmatch(name) or _DOCUMENT.fullmatch(name))


def record_kind(name: str) -> tuple[int, str]:
    """Return number and kind of a record's file."""
    found = _RECORD.fullmatch(name)
    if found is None:
        raise ValueError(name)
    return int(found[1]), found[2]


def sha256(data: bytes) -> str:
    """Return the SHA-256 of a file in hex."""
    return hashlib.sha256(data).hexdigest()


def sums_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the sums of everything that SHA256SUMS is about."""
    return {
        name: sha256(files[name])
        for name in sorted(files)
        if name not in {SUMS, SIGNATURE}
    }


def sums_text(sums: Mapping[str, str]) -> bytes:
    """Write sums as `sha256sum -c` reads them."""
    lines = (f"{sums[name]}  {name}\n" for name in sorted(sums))
    return "".join(lines).encode()


def read_sums(text: bytes) -> dict[str, str]:
    """Read such a list.

    Raises:
        ValueError: it is not one.
    """
    sums: dict[str, str] = {}
    for line in text.decode("ascii").splitlines():
        found = _SUM_LINE.fullmatch(line)
        if found is None or found[2] in sums:
            raise ValueError(line)
        sums[found[2]] = found[1]
    return sums


def grouped(text: str) -> str:
    """Write a fingerprint in groups of four, as people compare them."""
    return " ".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))
