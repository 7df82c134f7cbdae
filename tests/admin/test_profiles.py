"""The catalogue of procedures: phieukin's own, the office's, and the versions kept."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from admin import profiles
from admin.models import Base, Profile
from admin.procedure import Procedure
from admin.profile_check import MAX_BYTES, ProfileError
from admin.profiles import ORDER, Catalogue, builtin, keep, load_profile
from web.errors import Refused

SOURCE = builtin()["s002-pcvp-annual-2021"].text
NEXT = "s000-next-term-onsite"


def office_file(
    name: str = "don-vi-2026", version: str = "1", title: str = ""
) -> bytes:
    """Return a thirteenth procedure: a copy with an id and a name of its own."""
    text = SOURCE.replace('id = "s002-pcvp-annual-2021"', f'id = "{name}"')
    text = text.replace('version = "1"', f'version = "{version}"')
    return text.replace(
        "Phó Chánh Văn phòng UBND tỉnh", title or "Trưởng phòng"
    ).encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "procedures"
    found.mkdir()
    return found


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def ids(catalogue: Catalogue) -> list[str]:
    return [each.procedure.id for each in catalogue.all()]


def code_of(catalogue: Catalogue, name: str, data: bytes) -> str:
    with pytest.raises(ProfileError) as caught:
        catalogue.add(name, data)
    (fault,) = caught.value.faults
    return fault.code


def test_without_a_folder_there_are_the_twelve() -> None:
    found = Catalogue().all()

    assert tuple(each.procedure.id for each in found) == ORDER
    assert {each.origin for each in found} == {"builtin"}
    with pytest.raises(RuntimeError):
        Catalogue().add("x.toml", office_file())


def test_every_file_of_the_folder_is_in_the_order() -> None:
    shipped = Path(profiles.__file__).parent / profiles.FOLDER

    assert {path.stem for path in shipped.glob("*.toml")} == set(ORDER)


def test_a_file_that_is_dropped_in_is_there_at_once(folder: Path) -> None:
    catalogue = Catalogue(folder)
    assert ids(catalogue) == list(ORDER)
    (folder / "quy-trinh-moi.toml").write_bytes(office_file())

    assert ids(catalogue) == [*ORDER, "don-vi-2026"]
    loaded = catalogue.get("don-vi-2026")
    assert (loaded.origin, loaded.file) == ("office", "quy-trinh-moi.toml")
    (folder / "quy-trinh-moi.toml").unlink()
    assert ids(catalogue) == list(ORDER)


def test_a_file_that_is_mended_is_used_at_once(folder: Path) -> None:
    catalogue = Catalogue(folder)
    path = folder / "don-vi.toml"
    path.write_bytes(office_file().replace(b'"1/2"', b'"50%"'))
    (faulty,) = catalogue.faulty()
    assert faulty.file == "don-vi.toml"
    assert [(f.file, f.step, f.key) for f in faulty.faults] == [
        ("don-vi.toml", "4", "ballot.rule.share")
    ]
    assert ids(catalogue) == list(ORDER)

    path.write_bytes(office_file())
    assert not catalogue.faulty()
    assert ids(catalogue)[-1] == "don-vi-2026"


def test_a_change_of_the_same_length_is_seen(folder: Path) -> None:
    catalogue = Catalogue(folder)
    path = folder / "don-vi.toml"
    path.write_bytes(office_file(title="Trưởng phòng A"))
    before = catalogue.get("don-vi-2026").digest
    path.write_bytes(office_file(title="Trưởng phòng B"))
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 1))

    assert catalogue.get("don-vi-2026").digest != before


def test_an_unknown_procedure_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        Catalogue().get("s999")
    assert caught.value.code == "procedure_unknown"


def test_the_office_replaces_one_of_ours_under_its_own_version(folder: Path) -> None:
    theirs = office_file("s002-pcvp-annual-2021", version="2-vp")
    (folder / "a.toml").write_bytes(theirs)
    catalogue = Catalogue(folder)

    assert ids(catalogue) == list(ORDER)
    loaded = catalogue.get("s002-pcvp-annual-2021")
    assert (loaded.origin, loaded.procedure.version) == ("office", "2-vp")


def test_one_version_has_one_content(folder: Path) -> None:
    """The same id and version with other words is a fault, also of a file."""
    theirs = office_file("s002-pcvp-annual-2021")
    (folder / "a.toml").write_bytes(theirs)
    catalogue = Catalogue(folder)
    (faulty,) = catalogue.faulty()

    assert faulty.faults[0].code == "version_taken"
    assert catalogue.get("s002-pcvp-annual-2021").origin == "builtin"
    assert code_of(catalogue, "b.toml", theirs) == "version_taken"


def test_a_copy_without_a_change_is_ours(folder: Path) -> None:
    (folder / "a.toml").write_text(SOURCE, encoding="utf-8")
    catalogue = Catalogue(folder)

    assert not catalogue.faulty()
    assert catalogue.get("s002-pcvp-annual-2021").origin == "builtin"


def test_two_files_of_one_id_do_not_compete(folder: Path) -> None:
    (folder / "a.toml").write_bytes(office_file())
    (folder / "b.toml").write_bytes(office_file(version="2"))
    catalogue = Catalogue(folder)
    (faulty,) = catalogue.faulty()

    assert (faulty.file, faulty.faults[0].code) == ("b.toml", "id_taken")
    assert faulty.faults[0].detail == "a.toml"
    assert catalogue.get("don-vi-2026").procedure.version == "1"


def test_a_file_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "a.toml").mkdir()
    (folder / ".b.toml").write_bytes(b"an editor's")
    catalogue = Catalogue(folder)

    assert [(f.file, f.faults[0].code) for f in catalogue.faulty()] == [
        ("a.toml", "unreadable")
    ]


def test_what_is_added_is_written_and_a_new_version_takes_its_place(
    folder: Path,
) -> None:
    catalogue = Catalogue(folder)
    first = catalogue.add("../../Quy trình.toml", office_file())
    assert [path.name for path in folder.iterdir()] == ["don-vi-2026.toml"]
    assert first.file == "don-vi-2026.toml"
    assert (folder / first.file).read_bytes() == office_file()
    changed = office_file(title="Chánh Văn phòng")
    assert code_of(catalogue, "x.toml", changed) == "version_taken"
    assert catalogue.get("don-vi-2026") == first

    second = catalogue.add("x.toml", office_file(version="2"))
    assert catalogue.get("don-vi-2026") == second
    assert len(list(folder.iterdir())) == 1


def test_a_version_that_is_added_again_changes_nothing(folder: Path) -> None:
    catalogue = Catalogue(folder)

    assert catalogue.add("a", office_file()) == catalogue.add("b", office_file())


def test_a_faulty_file_is_not_added(folder: Path) -> None:
    catalogue = Catalogue(folder)
    with pytest.raises(ProfileError):
        catalogue.add("x.toml", b"id = ")

    assert not list(folder.iterdir())


def test_partners_are_named_from_both_sides() -> None:
    """A.3 Same sitting, two purposes."""
    catalogue = Catalogue()
    ours = catalogue.partners("s004-cuc-annual-onsite", "B4")
    theirs = catalogue.partners("s004-cuc-next-onsite", "B5")

    assert [(each.procedure, each.step) for each in ours] == [
        ("s004-cuc-next-onsite", "B5")
    ]
    assert [(each.procedure, each.step) for each in theirs] == [
        ("s004-cuc-annual-onsite", "B4"),
        ("s004-cuc-annual-external", "B4"),
    ]
    assert not catalogue.partners(NEXT, "5")


def test_many_look_while_the_folder_changes(folder: Path) -> None:
    catalogue = Catalogue(folder)
    failed: list[BaseException] = []

    def look() -> None:
        try:
            for _ in range(20):
                assert set(ORDER) <= set(ids(catalogue))
        except BaseException as error:  # noqa: BLE001 - told by the main thread
            failed.append(error)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for version in range(5):
        catalogue.add("x", office_file(version=str(version)))
    for thread in threads:
        thread.join()
    assert not failed
    assert catalogue.get("don-vi-2026").procedure.version == "4"


def test_a_kept_version_is_read_though_its_file_is_gone(
    session: Session, folder: Path
) -> None:
    catalogue = Catalogue(folder)
    first = catalogue.add("x", office_file())
    kept = keep(session, first)
    catalogue.add("x", office_file(version="2", title="Chánh Văn phòng"))
    (folder / "don-vi-2026.toml").unlink()

    assert load_profile(session, kept.digest) == first.procedure
    assert isinstance(load_profile(session, kept.digest), Procedure)
    with pytest.raises(KeyError):
        load_profile(session, "0" * 64)


def test_keeping_twice_is_keeping_once(session: Session) -> None:
    loaded = builtin()[NEXT]

    assert keep(session, loaded) is keep(session, loaded)
    assert session.scalar(select(func.count()).select_from(Profile)) == 1


def test_a_version_in_use_cannot_be_changed_in_its_file(
    session: Session, folder: Path
) -> None:
    catalogue = Catalogue(folder)
    (folder / "a.toml").write_bytes(office_file())
    keep(session, catalogue.get("don-vi-2026"))
    (folder / "a.toml").write_bytes(office_file(title="Chánh Văn phòng"))

    with pytest.raises(Refused) as caught:
        keep(session, catalogue.get("don-vi-2026"))
    assert caught.value.code == "profile_version_taken"


def test_the_console_adds_no_other_content_under_a_version_in_use(
    session: Session, folder: Path
) -> None:
    app = Flask("admin")
    catalogue = app.extensions[profiles.EXTENSION] = Catalogue(folder)
    keep(session, catalogue.add("x", office_file()))
    (folder / "don-vi-2026.toml").unlink()
    with app.app_context():
        with pytest.raises(ProfileError) as caught:
            profiles.add_to_office(session, "x", office_file(title="Chánh Văn phòng"))
        assert caught.value.faults[0].code == "version_taken"
        added = profiles.add_to_office(session, "x", office_file(version="2"))
    assert added.procedure.version == "2"


def test_the_version_of_a_conference_is_found_again(session: Session) -> None:
    keep(session, builtin()[NEXT])

    assert profiles.kept_version(session, NEXT, "1") == builtin()[NEXT].procedure
    assert profiles.kept_version(session, NEXT, "2") is None


def _link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def _long_number(path: Path) -> None:
    path.write_text("x = " + "9" * 5000)


def _too_long(path: Path) -> None:
    path.write_bytes(b"#" * (MAX_BYTES + 2))


NO_PROFILES = {
    "a link to itself": (_link_to_itself, "unreadable"),
    "a folder": (Path.mkdir, "unreadable"),
    "a pipe that nobody writes to": (os.mkfifo, "unreadable"),
    "a number that Python does not read": (_long_number, "long_number"),
    "a file that is too long": (_too_long, "too_large"),
}


@pytest.mark.parametrize("name", NO_PROFILES)
def test_whatever_lies_in_the_folder_the_others_can_be_used(
    folder: Path, name: str
) -> None:
    put, code = NO_PROFILES[name]
    put(folder / "a.toml")
    (folder / "b.toml").write_bytes(office_file())
    catalogue = Catalogue(folder)

    assert ids(catalogue) == [*ORDER, "don-vi-2026"]
    (faulty,) = catalogue.faulty()
    assert [each.code for each in faulty.faults] == [code]


@pytest.mark.parametrize("data", [office_file(), b"x"])
def test_a_name_in_another_encoding_is_told_as_text(folder: Path, data: bytes) -> None:
    """A name from an old archive: its bytes are not UTF-8."""
    (folder / os.fsdecode(b"qu\xe9.toml")).write_bytes(data)
    catalogue = Catalogue(folder)

    assert ids(catalogue) == list(ORDER)
    (faulty,) = catalogue.faulty()
    assert faulty.file == "qu\ufffd.toml"
    assert faulty.faults[0].file.encode() == faulty.file.encode()
