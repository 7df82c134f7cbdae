"""Why the services cannot be started or kept running."""

from typing import Any


class LaunchError(Exception):
    """A sentence for the person at the terminal, by its key in the catalogue."""

    def __init__(self, key: str, **values: Any) -> None:  # noqa: ANN401 - anything printable
        super().__init__(f"{key} {values}" if values else key)
        self.key = f"cli.{key}"
        self.values = values
