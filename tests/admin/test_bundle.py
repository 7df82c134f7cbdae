"""The sealed bundle: what is in it, how it is fetched, and every way to forge it."""

import io
import json
import logging
import re
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from pypdf import PdfReader

import admin.bundle
from admin.bundle.checking import check, make, makers
from admin.bundle.commands import bundle as command
from admin.bundle.container import pack, unpack
from admin.bundle.contents import (
    ARCHIVE,
    COVER,
    DOCUMENTS,
    GUIDE,
    KEYS,
    RECORDS,
    SIGNATURE,
    SUMS,
    Keys,
    grouped,
    read_sums,
    record_kind,
    sha256,
    sums_of,
    sums_text,
)
from admin.bundle.cover import custody_ends
from admin.bundle.faults import BundleFault, NotABundle
from admin.bundle.fetching import fetch
from admin.bundle.file_checks import FileChecks
from admin.bundle.making import make_bundle
from admin.bundle.paper_checks import PaperChecks
from admin.bundle.papers import papers_of
from admin.bundle.writers import writers
from admin.documents.catalogue import DOCUMENTS as CATALOGUE
from admin.documents.catalogue import document
from admin.documents.making import default_template
from admin.documents.templates import Templates
from admin.documents.words import Words
from crypto.archive import scan_archive
from crypto.events import EventType
from crypto.history import read_history
from tests.admin.conftest import Ready, open_office
from tests.admin.neighbours import Office, code_of
from tests.admin.sample import MEMBERS, NOMINEES, Meeting
from tests.admin.sealed_day import AGREE, Day, day_of, hold, repacked, resigned
from tests.simulator import finished
from web.errors import Refused
from web.i18n import load_catalogue
from web.keys import FileSigner, write_key
from web.peers import current_peers

MINUTES = f"{DOCUMENTS}bien-ban-kiem-phieu.pdf"
COUNT = f"{RECORDS}03-count.recorded.json"
SOURCES = Path(admin.bundle.__file__ or "").parent
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, ready: Ready) -> Iterator[Office]:
    with open_office(tmp_path_factory.mktemp("house"), ready) as office:
        yield office


@pytest.fixture(scope="module")
def held(house: Office) -> tuple[Meeting, Day]:
    """A conference that was held, and its bundle; nobody changes either."""
    meeting, vote = hold(house)
    return meeting, day_of(house, meeting, vote)


@pytest.fixture(scope="module")
def day(held: tuple[Meeting, Day]) -> Day:
    return held[1]


@pytest.fixture(scope="module")
def another(held: tuple[Meeting, Day]) -> Day:
    """Another conference of the same house: the very same keys."""
    office = held[0].office
    meeting, vote = hold(office)
    return day_of(office, meeting, vote)


def failed(data: bytes, **pins: str) -> list[str]:
    return [each.name for each in check(data, pins, workers=1).failed]


def first_fault(data: bytes) -> str:
    """Say which check fails first; those behind it are not made."""
    checks = PaperChecks(data, unpack(data), {}, workers=1)
    for number, (name, maker) in enumerate(makers(checks).items(), start=1):
        if make(checks, number, name, maker).state == "failed":
            return name
    return ""


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


# --- what is in it ---


def test_everything_is_in_it_and_holds(day: Day) -> None:
    report = check(day.bundle, workers=1)

    assert [each.name for each in report.failed] == []
    assert all(each.state == "passed" for each in report.checks)
    assert report.archive == sha256(day.archive)
    assert set(day.files) >= {ARCHIVE, KEYS, COVER, GUIDE, SUMS, SIGNATURE}
    papers = {name for name in day.files if name.startswith(DOCUMENTS)}
    assert papers >= {
        f"{DOCUMENTS}{each.name}.{form}"
        for each in CATALOGUE
        for form in ("pdf", "docx")
    }
    assert f"{DOCUMENTS}bien-ban-kiem-phieu.xlsx" in papers
    kinds = [record_kind(name)[1] for name in day.files if name.startswith(RECORDS)]
    assert kinds[:3] == ["committee.ready", "zero.reported", "count.recorded"]


