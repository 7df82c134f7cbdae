"""A real browser before the real admin, without a socket between them."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Route

from tests.admin.neighbours import Office

ADDRESS = "http://admin.test"


def serve(office: Office) -> Callable[[Route], Any]:
    """Answer a browser in which the chair is logged in."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS)
        if "socket.io" in path:
            route.abort()
            return
        if route.request.method == "POST":
            found = office.chair.post(path, route.request.post_data_json)
        else:
            found = office.chair.get(path)
        route.fulfill(
            status=found.status_code,
            content_type=found.content_type,
            body=found.get_data(),
        )
        found.close()

    return answer
