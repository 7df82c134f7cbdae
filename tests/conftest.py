"""What every test shares: passwords and addresses that cost little.

The hash is argon2id as it is in service, with the least work that it allows: thousands
of tests log in, and each would pay for a guess that nobody makes here.

Thousands of tests start a service, too, and most of that time goes into compiling, for
every route, the function that writes its address: here a route's is compiled (by the
same code) once somebody asks for its address.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from web import accounts

_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_hasher", _CHEAP)
        yield


@pytest.fixture(scope="session", autouse=True)
def addresses_when_asked() -> Iterator[None]:
    compiled = Rule._compile_builder  # nothing public stands in its place

    def when_asked(rule: Rule, append_unknown: bool = True) -> Callable[..., Any]:  # noqa: FBT001, FBT002 - werkzeug's signature
        made: list[Callable[..., Any]] = []

        def build(self: Rule, **values: object) -> Any:
            if not made:
                made.append(compiled(rule, append_unknown))
            return made[0](self, **values)

        return build

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", when_asked)
        yield


class _Compiled(BytecodeCache):
    """Pages that another service of the same kind compiled, by name and content."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def pages_compiled_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        options = {**Flask.jinja_options, "bytecode_cache": _Compiled()}
        patch.setattr(Flask, "jinja_options", options)
        yield
