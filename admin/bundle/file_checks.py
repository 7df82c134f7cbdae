"""Checks of a bundle as a file: container, names, sums, keys, the console's seal."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from admin.bundle.container import check_form
from admin.bundle.contents import (
    DOCUMENTS,
    FIXED,
    KEYS,
    KIND,
    MAX_RECORD_BYTES,
    RECORDS,
    SIGNATURE,
    SUMS,
    VERSION,
    BundleSealed,
    Keys,
    read_sums,
    sha256,
    sums_of,
    sums_text,
)
from admin.bundle.faults import BundleFault, NotABundle
from admin.bundle.findings import Outcome
from admin.bundle.reading import open_text
from crypto.errors import ProtocolError
from crypto.messages import Message

_MINUTES = f"{DOCUMENTS}bien-ban-kiem-phieu.pdf"  # what custody is about, with ballots
_KEY_BYTES = 32


@dataclass
class FileChecks:
    """The first layer: is this the file that the console wrote?

    Attributes:
        data: the file.
        files: what is in it, by name.
        pins: public keys in hex that somebody knows from elsewhere, by owner.
        workers: processes for the ballots; one per core by default.
        failed: names of the checks that failed so far.
    """

    data: bytes
    files: Mapping[str, bytes]
    pins: Mapping[str, str]
    workers: int | None = None
    failed: set[str] = field(default_factory=set)
    keys: Keys | None = None
    sealed: BundleSealed | None = None
    seal: Message | None = None

    def needs(self, check: str, *names: str) -> None:
        """Refuse to make a check whose ground is missing."""
        for name in names:
            if name in self.failed:
                raise BundleFault(check, "blocked", by=name)

    def container(self) -> Outcome:
        """Compare the file with what we would write of its contents."""
        check_form(self.data, self.files)
        return Outcome("container", {"count": len(self.files)})

    def names(self) -> Outcome:
        """See that everything is there; strangers were refused at the door."""
        for name in (*FIXED, _MINUTES):
            if name not in self.files:
                raise BundleFault("names", "absent", name=name)
        if not any(name.startswith(RECORDS) for name in self.files):
            raise BundleFault("names", "absent", name=RECORDS)
        return Outcome("names", {"count": len(self.files)})

    def sums(self) -> Outcome:
        """Compare every file with its SHA-256."""
        if SUMS not in self.files:
            raise BundleFault("sums", "absent", name=SUMS)
        try:
            listed = read_sums(self.files[SUMS])
        except ValueError as error:
            raise BundleFault("sums", "unreadable", name=SUMS) from error
        ours = sums_of(self.files)
        for name in sorted(ours.keys() | listed.keys()):
            if name not in listed:
                raise BundleFault("sums", "unlisted", name=name)
            if name not in ours:
                raise BundleFault("sums", "absent", name=name)
            if ours[name] != listed[name]:
                raise BundleFault("sums", "changed", name=name)
        if sums_text(ours) != self.files[SUMS]:
            raise BundleFault("sums", "unreadable", name=SUMS)
        return Outcome("sums", {"count": len(ours)})

    def keys_inside(self) -> Outcome:
        """Read the keys, and compare them with those that are known already."""
        try:
            keys = msgspec.json.decode(self.files[KEYS], type=Keys)
            sizes = {len(keys.of(owner)) for owner in ("admin", "tally")}
        except (KeyError, msgspec.MsgspecError, ValueError) as error:
            raise BundleFault("keys", "unreadable", name=KEYS) from error
        if sizes != {_KEY_BYTES}:
            raise BundleFault("keys", "unreadable", name=KEYS)
        for owner, pin in self.pins.items():
            if keys.of(owner).hex() != pin.lower():
                raise BundleFault("keys", "other_key", owner=owner)
        self.keys = keys
        said = {f"{owner}_id": name for owner, name in keys.ids().items()}
        if len(self.pins) == len(said):
            return Outcome("keys_pinned", said)
        return Outcome("keys", said)

    def signature(self) -> Outcome:
        """Verify the console's signature of the sums."""
        self.needs("signature", "keys", "sums")
        self.seal = self.opened("signature", SIGNATURE, "admin")
        try:
            sealed = msgspec.json.decode(self.seal.body, type=BundleSealed)
        except (msgspec.MsgspecError, ValueError) as error:
            raise BundleFault("signature", "unreadable", name=SIGNATURE) from error
        if (self.seal.kind, sealed.version) != (KIND, VERSION):
            raise BundleFault("signature", "unreadable", name=SIGNATURE)
        if sealed.sums != sha256(self.files[SUMS]):
            raise BundleFault("signature", "other_sums")
        self.sealed = sealed
        return Outcome("signature", {"at": self.seal.issued_at.isoformat()})

    def opened(self, check: str, name: str, owner: str) -> Message:
        """Return what a service signed.

        Raises:
            BundleFault: it did not.
        """
        sealed = self.files.get(name, b"")
        if self.keys is None or len(sealed) > MAX_RECORD_BYTES:
            raise BundleFault(check, "unreadable", name=name)
        try:
            return open_text(sealed, owner, self.keys)
        except ProtocolError as error:
            raise BundleFault(check, "unsigned", name=name, owner=owner) from error


def check_is_bundle(files: Mapping[str, bytes]) -> None:
    """Tell a bundle with a fault from another zip archive.

    Raises:
        NotABundle: nothing that makes a bundle is in it.
    """
    if not any(name in files for name in (SUMS, SIGNATURE, KEYS)):
        raise NotABundle("no_bundle")
