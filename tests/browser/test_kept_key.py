"""A member's browser and key card, in two conferences of one day."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.people import LANDSCAPE, PATIENCE, House, Leader, Person
from web.rehearsal import delegates
from web.rehearsal.committee import Member as Virtual
from web.rehearsal.committee import close
from web.rehearsal.conference import Rehearsal, Size, now
from web.rehearsal.sitting import Sitting

SIZE = Size(delegates=6, nominees=3, committee=3, threshold=2, tablets=1)


@pytest.fixture
def first(house: House) -> Iterator[Rehearsal]:
    """A conference at step 4, voted on; the next one has its committee already."""
    rehearsal = Rehearsal(house.cluster, SIZE, step="4")
    rehearsal.until_sealed()
    rehearsal.members[0].await_phase("sealed")
    rehearsal.members[0].report_zero()
    vote(rehearsal)
    yield rehearsal
    rehearsal.close()


def vote(sitting: Sitting) -> None:
    election, cards = sitting.election(), sitting.hand_out()
    sitting.secretary.await_zero_report()
    sitting.secretary.open()
    votes = delegates.seal_all(election, cards, [[[1, 0]] * 3 for _ in cards])
    delegates.cast_all(sitting.pair(), sitting.secretary.uuid, votes)


def prepare(first: Rehearsal) -> Sitting:
    later = Sitting(first.room, SIZE, lambda _stage, _share: None)
    order = {"starts_at": now(), "key_kept": True}
    later.secretary.adopt(first.secretary.prepare_next(order))
    later.secretary.import_delegates(first.room.invention.people(SIZE.delegates))
    later.print_cards()
    later.keep_key(first.members)
    return later


def sit_down(house: House, member: Virtual) -> Person:
    """Give a browser the seat that a virtual member took."""
    page = house.page(LANDSCAPE)
    jar = member.client._http.cookies.jar
    host = urlsplit(house.cluster.urls["tally"]).hostname
    page.context.add_cookies(
        [
            {"name": c.name, "value": c.value or "", "domain": host, "path": "/"}
            for c in jar
        ]
    )
    page.goto(f"{house.cluster.urls['tally']}/")
    return Person(house, page)


def show_card(person: Person, text: str) -> None:
    person.click("unseal")
    person.fill("key-card-input", text)
    # The own count may need some seconds; until then nothing is opened.
    expect(person.it("own-count")).to_have_attribute(
        "data-good", "true", timeout=PATIENCE
    )
    person.click("key-card-submit")


def test_one_key_card_opens_two_conferences(house: House, first: Rehearsal) -> None:
    member, other = first.members[:2]
    card = f"phieukin-key:{first.secretary.uuid}:{member.index}:{member.seed}"
    browser = sit_down(house, member)
    assert browser.page.url.endswith(f"/committee/{first.secretary.uuid}")

    later = prepare(first)
    link = browser.it(f"vote-{later.secretary.uuid}")
    expect(link).to_be_visible(timeout=PATIENCE)
    first.secretary.close()
    member.await_phase("unsealing")
    browser.click("tell-numbers")
    show_card(browser, card)
    other.unseal()
    browser.click("confirm-totals")
    other.own_count()
    other.confirm()
    close(first.room.leader, first.secretary.uuid)
    browser.sees("next-vote")
    browser.both_pictures("committee-next-vote")
    first.secretary.await_result()
    first.secretary.publish()
    first.secretary.go_on({})
    later.seal()

    browser.click("go-on")
    assert browser.page.url.endswith(f"/committee/{later.secretary.uuid}")
    browser.click("zero-report")
    browser.sees("zero-done")
    vote(later)
    later.secretary.close()
    later.members[1].await_phase("unsealing")
    later.members[1].tell_numbers()
    show_card(browser, card)
    later.members[1].unseal()
    browser.sees("counted")
    browser.both_pictures("committee-second-vote")

    leader = Leader.arrive(house)
    leader.sees(f"committee-{later.secretary.uuid}")
    leader.both_pictures("committee-day")
    assert house.complaints == []


def test_a_ready_committee_may_still_make_a_key_of_its_own(
    house: House, first: Rehearsal
) -> None:
    later = prepare(first)
    browser = sit_down(house, first.members[2])
    browser.click(f"vote-{later.secretary.uuid}")
    browser.sees("ready")
    browser.both_pictures("committee-kept-key")

    leader = Leader.arrive(house)
    leader.click(f"committee-{later.secretary.uuid}")
    leader.page.locator("[data-testid=leader-tools] summary").click()
    leader.both_pictures("committee-own-key")
    leader.page.on("dialog", lambda dialog: dialog.accept())
    leader.click("restart")

    browser.sees("make-key")
    assert first.members[0].state()["phase"] == "open"
