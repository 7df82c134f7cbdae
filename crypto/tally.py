"""From ballots to the result, for homomorphic questions.

Spec: Encrypted tally, Partial decryptions, Election result. Only sums are ever
decrypted. A bad partial decryption is named and can be set aside; the count goes
on if enough good ones remain.
"""

from collections.abc import Iterable, Mapping, Sequence

from crypto import elgamal
from crypto.ballot import Ballot
from crypto.elgamal import NOTHING, Ciphertext
from crypto.encoding import Record, read, sha256_hex, to_bytes
from crypto.errors import EncodingError, ProofError, ProtocolError, checking
from crypto.events import SizedEncryptedTally
from crypto.group import (
    IDENTITY,
    ORDER,
    Point,
    Scalar,
    divide,
    power,
    power_of_generator,
    product,
    random_scalar,
)
from crypto.logarithm import SmallLogarithm
from crypto.proofs import Draw, Proof, check_decryption, make_decryption
from crypto.setup import Setup
from crypto.trustees import Single, owners, verification_key

EncryptedTally = tuple[tuple[Ciphertext, ...], ...]
Factors = tuple[tuple[Point, ...], ...]


class PartialDecryption(Record, frozen=True):
    """What one trustee contributes to the result."""

    decryption_factors: Factors
    decryption_proofs: tuple[tuple[Proof, ...], ...]


class Result(Record, frozen=True):
    """How often each answer of each question was chosen."""

    result: tuple[tuple[int, ...], ...]


class RunningTally:
    """The encrypted sum of the ballots so far; it only grows."""

    def __init__(self, setup: Setup) -> None:
        self.num_tallied = 0
        self.total_weight = 0
        self._setup = setup
        self._sums = [[NOTHING] * size for size in _shape(setup)]

    def add(self, ballot: Ballot, weight: int | None = None) -> None:
        """Count a ballot that was checked, with the weight of its credential.

        Raises:
            ProofError: the credential is not on the list.
            EncodingError: the ballot does not have the paper's questions.
        """
        if weight is None:
            weight = self._listed_weight(ballot.credential)
        self.add_choices([answer.choices for answer in ballot.answers], weight)

    def add_choices(self, choices: Sequence[Sequence[Ciphertext]], weight: int) -> None:
        """Count the encrypted choices of one ballot.

        Raises:
            EncodingError: they are not as many as the paper has.
        """
        self._grow(choices, weight)
        self.num_tallied += 1
        self.total_weight += weight

    def merge(self, sums: Sequence[Sequence[Ciphertext]]) -> None:
        """Add the sum of other ballots; how many they were is not counted here."""
        self._grow(sums, 1)

    @property
    def sums(self) -> EncryptedTally:
        """The encrypted sum of every choice."""
        return tuple(map(tuple, self._sums))

    def encrypted_tally(self) -> bytes:
        """Write the encrypted tally."""
        return to_bytes(self.sums)

    def sized_encrypted_tally(self) -> bytes:
        """Write the payload of the EncryptedTally event."""
        return to_bytes(
            SizedEncryptedTally(
                num_tallied=self.num_tallied,
                total_weight=self.total_weight,
                encrypted_tally=sha256_hex(self.encrypted_tally()),
            )
        )

    def _listed_weight(self, credential: Point) -> int:
        weight = self._setup.credentials.get(credential)
        if weight is None:
            raise ProofError("the credential is not listed", check="ballot.credential")
        return weight

    def _grow(self, choices: Sequence[Sequence[Ciphertext]], weight: int) -> None:
        if [len(each) for each in choices] != [len(each) for each in self._sums]:
            raise EncodingError("the ballot does not have the paper's questions")
        for sums, answer in zip(self._sums, choices, strict=True):
            for index, choice in enumerate(answer):
                sums[index] = elgamal.multiply(
                    sums[index],
                    choice if weight == 1 else elgamal.power(choice, weight),
                )