def test_the_same_day_gives_the_same_bytes(held: tuple[Meeting, Day]) -> None:
    meeting, day = held
    again = day.forged()

    assert again == day.bundle
    assert meeting.uuid in day.files[GUIDE].decode()


def test_no_secret_of_a_card_is_in_it(held: tuple[Meeting, Day]) -> None:
    meeting, day = held

    assert len(meeting.codes) == 12
    for code in meeting.codes:
        assert code.encode() not in day.bundle


def test_any_tool_reads_and_sums_it(day: Day, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(day.bundle)) as container:
        container.extractall(tmp_path)
        assert container.namelist() == sorted(day.files)
    listed = read_sums((tmp_path / SUMS).read_bytes())

    for name, digest in listed.items():
        assert sha256((tmp_path / name).read_bytes()) == digest


def test_the_cover_says_what_custody_needs(day: Day) -> None:
    said = text_of(day.files[COVER])
    without = {n: s for n, s in sums_of(day.files).items() if n != COVER}
    joined = said.replace(" ", "")

    assert sha256(day.archive) in joined
    assert sha256(sums_text(without)) in joined
    assert all(digest in joined for digest in without.values())
    assert day.kept.conference.fingerprint in said
    assert all(grouped(name) in said for name in day.keys.ids().values())
    assert day.kept.conference.title in said
    assert "Điều 35 Quy định số 190-QĐ/TW" in said
    assert "TỔ TRƯỞNG" in said
    assert "CHỦ TRÌ" in said


@pytest.mark.parametrize(
    ("counted", "ends"),
    {
        "2026-11-21T16:00:00+07:00": date(2027, 5, 21),
        "2026-08-31T23:59:00+07:00": date(2027, 2, 28),
        "2027-08-31T08:00:00+07:00": date(2028, 2, 29),
        "2026-06-30T08:00:00+07:00": date(2026, 12, 30),
        "2026-07-01T08:00:00+07:00": date(2027, 1, 1),
    }.items(),
)
def test_custody_lasts_six_months(counted: str, ends: date) -> None:
    assert custody_ends(counted) == ends


def test_the_guide_is_in_two_languages_with_the_fingerprints(day: Day) -> None:
    guide = day.files[GUIDE].decode()

    assert "phieukin bundle verify niem-phong.zip" in guide
    assert "sha256sum -c SHA256SUMS" in guide
    assert "belenios-tool election verify" in guide
    assert guide.count(grouped(sha256(day.archive))) == 2
    assert guide.index("HỒ SƠ NIÊM PHONG") < guide.index("SEALED BUNDLE")


# --- files that are not what they were ---


def broken_sums(files: Files) -> str:
    """Say by which of the first checks these files fail."""
    checks = FileChecks(pack(files), files, {})
    for one in (checks.names, checks.sums, checks.keys_inside, checks.signature):
        try:
            one()
        except BundleFault as fault:
            return fault.check
    return ""


def test_no_file_can_be_changed(day: Day) -> None:
    for name, content in day.files.items():
        changed = day.files | {name: content[:-2] + bytes([content[-2] ^ 1, 10])}
        expected = "signature" if name == SIGNATURE else "sums"
        assert broken_sums(changed) == expected, name
        if name not in {SUMS, SIGNATURE, KEYS}:
            found = unpack(repacked(changed))
            assert broken_sums(found) == "signature", name


def test_no_file_can_be_removed(day: Day) -> None:
    for name in day.files:
        left = {each: day.files[each] for each in day.files if each != name}
        assert broken_sums(left) in {"names", "sums"}, name


def test_no_file_can_be_added(day: Day) -> None:
    more = day.files | {f"{DOCUMENTS}them.pdf": b"%PDF"}

    assert broken_sums(more) == "sums"
    assert broken_sums(unpack(repacked(more))) == "signature"
    assert failed(pack(day.files | {"doc-toi.txt": b""})) == ["names"]


def test_no_file_can_come_from_another_bundle(day: Day, another: Day) -> None:
    for name in day.files.keys() & another.files.keys():
        if day.files[name] != another.files[name]:
            swapped = day.files | {name: another.files[name]}
            assert broken_sums(swapped) in {"sums", "signature"}, name


