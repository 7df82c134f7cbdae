import json

import pytest

from crypto import pki
from crypto.errors import EncodingError, GroupError, ProofError
from crypto.group import IDENTITY, encode_point, power_of_generator
from crypto.pki import keys_of_seed, new_seed, receive, send

ALICE, BOB = keys_of_seed(new_seed()), keys_of_seed(new_seed())
SENT = send(ALICE.signing, BOB.encryption, "Đồng ý")


def test_a_seed_makes_the_same_four_keys() -> None:
    seed = new_seed()
    keys = keys_of_seed(seed)

    assert keys == keys_of_seed(seed)
    assert keys.verification == power_of_generator(keys.signing)
    assert keys.encryption == power_of_generator(keys.decryption)
    assert keys.signing != keys.decryption


@pytest.mark.parametrize("seed", ["", "1" * 21, "1" * 23, "0" * 22, "đ" * 22])
def test_what_is_no_seed(seed: str) -> None:
    with pytest.raises(EncodingError):
        keys_of_seed(seed)


def test_seeds_differ() -> None:
    assert len({new_seed() for _ in range(100)}) == 100


def test_a_message_reaches_its_recipient() -> None:
    assert receive(BOB, ALICE.verification, SENT) == "Đồng ý"


def test_nobody_else_can_read_it() -> None:
    with pytest.raises(ProofError, match="decrypted"):
        receive(ALICE, ALICE.verification, SENT)


def test_the_sender_is_checked() -> None:
    with pytest.raises(ProofError, match="does not verify"):
        receive(BOB, BOB.verification, SENT)


def test_the_recipient_is_checked() -> None:
    """Bob passes on what Alice wrote to him, as if it was for Carol."""
    carol = keys_of_seed(new_seed())
    passed_on = pki.encrypt(carol.encryption, pki.decrypt(BOB.decryption, SENT))

    with pytest.raises(ProofError, match="somebody else"):
        receive(carol, ALICE.verification, passed_on)


def changed(**fields: str) -> str:
    return json.dumps(json.loads(SENT) | fields, separators=(",", ":"))


DATA = json.loads(SENT)["data"]
BAD: dict[str, tuple[str, type[Exception]]] = {
    "not JSON": ("", EncodingError),
    "changed data": (changed(data="00" + DATA[2:]), ProofError),
    "cut data": (changed(data=DATA[:-2]), ProofError),
    "no data": (changed(data=""), EncodingError),
    "odd data": (changed(data=DATA[:-1]), EncodingError),
    "upper-case data": (changed(data=DATA.upper()), EncodingError),
    "too much data": (changed(data="00" * 70_000), EncodingError),
    "torsion": (changed(alpha="00" * 32), GroupError),
    "identity": (changed(beta=encode_point(IDENTITY)), GroupError),
    "order of fields": (
        json.dumps(dict(reversed(json.loads(SENT).items())), separators=(",", ":")),
        EncodingError,
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_refused(name: str) -> None:
    text, error = BAD[name]
    with pytest.raises(error):
        receive(BOB, ALICE.verification, text)


def test_only_text_is_decrypted() -> None:
    class Bytes(str):
        __slots__ = ()

        def encode(self, *_: object) -> bytes:  # type: ignore[override]
            return b"\xff"

    sent = pki.encrypt(BOB.encryption, Bytes())

    with pytest.raises(EncodingError, match="not text"):
        pki.decrypt(BOB.decryption, sent)


def test_a_message_has_a_maximal_length() -> None:
    with pytest.raises(EncodingError, match="too long"):
        pki.encrypt(BOB.encryption, "x" * 65_536)
    longest = pki.encrypt(BOB.encryption, "x" * 65_535)
    assert len(pki.decrypt(BOB.decryption, longest)) == 65_535
