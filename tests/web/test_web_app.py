import json
import logging
from typing import Any

import pytest
from sqlalchemy import select

from web import access, realtime
from web.contracts import Service
from web.models import RecordRow, row_of
from web.peers import Registry


def test_a_page_stands_in_the_frame_in_both_languages(visitor: Any) -> None:
    page = visitor.client.get("/").get_data(as_text=True)

    assert '<html lang="vi">' in page
    assert "<h1>Xin chào Lan, 100%</h1>" in page
    assert "1.234.567 · 33,33%" in page
    assert "TRÌNH DIỄN" not in page
    assert visitor.client.get("/lang/en?next=/").location == "/"
    page = visitor.client.get("/").get_data(as_text=True)
    assert "Hello Lan, 100%" in page
    assert "1,234,567 · 33.33%" in page


def test_a_page_has_no_inline_script_or_style(visitor: Any) -> None:
    page = visitor.client.get("/").get_data(as_text=True)

    assert "style=" not in page
    assert "<style" not in page
    assert "onclick" not in page
    assert page.count("<script") == page.count('<script type="module" src=')


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\e"])
def test_a_language_link_leads_nowhere_else(visitor: Any, target: str) -> None:
    answer = visitor.client.get("/lang/en", query_string={"next": target})

    assert answer.location == "/"


def test_protective_headers_come_with_every_answer(visitor: Any) -> None:
    for path in ("/", "/api/session", "/nothing", "/static/sample_service/sample.css"):
        headers = visitor.client.get(path, buffered=True).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "script-src 'self' 'wasm-unsafe-eval';" in policy
        assert "connect-src 'self' ws://127.0.0.1:8100 http://127.0.0.1:8200" in policy
        assert "unsafe-inline" not in policy
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert visitor.client.get("/").headers["Cache-Control"] == "no-store"


def test_session_cookie_is_for_this_service_alone(secretary: Any) -> None:
    cookie = secretary.client.get_cookie("phieukin_admin")

    assert cookie.http_only
    assert cookie.same_site == "Strict"


def test_posts_without_the_token_are_refused(secretary: Any) -> None:
    answer = secretary.client.post("/api/numbers", json={"number": 5})

    assert (answer.status_code, answer.get_json()["code"]) == (400, "stale_page")


def test_a_role_opens_a_door_and_another_does_not(room: Any, visitor: Any) -> None:
    answer = visitor.post("/api/numbers", {"number": 5})
    assert (answer.status_code, answer.get_json()["code"]) == (403, "login_needed")
    assert visitor.client.get("/secret").location == "/login?next=/secret"

    desk = next(one for one in room.logins if one.username == "desk")
    assert visitor.log_in(desk).get_json() == {
        "ok": True,
        "user": "desk",
        "roles": ["desk"],
    }
    answer = visitor.post("/api/numbers", {"number": 5})
    assert (answer.status_code, answer.get_json()["code"]) == (403, "not_allowed")
    assert visitor.client.get("/secret").status_code == 403


def test_what_was_done_is_recorded(room: Any, secretary: Any) -> None:
    assert secretary.post("/api/numbers", {"number": 5}).get_json() == {
        "ok": True,
        "number": 5,
    }
    with (
        room.admin.app_context(),
        room.admin.extensions["phieukin.sessions"].reading() as session,
    ):
        from tests.web.sample_service.models import Base  # noqa: PLC0415

        (row,) = session.scalars(select(row_of(Base, RecordRow)))
    assert (row.actor, row.name) == ("secretary", "sample.number.taken")
    assert json.loads(row.details) == {"number": 5}
    assert row.at.tzinfo is not None


def test_a_refusal_says_the_numbers_that_explain_it(secretary: Any) -> None:
    answer = secretary.post("/api/numbers", {"number": 2})

    assert answer.status_code == 409
    assert answer.get_json() == {
        "ok": False,
        "code": "too_small",
        "message": "Số 2 quá nhỏ, cần 3.",
        "details": {"given": 2, "needed": 3},
    }


BAD_BODIES = {
    "missing field": b"{}",
    "extra field": b'{"number": 5, "more": 1}',
    "coerced text": b'{"number": "5"}',
    "coerced boolean": b'{"number": true}',
    "fraction": b'{"number": 5.5}',
    "not an object": b"[5]",
    "not JSON": b"number=5",
    "not UTF-8": b'{"number": \xff}',
    "empty": b"",
}


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES.keys())
def test_a_malformed_body_names_its_first_fault(secretary: Any, body: bytes) -> None:
    headers = {"X-CSRF-Token": secretary.token(), "Content-Type": "application/json"}
    answer = secretary.client.post("/api/numbers", data=body, headers=headers)

    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")
    assert answer.get_json()["details"]["fault"]