SWAPPED: dict[str, tuple[str, str]] = {
    "archive": (ARCHIVE, "archive"),
    "count": (COUNT, "records"),
    "document": (MINUTES, "documents"),
    "cover": (COVER, "cover"),
    "guide": (GUIDE, "cover"),
}


@pytest.mark.parametrize("name", SWAPPED)
def test_a_swap_is_found_even_if_the_console_signs_it(
    day: Day, another: Day, name: str
) -> None:
    file, expected = SWAPPED[name]
    swapped = resigned(day, day.files | {file: another.files[file]})

    assert first_fault(swapped) == expected


def test_a_document_is_only_what_the_records_give(day: Day) -> None:
    files = dict(day.files)
    del files[f"{DOCUMENTS}nhat-ky.pdf"]

    assert first_fault(resigned(day, files)) == "documents"


def test_documents_of_other_versions_are_said_and_not_condemned(day: Day) -> None:
    """A document may look different under another font: that is no forgery."""
    other = dict(writers()) | {"typst": "0.0.1"}
    data = resigned(day, day.files | {MINUTES: b"%PDF-1.7"}, writers=other)
    report = check(data, workers=1)
    noted, cover = (each for each in report.checks if each.state == "noted")

    assert report.valid
    assert (noted.name, cover.name) == ("documents", "cover")
    assert noted.values == {"names": Path(MINUTES).name, "versions": "typst"}


def test_a_document_by_an_offices_template_is_named(day: Day, tmp_path: Path) -> None:
    """It cannot be made again without the template; its signature holds."""
    minutes, layout = document("bien-ban-kiem-phieu"), "party"
    outline = minutes.outline(Words("vi"))
    own = default_template(outline, layout, (25, 25, 25, 25))
    templates = Templates(tmp_path)
    templates.keep(minutes.name, layout, own)
    papers = papers_of(day.kept, templates)
    data = make_bundle(day.kept, day.archive, day.keys, papers, day.admin)
    report = check(data, workers=1)
    (noted,) = (each for each in report.checks if each.state == "noted")

    assert papers.own == ("bien-ban-kiem-phieu.docx",)
    assert report.valid
    assert (noted.name, noted.values["own"]) == ("documents", 1)
    assert papers.own[0] in noted.reason(Words("vi"))


OWN = (MINUTES, f"{DOCUMENTS}danh-sach.xlsx", f"{DOCUMENTS}strange.docx")


@pytest.mark.parametrize("file", OWN)
def test_only_word_files_are_by_an_offices_template(day: Day, file: str) -> None:
    """Or a console that lies could take the minutes out of the comparison."""
    name = file.removeprefix(DOCUMENTS)
    forged = resigned(day, day.files | {file: b"false"}, own=[name])

    assert first_fault(forged) == "documents"


