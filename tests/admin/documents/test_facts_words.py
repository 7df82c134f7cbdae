"""Figures and days as offices write them; shares that never contradict a verdict."""

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.documents.catalogue import DOCUMENTS
from admin.documents.facts.shares import share
from admin.documents.words import FEW_DOTS, Words
from web.contracts import Outcome, Verdict
from web.i18n import LOCALES, load_catalogue
from web.rules import Base, Counts, Rule, needed_votes

ROOT = Path(__file__).parents[3]
VI, EN = Words("vi"), Words("en")
KEY = re.compile(r'"(doc\.[a-z0-9_.-]+[a-z0-9])"')
SHARES = ("3/10", "1/2", "2/3", "1/3", "4/5")


def verdict(agree: int, out_of: int, rule: Rule) -> Verdict:
    needed = needed_votes(rule, Counts(summoned=out_of, present=out_of))
    return Verdict(
        nominee="a",
        name="Vũ Mẫu Giang",
        agree=agree,
        disagree=0,
        unmarked=out_of - agree,
        needed=needed,
        base=Base.SUMMONED,
        out_of=out_of,
        outcome=Outcome.PASSED if agree >= needed else Outcome.BELOW,
    )


def number_of(printed: str) -> Fraction:
    """Read a percentage back."""
    return Fraction(printed.removesuffix("%").replace(",", ".")) / 100


@pytest.mark.parametrize(
    ("part", "vi", "en"),
    [
        ("62/207", "29,95%", "29.95%"),
        ("25/30", "83,33%", "83.33%"),
        ("1/2", "50%", "50%"),
        ("1/8", "12,5%", "12.5%"),
        ("29996/100000", "30,00%", "30.00%"),
        ("1/1", "100%", "100%"),
        ("0/1", "0%", "0%"),
    ],
)
def test_a_percentage_is_exact_or_has_two_decimals(part: str, vi: str, en: str) -> None:
    assert VI.percent(Fraction(part)) == vi
    assert EN.percent(Fraction(part)) == en


def test_days_below_ten_and_the_first_two_months_are_padded() -> None:
    assert VI.long_day("2026-02-05T14:00:00+07:00") == "ngày 05 tháng 02 năm 2026"
    assert VI.long_day("2026-03-18T14:00:00+07:00") == "ngày 18 tháng 3 năm 2026"
    assert VI.long_moment("2026-11-10T08:05:00+07:00") == (
        "08 giờ 05 phút, ngày 10 tháng 11 năm 2026"
    )


def test_what_is_not_known_is_left_to_be_written() -> None:
    assert VI.long_day("") == f"ngày {FEW_DOTS} tháng {FEW_DOTS} năm {FEW_DOTS}"
    assert VI.clock("") == f"{FEW_DOTS} giờ {FEW_DOTS} phút"


def test_a_time_is_said_in_the_room_s_own_offset() -> None:
    assert VI.moment("2026-11-21T23:30:00+07:00") == "23:30, 21/11/2026"
    assert VI.day("2026-11-21T23:30:00-05:00") == "21/11/2026"
    assert VI.number(1234) == "1.234"


def test_a_sentence_that_nobody_wrote_is_an_error() -> None:
    with pytest.raises(KeyError):
        VI.text("doc.never_written")


@given(
    out_of=st.integers(1, 20_000),
    part=st.data(),
    of=st.sampled_from(SHARES),
    strict=st.booleans(),
)
def test_a_share_is_never_printed_across_its_threshold(
    out_of: int, part: Any, of: str, *, strict: bool
) -> None:
    """Near the threshold, where it matters, as well as anywhere."""
    rule = Rule(share=of, strict=strict, of=Base.SUMMONED)
    near = int(rule.fraction * out_of)
    agree = part.draw(
        st.one_of(
            st.integers(0, out_of),
            st.integers(max(0, near - 2), min(out_of, near + 2)),
        )
    )
    line = verdict(agree, out_of, rule)

    found = share(VI, line, rule)

    exact, printed = Fraction(agree, out_of), number_of(found.text)
    if exact < rule.fraction:
        assert printed < rule.fraction
    elif exact > rule.fraction:
        assert printed > rule.fraction
    elif strict or printed != exact:
        assert f"{VI.number(agree)}/{VI.number(out_of)}" in found.note
    usual = {round(exact * 100 * 10**d) / Fraction(100 * 10**d) for d in (1, 2)}
    if rule.fraction in usual and exact != rule.fraction:
        assert VI.number(line.needed) in found.note
    if found.note:
        assert abs(exact - rule.fraction) < Fraction(1, 1000)


def test_the_note_of_62_of_207_names_votes_share_and_need() -> None:
    rule = Rule(share="3/10", strict=False, of=Base.SUMMONED)

    found = share(VI, verdict(62, 207, rule), rule)

    assert found.text == "29,95%"
    for said in ("62/207", "29,95%", "thấp hơn 30%", "thành 30%", "63 phiếu"):
        assert said in found.note


@pytest.mark.parametrize(
    ("agree", "out_of", "of", "strict", "printed", "note"),
    [
        (15, 30, "1/2", True, "50%", "đúng 50%"),
        (6, 20, "3/10", False, "30%", ""),
        (20, 30, "2/3", False, "66,67%", "đúng 2/3"),
        (20, 30, "2/3", True, "66,67%", "đúng 2/3"),
        (5999, 19999, "3/10", False, "29,996%", "thấp hơn 30%"),
        (10001, 20000, "1/2", True, "50,01%", "cao hơn 50%"),
        (100_001, 200_000, "1/2", True, "50,001%", "cao hơn 50%"),
        (9, 10, "0", False, "90%", ""),
        (150, 207, "3/10", False, "72,46%", ""),
    ],
)
def test_a_note_stands_where_a_figure_would_mislead(
    agree: int, out_of: int, of: str, *, strict: bool, printed: str, note: str
) -> None:
    rule = Rule(share=of, strict=strict, of=Base.SUMMONED)

    found = share(VI, verdict(agree, out_of, rule), rule)

    assert found.text == printed
    assert note in found.note
    assert bool(found.note) is bool(note)


def test_nobody_in_the_base_has_no_share() -> None:
    rule = Rule(share="3/10", strict=False, of=Base.PRESENT)

    assert share(VI, verdict(0, 0, rule), rule).text == "–"


def test_every_key_that_the_sources_name_is_in_both_catalogues() -> None:
    named = {
        key
        for path in (ROOT / "admin" / "documents").rglob("*.py")
        for key in KEY.findall(path.read_text(encoding="utf-8"))
    }

    assert len(named) > 100
    for locale in LOCALES:
        assert named - load_catalogue("admin", locale).keys() == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_outline_is_whole_in_both_languages(locale: str) -> None:
    words = Words(locale)
    names = [each.outline(words).name for each in DOCUMENTS]

    assert names == [each.name for each in DOCUMENTS]
    assert len(set(names)) == len(names)
    assert all(words.text(each.title) for each in DOCUMENTS)
