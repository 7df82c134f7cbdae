"""The real three services as real processes on free ports of this machine."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from web.cli import main
from web.contracts import Service
from web.launcher.cluster import _OFFSETS, DEFAULT_PORT_BASE, Child, Cluster
from web.launcher.errors import LaunchError
from web.launcher.provision import ROLES, Place, check_kind, clear_demo, provision
from web.settings import read_table


def eventually(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.1)


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/api/session", trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with Cluster(tmp_path_factory.mktemp("data"), port_base=0) as running:
        running.wait_ready()
        yield running


def log_in(cluster: Cluster, service: str, username: str) -> httpx.Response:
    with httpx.Client(base_url=cluster.urls[service], trust_env=False) as client:
        token = client.get("/api/session").json()["csrf_token"]
        return client.post(
            "/api/login",
            json={
                "username": username,
                "password": cluster.password(service, username),
            },
            headers={"X-CSRF-Token": token},
        )


def test_all_three_answer_and_first_logins_open_them(cluster: Cluster) -> None:
    assert set(cluster.urls) == {"admin", "kiosk", "tally"}
    assert log_in(cluster, "admin", "secretary").json()["roles"] == ["secretary"]
    assert log_in(cluster, "tally", "leader").json()["roles"] == ["leader"]
    with pytest.raises(LookupError):
        cluster.password("admin", "nobody")


def test_the_usual_ports_are_the_documented_ones() -> None:
    ports = {str(one): DEFAULT_PORT_BASE + offset for one, offset in _OFFSETS.items()}

    assert ports == {"admin": 8100, "kiosk": 8200, "tally": 8300}


def test_each_has_a_database_and_a_signing_key_of_its_own(cluster: Cluster) -> None:
    keys = {(place.folder / "signing.key").read_bytes() for place in cluster.places}
    processes = {
        child._process.pid for child in cluster._children if child._process is not None
    }

    assert len(keys) == len(processes) == 3
    for place in cluster.places:
        database = sqlite3.connect(place.folder / "service.sqlite")
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert database.execute("SELECT count(*) FROM alembic_version").fetchone()[0]
        database.close()


def test_services_listen_on_this_machine_only(cluster: Cluster) -> None:
    for place in cluster.places:
        assert read_table(place.folder).get("host", "127.0.0.1") == "127.0.0.1"


def test_logs_hold_no_request(cluster: Cluster) -> None:
    for place in cluster.places:
        httpx.get(f"{place.url}/no-such-page?q=5f2c", trust_env=False)
        text = (place.folder / "log" / "error.log").read_text(encoding="utf-8")
        assert "5f2c" not in text
        assert "no-such-page" not in text


def test_a_killed_service_is_started_again(cluster: Cluster) -> None:
    kiosk = next(
        child for child in cluster._children if child.place.service == Service.KIOSK
    )
    said: list[str] = []

    class Enough(Exception):  # noqa: N818 - leaves the endless watch
        pass

    def say(event: str, service: Service, pause: float) -> None:
        assert pause < 60
        said.append(f"{event} {service}")
        if len(said) == 2:
            raise Enough

    def kill_twice() -> None:
        kill(kiosk)
        eventually(lambda: kiosk.ended is None and answers(kiosk.place.url))
        kill(kiosk)

    killer = threading.Thread(target=kill_twice)
    killer.start()
    with pytest.raises(Enough):
        cluster.watch(say)
    killer.join()
    assert said == ["restarting kiosk"] * 2
    kiosk.start()
    eventually(lambda: answers(kiosk.place.url))


def kill(child: Child) -> None:
    assert child._process is not None
    os.killpg(child._process.pid, signal.SIGKILL)


def test_a_restarted_service_keeps_its_data(cluster: Cluster) -> None:
    cluster.restart("tally")
    cluster.wait_ready()

    assert log_in(cluster, "tally", "leader").status_code == 200


def test_a_folder_serves_one_phieukin_at_a_time(cluster: Cluster) -> None:
    with pytest.raises(LaunchError, match="folder_in_use"):
        Cluster(cluster.data, port_base=0).start()


def test_pauses_between_restarts_grow(cluster: Cluster) -> None:
    child = cluster._children[0]
    child._pause = 0.5
    pauses = [child.next_pause() for _ in range(8)]

    assert pauses == [0.5, 1, 2, 4, 8, 16, 30, 30]
    child._started -= 3600
    assert child.next_pause() == 0.5


def test_a_service_that_cannot_start_says_why(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path, port_base=0)
    places = [Place(one, tmp_path / one, port) for port, one in enumerate(Service, 1)]
    provision(places, demo=False)
    path = tmp_path / "kiosk" / "settings.toml"
    path.write_text("colour = 1\n" + path.read_text(encoding="utf-8"))
    with cluster, pytest.raises(LaunchError, match="colour") as failure:
        cluster.wait_ready()
    assert failure.value.key == "cli.child_ended"


# --- the command ------------------------------------------------------------------


def test_a_busy_port_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        base = port - 100  # the kiosk's port is taken
        arguments = ["up", "--data", str(tmp_path / "d"), "--port-base", str(base)]
        result = CliRunner().invoke(main, [*arguments, "--lang", "en"])

    assert result.exit_code == 1
    assert f"Port {port} (service kiosk)" in result.output
    assert "--port-base" in result.output
    assert not (tmp_path / "d" / "kiosk").exists()


def start_up(data: Path) -> subprocess.Popen[str]:
    # Whoever starts the tests in the background has them ignore SIGINT, and children
    # inherit that; at a terminal it is not ignored.
    heard = "import signal as s; s.signal(s.SIGINT, s.default_int_handler)"
    start = f"{heard}; from web.cli import main; main()"
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            start,
            "up",
            "--lang",
            "en",
            "--data",
            str(data),
            "--port-base",
            "0",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )


def read_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    text = ""
    for line in process.stdout:
        text += line
        if words in line:
            return text
    raise AssertionError(text)


def test_pages_that_were_not_built_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.launcher.commands._BUILT", tmp_path / "frame.js")
    monkeypatch.setattr(Cluster, "watch", lambda *_: None)
    arguments = ["up", "--data", str(tmp_path / "d"), "--port-base", "0"]
    result = CliRunner().invoke(main, [*arguments, "--lang", "en"])

    assert result.exit_code == 0
    assert "run make frontend" in result.output


def urls_in(text: str) -> list[str]:
    words = [word for word in text.split() if word.startswith("http://")]
    return [word.removesuffix("/booth") for word in words]


@pytest.mark.parametrize(
    "stop", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda one: one.name
)
def test_no_service_outlives_the_launcher(tmp_path: Path, stop: signal.Signals) -> None:
    process = start_up(tmp_path / "data")
    try:
        said = read_until(process, "Press Ctrl-C")
        urls = urls_in(said)
        assert len(urls) == 3
        for role in (*ROLES[Service.ADMIN], *ROLES[Service.TALLY]):
            assert said.count(f": {role} / ") == 1
        assert all(answers(url) for url in urls)
    finally:
        process.send_signal(stop)
        process.communicate(timeout=150)  # a start of all three, on a busy machine

    eventually(lambda: not any(answers(url) for url in urls))
    assert process.returncode == (0 if stop != signal.SIGKILL else -signal.SIGKILL)


def test_commands_are_found_by_entry_points() -> None:
    result = CliRunner().invoke(main, ["--help"])

    assert result.exit_code == 0
    for command in ("up", "rehearse", "verify"):
        assert command in result.output
    assert CliRunner().invoke(main, ["nonsense"]).exit_code == 2


# --- data folders -------------------------------------------------------------------


def test_keys_and_changed_settings_survive_a_new_start(places: list[Place]) -> None:
    first = provision(places, demo=False)
    path = places[0].folder / "settings.toml"
    key = (places[0].folder / "signing.key").read_text()
    path.write_text('session_hours = 3\nlocale = "en"\n' + path.read_text())
    moved = [Place(one.service, one.folder, one.port + 1000) for one in places]

    assert {one.username for one in first} >= {"secretary", "leader"}
    assert len({one.password for one in first}) == len(first)
    assert provision(moved, demo=False) == []
    settings = read_table(places[0].folder)
    assert (settings["session_hours"], settings["locale"]) == (3, "en")
    assert settings["url"] == "http://127.0.0.1:9100"
    assert settings["peers"]["kiosk"]["url"] == "http://127.0.0.1:9200"
    assert (places[0].folder / "signing.key").read_text() == key


def test_untouched_settings_are_not_written_again(places: list[Place]) -> None:
    provision(places, demo=False)
    path = places[0].folder / "settings.toml"
    path.write_text("# a note of the technician\n" + path.read_text())
    provision(places, demo=False)

    assert path.read_text().startswith("# a note")


def test_a_demonstration_and_a_conference_never_share_a_folder(
    places: list[Place], tmp_path: Path
) -> None:
    provision(places, demo=False)
    with pytest.raises(LaunchError, match="folder_not_demo"):
        check_kind(tmp_path, demo=True)
    clear_demo(tmp_path)
    assert (places[0].folder / "signing.key").exists()

    shutil.rmtree(places[0].folder)
    provision(places, demo=True)
    with pytest.raises(LaunchError, match="folder_is_demo"):
        check_kind(tmp_path, demo=False)
    clear_demo(tmp_path)
    assert not places[0].folder.exists()
