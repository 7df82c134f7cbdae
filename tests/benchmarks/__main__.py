"""`make bench`: what phieukin reaches on this machine. Nothing is asserted on time.

python -m tests.benchmarks [--quick] [verify] [hall] [encrypt]
"""

import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks import encrypt, hall, verify
from tests.benchmarks.sizes import QUICK, WHOLE, Sizes

PARTS: dict[str, Callable[[Sizes], Iterator[str]]] = {
    "verify": verify.report,
    "encrypt": encrypt.report,
    "hall": hall.report,
}


def main(arguments: list[str]) -> None:
    """Measure the parts that are named, or all."""
    sizes = QUICK if "--quick" in arguments else WHOLE
    chosen = [name for name in PARTS if name in arguments] or list(PARTS)
    for line in machine():
        print(line)
    for name in chosen:
        started = time.perf_counter()
        print(f"\n== {name}", flush=True)
        for line in PARTS[name](sizes):
            print(line, flush=True)
        print(f"  ({name}: {time.perf_counter() - started:.0f} s)", flush=True)


def machine() -> Iterator[str]:
    """Say what it was measured on, and how busy that was."""
    cores = len(os.sched_getaffinity(0))
    load = os.getloadavg()[0]
    yield f"{cores} cores ({_processor()}), load {load:.1f} before the bench"
    yield f"Python {platform.python_version()}, Linux {platform.release()}"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


if __name__ == "__main__":
    main(sys.argv[1:])