def read_encrypted_tally(raw: bytes, setup: Setup) -> EncryptedTally:
    """Read an encrypted tally of this election.

    Raises:
        EncodingError: it is not one.
        GroupError: it holds something that is not a group element.
    """
    tally = read(raw, EncryptedTally, identity=True)
    if [len(each) for each in tally] != _shape(setup):
        raise EncodingError("the encrypted tally does not have the paper's questions")
    return tally


def make_partial_decryption(
    setup: Setup,
    encrypted_tally: bytes,
    private_key: Scalar,
    draw: Draw = random_scalar,
) -> bytes:
    """Trustee: decrypt one's part of the tally, and prove it.

    Raises:
        ProtocolError: the key or the tally is not this election's.
    """
    if power_of_generator(private_key) not in setup.verification_keys.values():
        raise ProofError("the private key is not a trustee's of this election")
    alphas = _alphas(read_encrypted_tally(encrypted_tally, setup))
    return to_bytes(
        PartialDecryption(
            decryption_factors=tuple(
                tuple(power(alpha, private_key) for alpha in row) for row in alphas
            ),
            decryption_proofs=tuple(
                tuple(
                    make_decryption(setup.fingerprint, private_key, alpha, draw)
                    for alpha in row
                )
                for row in alphas
            ),
        )
    )


def check_partial_decryption(
    setup: Setup, encrypted_tally: bytes, owner: int, partial_decryption: bytes
) -> Factors:
    """Check what a trustee contributed and return its decryption factors.

    Raises:
        ProtocolError: it is not the partial decryption of this owner.
    """
    with checking("decryption.proof"):
        key = verification_key(setup.trustees, owner)
        alphas = _alphas(read_encrypted_tally(encrypted_tally, setup))
        content = read(partial_decryption, PartialDecryption, identity=True)
        _check_shape(content, alphas, owner)
        for alpha, factor, proof in _rows(
            alphas, content.decryption_factors, content.decryption_proofs
        ):
            _check_factor(setup.fingerprint, key, alpha, factor, proof)
    return content.decryption_factors


def check_partial_decryptions(
    setup: Setup, encrypted_tally: bytes, partial_decryptions: Mapping[int, bytes]
) -> tuple[dict[int, Factors], dict[int, ProtocolError]]:
    """Sort partial decryptions into good ones and bad ones, by owner."""
    good: dict[int, Factors] = {}
    bad: dict[int, ProtocolError] = {}
    for owner, raw in partial_decryptions.items():
        try:
            good[owner] = check_partial_decryption(setup, encrypted_tally, owner, raw)
        except ProtocolError as error:
            bad[owner] = error
    return good, bad


def missing_owners(setup: Setup, present: Iterable[int]) -> list[str]:
    """Say, for each item of the trustees list that lacks some, what it lacks.

    An empty list means that the result can be computed.
    """
    here = set(present)
    return [
        f"{item.threshold - len(members & here)} of trustees {sorted(members - here)}"
        for item, members in zip(setup.trustees, _members(setup), strict=True)
        if len(members & here) < item.threshold
    ]


def combine(
    setup: Setup,
    encrypted_tally: bytes,
    partial_decryptions: Mapping[int, bytes],
    total_weight: int,
) -> bytes:
    """Check partial decryptions and compute the result from them.

    Of a threshold group any `threshold` good ones do; more do not matter, and bad
    ones are set aside as long as enough remain.

    Raises:
        ProofError: too few good ones; the message names the bad ones.
        EncodingError: the tally is not of this election or weight.
    """
    good, bad = check_partial_decryptions(setup, encrypted_tally, partial_decryptions)
    missing = missing_owners(setup, good)
    if missing:
        reasons = [f"trustee {owner}: {error}" for owner, error in bad.items()]
        raise ProofError(
            "; ".join(["missing " + ", ".join(missing), *reasons]),
            check="decryption.missing",
        )
    return combine_factors(setup, encrypted_tally, good, total_weight)


