import re
import stat
from dataclasses import fields
from pathlib import Path

import pytest

from admin.settings import AdminSettings
from kiosk.settings import KioskSettings
from tally.settings import TallySettings
from web.settings import (
    ServiceSettings,
    SettingsError,
    current_settings,
    load_settings,
    read_table,
)

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"
GOOD = 'url = "http://127.0.0.1:8100"\nport = 8100\n'
FAULTS = {
    "unknown key": (GOOD + "colour = 1\n", "unknown setting colour"),
    "missing key": ("port = 8100\n", "setting url is missing"),
    "wrong type": (GOOD.replace("8100\n", '"8100"\n'), "int"),
    "truth as number": (GOOD + "demo = 1\n", "bool"),
    "the folder itself": (GOOD + 'data = "/tmp"\n', "unknown setting data"),
    "unknown key of a peer": (
        GOOD + '[peers.kiosk]\nurl = ""\nkey = ""\nname = ""\n',
        "unknown setting peers.kiosk.name",
    ),
    "peer without key": (GOOD + '[peers.kiosk]\nurl = ""\n', "key"),
    "no TOML": ("port: 8100", "settings.toml"),
}


@pytest.mark.parametrize(("content", "fault"), FAULTS.values(), ids=FAULTS.keys())
def test_a_wrong_setting_is_named(tmp_path: Path, content: str, fault: str) -> None:
    (tmp_path / "settings.toml").write_text(content)

    with pytest.raises(SettingsError, match=fault):
        load_settings(tmp_path, ServiceSettings)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=re.escape("settings.toml")):
        load_settings(tmp_path, ServiceSettings)


def test_good_settings_are_read(tmp_path: Path) -> None:
    peer = '[peers.kiosk]\nurl = "http://k"\nkey = "ab"\n'
    (tmp_path / "settings.toml").write_text(GOOD + "demo = true\n" + peer)

    settings = load_settings(tmp_path, ServiceSettings)
    assert (settings.demo, settings.port, settings.data) == (True, 8100, tmp_path)
    assert settings.peers["kiosk"].url == "http://k"
    assert settings.database_url == f"sqlite:///{tmp_path}/service.sqlite"


def test_provisioned_settings_are_private_and_named(places: list, room: object) -> None:
    del room
    for place in places:
        for name in ("settings.toml", "signing.key", "session.key"):
            mode = stat.S_IMODE((place.folder / name).stat().st_mode)
            assert mode == 0o600, name
        peers = read_table(place.folder)["peers"]
        assert set(peers) == {"admin", "kiosk", "tally"} - {str(place.service)}


def test_settings_of_another_service_are_not_given(room: object) -> None:
    with room.admin.app_context(), pytest.raises(TypeError, match="KioskSettings"):  # type: ignore[attr-defined]
        current_settings(KioskSettings)


def documented() -> set[str]:
    page = PAGE.read_text(encoding="utf-8")
    return set(re.findall(r"^### (\w+)$", page, re.MULTILINE))


@pytest.mark.parametrize(
    "kind", [ServiceSettings, AdminSettings, KioskSettings, TallySettings]
)
def test_every_setting_is_documented(kind: type[ServiceSettings]) -> None:
    headings = documented()

    assert {one.name for one in fields(kind)} - {"data"} <= headings


def test_no_documented_setting_is_gone() -> None:
    headings = documented()
    kinds = (ServiceSettings, AdminSettings, KioskSettings, TallySettings)

    assert headings <= {one.name for kind in kinds for one in fields(kind)}
