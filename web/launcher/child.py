"""One service as a process of its own: `python -m web.launcher.child admin DIR`.

gunicorn with one worker and many threads, so that the memory of a service is one. No
access log: nobody's address and no path is written anywhere. The process ends when the
one that started it is gone.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from web.settings import ServiceSettings, read_table

_CHECK_SECONDS = 0.5


class ServedService(BaseApplication):  # type: ignore[misc]
    """gunicorn around `<service>.app:create_app(folder)`."""

    def __init__(self, service: str, folder: Path) -> None:
        self._service = service
        self._folder = folder
        self._options = _options(folder)
        super().__init__()

    def load_config(self) -> None:
        """Hand gunicorn our options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Build the service, in the worker."""
        create: Callable[[Path], Flask] = import_module(
            f"{self._service}.app"
        ).create_app
        return create(self._folder)


def _options(folder: Path) -> dict[str, Any]:
    settings = read_table(folder)
    host = settings.get("host", ServiceSettings.host)
    return {
        "bind": f"{host}:{settings['port']}",
        "worker_class": "gthread",
        "workers": 1,
        "threads": settings.get("threads", ServiceSettings.threads),
        "timeout": 120,  # of the worker as a whole, not of a request
        "graceful_timeout": 2,  # open pages would hold it for ever
        "keepalive": 30,
        "accesslog": None,
        "errorlog": str(folder / "log" / "error.log"),
        "loglevel": "error",  # its warnings quote addresses
        "capture_output": True,
        "proc_name": f"phieukin-{folder.name}",
        "control_socket_disable": True,
        "when_ready": _end_with_parent,
    }


def _end_with_parent(_server: object) -> None:
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_CHECK_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()


if __name__ == "__main__":
    _service, _folder = sys.argv[1:]
    ServedService(_service, Path(_folder)).run()
