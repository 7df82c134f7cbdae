"""Every door of the three services that can be opened by looking."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from web.contracts import Service
from web.launcher.provision import Place, provision

_LIST = """
import importlib, json, os, pathlib, sys
service, folder = sys.argv[1], pathlib.Path(sys.argv[2])
app = importlib.import_module(service + ".app").create_app(folder)
rules = [r.rule for r in app.url_map.iter_rules() if "GET" in r.methods]
print(json.dumps(rules), flush=True)
os._exit(0)
"""


@dataclass(frozen=True)
class Door:
    """A route that answers GET, as the service declares it."""

    service: Service
    rule: str

    def path(self, **values: object) -> str:
        """Return the address, every placeholder filled in.

        Raises:
            KeyError: a placeholder that the test does not know yet.
        """
        path = self.rule.replace("<int:", "<")
        while "<" in path:
            before, _, rest = path.partition("<")
            name, _, after = rest.partition(">")
            path = f"{before}{values[name]}{after}"
        return path


def all_doors(folder: Path) -> list[Door]:
    """Ask each service, built in an empty folder, for its routes."""
    places = [Place(service, folder / service, 1) for service in Service]
    provision(places, demo=False)
    return [
        Door(place.service, rule)
        for place in places
        for rule in _rules(place)
        if "/static/" not in rule
    ]


def _rules(place: Place) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _LIST, place.service, place.folder],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rules: list[str] = json.loads(done.stdout)
    return rules
