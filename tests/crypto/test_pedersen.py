import json
from collections.abc import Callable
from typing import Any

import pytest

from crypto import pedersen, pki, threshold
from crypto.encoding import read, to_bytes, to_json
from crypto.errors import EncodingError, GroupError, ProofError, ProtocolError
from crypto.group import Point, power, power_of_generator, product
from crypto.tally import lagrange
from tests.hostile.tools import LOW_ORDER, compact

SIZE, THRESHOLD = 3, 2
PLACES = range(1, SIZE + 1)


class Ceremony:
    """All messages of one ceremony."""

    def __init__(self) -> None:
        self.seeds = [pedersen.new_seed() for _ in PLACES]
        self.certs = [
            pedersen.make_certificate(self.seeds[at - 1], SIZE, THRESHOLD, at)
            for at in PLACES
        ]
        self.polynomials = [
            pedersen.make_polynomial(seed, self.certs) for seed in self.seeds
        ]
        self.vinputs = pedersen.make_vinputs(self.polynomials)
        self.voutputs = [self.voutput(at) for at in PLACES]

    def voutput(self, at: int, vinput: bytes | None = None) -> bytes:
        return pedersen.make_voutput(
            self.seeds[at - 1], self.certs, vinput or self.vinputs[at - 1], at
        )


PLAYED = Ceremony()


def other_certs() -> list[bytes]:
    """The same places, another first member."""
    stranger = pedersen.make_certificate(pedersen.new_seed(), SIZE, THRESHOLD, 1)
    return [stranger, *PLAYED.certs[1:]]


def change(raw: bytes, edit: Callable[[Any], Any]) -> bytes:
    tree = json.loads(raw)
    edited = edit(tree)
    return compact(tree if edited is None else edited)


