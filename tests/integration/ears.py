"""Hearing what a service tells every page: Socket.IO, over plain requests."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx

_WAIT_SECONDS = 40.0  # longer than the service lets a listener wait
_NEXT = "\x1e"  # between two packets of one answer
_PING, _PONG, _CONNECT, _EVENT = "2", "3", "40", "42"


@dataclass
class Ear:
    """Somebody who watches a topic, as any page may, and notes all that is said."""

    url: str
    topic: str
    heard: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._http = httpx.Client(
            base_url=self.url, timeout=_WAIT_SECONDS, trust_env=False
        )
        self._query = {"EIO": "4", "transport": "polling"}
        self._query["sid"] = json.loads(self._listen()[0][1:])["sid"]
        self._say(_CONNECT)
        self._listen()
        self._say(f"{_EVENT}{json.dumps(['watch', {'topic': self.topic}])}")

    def listen(self) -> None:
        """Note what was said since; wait a little if it was nothing."""
        for packet in self._listen():
            if packet == _PING:
                self._say(_PONG)
            else:
                assert packet.startswith(_EVENT), packet
                self.heard.append(json.loads(packet[len(_EVENT) :]))

    def close(self) -> None:
        """Go away."""
        self._http.close()

    def _listen(self) -> list[str]:
        response = self._http.get("/socket.io/", params=self._query)
        assert response.status_code == 200, response.text
        return response.text.split(_NEXT)

    def _say(self, packet: str) -> None:
        response = self._http.post("/socket.io/", params=self._query, content=packet)
        assert response.status_code == 200, response.text
