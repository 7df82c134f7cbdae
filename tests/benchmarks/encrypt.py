"""Sealing a ballot in a real Chromium that is slowed down four times."""

import http.server
import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.sizes import Sizes

SLOWDOWN = 4
_ROOT = Path(__file__).parents[2]
_TRIES = 4  # of a fixed loop; the fastest was disturbed least
_REACHES = 2.0  # a loop that takes this much longer was slowed down
_PAGE = (
    '<!doctype html><meta charset="utf-8"><script type="module" src="page.js"></script>'
)
_BUNDLES = {
    "page.js": "tests/benchmarks/encrypt_page.ts",
    "ballot_worker.js": "crypto/ts/ballot_worker.ts",
}

METHOD = """
Sealing a ballot of {nominees} nominees in Chromium {version}, slowed down {rate} times
(Emulation.setCPUThrottlingRate). Every number is the first ballot of a fresh page;
medians of {rounds} pages. "all at once" has nothing drawn ahead; "after prepare" is
what is left when the tablet drew the secrets while the delegate was marking.
"""


def report(sizes: Sizes) -> Iterator[str]:
    """Measure, and yield the lines of the report."""
    with _served() as url, sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        yield METHOD.format(
            nominees=sizes.nominees,
            version=browser.version,
            rate=SLOWDOWN,
            rounds=sizes.browser_rounds,
        )
        yield from _reach(browser, url)
        yield from _ballots(browser, url, sizes)
        browser.close()


def _reach(browser: Browser, url: str) -> Iterator[str]:
    """Say which threads the slowdown slows down."""
    for name, script in (("main thread", "spin"), ("worker", "spinInWorker")):
        plain, slowed = (
            min(_run(browser, url, f"bench.{script}()", rate) for _ in range(_TRIES))
            for rate in (1, SLOWDOWN)
        )
        factor = slowed / plain
        verdict = "is" if factor > _REACHES else "is NOT"
        yield f"  the {name} {verdict} slowed down: a fixed loop takes {factor:.1f} ×"


def _ballots(browser: Browser, url: str, sizes: Sizes) -> Iterator[str]:
    for where, thread in (("onMainThread", "main thread"), ("inWorker", "worker")):
        for rate in (SLOWDOWN, 1):
            measure = partial(_times, browser, url, where, sizes, rate)
            cold, ahead = measure(ahead=False), measure(ahead=True)
            yield (
                f"  {thread:11} {rate} × slowdown: all at once {cold['make']:5.0f} ms;"
                f" after prepare {ahead['make']:5.0f} ms"
                f" (prepare {ahead['prepare']:5.0f} ms)"
            )


def _times(
    browser: Browser, url: str, where: str, sizes: Sizes, rate: int, *, ahead: bool
) -> dict[str, float]:
    call = f"bench.{where}({sizes.nominees}, {str(ahead).lower()})"
    rounds: list[dict[str, float]] = [
        _run(browser, url, call, rate) for _ in range(sizes.browser_rounds)
    ]
    return {name: median(each[name] for each in rounds) for name in rounds[0]}


def _run(browser: Browser, url: str, script: str, rate: int) -> Any:
    """Evaluate a script in a fresh page at this slowdown."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(url)
    page.wait_for_function("globalThis.bench")
    control = context.new_cdp_session(page)
    control.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    answer = page.evaluate(script)
    context.close()
    return answer


@contextmanager
def _served() -> Iterator[str]:
    """Bundle the page as a tablet gets its own, and serve it on this machine."""
    with tempfile.TemporaryDirectory() as folder:
        for name, source in _BUNDLES.items():
            _bundle(source, Path(folder) / name)
        (Path(folder) / "index.html").write_text(_PAGE)
        handler: Callable[..., Any] = partial(_Quiet, directory=folder)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/"
            server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _bundle(source: str, target: Path) -> None:
    """Bundle as web/ts/build.mjs does."""
    options = {
        "entryPoints": [str(_ROOT / source)],
        "outfile": str(target),
        "bundle": True,
        "minify": True,
        "format": "esm",
        "target": ["es2022"],
    }
    script = f"(await import('esbuild')).buildSync({json.dumps(options)})"
    command = [_node(), "--input-type=module", "-e", script]
    subprocess.run(command, cwd=_ROOT, check=True, capture_output=True)


def _node() -> str:
    """Return Node: this machine's, or the one that `make` unpacked."""
    packed = _ROOT / "build/node/bin/node"
    return shutil.which("node") or str(packed)
