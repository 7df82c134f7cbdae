from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kiosk.hall import Hall, SealedPaper, list_paper


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(tmp_path / "kiosk")
    yield hall
    hall.stop()


@pytest.fixture
def sealed(hall: Hall) -> SealedPaper:
    """A paper whose box is prepared."""
    sealed = SealedPaper(list_paper())
    hall.seal(sealed)
    return sealed


@pytest.fixture
def vote(hall: Hall, sealed: SealedPaper) -> SealedPaper:
    """A paper whose box is open, every card handed out."""
    hall.open(sealed)
    return sealed
