"""Whoever stays from one sitting to the next: console, chair, leader, tablets."""

from contextlib import ExitStack

from web.launcher.cluster import Cluster
from web.rehearsal.client import Client
from web.rehearsal.delegates import Tablet
from web.rehearsal.people import Invention


class Room:
    """Signed-in people and paired tablets at the services of a running cluster."""

    def __init__(self, cluster: Cluster, invention: Invention) -> None:
        """Let the secretary and the committee's leader sign in."""
        self.cluster = cluster
        self.invention = invention
        self.clients = ExitStack()
        self.console = self._login("admin", "secretary")
        self.leader = self._login("tally", "leader")
        self.tablets: list[Tablet] = []
        self._chair: Client | None = None

    @property
    def chair(self) -> Client:
        """The chair at the console; signs in when first needed."""
        if self._chair is None:
            self._chair = self._login("admin", "chair")
        return self._chair

    def pair(self, count: int) -> list[Tablet]:
        """Pair tablets until there are `count`; they serve every sitting."""
        kiosk = self.cluster.urls["kiosk"]
        while len(self.tablets) < count:
            label = f"Máy {len(self.tablets) + 1}"
            paired = self.console.post("/api/tablets/pairing", {"label": label})
            tablet = Tablet(kiosk, str(paired["code"]))
            self.clients.callback(tablet.close)
            self.tablets.append(tablet)
        return self.tablets[:count]

    def election(self, uuid: str) -> bytes:
        """Fetch the sealed election, as any tablet does."""
        with Client(self.cluster.urls["kiosk"]) as kiosk:
            return kiosk.get_bytes(f"/api/elections/{uuid}/election.json")

    def close(self) -> None:
        """Leave the services."""
        self.clients.close()

    def _login(self, service: str, username: str) -> Client:
        client = self.clients.enter_context(Client(self.cluster.urls[service]))
        client.login(username, self.cluster.password(service, username))
        return client
