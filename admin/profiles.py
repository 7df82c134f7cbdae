"""The procedures that conferences can follow: phieukin's own and the office's.

The office's files are in `<data folder>/procedures/`; whoever drops one there needs no
restart. A file with the id of one of ours takes its place for new conferences, under a
version of its own. What a conference was opened with is kept in the database, and
that is what it follows to its end, whatever becomes of the file.
"""

import hashlib
import os
import tempfile
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from errno import EISDIR, ENOTSUP
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Literal

from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.models import Profile
from admin.procedure import HeldWith, Procedure
from admin.profile_check import (
    MAX_BYTES,
    ProfileError,
    ProfileFault,
    check_profile,
    text_of,
)
from web.errors import Refused
from web.settings import ServiceSettings

EXTENSION = "phieukin.profiles"
FOLDER = "procedures"
ORDER = (
    "s000-next-term-onsite",
    "s000-annual-onsite",
    "s000-annual-external",
    "s002-pcvp-annual-2021",
    "s002-vp-managed-annual-2021",
    "s003-annual-06hd2017",
    "s004-cuc-next-onsite",
    "s004-cuc-annual-onsite",
    "s004-cuc-annual-external",
    "s004-phong-next-onsite",
    "s004-phong-annual-onsite",
    "s004-phong-annual-external",
)

Origin = Literal["builtin", "office"]
_Listing = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Loaded:
    """A procedure with the exact text that says it; `digest` is that text's SHA-256."""

    procedure: Procedure
    text: str
    digest: str
    origin: Origin
    file: str


@dataclass(frozen=True)
class Faulty:
    """A file of the office that cannot be used, and why."""

    file: str
    faults: tuple[ProfileFault, ...]


@dataclass(frozen=True)
class _Shelf:
    """What the office's folder held when it was last looked at."""

    listing: _Listing
    loaded: tuple[Loaded, ...]
    faulty: tuple[Faulty, ...]


class Catalogue:
    """Every procedure that can be chosen now, and the files that cannot be used."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._writing = threading.Lock()
        self._own = builtin()
        self._shelf = _Shelf((), tuple(self._own.values()), ())

    def all(self) -> list[Loaded]:
        """Return the procedures: phieukin's in their order, then the office's."""
        return list(self._look().loaded)

    def get(self, procedure_id: str) -> Loaded:
        """Return one procedure.

        Raises:
            Refused: there is none of this id.
        """
        for each in self._look().loaded:
            if each.procedure.id == procedure_id:
                return each
        raise Refused("procedure_unknown", procedure=procedure_id)

    def faulty(self) -> list[Faulty]:
        """Return the office's files that cannot be used."""
        return list(self._look().faulty)

    def add(self, name: str, data: bytes) -> Loaded:
        """Put a file into the office's folder, in the place of its former version.

        Raises:
            ProfileError: the file cannot be used; nothing was changed.
            RuntimeError: this catalogue has no folder.
        """
        if self._folder is None:
            raise RuntimeError("a catalogue without a folder cannot grow")
        with self._writing:
            loaded = self.check(name, data)
            former = self._former(loaded.procedure.id)
            file = former.file if former else f"{loaded.procedure.id}.toml"
            _write(self._folder / file, data)
            return replace(loaded, file=file)

    def check(self, name: str, data: bytes) -> Loaded:
        """Return what a file would add, without adding it.

        Raises:
            ProfileError: the file cannot be used.
        """
        loaded = load(data, name, "office")
        procedure_id = loaded.procedure.id
        for other in (self._own.get(procedure_id), self._former(procedure_id)):
            if other is not None:
                check_version(loaded, other)
        return loaded

    def partners(self, procedure_id: str, step_id: str) -> list[HeldWith]:
        """Return the steps held in one sitting with this one, by either file."""
        return list(_partners(self._look().loaded, procedure_id, step_id))

    def _former(self, procedure_id: str) -> Loaded | None:
        for each in self._look().loaded:
            if each.origin == "office" and each.procedure.id == procedure_id:
                return each
        return None

    def _look(self) -> _Shelf:
        """Read the office's folder again if anything in it has changed."""
        if self._folder is None:
            return self._shelf
        listing = _listing(self._folder)
        if listing != self._shelf.listing:
            self._shelf = _read(self._folder, listing, self._own)
        return self._shelf


def install(app: Flask, settings: ServiceSettings) -> None:
    """Open the office's folder of procedures."""
    folder = settings.data / FOLDER
    folder.mkdir(exist_ok=True)
    app.extensions[EXTENSION] = Catalogue(folder)


def current_catalogue() -> Catalogue:
    """Return the procedures of the running service.

    Raises:
        TypeError: the service has none.
    """
    found = current_app.extensions[EXTENSION]
    if not isinstance(found, Catalogue):
        raise TypeError("this service has no procedures")
    return found


@lru_cache(maxsize=1)
def builtin() -> dict[str, Loaded]:
    """Return the procedures that come with phieukin, by id, in their order."""
    folder = resources.files("admin") / FOLDER
    files = (folder / f"{procedure_id}.toml" for procedure_id in ORDER)
    found = [load(file.read_bytes(), file.name, "builtin") for file in files]
    return {each.procedure.id: each for each in found}


def load(data: bytes, file: str, origin: Origin) -> Loaded:
    """Read one procedure file.

    Raises:
        ProfileError: the file cannot be used.
    """
    procedure = check_profile(data, file)
    text = text_of(data)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Loaded(procedure, text, digest, origin, file)


