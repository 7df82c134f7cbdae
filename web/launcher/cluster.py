"""The three services together: prepare, start, wait, watch, stop.

    with Cluster(data) as cluster:
        cluster.wait_ready()
        cluster.urls["admin"]

Used by `phieukin up`, by rehearsals and by tests; always the real processes.
"""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import httpx

from web.contracts import Service
from web.launcher.errors import LaunchError
from web.launcher.provision import (
    FirstLogin,
    Place,
    check_kind,
    clear_demo,
    provision,
)

DEFAULT_PORT_BASE = 8100
_OFFSETS = {Service.ADMIN: 0, Service.KIOSK: 100, Service.TALLY: 200}
_READY_SECONDS = 90
_STOP_SECONDS = 8
_POLL_SECONDS = 0.1
_LONGEST_PAUSE = 30.0  # between two restarts of a service that keeps dying
_STEADY_SECONDS = 60  # a service that ran this long starts with a clean slate
_LAST_LINES = 12
_OK = 200


class Child:
    """One service's process, and how often it had to be started again."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._pause = 0.5

    def start(self) -> None:
        """Start the process, in a session of its own: we stop it, not the terminal."""
        command = [sys.executable, "-m", "web.launcher.child"]
        command += [str(self.place.service), str(self.place.folder)]
        self._started = time.monotonic()
        with (self.place.folder / "log" / "error.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def ended(self) -> int | None:
        """The exit code, if the process has ended."""
        return self._process.poll() if self._process else None

    def next_pause(self) -> float:
        """Return how long to wait before starting again; longer each time."""
        if time.monotonic() - self._started > _STEADY_SECONDS:
            self._pause = 0.5
        pause, self._pause = self._pause, min(2 * self._pause, _LONGEST_PAUSE)
        return pause

    def ask_to_stop(self) -> None:
        """Ask the process to end; it finishes what it is writing."""
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def make_stop(self, deadline: float) -> None:
        """Wait for the end until the deadline, then end it with all it started."""
        if not self._process:
            return
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def last_words(self) -> str:
        """Return the end of the error log."""
        log = self.place.folder / "log" / "error.log"
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-_LAST_LINES:])


class Cluster:
    """The three services on one data folder.

    Args:
        data: the folder; made if it does not exist.
        port_base: the admin's port; the others follow at +100 and +200. With 0, three
            free ports are taken.
        demo: a demonstration; one that is already in the folder is thrown away.
    """

    def __init__(
        self, data: Path, port_base: int = DEFAULT_PORT_BASE, *, demo: bool = False
    ) -> None:
        self.data = data
        self.demo = demo
        self.logins: list[FirstLogin] = []
        self._port_base = port_base
        self._lock: int | None = None
        self._children: list[Child] = []

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    @property
    def places(self) -> list[Place]:
        """Where each service lives."""
        return [child.place for child in self._children]

    @property
    def urls(self) -> dict[str, str]:
        """The address of each service: `urls["admin"]`."""
        return {str(place.service): place.url for place in self.places}

    def password(self, service: Service | str, username: str) -> str:
        """Return a first password; only of services prepared by this run.

        Raises:
            LookupError: it was shown at an earlier start, and kept nowhere.
        """
        for one in self.logins:
            if one.service == service and one.username == username:
                return one.password
        raise LookupError(f"{username} of {service} was given a password earlier")

    def start(self) -> None:
        """Prepare the folder and start the processes.

        Raises:
            LaunchError: the folder or a port is in use, or of another kind.
        """
        check_kind(self.data, demo=self.demo)
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = _lock(self.data)
        try:
            ports = _free_ports(self._port_base)
            if self.demo:
                clear_demo(self.data)
            self._children = [
                Child(Place(service, (self.data / service).resolve(), ports[service]))
                for service in Service
            ]
            self.logins = provision(self.places, demo=self.demo)
            for child in self._children:
                child.start()
        except BaseException:
            self.stop()
            raise

    def wait_ready(self, seconds: float = _READY_SECONDS) -> None:
        """Return once all three answer.

        Raises:
            LaunchError: one ended, or did not answer in time.
        """
        deadline = time.monotonic() + seconds
        with httpx.Client(trust_env=False, timeout=5) as client:
            for child in self._children:
                while not _answers(client, child.place.url):
                    _check_alive(child, deadline)
                    time.sleep(_POLL_SECONDS)

    def watch(self, said: Callable[[str, Service, float], None]) -> None:
        """Start again whatever ends, for ever; `said` is told of it."""
        due: dict[Service, float] = {}
        while True:
            time.sleep(_POLL_SECONDS)
            for child in self._children:
                service = child.place.service
                if child.ended is None:
                    continue
                if service not in due:
                    pause = child.next_pause()
                    due[service] = time.monotonic() + pause
                    said("restarting", service, pause)
                elif time.monotonic() >= due[service]:
                    del due[service]
                    child.start()

    def restart(self, service: Service | str) -> None:
        """End one service and start it again, as after a power cut."""
        for child in self._children:
            if child.place.service == service:
                child.ask_to_stop()
                child.make_stop(time.monotonic() + _STOP_SECONDS)
                child.start()

    def stop(self) -> None:
        """End all processes; those that do not follow are killed."""
        for child in self._children:
            child.ask_to_stop()
        deadline = time.monotonic() + _STOP_SECONDS
        for child in self._children:
            child.make_stop(deadline)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _lock(data: Path) -> int:
    descriptor = os.open(data / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise LaunchError("folder_in_use", data=data) from error
    return descriptor


def _free_ports(base: int) -> dict[Service, int]:
    """Return the three ports, making sure that nobody else listens there."""
    wanted = {one: base + offset if base else 0 for one, offset in _OFFSETS.items()}
    taken, ports = [], {}
    try:
        for service, port in wanted.items():
            probe = socket.socket()
            taken.append(probe)  # kept open, so that three free ports are three
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except (OSError, OverflowError) as error:
                raise LaunchError("port_in_use", port=port, service=service) from error
            ports[service] = int(probe.getsockname()[1])
    finally:
        for probe in taken:
            probe.close()
    return ports


def _answers(client: httpx.Client, url: str) -> bool:
    try:
        return client.get(f"{url}/api/session").status_code == _OK
    except httpx.HTTPError:
        return False


def _check_alive(child: Child, deadline: float) -> None:
    ended = child.ended is not None
    if ended or time.monotonic() > deadline:
        key = "child_ended" if ended else "child_silent"
        raise LaunchError(key, service=child.place.service, log=child.last_words())
