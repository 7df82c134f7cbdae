from typing import Any

import msgspec
import pytest

from crypto import credentials, encoding, signature
from crypto.errors import ProofError
from crypto.group import ORDER, Scalar, power_of_generator
from crypto.signature import Signature
from tests.vectors.generate import CARD, UUID

SECRET = credentials.secret_exponent(UUID, CARD)
PUBLIC = power_of_generator(SECRET)
GOOD = signature.make_signature(SECRET, b"a ballot")


def bumped(field: str) -> Signature:
    value = Scalar((getattr(GOOD.proof, field) + 1) % ORDER)
    proof = msgspec.structs.replace(GOOD.proof, **{field: value})
    return msgspec.structs.replace(GOOD, proof=proof)


def test_a_signature_verifies() -> None:
    signature.check_signature(GOOD, PUBLIC, b"a ballot")


BAD: dict[str, tuple[Any, ...]] = {
    "another ballot": (GOOD, PUBLIC, b"another ballot"),
    "another card": (GOOD, power_of_generator(5), b"a ballot"),
    "changed challenge": (bumped("challenge"), PUBLIC, b"a ballot"),
    "changed response": (bumped("response"), PUBLIC, b"a ballot"),
    "hash of another ballot": (
        msgspec.structs.replace(GOOD, hash=encoding.fingerprint(b"another ballot")),
        PUBLIC,
        b"another ballot",
    ),
    "padded hash": (
        msgspec.structs.replace(GOOD, hash=GOOD.hash + "="),
        PUBLIC,
        b"a ballot",
    ),
}


@pytest.mark.parametrize("arguments", BAD.values(), ids=BAD.keys())
def test_a_wrong_signature_is_refused_by_name(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(ProofError) as caught:
        signature.check_signature(*arguments)

    assert caught.value.check == "ballot.signature"
