"""What can be set of admin; every key is in docs/settings.md."""

from dataclasses import dataclass

from web.settings import ServiceSettings


@dataclass(frozen=True, kw_only=True)
class AdminSettings(ServiceSettings):
    """The organisers' service needs nothing beyond what every service does."""
