"""What every test shares: passwords that cost little to check.

The hash is argon2id as it is in service, with the least work that it allows: thousands
of tests log in, and each would pay for a guess that nobody makes here.
"""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from web import accounts

_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_hasher", _CHEAP)
        yield