def bump(proof: dict[str, str]) -> None:
    proof["response"] = str(int(proof["response"]) // 2)


def test_the_shares_make_the_key() -> None:
    raw = pedersen.make_threshold_parameters(
        PLAYED.certs, PLAYED.polynomials, PLAYED.voutputs
    )
    parameters = read(raw, threshold.ThresholdParameters)
    key = threshold.check_threshold_parameters(parameters)

    for chosen in ([1, 2], [2, 3], [1, 3]):
        shares = {
            at: pedersen.private_key(
                PLAYED.seeds[at - 1],
                pedersen.voutput_private_key(PLAYED.voutputs[at - 1]),
            )
            for at in chosen
        }
        whole = product(
            power(power_of_generator(share), lagrange(chosen, at))
            for at, share in shares.items()
        )
        assert whole == key


def test_one_trustee_of_one() -> None:
    seed = pedersen.new_seed()
    certs = [pedersen.make_certificate(seed, 1, 1, 1)]
    polynomials = [pedersen.make_polynomial(seed, certs)]
    (vinput,) = pedersen.make_vinputs(polynomials)

    voutput = pedersen.make_voutput(seed, certs, vinput, 1)

    pedersen.check_voutput(certs, polynomials, 1, voutput)


@pytest.mark.parametrize("numbers", [(3, 0, 1), (3, 4, 1), (3, 2, 0), (3, 2, 4)])
def test_impossible_numbers(numbers: tuple[int, int, int]) -> None:
    with pytest.raises(EncodingError):
        pedersen.make_certificate(pedersen.new_seed(), *numbers)


def test_a_new_certificate_is_for_its_place() -> None:
    options = {"size": SIZE, "threshold": THRESHOLD}
    pedersen.check_new_certificate(PLAYED.certs[0], **options, index=1)
    with pytest.raises(EncodingError):
        pedersen.check_new_certificate(PLAYED.certs[0], **options, index=2)


def certificate(**context: object) -> bytes:
    keys = pki.keys_of_seed(PLAYED.seeds[0])
    tree = json.loads(json.loads(PLAYED.certs[0])["message"])
    tree["context"] |= context
    return to_bytes(pki.sign_message(keys.signing, compact(tree).decode()))


def certificate_with_key(key: Point) -> bytes:
    keys = pki.keys_of_seed(PLAYED.seeds[0])
    tree = json.loads(json.loads(PLAYED.certs[0])["message"])
    tree["encryption"] = key[::-1].hex()
    return to_bytes(pki.sign_message(keys.signing, compact(tree).decode()))


def same_encryption() -> list[bytes]:
    second = json.loads(json.loads(PLAYED.certs[1])["message"])
    key = bytes.fromhex(second["encryption"])[::-1]
    return [certificate_with_key(Point(key)), *PLAYED.certs[1:]]


BAD_CERTIFICATES: dict[str, Callable[[], list[bytes]]] = {
    "none": list,
    "one missing": lambda: PLAYED.certs[:2],
    "out of order": lambda: [PLAYED.certs[1], PLAYED.certs[0], PLAYED.certs[2]],
    "one twice": lambda: [PLAYED.certs[0], PLAYED.certs[0], PLAYED.certs[2]],
    "changed signature": lambda: [
        change(PLAYED.certs[0], lambda tree: bump(tree["signature"])),
        *PLAYED.certs[1:],
    ],
    "another group": lambda: [certificate(group="RFC-3526-2048"), *PLAYED.certs[1:]],
    "another threshold": lambda: [certificate(threshold=3), *PLAYED.certs[1:]],
    "threshold above size": lambda: [certificate(threshold=4), *PLAYED.certs[1:]],
    "index above size": lambda: [certificate(index=4), *PLAYED.certs[1:]],
    "enormous": lambda: [certificate(size=10**6), *PLAYED.certs[1:]],
    "low order": lambda: [certificate_with_key(Point(LOW_ORDER)), *PLAYED.certs[1:]],
    "same encryption key": same_encryption,
    "same signing key": lambda: [
        PLAYED.certs[0],
        pedersen.make_certificate(PLAYED.seeds[0], SIZE, THRESHOLD, 2),
        PLAYED.certs[2],
    ],
}


@pytest.mark.parametrize("name", BAD_CERTIFICATES)
def test_bad_certificates(name: str) -> None:
    certs = BAD_CERTIFICATES[name]()
    with pytest.raises(ProtocolError):
        pedersen.make_polynomial(PLAYED.seeds[2], certs)
    with pytest.raises(ProtocolError):
        pedersen.check_polynomial(certs, 1, PLAYED.polynomials[0])


def test_the_server_says_which_threshold() -> None:
    with pytest.raises(EncodingError):
        pedersen.check_certificates(PLAYED.certs, THRESHOLD + 1)


def test_a_member_finds_its_own_certificate() -> None:
    with pytest.raises(ProofError, match="not part"):
        pedersen.make_polynomial(PLAYED.seeds[0], other_certs())


def test_a_member_sees_that_its_certificate_was_changed() -> None:
    key = power_of_generator(5)
    certs = [certificate_with_key(key), *PLAYED.certs[1:]]

    with pytest.raises(ProofError, match="changed"):
        pedersen.make_polynomial(PLAYED.seeds[0], certs)


BAD_POLYNOMIALS: dict[str, Callable[[Any], Any]] = {
    "no secrets": lambda tree: tree | {"secrets": []},
    "secret no message": lambda tree: tree["secrets"].__setitem__(0, "{}"),
    "polynomial no message": lambda tree: tree | {"polynomial": ""},
    "coefexps unsigned": lambda tree: bump(tree["coefexps"]["signature"]),
    "certificates unsigned": lambda tree: bump(tree["signature"]),
    "an extra field": lambda tree: tree | {"more": 1},
}


@pytest.mark.parametrize("name", BAD_POLYNOMIALS)
def test_bad_polynomials(name: str) -> None:
    raw = change(PLAYED.polynomials[0], BAD_POLYNOMIALS[name])
    with pytest.raises(ProtocolError):
        pedersen.check_polynomial(PLAYED.certs, 1, raw)


def test_a_polynomial_belongs_to_its_member() -> None:
    with pytest.raises(ProofError):
        pedersen.check_polynomial(PLAYED.certs, 2, PLAYED.polynomials[0])


def test_a_polynomial_has_the_right_degree() -> None:
    keys = pki.keys_of_seed(PLAYED.seeds[0])
    points = tuple(map(power_of_generator, range(2, 5)))
    tree = json.loads(PLAYED.polynomials[0])
    longer = pki.sign_message(keys.signing, to_json(threshold.RawCoefexps(points)))
    tree["coefexps"] = json.loads(to_bytes(longer))

    with pytest.raises(EncodingError, match="degree"):
        pedersen.check_polynomial(PLAYED.certs, 1, compact(tree))


def test_vinputs_need_polynomials_of_one_ceremony() -> None:
    with pytest.raises(EncodingError):
        pedersen.make_vinputs(PLAYED.polynomials[:2])


def swap_secrets(tree: Any) -> None:
    tree["secrets"][0], tree["secrets"][1] = tree["secrets"][1], tree["secrets"][0]


def others_secret(tree: Any) -> None:
    tree["secrets"][1] = json.loads(PLAYED.vinputs[1])["secrets"][1]


def others_polynomial(tree: Any) -> None:
    tree["polynomial"] = json.loads(PLAYED.vinputs[1])["polynomial"]


def drop_signature(tree: Any) -> None:
    tree["signatures"].pop()


def wrong_secret(tree: Any) -> None:
    sender, recipient = (pki.keys_of_seed(seed) for seed in PLAYED.seeds[1::-1])
    tree["secrets"][1] = pki.send(
        sender.signing, recipient.encryption, '{"secret":"5"}'
    )


def wrong_polynomial(tree: Any) -> None:
    keys = pki.keys_of_seed(PLAYED.seeds[0])
    text = '{"polynomial":["5","6"]}'
    tree["polynomial"] = pki.send(keys.signing, keys.encryption, text)


BAD_VINPUTS = {
    "secrets swapped": swap_secrets,
    "a secret for another": others_secret,
    "a wrong secret": wrong_secret,
    "another's polynomial": others_polynomial,
    "a wrong polynomial": wrong_polynomial,
    "a signature missing": drop_signature,
    "coefexps unsigned": lambda tree: bump(tree["coefexps"][1]["signature"]),
    "certificates unsigned": lambda tree: bump(tree["signatures"][1]),
}


@pytest.mark.parametrize("name", BAD_VINPUTS)
def test_a_member_refuses_a_bad_vinput(name: str) -> None:
    raw = change(PLAYED.vinputs[0], BAD_VINPUTS[name])
    with pytest.raises(ProtocolError):
        PLAYED.voutput(1, raw)


def test_a_member_refuses_the_vinput_of_another_place() -> None:
    with pytest.raises(ProofError):
        pedersen.make_voutput(PLAYED.seeds[0], PLAYED.certs, PLAYED.vinputs[0], 2)


def test_members_must_have_seen_the_same_certificates() -> None:
    """The server shows one member a certificate that the others did not see."""
    seed = pedersen.new_seed()
    certs = [
        *PLAYED.certs[:2],
        pedersen.make_certificate(seed, SIZE, THRESHOLD, 3),
    ]

    with pytest.raises(ProofError):
        pedersen.make_voutput(PLAYED.seeds[0], certs, PLAYED.vinputs[0], 1)


def unsigned(tree: Any) -> None:
    del tree["public_key"]["signature"]


def others_key(tree: Any) -> None:
    tree["public_key"] = json.loads(PLAYED.voutputs[1])["public_key"]


def other_key(tree: Any) -> None:
    keys = pki.keys_of_seed(PLAYED.seeds[0])
    made = pedersen._voutput(keys, pedersen.Scalar(5), pedersen.random_scalar)
    tree["public_key"] = json.loads(to_bytes(made))["public_key"]


BAD_VOUTPUTS = {
    "not signed": unsigned,
    "another's key": others_key,
    "a key from nowhere": other_key,
    "no proof": lambda tree: bump(tree["public_key"]["pok"]),
    "bad signature": lambda tree: bump(tree["public_key"]["signature"]),
    "private key no message": lambda tree: tree | {"private_key": "{}"},
}


@pytest.mark.parametrize("name", BAD_VOUTPUTS)
def test_the_server_refuses_a_bad_voutput(name: str) -> None:
    raw = change(PLAYED.voutputs[0], BAD_VOUTPUTS[name])
    with pytest.raises(ProtocolError):
        pedersen.check_voutput(PLAYED.certs, PLAYED.polynomials, 1, raw)


def test_the_server_needs_all_polynomials() -> None:
    with pytest.raises(EncodingError):
        pedersen.check_voutput(
            PLAYED.certs, PLAYED.polynomials[:2], 1, PLAYED.voutputs[0]
        )


def test_a_private_key_opens_with_its_own_seed_only() -> None:
    locked = pedersen.voutput_private_key(PLAYED.voutputs[0])

    with pytest.raises(ProofError):
        pedersen.private_key(PLAYED.seeds[1], locked)


def drop_key(tree: Any) -> None:
    tree["verification_keys"].pop()


def swap_keys(tree: Any) -> None:
    keys = tree["verification_keys"]
    keys[0], keys[1] = keys[1], keys[0]


def torsion(tree: Any) -> None:
    tree["verification_keys"][0]["public_key"] = LOW_ORDER.hex()


BAD_PARAMETERS = {
    "a key missing": drop_key,
    "keys swapped": swap_keys,
    "torsion": torsion,
    "another threshold": lambda tree: tree | {"threshold": 1},
    "no threshold": lambda tree: tree | {"threshold": 0},
    "certificates unsigned": lambda tree: bump(tree["signatures"][0]),
}


@pytest.mark.parametrize("name", BAD_PARAMETERS)
def test_bad_parameters(name: str) -> None:
    raw = pedersen.make_threshold_parameters(
        PLAYED.certs, PLAYED.polynomials, PLAYED.voutputs
    )
    with pytest.raises((EncodingError, GroupError, ProofError)):
        threshold.check_threshold_parameters(
            read(change(raw, BAD_PARAMETERS[name]), threshold.ThresholdParameters)
        )
