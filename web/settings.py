"""What can be set: one frozen dataclass per service, read once at start.

The file is `<data folder>/settings.toml`. An unknown key, a missing key or a value of
another type is an error that names the file: nothing falls back in silence. Every key
is described in docs/settings.md; a test compares.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from flask import current_app

FILE = "settings.toml"
_EXTENSION = "phieukin.settings"


class SettingsError(Exception):
    """The settings of a service cannot be used."""


@dataclass(frozen=True, kw_only=True)
class Peer:
    """Another service: where it listens and the Ed25519 key (hex) it signs with."""

    url: str
    key: str


@dataclass(frozen=True, kw_only=True)
class ServiceSettings:
    """What every service needs to know; `data` is the folder it was read from."""

    data: Path
    url: str
    port: int
    host: str = "127.0.0.1"
    peers: Mapping[str, Peer] = field(default_factory=dict)
    database: str = ""
    locale: str = "vi"
    demo: bool = False
    secure_cookies: bool = False
    session_hours: int = 12
    threads: int = 96  # every open page holds one for its hints
    max_request_bytes: int = 4 * 1024 * 1024  # 60 nominees are about 85 kB a ballot
    max_message_bytes: int = 64 * 1024 * 1024  # the end of a board of 500 ballots
    failed_attempts: str = "10 per minute"  # of logging in, pairing or joining
    peer_timeout_seconds: int = 30

    @property
    def database_url(self) -> str:
        """The database: by default one SQLite file in the data folder."""
        return self.database or f"sqlite:///{self.data / 'service.sqlite'}"

    @property
    def signing_key(self) -> Path:
        """The file of the Ed25519 key this service signs its messages with."""
        return self.data / "signing.key"

    @property
    def session_key(self) -> Path:
        """The file of the key that signs session cookies."""
        return self.data / "session.key"


SettingsOf = TypeVar("SettingsOf", bound=ServiceSettings)


def load_settings(data: Path, kind: type[SettingsOf]) -> SettingsOf:
    """Read `<data>/settings.toml`.

    Raises:
        SettingsError: the file is missing or is not exactly these settings.
    """
    path = data / FILE
    table = read_table(data)
    _check_names(path, table, kind)
    try:
        return msgspec.convert(
            {**table, "data": str(data)}, type=kind, dec_hook=_decode_path
        )
    except msgspec.ValidationError as error:
        raise SettingsError(f"{path}: {error}") from error


def read_table(data: Path) -> dict[str, Any]:
    """Read `<data>/settings.toml` without asking what it must hold.

    Raises:
        SettingsError: the file is missing or is no TOML.
    """
    path = data / FILE
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: {error}") from error


def current_settings(kind: type[SettingsOf]) -> SettingsOf:
    """Return the settings of the running service.

    Raises:
        TypeError: the running service has settings of another kind.
    """
    settings = current_app.extensions[_EXTENSION]
    if not isinstance(settings, kind):
        raise TypeError(f"this service has no {kind.__name__}")
    return settings


def _check_names(
    path: Path, table: Mapping[str, Any], kind: type[ServiceSettings]
) -> None:
    known = {one.name: one for one in fields(kind) if one.name != "data"}
    unknown = sorted(table.keys() - known.keys())
    if unknown:
        raise SettingsError(f"{path}: unknown setting {unknown[0]}")
    for name, one in known.items():
        needed = one.default is MISSING and one.default_factory is MISSING
        if needed and name not in table:
            raise SettingsError(f"{path}: setting {name} is missing")
    for name, peer in table.get("peers", {}).items():
        extra = sorted(peer.keys() - {"url", "key"}) if isinstance(peer, dict) else []
        if extra:
            raise SettingsError(f"{path}: unknown setting peers.{name}.{extra[0]}")


def _decode_path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError(f"a setting cannot be a {kind.__name__}")
