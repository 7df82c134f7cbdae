"""Decryption shares that prove themselves well and are wrong.

The specification hashes neither alpha nor the factor into the challenge of a
decryption proof. So whoever holds one member's key may fix the commitments first and
compute a factor, or even an alpha, that fits them. belenios-tool accepts these too.
"""

import json
from collections.abc import Callable
from functools import partial

from crypto import credentials, elgamal, encoding, group, signature, tally, transcript
from crypto.answers import Answer, check_answer
from crypto.ballot import Unsigned
from crypto.disjunctions import Binding, Opening, make_interval
from crypto.encoding import to_bytes
from crypto.group import ORDER, Scalar
from crypto.proofs import Proof
from crypto.setup import Setup
from crypto.tally import PartialDecryption
from tests.simulator import Simulator

_BIT = range(2)


def senseless_share(setup: Setup, encrypted_tally: bytes, key: Scalar) -> bytes:
    """A share that is accepted, and with which no sum can be opened."""
    honest = encoding.read(
        tally.make_partial_decryption(setup, encrypted_tally, key),
        PartialDecryption,
        identity=True,
    )
    alphas = tally._alphas(tally.read_encrypted_tally(encrypted_tally, setup))
    public = group.power_of_generator(key)
    challenge_of = partial(transcript.decryption, setup.fingerprint, public)
    factor, proof = fitting(challenge_of, key, alphas[0][0])
    factors = [list(row) for row in honest.decryption_factors]
    proofs = [list(row) for row in honest.decryption_proofs]
    factors[0][0], proofs[0][0] = factor, proof
    return to_bytes(
        PartialDecryption(tuple(map(tuple, factors)), tuple(map(tuple, proofs)))
    )


def fitting(
    challenge_of: Callable[[tuple[group.Point, group.Point]], Scalar],
    key: Scalar,
    alpha: group.Point,
) -> tuple[group.Point, Proof]:
    """Choose the commitments, and solve for the factor."""
    nonce, shift = group.random_scalar(), group.random_scalar()
    first = group.power_of_generator(nonce)
    second = group.multiply(group.power(alpha, nonce), group.power_of_generator(shift))
    challenge = challenge_of((first, second))
    wrong = group.power_of_generator(shift * pow(challenge, -1, ORDER))
    factor = group.multiply(group.power(alpha, key), wrong)
    response = Scalar((nonce - key * challenge) % ORDER)
    return factor, Proof(challenge, response)


class LastVoter:
    """The last voter and one member, who move votes of the first answer together.

    Attributes:
        randomness: what the voter must encrypt the first mark with.
    """

    def __init__(self, simulator: Simulator, owner: int, moved: int) -> None:
        """`moved`: what the factor of this owner is to be wrong by, as g to it."""
        self._simulator, self._owner, self._moved = simulator, owner, moved
        key = simulator.private_keys[owner]
        nonce, free = group.random_scalar(), group.random_scalar()
        sofar = simulator.running.sums[0][0].alpha
        commitments = (
            group.power_of_generator(nonce),
            group.multiply(group.power(sofar, nonce), group.power_of_generator(free)),
        )
        challenge = transcript.decryption(
            simulator.setup.fingerprint, group.power_of_generator(key), commitments
        )
        self.proof = Proof(challenge, Scalar((nonce - key * challenge) % ORDER))
        inverse = pow(nonce, -1, ORDER)
        self.randomness = (free - moved * challenge) * inverse % ORDER

    def ballot(self, card: int) -> bytes:
        """An ordinary, valid ballot without marks, but for one chosen randomness."""
        setup = self._simulator.setup
        secret = credentials.secret_exponent(
            self._simulator.uuid, self._simulator.credentials[card]
        )
        public = group.power_of_generator(secret)
        context = transcript.ballot_context(setup.fingerprint, public)
        binding = Binding(setup.election.public_key, context)
        answers = tuple(
            self._answer(binding, number)
            for number in range(len(setup.homomorphic_questions))
        )
        unsigned = Unsigned(self._simulator.uuid, setup.fingerprint, public, answers)
        raw = to_bytes(unsigned)
        signed = json.loads(to_bytes(signature.make_signature(secret, raw)))
        tree = json.loads(raw) | {"signature": signed}
        return json.dumps(tree, separators=(",", ":")).encode()

    def share(self) -> bytes:
        """The member's share: honest but for the first factor."""
        simulator = self._simulator
        honest = json.loads(simulator.share(self._owner))
        factor = group.decode_point(honest["decryption_factors"][0][0])
        moved = group.multiply(factor, group.power_of_generator(self._moved))
        honest["decryption_factors"][0][0] = group.encode_point(moved)
        honest["decryption_proofs"][0][0] = json.loads(to_bytes(self.proof))
        return json.dumps(honest, separators=(",", ":")).encode()

    def _answer(self, binding: Binding, number: int) -> Answer:
        question = self._simulator.setup.homomorphic_questions[number]
        openings = [Opening(group.random_scalar(), 0) for _ in question.answers]
        if number == 0:
            openings[0] = Opening(self.randomness, 0)
        choices = tuple(
            elgamal.encrypt(binding.public_key, 0, opening.randomness)
            for opening in openings
        )
        points = [point for each in choices for point in (each.alpha, each.beta)]
        whole = Binding(
            binding.public_key, transcript.answer_context(binding.context, points)
        )
        total = Opening(sum(opening.randomness for opening in openings), 0)
        answer = Answer(
            choices,
            tuple(
                make_interval(binding, choice, opening, _BIT)
                for choice, opening in zip(choices, openings, strict=True)
            ),
            make_interval(whole, elgamal.product(choices), total, question.totals),
        )
        check_answer(question, binding, answer)
        return answer