def combine_factors(
    setup: Setup,
    encrypted_tally: bytes,
    factors: Mapping[int, Factors],
    total_weight: int,
) -> bytes:
    """Compute the result from decryption factors that were checked.

    Raises:
        EncodingError: a sum is larger than the total weight.
    """
    tally = read_encrypted_tally(encrypted_tally, setup)
    combined = _combine_items(setup, factors)
    powers = [
        [divide(cipher.beta, factor) for cipher, factor in zip(*rows, strict=True)]
        for rows in zip(tally, combined, strict=True)
    ]
    logarithm = SmallLogarithm(total_weight, sum(map(len, powers)))
    return to_bytes(Result(tuple(tuple(map(logarithm, row)) for row in powers)))


def read_result(raw: bytes) -> list[list[int]]:
    """Read a result: per question, per answer, how often it was chosen.

    Raises:
        EncodingError: it is not a result.
    """
    return [list(row) for row in read(raw, Result).result]


def lagrange(places: Sequence[int], place: int) -> int:
    """Compute the Lagrange coefficient at 0 of one place among several."""
    numerator = denominator = 1
    for other in places:
        if other != place:
            numerator = numerator * other % ORDER
            denominator = denominator * (other - place) % ORDER
    return numerator * pow(denominator, -1, ORDER) % ORDER


def _shape(setup: Setup) -> list[int]:
    if setup.has_shuffles:
        raise EncodingError(
            "non-homomorphic questions are not supported", check="setup.questions"
        )
    return [question.choices for question in setup.homomorphic_questions]


def _alphas(tally: EncryptedTally) -> list[list[Point]]:
    return [[cipher.alpha for cipher in row] for row in tally]


def _check_shape(
    content: PartialDecryption, alphas: Sequence[Sequence[Point]], owner: int
) -> None:
    shape = [len(row) for row in alphas]
    if [len(row) for row in content.decryption_factors] != shape or [
        len(row) for row in content.decryption_proofs
    ] != shape:
        raise EncodingError(f"the decryption of trustee {owner} has another shape")


def _rows(
    alphas: Sequence[Sequence[Point]],
    factors: Factors,
    proofs: Sequence[Sequence[Proof]],
) -> Iterable[tuple[Point, Point, Proof]]:
    for rows in zip(alphas, factors, proofs, strict=True):
        yield from zip(*rows, strict=True)


def _check_factor(
    fingerprint: str, key: Point, alpha: Point, factor: Point, proof: Proof
) -> None:
    if (alpha == IDENTITY) != (factor == IDENTITY):
        raise ProofError("a decryption factor is the identity without reason")
    check_decryption(fingerprint, key, alpha, factor, proof)


def _members(setup: Setup) -> list[set[int]]:
    members: list[set[int]] = [set() for _ in setup.trustees]
    for owner, index, _ in owners(setup.trustees):
        members[index].add(owner)
    return members


def _combine_items(setup: Setup, factors: Mapping[int, Factors]) -> list[list[Point]]:
    shares = _exponents(setup, factors)
    shape = [len(row) for row in factors[shares[0][0]]] if shares else []
    return [
        [
            product(power(factors[owner][i][j], weight) for owner, weight in shares)
            for j in range(size)
        ]
        for i, size in enumerate(shape)
    ]


def _exponents(setup: Setup, factors: Mapping[int, Factors]) -> list[tuple[int, int]]:
    """Choose the owners to combine, each with the exponent of its factors."""
    exponents = []
    for index, item in enumerate(setup.trustees):
        places = {
            place: owner
            for owner, at, place in owners(setup.trustees)
            if at == index and owner in factors
        }
        chosen = sorted(places)[: item.threshold]
        exponents += [
            (places[place], 1 if isinstance(item, Single) else lagrange(chosen, place))
            for place in chosen
        ]
    return exponents
