"""The counting room in real browsers: from the told numbers to the closed count."""

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Route, expect

from crypto.archive import data_record, event_record, read_archive, write_archive
from crypto.encoding import sha256_hex
from tests.browser.people import PATIENCE, Leader, Member, Person

COMPLAINT = "Đại biểu bàn 4 cho rằng máy số 2 bấm phải hai lần mới nhận."
HANDLING = "Tổ đã thử lại máy trước đại biểu, máy nhận bình thường."


def tell(member: Member, others: Sequence[Person], issued: int, cast: int) -> None:
    """Let one member say that the room heard the numbers; all others wait for it."""
    expect(member.it("tell-issued")).to_have_text(str(issued), timeout=PATIENCE)
    expect(member.it("tell-cast")).to_have_text(str(cast))
    expect(member.it("tell-sentence")).to_contain_text(f"thu về là {cast} phiếu")
    expect(member.it("unseal")).to_have_count(0)
    for other in others:
        expect(other.it("awaited")).to_contain_text("công bố", timeout=PATIENCE)
    member.both_pictures("committee-tell")
    member.click("tell-numbers")


def agrees(person: Person, verdict: str = "agree") -> None:
    expect(person.it("agreement")).to_have_attribute(
        "data-agreement", verdict, timeout=PATIENCE
    )


def lie(member: Member) -> None:
    """From now on this browser is given an archive with another result."""

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=with_other_result(response.body()))

    member.page.route("**/archive.bel", answer)


def with_other_result(data: bytes) -> bytes:
    """Move a vote in the result of an archive, with a chain that holds."""
    archive = read_archive(data)
    *records, result, event = archive.records
    changed = result.content.replace(b"[5,0]", b"[4,1]", 1)
    assert changed != result.content
    last = event.content.replace(
        sha256_hex(result.content).encode(), sha256_hex(changed).encode()
    )
    whole = [*records, data_record(changed), event_record(last)]
    return write_archive(archive.timestamp, whole)


def stop_at_a_difference(member: Member, leader: Leader, others: list[Member]) -> None:
    """One browser counts something else: nobody sees green, nothing can be closed."""
    agrees(member, "differ")
    for person in (leader, *others):
        agrees(person, "differ")
    expect(member.it("confirm-totals")).to_be_disabled()
    expect(member.it("confirm-why")).to_contain_text("không được xác nhận")
    assert confirm_anyway(member)["code"] == "own_count_differs"
    expect(leader.it("close-count")).to_be_disabled()
    expect(leader.it("close-why")).to_contain_text("không khớp")
    member.both_pictures("committee-differs")
    leader.both_pictures("committee-leader-differs")

    member.page.unroute("**/archive.bel")
    member.click("count-again")
    for person in (member, leader, *others):
        agrees(person)
    expect(member.it("confirm-totals")).to_be_enabled(timeout=PATIENCE)


def confirm_anyway(member: Member) -> dict[str, Any]:
    """Confirm past the page, as somebody could; return the refusal."""
    tally, request = member.house.cluster.urls["tally"], member.page.request
    uuid = member.page.url.split("/committee/")[1]
    token = request.get(f"{tally}/api/session").json()["csrf_token"]
    answer = request.post(
        f"{tally}/api/elections/{uuid}/confirm",
        headers={"X-CSRF-Token": token},
        data={"accepted": True, "note": ""},
    )
    assert answer.status == 409
    refusal: dict[str, Any] = answer.json()
    return refusal


def complain(member: Member, leader: Leader) -> None:
    """A member writes a complaint down, the leader how it was handled."""
    member.click("remark-new")
    member.it("remark-complaint").check()
    member.fill("remark-text", COMPLAINT)
    member.it("remark-text").scroll_into_view_if_needed()
    member.both_pictures("committee-remark")
    member.click("remark-save")
    expect(leader.it("remark-1")).to_contain_text(COMPLAINT, timeout=PATIENCE)
    leader.click("remark-1-change")
    leader.fill("remark-handling", HANDLING)
    leader.click("remark-save")
    expect(member.it("remark-1")).to_contain_text(HANDLING, timeout=PATIENCE)


def confirm_and_close(members: Sequence[Member], leader: Leader) -> None:
    """Confirm, one after the other, and close as soon as enough have."""
    expect(leader.it("close-why")).to_contain_text("xác nhận", timeout=PATIENCE)
    members[0].page.keyboard.press("Home")
    members[0].both_pictures("committee-confirm")
    for member in members:
        member.click("confirm-totals")
    close(leader)


def close(leader: Leader) -> None:
    expect(leader.it("close-count")).to_be_enabled(timeout=PATIENCE)
    leader.click("close-count")
    leader.picture("committee-close-dialog")
    leader.click("close-count-confirm")
    leader.sees("recorded")


def compare_fingerprints(member: Member, leader: Leader) -> None:
    """Both pages show the same archive, and the member's browser counted it."""
    expect(member.it("same-file")).to_have_attribute(
        "data-same", "true", timeout=PATIENCE
    )
    shown = member.it("fingerprint-text").text_content()
    assert shown == leader.it("fingerprint-text").text_content()
    assert len(str(shown).replace(" ", "")) == len(sha256_hex(b""))
    expect(leader.it("remark-1")).to_contain_text(HANDLING)
    expect(leader.it("remark-1-change")).to_have_count(0)
