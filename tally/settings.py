"""What can be set for the counting committee's service."""

from dataclasses import dataclass

from web.contracts import Service
from web.settings import ServiceSettings


@dataclass(frozen=True, kw_only=True)
class TallySettings(ServiceSettings):
    """Settings of the tally, besides those of every service."""

    mirror_seconds: float = 0.5  # between two looks at the kiosk's board
    checking_workers: int = 0  # processes that re-check ballots; 0: one per core
    belenios_tool: str = ""  # path of the stock tool; empty: looked up on PATH

    @property
    def kiosk_url(self) -> str:
        return self.peers[Service.KIOSK].url
