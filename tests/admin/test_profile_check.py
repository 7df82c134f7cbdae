"""A procedure file is read strictly, and all its faults are named at once."""

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admin.procedure import Procedure
from admin.profile_check import (
    MAX_BYTES,
    ProfileError,
    ProfileFault,
    check_profile,
    fault_words,
)
from admin.profiles import ORDER, builtin
from web import i18n

GOOD = builtin()["s002-pcvp-annual-2021"].text
LEVELS = builtin()["s000-next-term-onsite"].text
ONSITE = builtin()["s004-cuc-annual-onsite"].text

# the ballot of the last step, as a list of people and as a question
QUOTA_STEP = GOOD[GOOD.rindex("  [steps.ballot]") :]
MOTION_QUOTA = QUOTA_STEP.replace("agree-disagree", "motion")


def faults_of(text: str | bytes, file: str = "don-vi.toml") -> list[ProfileFault]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(ProfileError) as caught:
        check_profile(data, file)
    return list(caught.value.faults)


# name: (the file, what is changed, into what, the fault: step, key, code)
BAD = {
    "an unknown key": (GOOD, 'version = "1"', 'version = "1"\ncolour = "red"',
                       "", "colour", "unknown_key"),
    "an unknown key of a ballot": (GOOD, "  tie =", "  tei =", "4", "ballot.tei",
                                   "unknown_key"),
    "no id": (GOOD, 'id = "s002-pcvp-annual-2021"', "", "", "id", "missing_key"),
    "an id with a blank": (GOOD, 's002-pcvp-annual-2021"', 's002 pcvp"', "", "id",
                           "wrong_id"),
    "no name in Vietnamese": (GOOD, 'name.vi = "Hội nghị cán bộ chủ chốt"',
                              'name.vi = " "', "2", "name.vi", "empty"),
    "a version with a slash": (GOOD, 'version = "1"', 'version = "1/2"', "",
                               "version", "wrong_version"),
    "a version that is a number": (GOOD, 'version = "1"', "version = 1", "", "version",
                                   "wrong_kind"),
    "a cycle nobody knows": (GOOD, 'cycle = "annual"', 'cycle = "monthly"', "",
                             "cycle", "wrong_kind"),
    "a quorum of the present": (LEVELS, 'of = "summoned"  # so', 'of = "present"  # so',
                                "", "quorum.of", "quorum_base"),
    "a quorum of more than all": (LEVELS, 'share = "2/3"', 'share = "4/3"', "",
                                  "quorum.share", "share_out_of_reach"),
    "a quorum left out": (GOOD, 'quorum = "unstated"', "", "", "quorum",
                          "missing_key"),
    "a committee of one": (GOOD, "fewest = 3", "fewest = 1", "", "committee.fewest",
                           "committee_of_one"),
    "a committee the wrong way round": (GOOD, "most = 15", "most = 2", "",
                                        "committee.most", "committee_sizes"),
    "a share in decimals": (GOOD, 'share = "1/2"', 'share = "0.5"', "4",
                            "ballot.rule.share", "wrong_share"),
    "a share of nothing": (GOOD, 'share = "1/2"', 'share = "1/0"', "4",
                           "ballot.rule.share", "wrong_share"),
    "a share of none": (GOOD, 'share = "1/2"', 'share = "0/2"', "4",
                        "ballot.rule.share", "wrong_share"),
    "more than all": (GOOD, 'share = "1/2"', 'share = "1/1"', "4",
                      "ballot.rule.share", "share_out_of_reach"),
    "a rule of the returned ballots": (GOOD, 'of = "members"', 'of = "returned"', "4",
                                       "ballot.rule.of", "wrong_kind"),
    "strict as a word": (GOOD, "strict = true", 'strict = "true"', "4",
                         "ballot.rule.strict", "wrong_kind"),
    "a ballot that is not secret": (GOOD, "secret = true", "secret = false", "3",
                                    "ballot.secret", "wrong_kind"),
    "announced perhaps": (GOOD, 'announced = "unstated"', 'announced = "perhaps"', "2",
                          "ballot.announced", "wrong_kind"),
    "a tie without a quota": (GOOD, "  quota = true", "  quota = false", "4",
                              "ballot.tie", "tie_without_quota"),
    "a cap without a quota": (LEVELS, 'style = "agree-disagree"',
                              'cap = 3\n  style = "agree-disagree"', "3", "ballot.cap",
                              "cap_without_quota"),
    "a quota without a tie": (GOOD, '  tie = "unstated"', "  #", "4", "ballot.tie",
                              "quota_without_tie"),
    "a cap of none": (GOOD, "  cap = 4", "  cap = 0", "4", "ballot.cap",
                      "wrong_number"),
    "two caps": (GOOD, "  cap = 4", "  cap = 3", "4", "ballot.cap", "caps_differ"),
    "a removal with a quota": (ONSITE, "  held = true",
                               "  quota = true\n  held = true", "B1", "ballot.quota",
                               "quota_removal"),
    "removed people go on": (ONSITE, "adoption = ", 'next = "B2"\nadoption = ', "B1",
                             "next", "next_removal"),
    "back to an earlier step": (GOOD, 'next = "4"', 'next = "2"', "3", "next",
                                "next_not_later"),
    "on to a step without a ballot": (GOOD, 'next = "3"', 'next = "2a"', "2", "next",
                                      "next_not_later"),
    "nobody passes an agreement": (GOOD, 'kind = "agreement"',
                                   'kind = "agreement"\nnext = "3"', "2a", "next",
                                   "next_without_ballot"),
    "two steps of one id": (GOOD, 'id = "2a"', 'id = "2"', "2", "id", "step_twice"),
    "a step without an id": (GOOD, 'id = "2a"', "", "#3", "id", "missing_key"),
    "a step id with a dot": (GOOD, 'id = "2a"', 'id = "2.1"', "2.1", "id",
                             "wrong_step_id"),
    "a ballot in the office": (GOOD, 'id = "2"\nkind = "conference"',
                               'id = "2"\nkind = "preparation"', "2", "kind",
                               "ballot_kind"),
    "an approval that adopts": (ONSITE, 'kind = "approval"',
                                'kind = "approval"\nadoption = "unstated"', "B5",
                                "adoption", "adoption_kind"),
    "an adoption beside a ballot": (GOOD, 'id = "2"\n',
                                    'id = "2"\nadoption = "unstated"\n', "2",
                                    "adoption", "adoption_ballot"),
    "earlier results before any": (GOOD, 'id = "2"\n',
                                   'id = "2"\nshows_earlier = true\n', "2",
                                   "shows_earlier", "earlier_none"),
    "a level nobody declared": (LEVELS, '  level = "dang-uy"', '  level = "xa"', "2",
                                "composition[3].level", "level_unknown"),
    "a level twice": (LEVELS, '  level = "dang-uy"', '  level = "huyen-uy"', "2",
                      "composition[3].level", "level_twice"),
    "a level after all levels": (LEVELS, '  level = "tinh-uy"\n', "", "2",
                                 "composition[2].level", "level_shadowed"),
    "two declared levels of one id": (LEVELS, 'id = "dang-uy"', 'id = "tinh-uy"', "",
                                      "levels[3].id", "id_twice"),
    "two exits of one id": (ONSITE, 'id = "tu-tran"', 'id = "qua-tuoi"', "",
                            "exits[3].id", "id_twice"),
    "a column that is not known": (GOOD, '2021"\nversion',
                                   '2021"\nlist_columns = ["votes"]\nversion', "",
                                   "list_columns[1]", "wrong_kind"),
    "a column twice": (GOOD, '2021"\nversion',
                       '2021"\nlist_columns = ["post", "post"]\nversion', "",
                       "list_columns[2]", "column_twice"),
    "held with itself": (ONSITE, 'procedure = "s004-cuc-next-onsite"',
                         'procedure = "s004-cuc-annual-onsite"', "B2",
                         "held_with[1].procedure", "held_with_itself"),
    "roles that are one word": (GOOD, 'roles = ["Lãnh đạo Văn phòng"]',
                                'roles = "Lãnh đạo Văn phòng"', "1",
                                "composition[1].roles", "wrong_kind"),
    "a role that is empty": (GOOD, 'roles = ["Lãnh đạo Văn phòng"]', 'roles = [""]',
                             "1", "composition[1].roles[1]", "empty"),
    "an id with a line end": (GOOD, '2021"\nversion', '2021\\n"\nversion', "", "id",
                              "wrong_id"),
    "a share with a line end": (GOOD, '"1/2"', '"1/2\\n"', "4", "ballot.rule.share",
                                "wrong_share"),
    "a question with a quota": (GOOD, QUOTA_STEP, MOTION_QUOTA, "4", "ballot.quota",
                                "quota_motion"),
    "a question on removals": (ONSITE, 'style = "agree-disagree"', 'style = "motion"',
                               "B1", "ballot.purpose", "remove_motion"),
    "a question that goes on": (GOOD, 'style = "agree-disagree"', 'style = "motion"',
                                "2", "next", "next_motion"),
    "a sign nobody can print": (GOOD, "Kết quả lấy ý kiến", "Kết quả\\u0007", "2",
                                "outputs[1].vi", "unprintable"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_fault_is_named_by_file_step_and_key(name: str) -> None:
    text, before, after, step, key, code = BAD[name]
    assert before in text
    faults = faults_of(text.replace(before, after, 1))

    assert ("don-vi.toml", step, key, code) in [
        (fault.file, fault.step, fault.key, fault.code) for fault in faults
    ]


ALONE = sorted(
    set(BAD)
    - {  # one slip that is two faults
        "an unknown key of a ballot",  # and the tie is missing
        "a tie without a quota",  # and a cap
        "a removal with a quota",
        "two declared levels of one id",  # and one is unknown now
        "a level after all levels",  # and so are the next ones
        "a step id with a dot",
        "a ballot in the office",
    }
)


@pytest.mark.parametrize("name", ALONE)
def test_one_slip_is_one_fault(name: str) -> None:
    text, before, after, *_ = BAD[name]

    assert len(faults_of(text.replace(before, after, 1))) == 1


def test_all_faults_are_found_at_once_in_the_order_of_the_steps() -> None:
    slips = [
        ('cycle = "annual"', 'cycle = "monthly"'),
        ('next = "4"', 'next = "2"'),
        ('share = "1/2"', 'share = "50%"'),
        ("  tie =", "  tei ="),
        ('name.vi = "Hội nghị cán bộ chủ chốt"', ""),
    ]
    text = GOOD
    for before, after in slips:
        text = text.replace(before, after, 1)

    assert [(fault.step, fault.key, fault.code) for fault in faults_of(text)] == [
        ("", "cycle", "wrong_kind"),
        ("2", "name.vi", "missing_key"),
        ("3", "next", "next_not_later"),
        ("4", "ballot.tei", "unknown_key"),
        ("4", "ballot.rule.share", "wrong_share"),
        ("4", "ballot.tie", "quota_without_tie"),
    ]


def test_everything_that_is_missing_from_an_empty_file() -> None:
    missing = {fault.key for fault in faults_of("") if fault.code == "missing_key"}

    assert missing == {
        "id",
        "version",
        "source",
        "name",
        "cycle",
        "origin",
        "quorum",
        "committee",
        "steps",
    }


def test_no_steps_and_steps_that_are_none() -> None:
    none = GOOD[: GOOD.index("[[steps]]")]
    assert [f.code for f in faults_of(f"steps = []\n{none}")] == ["empty_list"]
    odd = faults_of(f"steps = [1, 'hai']\n{none}")
    assert [(f.step, f.code) for f in odd] == [
        ("#1", "wrong_kind"),
        ("#2", "wrong_kind"),
    ]


SYNTAX = {
    "an open string": ('id = "x\nversion = "1"\n', "1"),
    "an open table": ('id = "x"\n\n[regime\nvi = "y"\n', "3"),
    "a key twice": ('id = "x"\nid = "y"\n', "2"),
    "text beside": ('id = "x"\nđây là gì\n', "2"),
    "an end too soon": ('id = "x"\nnotes = [', "2"),
}


@pytest.mark.parametrize("name", SYNTAX)
def test_what_is_not_toml_is_named_by_its_line(name: str) -> None:
    text, line = SYNTAX[name]
    (fault,) = faults_of(text)

    assert fault.code == "syntax"
    assert fault.detail.startswith(f"{line}: ")


def test_what_is_no_text_is_named_by_its_line() -> None:
    data = GOOD.encode("utf-16")
    assert faults_of(data)[0].code == "not_utf8"
    (fault,) = faults_of('id = "x"\nname = "Tỉnh'.encode("cp1258", "replace") + b"\xff")
    assert (fault.code, fault.detail) == ("not_utf8", "2")


def test_a_file_without_end_is_refused_unread() -> None:
    assert faults_of(b"#" * (MAX_BYTES + 1))[0].code == "too_large"
    assert faults_of("x = " + "[" * 100_000)[0].code in {"too_deep", "syntax"}


def test_a_mark_of_an_editor_and_its_line_ends_are_no_fault() -> None:
    windows = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()

    assert check_profile(windows, "windows.toml") == check_profile(GOOD.encode(), "x")


def test_english_may_be_left_to_others() -> None:
    lines = [line for line in GOOD.splitlines() if not line.startswith("name.en")]
    found = check_profile("\n".join(lines).encode(), "x")

    assert found.name.of("en") == found.name.of("vi") == found.name.vi


@pytest.mark.parametrize("locale", i18n.LOCALES)
def test_every_fault_has_words_in_both_languages(locale: str) -> None:
    texts = i18n.merged(("web", "admin"), locale)

    def say(key: str, **values: object) -> str:
        assert key in texts, key
        return texts[key] % values

    for text, before, after, step, *_ in BAD.values():
        for fault in faults_of(text.replace(before, after, 1)):
            words = fault_words(say, fault)
            assert words.startswith("don-vi.toml: ")
            assert "profile." not in words
            assert fault.key in words
        assert not step or step in words


VALUES: Any = st.recursive(
    st.one_of(
        st.text(max_size=5),
        st.integers(-2, 20),
        st.booleans(),
        st.floats(allow_nan=False),
        st.sampled_from(["unstated", "1", "2", "3/10", "x", ""]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["vi", "en", "id", "of", "x"]), inner),
    ),
    max_leaves=5,
)


def _places(
    data: object, at: tuple[str | int, ...] = ()
) -> list[tuple[str | int, ...]]:
    found = [at] if at else []
    if isinstance(data, dict):
        for key, value in data.items():
            found += _places(value, (*at, key))
    if isinstance(data, list):
        for place, value in enumerate(data):
            found += _places(value, (*at, place))
    return found


TABLES = [tomllib.loads(builtin()[key].text) for key in ORDER]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_whatever_stands_anywhere_is_read_or_named(data: st.DataObject) -> None:
    """No value at any place makes the check fail otherwise than by naming faults."""
    from admin.profile_check import _Reader  # noqa: PLC0415 - it reads parsed tables

    source = data.draw(st.sampled_from(TABLES))
    table = tomllib.loads(builtin()[source["id"]].text)
    *path, last = data.draw(st.sampled_from(_places(table)))
    place: Any = table
    for step in path:
        place = place[step]
    value = data.draw(VALUES)
    before, place[last] = place[last], value
    reader = _Reader("x.toml", table)
    found = reader.read()

    assert isinstance(found, Procedure)
    if type(value) is not type(before) and not (
        isinstance(value, str) and isinstance(before, bool | dict | list)
    ):
        assert reader.faults or value == "unstated" or isinstance(value, bool)
    for fault in reader.faults:
        assert fault.key or fault.step
