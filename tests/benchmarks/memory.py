"""Peak memory of the three services: of each with all processes that it started.

The proportional share (PSS) counts a page that several processes share once; it has
to be looked at again and again, so a short peak between two looks can be missed. The
sum of every process's own highest resident size (RSS) misses nothing and counts
shared pages several times. The truth lies between the two.
"""

import os
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Self

from web.launcher.cluster import Cluster

_LOOK_SECONDS = 0.5
_KIB = 1024


class Watch:
    """Looks at the memory of running services until it is left."""

    def __init__(self, cluster: Cluster) -> None:
        self._groups = {
            child._process.pid: str(child.place.service)
            for child in cluster._children
            if child._process is not None
        }
        self.pss: dict[str, int] = defaultdict(int)
        self._rss: dict[str, dict[int, int]] = defaultdict(dict)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    @property
    def rss(self) -> dict[str, int]:
        """Sum of the highest resident sizes of each service's processes, in bytes."""
        return {name: sum(peaks.values()) for name, peaks in self._rss.items()}

    def _run(self) -> None:
        while not self._done.is_set():
            self._look()
            time.sleep(_LOOK_SECONDS)

    def _look(self) -> None:
        now: dict[str, int] = defaultdict(int)
        for folder in Path("/proc").glob("[0-9]*"):
            pid = int(folder.name)
            try:
                service = self._groups.get(os.getpgid(pid))
                if service is None:
                    continue
                now[service] += _field(folder / "smaps_rollup", "Pss")
                self._rss[service][pid] = _field(folder / "status", "VmHWM")
            except OSError:  # it has ended meanwhile
                continue
        for service, size in now.items():
            self.pss[service] = max(self.pss[service], size)


def _field(file: Path, name: str) -> int:
    for line in file.read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * _KIB
    return 0
