"""Archives whose bytes, chain or setup are wrong, otherwise consistent."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from crypto import archive, group
from crypto.archive import data_record, write_archive
from crypto.errors import ProtocolError
from crypto.group import GENERATOR
from crypto.setup import Setup, SetupBytes
from tests.hostile.tools import compact
from tests.simulator import TIMESTAMP, Simulator, finished


def extra_record() -> bytes:
    simulator = finished()
    return simulator.archive() + archive.ArchiveWriter(TIMESTAMP).data(b"[]")


def extra_record_inside() -> bytes:
    simulator = finished()
    simulator.records.insert(5, data_record(b"{}"))
    return simulator.archive()


def records_out_of_order() -> bytes:
    simulator = finished()
    records = simulator.records
    records[0], records[1] = records[1], records[0]
    return simulator.archive()


def trailing_zeros() -> bytes:
    return finished().archive() + bytes(1024)


def wrong_time() -> bytes:
    simulator = finished()
    later = write_archive(TIMESTAMP + 1, simulator.records)
    last = len(simulator.records[-1].content)
    size = 512 + last + -last % 512
    return simulator.archive()[:-size] + later[-size:]


def ustar() -> bytes:
    data = bytearray(finished().archive())
    data[257:263] = b"ustar\0"
    return bytes(data)


def dropped_event() -> bytes:
    simulator = finished()
    del simulator.records[5:7]  # the first ballot and its event
    return simulator.archive()


def respelled_event() -> bytes:
    simulator = finished()
    content = simulator.records[-1].content.replace(b'","height"', b'", "height"')
    simulator.records[-1] = archive.event_record(content)
    return simulator.archive()


def unproven_trustee() -> bytes:
    return with_setup_changed("trustees", _change_pok)


def foreign_key() -> bytes:
    return with_setup_changed("election", _change_key)


def low_order_card() -> bytes:
    return with_setup_changed("credentials", lambda tree: [*tree, "00" * 32])


def repeated_card() -> bytes:
    return with_setup_changed("credentials", lambda tree: [*tree, tree[0]])


def later_version() -> bytes:
    return with_setup_changed("election", lambda tree: tree | {"version": 2})


def with_setup_changed(part: str, change: Callable[[Any], Any]) -> bytes:
    simulator = Simulator()
    files = {
        name: getattr(simulator.source, name)
        for name in ("election", "trustees", "credentials")
    }
    files[part] = compact(change(json.loads(files[part])))
    simulator.source = SetupBytes(**files)
    with suppress(ProtocolError):
        simulator.setup = Setup.parse(simulator.source)
    simulator.start()
    return simulator.finish().archive()


def _change_pok(tree: Any) -> Any:
    pok = tree[0][1]["verification_keys"][0]["pok"]
    pok["response"] = str((int(pok["response"]) + 1) % group.ORDER)
    return tree


def _change_key(tree: Any) -> Any:
    return tree | {"public_key": group.encode_point(GENERATOR)}
