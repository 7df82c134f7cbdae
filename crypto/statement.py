"""The second proof of a decryption share, which never enters the archive.

The specification's proof hashes neither the ciphertext nor the factor, so a member
who also casts the last ballot can prove a wrong factor. Here every factor is proven
once more with a challenge over the whole statement. The archive keeps the
specification's format; who collects the shares asks for these proofs with them
(docs/adr/0008-a-second-decryption-proof.md).
"""

from crypto.encoding import read, to_bytes
from crypto.errors import EncodingError, ProofError, ProtocolError
from crypto.group import Point, Scalar, power_of_generator, random_scalar
from crypto.proofs import Draw, Proof, check_statement, make_statement
from crypto.setup import Setup
from crypto.tally import PartialDecryption, read_encrypted_tally
from crypto.trustees import verification_key

CHECK = "decryption.statement"
_Proofs = tuple[tuple[Proof, ...], ...]


def make_statement_proofs(
    setup: Setup,
    encrypted_tally: bytes,
    private_key: Scalar,
    draw: Draw = random_scalar,
) -> bytes:
    """Trustee: prove one's decryption factors, each with its ciphertext.

    Raises:
        ProtocolError: the key or the tally is not this election's.
    """
    if power_of_generator(private_key) not in setup.verification_keys.values():
        raise ProofError("the private key is not a trustee's of this election")
    return to_bytes(
        tuple(
            tuple(
                make_statement(setup.fingerprint, private_key, alpha, draw)
                for alpha in row
            )
            for row in _alphas(setup, encrypted_tally)
        )
    )


def check_statement_proofs(
    setup: Setup,
    encrypted_tally: bytes,
    owner: int,
    partial_decryption: bytes,
    proofs: bytes,
) -> None:
    """Check that a trustee's factors are the decryption of these sums.

    Raises:
        ProofError: they are not shown to be, in whatever way.
    """
    try:
        _check(setup, encrypted_tally, owner, partial_decryption, proofs)
    except ProtocolError as error:
        raise ProofError(str(error), check=CHECK) from error


def _check(
    setup: Setup, encrypted_tally: bytes, owner: int, share: bytes, raw: bytes
) -> None:
    key = verification_key(setup.trustees, owner)
    alphas = _alphas(setup, encrypted_tally)
    factors = read(share, PartialDecryption, identity=True).decryption_factors
    proofs = read(raw, _Proofs)
    shape = [len(row) for row in alphas]
    if shape != [len(row) for row in factors] or shape != [len(row) for row in proofs]:
        raise EncodingError("not one proof for each factor")
    for rows in zip(alphas, factors, proofs, strict=True):
        for alpha, factor, proof in zip(*rows, strict=True):
            check_statement(setup.fingerprint, key, alpha, factor, proof)


def _alphas(setup: Setup, encrypted_tally: bytes) -> list[list[Point]]:
    sums = read_encrypted_tally(encrypted_tally, setup)
    return [[cipher.alpha for cipher in row] for row in sums]