def test_another_machines_clock_changes_nothing(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/St_Johns")
    time.tzset()
    try:
        report = check(day.bundle, workers=1)
    finally:
        monkeypatch.undo()
        time.tzset()

    assert all(each.state == "passed" for each in report.checks)


# --- records that are not what they were ---


def with_agree(body: Any) -> Any:
    """One vote more for the first nominee, and one fewer against."""
    first = body["sections"][0]["verdicts"][0]
    first["agree"], first["disagree"] = first["agree"] + 1, first["disagree"] - 1
    return body


def with_outcome(body: Any) -> Any:
    body["sections"][0]["verdicts"][0]["outcome"] = "passed"
    return body


def with_rule(body: Any) -> Any:
    body["sections"][0]["rule"]["share"] = "1/10"
    return body


def with_confirmed(body: Any) -> Any:
    return body | {"confirmed_by": ["Ai Đó Khác", MEMBERS[0]]}


def with_present(body: Any) -> Any:
    body["numbers"]["present"] += 1
    return body


def with_everybody(body: Any) -> Any:
    for delegate in body["delegates"]:
        delegate["presence"] = "present"
    return body


def with_quorum(body: Any) -> Any:
    body["items"][0]["quorum"] = "9/10"
    return body


def with_nominee(body: Any) -> Any:
    body["positions"][0]["nominees"][0]["name"] = "Người Khác"
    return body


def with_fingerprint(body: Any) -> Any:
    return body | {"fingerprint": "A" * 43}


def with_archive(body: Any) -> Any:
    return body | {"archive": "0" * 64}


def with_head(body: Any) -> Any:
    return body | {"head": "0" * 64}


def with_state(body: Any) -> Any:
    return body | {"state": "closed"}


def with_full_box(body: Any) -> Any:
    return body | {"ballots": 1}


def with_other_key(body: Any) -> Any:
    return body | {"fingerprint": "B" * 43}


FORGED: dict[str, tuple[str, Callable[[Any], Any], str]] = {
    "a vote more": ("count.recorded", with_agree, "verdicts"),
    "another outcome": ("count.recorded", with_outcome, "verdicts"),
    "another threshold": ("count.recorded", with_rule, "verdicts"),
    "a strange member": ("count.recorded", with_confirmed, "committee"),
    "another archive": ("count.recorded", with_archive, "archive"),
    "another end": ("count.recorded", with_head, "election"),
    "another number": ("conference.recorded", with_present, "numbers"),
    "other delegates": ("conference.recorded", with_everybody, "numbers"),
    "no quorum": ("conference.recorded", with_quorum, "numbers"),
    "another nominee": ("conference.recorded", with_nominee, "paper"),
    "another paper": ("conference.recorded", with_fingerprint, "election"),
    "not counted": ("conference.recorded", with_state, "records"),
    "a full box": ("zero.reported", with_full_box, "election"),
    "another key": ("committee.ready", with_other_key, "election"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_record_cannot_say_something_else(day: Day, name: str) -> None:
    """Not even with the keys of the services: the archive and the rest contradict."""
    kind, change, expected = FORGED[name]

    assert first_fault(day.forged(kind, change)) == expected


def test_a_record_that_nobody_can_write_out_is_no_accident(day: Day) -> None:
    deep = '{"a":' + "[" * 5000 + "]" * 5000 + "}"

    def with_depth(body: Any) -> Any:
        lines = [line | {"details": deep} for line in body["journal"]]
        return body | {"journal": lines}

    assert first_fault(day.forged("conference.recorded", with_depth)) == "documents"


def test_an_archive_of_another_vote_is_refused(day: Day) -> None:
    other = finished().archive()
    told = day.forged(
        "count.recorded", lambda body: body | {"archive": sha256(other)}, archive=other
    )

    assert first_fault(day.forged(archive=other)) == "archive"
    assert first_fault(told) == "election"


def test_a_damaged_archive_fails_its_audit(day: Day) -> None:
    cut = day.archive[:-1024]
    told = day.forged(
        "count.recorded", lambda body: body | {"archive": sha256(cut)}, archive=cut
    )

    assert first_fault(told) == "audit"


def test_one_record_signed_by_another_key(day: Day, tmp_path: Path) -> None:
    stranger = signer(tmp_path)
    keys = day.keys
    other = day.forged(tally=stranger, keys=Keys(keys.admin, stranger.public.hex()))
    swapped = day.files | {COUNT: unpack(other)[COUNT]}

    assert first_fault(resigned(day, swapped)) == "signatures"


def test_all_signed_by_other_keys_fails_by_the_known_ones(
    day: Day, tmp_path: Path
) -> None:
    one, two = signer(tmp_path / "1"), signer(tmp_path / "2")
    keys = Keys(one.public.hex(), two.public.hex())
    other = day.forged(admin=one, tally=two, keys=keys)

    unpinned = check(other, workers=1)
    assert unpinned.keys == keys
    assert unpinned.keys.ids() != day.keys.ids()
    assert failed(other, admin=day.keys.admin)[0] == "keys"
    assert failed(other, tally=day.keys.tally)[0] == "keys"
    assert failed(day.bundle, admin=day.keys.admin, tally=day.keys.tally) == []


def signer(folder: Path) -> FileSigner:
    folder.mkdir(exist_ok=True)
    write_key(folder / "signing.key")
    return FileSigner(folder / "signing.key")


SENSELESS: dict[str, tuple[str, bytes]] = {
    "keys": (KEYS, b'{"admin":"zz","tally":""}'),
    "no keys": (KEYS, b"[]"),
    "deep": (KEYS, b"[" * 100_000),
    "sums": (SUMS, b"\xff\n"),
    "twice": (SUMS, b"0" * 64 + b"  khoa.json\n" + b"0" * 64 + b"  khoa.json\n"),
    "signature": (SIGNATURE, b"{}"),
    "record": (COUNT, b'{"payload":"{}","signature":""}'),
    "archive": (ARCHIVE, b""),
}


@pytest.mark.parametrize("name", SENSELESS)
def test_nonsense_is_a_failure_and_no_accident(day: Day, name: str) -> None:
    file, content = SENSELESS[name]

    assert failed(pack(day.files | {file: content}))


# --- zip tricks ---


def zipped(write: Callable[[zipfile.ZipFile], None]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as container:
        write(container)
    return whole.getvalue()


def rezipped(files: Files, compression: int = zipfile.ZIP_STORED) -> bytes:
    def write(container: zipfile.ZipFile) -> None:
        for name, content in sorted(files.items()):
            container.writestr(name, content, compression)

    return zipped(write)


def linked(files: Files) -> bytes:
    def write(container: zipfile.ZipFile) -> None:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = (0o120777 if name == MINUTES else 0o100644) << 16
            container.writestr(entry, content)

    return zipped(write)


def doubled(files: Files) -> bytes:
    whole = io.BytesIO(pack(files))
    with (
        pytest.warns(UserWarning, match="Duplicate"),
        zipfile.ZipFile(whole, "a") as container,
    ):
        container.writestr(GUIDE, b"other")
    return whole.getvalue()


def named(name: str) -> Callable[[Files], bytes]:
    return lambda files: rezipped(files | {name: b"x"})


def crowded(_files: Files) -> bytes:
    return rezipped({f"van-ban/{'a' * n}.pdf": b"" for n in range(1, 1200)})


def list_at(whole: bytes) -> int:
    """Return where the list of files begins, as the end of the container says."""
    return int(struct.unpack("<L", whole[-6:-2])[0])


def claiming(files: Files) -> bytes:
    """The list says that a file has more bytes than there are."""
    whole = bytearray(pack(files))
    at = list_at(bytes(whole)) + 20
    whole[at : at + 8] = struct.pack("<2L", 1 << 31, 1 << 31)
    return bytes(whole)


def hiding(files: Files) -> bytes:
    """Something lies between the files and the list, and the list is found again."""
    whole = pack(files)
    at = list_at(whole)
    end = whole[-22:-6] + struct.pack("<L", at + 6) + whole[-2:]
    return whole[:at] + b"hidden" + whole[at:-22] + end


TRICKS: dict[str, tuple[Callable[[Files], bytes], str]] = {
    "compressed": (lambda f: rezipped(f, zipfile.ZIP_DEFLATED), "container"),
    "packed again": (rezipped, "container"),
    "a link": (linked, "container"),
    "a second list": (doubled, "container"),
    "a path upwards": (named("../khoa.json"), "names"),
    "an absolute path": (named("/etc/passwd"), "names"),
    "a folder": (named("van-ban/a/"), "names"),
    "a backslash": (named("van-ban\\a.pdf"), "names"),
    "a huge name": (named("van-ban/" + "a" * 60_000 + ".exe"), "names"),
    "escapes": (named("\x1b[2J"), "names"),
    "other letters": (named("vаn-ban/a.pdf"), "names"),
    "many files": (crowded, "container"),
    "false sizes": (claiming, "container"),
    "something before": (lambda f: b"PK" + pack(f), "container"),
    "something between": (hiding, "container"),
}


@pytest.mark.parametrize("name", TRICKS)
def test_a_trick_with_the_container(day: Day, name: str) -> None:
    play, expected = TRICKS[name]

    assert failed(play(day.files)) == [expected]


DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _: b"",
    "no zip": lambda _: "Kính gửi".encode(),
    "cut off": lambda data: data[:-700],
    "one bit": lambda data: data[:5000] + bytes([data[5000] ^ 4]) + data[5001:],
    "a comment": lambda data: data[:-2] + b"\x02\x00hi",
    "an empty zip": lambda _: pack({}),
    "another zip": lambda _: pack({GUIDE: b"x"}),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_damaged_is_told_from_what_is_forged(day: Day, name: str) -> None:
    with pytest.raises(NotABundle):
        check(DAMAGED[name](day.bundle))


# --- the command ---


def verify(file: Path, *options: str) -> tuple[int, str, str]:
    arguments = ["verify", str(file), "--workers", "1", *options]
    done = CliRunner().invoke(command, arguments)
    return done.exit_code, done.stdout, done.stderr


def test_the_command_says_every_check_in_words(day: Day, tmp_path: Path) -> None:
    file = tmp_path / "niem-phong.zip"
    file.write_bytes(day.bundle)
    code, said, _ = verify(file)
    code_en, said_en, _ = verify(file, "--lang", "en", "--json")
    found = json.loads(said_en)

    assert (code, code_en) == (0, 0)
    assert said.count("✓") == len(found["checks"]) == 16
    assert "HỒ SƠ NGUYÊN VẸN" in said
    assert grouped(sha256(day.archive)) in said
    assert found["valid"] is True
    assert found["keys"] == day.keys.ids()
    assert all(not each["title"].startswith("bundle.") for each in found["checks"])


def test_the_command_names_what_failed(day: Day, tmp_path: Path) -> None:
    file = tmp_path / "gia.zip"
    file.write_bytes(day.forged("count.recorded", with_agree))
    code, said, _ = verify(file)
    told = json.loads(verify(file, "--json")[1])

    assert code == 1
    assert told["failed"][0] == "verdicts"
    assert "✗" in said
    assert NOMINEES[0] in said
    assert "KHÔNG ĐẠT" in said


def test_the_command_with_known_keys(day: Day, tmp_path: Path) -> None:
    file = tmp_path / "niem-phong.zip"
    file.write_bytes(day.bundle)
    known = ("--admin-key", day.keys.admin, "--tally-key", day.keys.tally.upper())

    assert verify(file, *known)[0] == 0
    assert verify(file, "--admin-key", day.keys.tally)[0] == 1
    assert verify(file, "--admin-key", "khóa")[0] == 2


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_command_on_something_else(tmp_path: Path, language: str) -> None:
    file = tmp_path / "khac.zip"
    file.write_bytes(b"PK nothing")
    code, said, error = verify(file, "--lang", language)

    assert (code, said) == (2, "")
    assert "khac.zip" in error
    assert verify(tmp_path / "khong-co.zip")[0] == 2
    assert verify(tmp_path)[0] == 2
    assert json.loads(verify(file, "--json")[1])["valid"] is False


def test_every_finding_is_in_both_catalogues() -> None:
    source = "".join(path.read_text() for path in SOURCES.glob("*.py"))
    told = set(re.findall(r'BundleFault\(\s*"\w+", "(\w+)"', source))
    told |= set(re.findall(r'NotABundle\("(\w+)"', source))
    found = set(re.findall(r'Outcome\("(\w+)"', source))
    assert min(len(told), len(found)) > 10

    for locale in ("vi", "en"):
        texts = load_catalogue("admin", locale)
        assert {f"bundle.fault.{key}" for key in told} - texts.keys() == set()
        assert {f"bundle.found.{key}" for key in found} - texts.keys() == set()


# --- how the console makes it ---


def finished_job(office: Office, role: str, job: str) -> Any:
    tab = getattr(office, role)
    deadline = time.monotonic() + 60
    while True:
        told = tab.get(f"/api/jobs/{job}").get_json()
        if told["done"]:
            return told
        assert time.monotonic() < deadline, told
        time.sleep(0.05)


def test_the_console_makes_it_and_keeps_nothing(
    held: tuple[Meeting, Day], caplog: pytest.LogCaptureFixture
) -> None:
    meeting, day = held
    office = meeting.office
    office.tally.archive = day.archive
    before = office.tally.kinds().count("archive.asked")
    with caplog.at_level(logging.DEBUG):
        job = office.chair.post(f"{meeting.path}/bundle").get_json()["job"]
        told = finished_job(office, "chair", job)
        assert told["error"] == ""
        taken = office.chair.get(f"/api/jobs/{job}/file")

    assert taken.headers["Content-Disposition"].endswith("niem-phong.zip")
    assert failed(taken.get_data()) == []
    files = unpack(taken.get_data())
    assert files[ARCHIVE] == day.archive
    assert '"admin.bundle.asked"' in last_record(files)
    log = re.sub("[ \u200b]", "", text_of(files[f"{DOCUMENTS}nhat-ky.pdf"]))
    assert "Yêucầulậphồsơniêmphong" in log
    assert office.tally.kinds().count("archive.asked") == before + 1
    assert office.chair.get(f"/api/jobs/{job}/file").status_code == 404
    _check_nothing_is_left(office, day, caplog.text)


def last_record(files: Files) -> str:
    """Return what the console said last, as it was signed."""
    names = sorted(name for name in files if "conference.recorded" in name)
    return str(msgspec.json.decode(files[names[-1]])["payload"])


def _check_nothing_is_left(office: Office, day: Day, log: str) -> None:
    """Look for a ticket and for ballots in all that the console wrote."""
    history = read_history(scan_archive(day.archive).records)
    secret = [EventType.BALLOT, EventType.ENCRYPTED_TALLY, EventType.PARTIAL_DECRYPTION]
    traces = [each.encode() for each in office.tally.given]
    traces += [s.data[0][200:280] for kind in secret for s in history.of(kind)]
    assert len(traces) > 10
    left = [log.encode()] + [
        path.read_bytes()
        for path in sorted(office.app.config["DATA"].rglob("*"))
        if path.is_file()
    ]
    assert len(left) > 3
    assert not [trace for trace in traces for each in left if trace in each]


def test_only_secretary_and_chair_before_nobody(house: Office) -> None:
    meeting = Meeting(house).sealed()

    assert code_of(house.secretary.post(f"{meeting.path}/bundle")) == "bundle_too_early"
    for role in ("desk", "auditor", "administrator"):
        answer = getattr(house, role).post(f"{meeting.path}/bundle")
        assert code_of(answer) == "not_allowed"


NOT_GIVEN: dict[str, tuple[dict[str, Any], str]] = {
    "another archive": ({"archive": b"another"}, "archive_differs"),
    "no archive": ({"archive": b""}, "archive_differs"),
    "refused": ({"refuses": "not_counted"}, "not_counted"),
    "unplugged": ({"unplugged": True}, "peer_unreachable"),
}


@pytest.mark.parametrize("name", NOT_GIVEN)
def test_nothing_is_made_of_what_the_tally_did_not_sign(
    held: tuple[Meeting, Day], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, day = held
    changes, code = NOT_GIVEN[name]
    monkeypatch.setattr(meeting.office.tally, "archive", day.archive)
    for key, value in changes.items():
        monkeypatch.setattr(meeting.office.tally, key, value)

    with meeting.office.app.app_context(), pytest.raises(Refused) as refusal:
        fetch(current_peers(), meeting.uuid, sha256(day.archive))
    assert refusal.value.code == code


def test_an_archive_without_end_is_given_up(held: tuple[Meeting, Day]) -> None:
    meeting, day = held
    meeting.office.tally.archive = day.archive
    with meeting.office.app.app_context(), pytest.raises(Refused) as refusal:
        fetch(current_peers(), meeting.uuid, sha256(day.archive), most=1000)

    assert refusal.value.code == "archive_too_large"


def test_a_ticket_that_is_not_good_gives_nothing(
    held: tuple[Meeting, Day], monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, day = held
    monkeypatch.setattr(meeting.office.tally, "tickets", _Forgetful())
    with meeting.office.app.app_context(), pytest.raises(Refused) as refusal:
        fetch(current_peers(), meeting.uuid, sha256(day.archive))

    assert refusal.value.code == "archive_not_given"


class _Forgetful(list[str]):
    """Tickets that are over as soon as they are given."""

    def __contains__(self, _ticket: object) -> bool:
        return False


def test_verdicts_are_those_of_the_ballots(day: Day) -> None:
    """The day itself is as it was played: nothing above passes by chance."""
    count = day.kept.count
    assert count is not None
    (section,) = count.sections

    assert tuple(verdict.agree for verdict in section.verdicts) == AGREE
    assert msgspec.json.decode(day.files[KEYS], type=Keys) == day.keys
