"""A link to the login or to another language leads to no other address."""

from typing import Any
from urllib.parse import quote

import pytest

ELSEWHERE = (
    "//elsewhere.example",
    "/\t/elsewhere.example",
    "/\n/elsewhere.example",
    "/\r\n/elsewhere.example",
    "/\\elsewhere.example",
    "\t//elsewhere.example",
    "https://elsewhere.example",
    "",
)


@pytest.mark.parametrize("asked", ELSEWHERE)
def test_a_language_link_stays_here(visitor: Any, asked: str) -> None:
    answer = visitor.client.get(f"/lang/en?next={quote(asked)}")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("asked", ELSEWHERE)
def test_a_login_stays_here(visitor: Any, asked: str) -> None:
    page = visitor.client.get(f"/login?next={quote(asked)}").text

    assert 'data-done="/"' in page


def test_a_page_of_ours_is_gone_back_to(visitor: Any) -> None:
    answer = visitor.client.get("/lang/vi?next=/conferences/1%3Fq=Nguy%E1%BB%85n")

    assert answer.headers["Location"].startswith("/conferences/1")
