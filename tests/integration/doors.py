"""Every door of the three services: what answers to looking, and what to a push."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from string import Formatter

from web.contracts import Service
from web.launcher.provision import Place, provision

_LIST = """
import importlib, json, os, pathlib, sys
service, folder = sys.argv[1], pathlib.Path(sys.argv[2])
app = importlib.import_module(service + ".app").create_app(folder)
rules = [(r.rule, m) for r in app.url_map.iter_rules() for m in r.methods]
print(json.dumps(rules), flush=True)
os._exit(0)
"""
_ASIDE = {"HEAD", "OPTIONS"}  # they answer what GET does, without a body
Values = dict[str, tuple[object, ...]]


@dataclass(frozen=True, order=True)
class Door:
    """A route of a service, as the service declares it."""

    service: Service
    rule: str
    method: str = "GET"

    def paths(self, values: Values) -> Iterator[str]:
        """Yield every address that the placeholders' values make.

        Raises:
            KeyError: a placeholder that the test does not know yet.
        """
        text = self.rule.replace("<int:", "<").replace("<", "{").replace(">", "}")
        names = [name for _, name, _, _ in Formatter().parse(text) if name]
        for chosen in product(*(values[name] for name in names)):
            yield text.format(**dict(zip(names, chosen, strict=True)))


def all_doors(folder: Path) -> list[Door]:
    """Ask each service, built in an empty folder, for its routes."""
    places = [Place(service, folder / service, 1) for service in Service]
    provision(places, demo=False)
    return sorted(
        Door(place.service, rule, method)
        for place in places
        for rule, method in _rules(place)
        if "/static/" not in rule and method not in _ASIDE
    )


def _rules(place: Place) -> list[tuple[str, str]]:
    done = subprocess.run(
        [sys.executable, "-c", _LIST, place.service, place.folder],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [(rule, method) for rule, method in json.loads(done.stdout)]