def test_a_body_over_the_limit_is_refused(room: Any, secretary: Any) -> None:
    headers = {"X-CSRF-Token": secretary.token(), "Content-Type": "application/json"}
    limit = room.admin.config["MAX_CONTENT_LENGTH"]
    answer = secretary.client.post(
        "/api/numbers", data=b" " * (limit + 1), headers=headers
    )

    assert (answer.status_code, answer.get_json()["code"]) == (413, "too_large")


def test_failed_attempts_are_limited_but_good_ones_are_not(visitor: Any) -> None:
    for _ in range(15):
        assert visitor.post("/api/code", {"number": 42}).status_code == 200
    codes = [visitor.post("/api/code", {"number": 1}).status_code for _ in range(12)]

    assert codes == [403] * 10 + [429] * 2
    assert visitor.post("/api/code", {"number": 42}).get_json()["code"] == "too_often"


def test_a_fault_is_told_without_what_was_sent(
    visitor: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = visitor.post("/api/fault", {"secret": "PK1-5f2c"})

    assert (answer.status_code, answer.get_json()["code"]) == (500, "fault")
    assert "ValueError" in caplog.text
    assert "PK1-5f2c" not in caplog.text
    assert "127.0.0.1" not in caplog.text


def test_pages_get_a_page_for_what_is_not_there(visitor: Any) -> None:
    answer = visitor.client.get("/nothing")

    assert answer.status_code == 404
    assert "Không tìm thấy" in answer.get_data(as_text=True)
    assert visitor.client.get("/api/nothing").get_json()["code"] == "not_found"
    assert visitor.client.get("/i18n/xx.json").status_code == 404


def test_browsers_get_the_catalogue_of_the_templates(visitor: Any) -> None:
    texts = visitor.client.get("/i18n/en.json").get_json()

    assert texts["sample.hello"] == "Hello %(name)s, 100%%"
    assert texts["form.unreachable"].startswith("The server cannot be reached")


def test_static_files_of_web_and_service_are_served(visitor: Any) -> None:
    assert (
        visitor.client.get("/static/web/tokens.css", buffered=True).status_code == 200
    )
    assert (
        visitor.client.get(
            "/static/sample_service/sample.css", buffered=True
        ).status_code
        == 200
    )
    assert visitor.client.get("/static/web/../app.py").status_code == 404


def test_a_route_without_access_is_a_start_up_error(room: Any) -> None:
    room.admin._got_first_request = False
    room.admin.add_url_rule("/open-door", "open_door", lambda: "anyone")

    with pytest.raises(RuntimeError, match="/open-door declares no access"):
        access.refuse_undeclared(room.admin, room.admin.extensions[realtime._EXTENSION])


def test_a_socket_handler_without_access_is_a_start_up_error(room: Any) -> None:
    socketio = room.admin.extensions[realtime._EXTENSION]
    socketio.on_event("open-door", lambda _order: None)

    with pytest.raises(RuntimeError, match="open-door of / declares no access"):
        access.refuse_undeclared(room.admin, socketio)


def test_a_view_declares_its_access_once() -> None:
    with pytest.raises(RuntimeError, match="twice"):
        access.public(access.requires("chair")(lambda: None))


def test_a_kind_without_handler_is_a_start_up_error() -> None:
    with pytest.raises(RuntimeError, match="kiosk must handle exactly its kinds"):
        Registry().check_complete(Service.KIOSK)


def test_hints_reach_those_who_watch_the_topic(room: Any) -> None:
    socketio = room.admin.extensions[realtime._EXTENSION]
    watching, other = socketio.test_client(room.admin), socketio.test_client(room.admin)
    assert watching.emit("watch", {"topic": "election:abc"}, callback=True) == {
        "ok": True
    }
    other.emit("watch", {"topic": "election:xyz"}, callback=True)
    with room.admin.app_context():
        realtime.hint("election:abc")

    (heard,) = watching.get_received()
    assert (heard["name"], heard["args"]) == ("changed", [{"topic": "election:abc"}])
    assert other.get_received() == []


@pytest.mark.parametrize("order", [None, {}, {"topic": 1}, {"topic": "a b"}, "x"])
def test_a_strange_topic_is_refused(room: Any, order: object) -> None:
    client = room.admin.extensions[realtime._EXTENSION].test_client(room.admin)

    answer = client.emit("watch", order, callback=True)
    assert answer == {"ok": False, "code": "malformed"}
