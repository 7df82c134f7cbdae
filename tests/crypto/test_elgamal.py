from hypothesis import given
from hypothesis import strategies as st

from crypto import elgamal, group
from crypto.elgamal import NOTHING, Ciphertext
from crypto.group import ORDER, Point, power_of_generator
from tests.vectors.generate import KEY, PUBLIC

messages = st.integers(0, 2000)
randomness = st.integers(1, ORDER - 1)


def opened(ciphertext: Ciphertext) -> Point:
    """Decrypt to g^message with the private key."""
    return group.divide(ciphertext.beta, group.power(ciphertext.alpha, KEY))


@given(messages, randomness)
def test_decryption_undoes_encryption(message: int, secret: int) -> None:
    ciphertext = elgamal.encrypt(PUBLIC, message, secret)

    assert opened(ciphertext) == power_of_generator(message)


@given(st.lists(st.tuples(messages, randomness), max_size=4))
def test_product_encrypts_the_sum(pairs: list[tuple[int, int]]) -> None:
    total = elgamal.product(elgamal.encrypt(PUBLIC, *pair) for pair in pairs)

    assert opened(total) == power_of_generator(sum(message for message, _ in pairs))


@given(messages, randomness, st.integers(0, 1000))
def test_power_encrypts_the_multiple(message: int, secret: int, weight: int) -> None:
    weighted = elgamal.power(elgamal.encrypt(PUBLIC, message, secret), weight)

    assert opened(weighted) == power_of_generator(message * weight)


def test_nothing_is_neutral() -> None:
    ciphertext = elgamal.encrypt(PUBLIC, 1, 2)

    assert elgamal.multiply(ciphertext, NOTHING) == ciphertext
    assert elgamal.power(ciphertext, 1) == ciphertext
    assert elgamal.power(ciphertext, 0) == NOTHING
