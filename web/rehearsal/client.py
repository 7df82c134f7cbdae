"""A browser's worth of HTTP: cookies, the anti-forgery token, JSON, refusals."""

import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Self, TypeVar

import httpx

from web.rehearsal.errors import Answered, RehearsalError

TIMEOUT_SECONDS = 60.0
POLL_SECONDS = 0.05

Json = dict[str, Any]
Found = TypeVar("Found")


class Client:
    """One virtual browser at one service."""

    def __init__(self, url: str) -> None:
        """Open a session at the service at `url`."""
        self.url = url
        # The environment's proxies are for the outside; the room is loopback or LAN.
        self._http = httpx.Client(
            base_url=url, timeout=TIMEOUT_SECONDS, trust_env=False
        )
        self._token = ""

    def __enter__(self) -> Self:
        """Return itself; leaving closes the connection."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def refresh(self) -> Json:
        """Fetch the session and its anti-forgery token."""
        session = self.get("/api/session")
        self._token = str(session["csrf_token"])
        return session

    def login(self, username: str, password: str) -> None:
        """Sign in with an account."""
        self.refresh()
        self.post("/api/login", {"username": username, "password": password})
        self.refresh()

    def get(self, path: str, **params: str | int) -> Json:
        """Fetch JSON.

        Raises:
            Answered: the service refused.
        """
        return self._json(self._http.get(path, params=params))

    def get_bytes(self, path: str) -> bytes:
        """Fetch a file or a stored text exactly as served.

        Raises:
            Answered: the service refused.
        """
        response = self._http.get(path)
        if response.status_code != HTTPStatus.OK:
            self._json(response)
        return response.content

    def post(self, path: str, body: Mapping[str, Any] | None = None) -> Json:
        """Post a JSON object.

        Raises:
            Answered: the service refused.
        """
        return self._json(self._send(path, json=dict(body or {})))

    def post_raw(self, path: str, body: bytes) -> Json:
        """Post a JSON text that must arrive byte for byte.

        Raises:
            Answered: the service refused.
        """
        headers = {"Content-Type": "application/json"}
        return self._json(self._send(path, content=body, headers=headers))

    def post_file(self, path: str, name: str, content: bytes) -> Json:
        """Upload one file, as a form does.

        Raises:
            Answered: the service refused.
        """
        return self._json(self._send(path, files={"file": (name, content)}))

    def post_for_bytes(self, path: str, body: Mapping[str, Any]) -> bytes:
        """Post a JSON object and receive a file.

        Raises:
            Answered: the service refused.
        """
        response = self._send(path, json=dict(body))
        if response.status_code != HTTPStatus.OK:
            self._json(response)
        return response.content

    def _send(self, path: str, **request: Any) -> httpx.Response:  # noqa: ANN401
        headers = {"X-CSRF-Token": self._token, **request.pop("headers", {})}
        return self._http.post(path, headers=headers, **request)

    @staticmethod
    def _json(response: httpx.Response) -> Json:
        where = f"{response.request.method} {response.request.url.path}"
        try:
            answer = response.json()
        except ValueError:
            answer = {"message": response.text[:200]}
        if response.is_success and isinstance(answer, dict):
            return answer
        raise Answered(
            where,
            response.status_code,
            str(answer.get("code", "")),
            str(answer.get("message", "")),
        )


def wait_until(
    what: str, look: Callable[[], Found], *, seconds: float = TIMEOUT_SECONDS
) -> Found:
    """Look again and again until `look` returns something true.

    Raises:
        RehearsalError: it did not within `seconds`.
    """
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise RehearsalError(f"waited {seconds:.0f} s for {what}")
        time.sleep(POLL_SECONDS)
