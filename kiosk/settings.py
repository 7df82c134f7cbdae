"""What can be set about the ballot box (docs/settings.md)."""

from dataclasses import dataclass

from web.settings import ServiceSettings


@dataclass(frozen=True, kw_only=True)
class KioskSettings(ServiceSettings):
    max_ballot_bytes: int = 262_144  # a ballot of 60 nominees is about 85 kB
    checking_workers: int = 0  # processes that check ballots; 0 is one per core