def check_version(loaded: Loaded, other: Loaded) -> None:
    """Return nothing unless two contents go by one version.

    Raises:
        ProfileError: the version is taken.
    """
    same_version = loaded.procedure.version == other.procedure.version
    if same_version and loaded.digest != other.digest:
        raise version_taken(loaded)


def version_taken(loaded: Loaded) -> ProfileError:
    """Say that the version of a file belongs to another content already."""
    version = loaded.procedure.version
    fault = ProfileFault(loaded.file, "", "version", "version_taken", version)
    return ProfileError((fault,))


def add_to_office(session: Session, name: str, data: bytes) -> Loaded:
    """Add a file to the office's procedures, unless its version was used before.

    Raises:
        ProfileError: the file cannot be used, or its version belongs to another.
    """
    loaded = load(data, name, "office")
    _check_kept(session, loaded)
    return current_catalogue().add(name, data)


def keep(session: Session, loaded: Loaded) -> Profile:
    """Store the version that a conference follows; once is enough.

    Raises:
        Refused: another content was used under the same version.
    """
    known = session.get(Profile, loaded.digest)
    if known is not None:
        return known
    if loaded.origin == "office":
        try:
            _check_kept(session, loaded)
        except ProfileError:
            version = loaded.procedure.version
            raise Refused("profile_version_taken", version=version) from None
    profile = Profile(
        digest=loaded.digest,
        procedure=loaded.procedure.id,
        version=loaded.procedure.version,
        text=loaded.text,
        kept_at=datetime.now(UTC),
    )
    session.add(profile)
    session.flush()
    return profile


def load_profile(session: Session, digest: str) -> Procedure:
    """Return the procedure that was kept under a digest.

    Raises:
        KeyError: none was.
    """
    profile = session.get(Profile, digest)
    if profile is None:
        raise KeyError(digest)
    return _kept(digest, profile.text)


def kept_version(session: Session, procedure_id: str, version: str) -> Procedure | None:
    """Return a version that a conference was opened with, if any was."""
    same = (
        select(Profile)
        .where(Profile.procedure == procedure_id, Profile.version == version)
        .order_by(Profile.kept_at.desc())
    )
    profile = session.scalars(same).first()
    return None if profile is None else _kept(profile.digest, profile.text)


@lru_cache(maxsize=64)
def _kept(digest: str, text: str) -> Procedure:
    return check_profile(text.encode(), digest)


def _check_kept(session: Session, loaded: Loaded) -> None:
    same = select(Profile.digest).where(
        Profile.procedure == loaded.procedure.id,
        Profile.version == loaded.procedure.version,
        Profile.digest != loaded.digest,
    )
    if session.scalars(same).first() is not None:
        raise version_taken(loaded)


def _listing(folder: Path) -> _Listing:
    found = []
    for path in folder.glob("*.toml"):
        if path.name.startswith((".", "~")):
            continue  # an editor's own
        try:
            seen = path.stat()
        except OSError:  # gone between the two, or a link that leads nowhere
            found.append((path.name, 0, 0))
        else:
            found.append((path.name, seen.st_mtime_ns, seen.st_size))
    return tuple(sorted(found))


def _read(folder: Path, listing: _Listing, own: dict[str, Loaded]) -> _Shelf:
    office: dict[str, Loaded] = {}
    faulty: list[Faulty] = []
    for name, *_ in listing:
        try:
            loaded = _read_one(folder / name)
            _check_beside(loaded, own, office)
        except ProfileError as error:
            faulty.append(Faulty(readable(name), error.faults))
        else:
            office[loaded.procedure.id] = loaded
    return _Shelf(listing, tuple(_in_order(own, office)), tuple(faulty))


def _read_one(path: Path) -> Loaded:
    name = readable(path.name)
    try:
        data = _bytes_of(path)
    except OSError as error:
        why = error.strerror or type(error).__name__
        fault = ProfileFault(name, "", "", "unreadable", why)
        raise ProfileError((fault,)) from None
    if name != path.name:
        raise ProfileError((ProfileFault(name, "", "", "file_name"),))
    return load(data, name, "office")


def readable(name: str) -> str:
    """Return a file's name as text, whatever bytes the folder has for it."""
    return name.encode(errors="surrogateescape").decode(errors="replace")


def _bytes_of(path: Path) -> bytes:
    """Return what a plain file holds; nothing else is waited for.

    Raises:
        OSError: it cannot be read, or is no file.
    """
    if path.exists() and not path.is_file():
        code = EISDIR if path.is_dir() else ENOTSUP
        raise OSError(code, os.strerror(code))
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)  # what is longer is refused


def _check_beside(
    loaded: Loaded, own: dict[str, Loaded], office: dict[str, Loaded]
) -> None:
    procedure_id = loaded.procedure.id
    if procedure_id in office:
        other = office[procedure_id].file
        raise ProfileError((ProfileFault(loaded.file, "", "id", "id_taken", other),))
    if procedure_id in own:
        check_version(loaded, own[procedure_id])


def _in_order(own: dict[str, Loaded], office: dict[str, Loaded]) -> Iterator[Loaded]:
    for procedure_id, loaded in own.items():
        theirs = office.get(procedure_id, loaded)
        yield loaded if theirs.digest == loaded.digest else theirs
    yield from (each for key, each in sorted(office.items()) if key not in own)


def _partners(
    loaded: Iterable[Loaded], procedure_id: str, step_id: str
) -> Iterator[HeldWith]:
    for each in loaded:
        for step in each.procedure.steps:
            here = (each.procedure.id, step.id) == (procedure_id, step_id)
            for link in step.held_with:
                if here:
                    yield link
                elif (link.procedure, link.step) == (procedure_id, step_id):
                    yield HeldWith(each.procedure.id, step.id, link.source)


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
