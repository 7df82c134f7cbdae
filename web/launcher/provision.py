"""Prepares a data folder: one folder a service, with keys, settings, first logins.

What exists is kept: keys are drawn once, and of the settings only addresses and peers
are written anew when they changed.
"""

import json
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from web.accounts import FIRST_LOGINS
from web.contracts import Service
from web.keys import FileSigner, write_key, write_private
from web.launcher.errors import LaunchError
from web.settings import FILE, SettingsError, read_table

FOLDERS = ("log",)
ROLES: Mapping[Service, tuple[str, ...]] = {
    Service.ADMIN: ("secretary", "desk", "chair", "auditor", "administrator"),
    Service.TALLY: ("leader",),
}
# Without signs that are mistaken for one another when read aloud or typed.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 3, 4  # 12 of 31 signs: 59 bits


@dataclass(frozen=True)
class FirstLogin:
    """A person's first way into a service; shown once."""

    service: Service
    username: str
    role: str
    password: str


@dataclass(frozen=True)
class Place:
    """Where one service lives: its folder and its port on this machine."""

    service: Service
    folder: Path
    port: int

    @property
    def url(self) -> str:
        """The address of the service on this machine."""
        return f"http://127.0.0.1:{self.port}"


def provision(places: list[Place], *, demo: bool) -> list[FirstLogin]:
    """Prepare every service's folder; return the logins of new services."""
    logins = []
    for place in places:
        new = not (place.folder / "signing.key").exists()
        _make_folder(place.folder)
        write_key(place.folder / "session.key")
        if new:
            logins += _write_logins(place)
        write_key(place.folder / "signing.key")
    for place in places:
        _write_settings(place, places, demo=demo)
    return logins


def check_kind(data: Path, *, demo: bool) -> None:
    """Keep demonstrations and conferences apart.

    Raises:
        LaunchError: the folder holds the other kind.
    """
    found = _is_demo(data)
    if found is not None and found != demo:
        raise LaunchError("folder_not_demo" if demo else "folder_is_demo", data=data)


def clear_demo(data: Path) -> None:
    """Throw an earlier demonstration away: every one starts afresh."""
    if _is_demo(data):
        for one in (*(str(service) for service in Service), "demo"):
            shutil.rmtree(data / one, ignore_errors=True)


def _is_demo(data: Path) -> bool | None:
    folder = data / Service.ADMIN
    if not (folder / FILE).exists():
        return None
    return bool(_read(folder).get("demo", False))


def _make_folder(folder: Path) -> None:
    for one in (folder, *(folder / name for name in FOLDERS)):
        one.mkdir(mode=0o700, parents=True, exist_ok=True)


def _write_logins(place: Place) -> list[FirstLogin]:
    logins = [
        FirstLogin(place.service, role, role, _new_password())
        for role in ROLES.get(place.service, ())
    ]
    if logins:
        rows = [
            {"username": one.username, "role": one.role, "password": one.password}
            for one in logins
        ]
        write_private(place.folder / FIRST_LOGINS, json.dumps(rows))
    return logins


def _new_password() -> str:
    groups = (
        "".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS)
    )
    return "-".join(groups)


def _write_settings(place: Place, places: list[Place], *, demo: bool) -> None:
    path = place.folder / FILE
    kept = _read(place.folder) if path.exists() else {}
    peers = {
        str(peer.service): {"url": peer.url, "key": _public_key(peer)}
        for peer in places
        if peer.service != place.service
    }
    ours = {"url": place.url, "port": place.port, "demo": demo, "peers": peers}
    if kept | ours != kept:
        write_private(path, _to_toml(kept | ours))


def _public_key(place: Place) -> str:
    return FileSigner(place.folder / "signing.key").public.hex()


def _read(folder: Path) -> dict[str, Any]:
    try:
        return read_table(folder)
    except SettingsError as error:
        raise LaunchError("bad_settings", fault=error) from error


def _to_toml(table: Mapping[str, Any], prefix: str = "") -> str:
    """Write strings, numbers, booleans and tables; settings have nothing else."""
    plain = {k: v for k, v in table.items() if not isinstance(v, dict)}
    # JSON's strings, integers and booleans are TOML's
    lines = [f"{key} = {json.dumps(value)}" for key, value in plain.items()]
    for key, value in table.items():
        if isinstance(value, dict):
            name = f"{prefix}{key}"
            lines += ["", f"[{name}]", _to_toml(value, f"{name}.")]
    return "\n".join(lines).rstrip() + "\n"
