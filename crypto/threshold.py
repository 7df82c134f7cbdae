"""What a key ceremony publishes, and its check (spec: Threshold parameters).

Anyone can check it: every certificate, every commitment to a polynomial, every
trustee's word that all saw the same, and every verification key.
"""

from dataclasses import dataclass
from typing import Annotated

import msgspec

from crypto.encoding import Record, read, to_json
from crypto.errors import EncodingError, ProofError
from crypto.group import ORDER, Point, encode_point, power, product
from crypto.pki import SignedMessage, check_signature
from crypto.proofs import Proof, check_knowledge

_Count = Annotated[int, msgspec.Meta(ge=1)]
MAX_TRUSTEES = 1000  # far above any committee; bounds the work of a check


class TrusteePublicKey(Record, frozen=True):
    """A verification key with the proof that its owner knows the private key.

    The signature is there exactly in a threshold group.
    """

    pok: Proof
    public_key: Point
    signature: Proof | None = None


class Context(Record, frozen=True):
    """The ceremony a certificate is for, and the place of its owner in it."""

    group: str
    size: _Count
    threshold: _Count
    index: _Count


class CertificateKeys(Record, frozen=True):
    """Content of a certificate."""

    context: Context
    verification: Point
    encryption: Point


class RawCoefexps(Record, frozen=True):
    """Commitments to the coefficients of a trustee's polynomial."""

    coefexps: tuple[Point, ...]


class CertificatesSeen(Record, frozen=True):
    """What a trustee signs: all certificates together with its commitments."""

    certs: tuple[SignedMessage, ...]
    coefexps: tuple[Point, ...]


class ThresholdParameters(Record, frozen=True):
    """The published part of a threshold group."""

    threshold: _Count
    certs: tuple[SignedMessage, ...]
    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]
    verification_keys: tuple[TrusteePublicKey, ...]


@dataclass(frozen=True)
class Ceremony:
    """Checked certificates of all trustees of one threshold group."""

    threshold: int
    certs: tuple[SignedMessage, ...]
    keys: tuple[CertificateKeys, ...]

    @property
    def size(self) -> int:
        """Count the trustees."""
        return len(self.certs)


def check_certificate(certificate: SignedMessage) -> CertificateKeys:
    """Read a certificate and check that it signed itself.

    Raises:
        EncodingError: it is not a certificate for this group.
        GroupError: it holds something that is not a group element.
        ProofError: its signature does not verify.
    """
    keys = read(certificate.message, CertificateKeys)
    context = keys.context
    if context.group != "Ed25519":
        raise EncodingError("certificate is not for the group Ed25519")
    if not context.index <= context.size <= MAX_TRUSTEES:
        raise EncodingError("certificate has an impossible index or size")
    if context.threshold > context.size:
        raise EncodingError("certificate asks for more trustees than there are")
    check_signature(keys.verification, certificate.message, certificate.signature)
    return keys


def check_ceremony(certs: tuple[SignedMessage, ...], threshold: int) -> Ceremony:
    """Check the certificates of all trustees, in order.

    Raises:
        EncodingError: a certificate is for another ceremony or place, or two
            trustees have the same keys.
        GroupError: a key is not a group element.
        ProofError: a certificate did not sign itself.
    """
    keys = tuple(map(check_certificate, certs))
    for index, each in enumerate(keys, start=1):
        if each.context != Context("Ed25519", len(certs), threshold, index):
            raise EncodingError(f"certificate {index} is for another ceremony")
    if len({each.verification for each in keys}) != len(keys):
        raise EncodingError("two trustees have the same key")
    if len({each.encryption for each in keys}) != len(keys):
        raise EncodingError("two trustees have the same key")
    return Ceremony(threshold, certs, keys)


def certificates_text(ceremony: Ceremony, coefexps: tuple[Point, ...]) -> str:
    """Write what trustees sign to say that all saw the same certificates."""
    return f"certs_sig|{to_json(CertificatesSeen(ceremony.certs, coefexps))}"


def check_coefexps(
    ceremony: Ceremony, index: int, coefexps: SignedMessage, signature: Proof
) -> tuple[Point, ...]:
    """Check the commitments of trustee `index`, and what it says it saw.

    Raises:
        EncodingError: not as many commitments as the threshold.
        GroupError: a commitment is not a group element.
        ProofError: a signature does not verify.
    """
    verification = ceremony.keys[index - 1].verification
    check_signature(verification, coefexps.message, coefexps.signature)
    points = read(coefexps.message, RawCoefexps).coefexps
    if len(points) != ceremony.threshold:
        raise EncodingError(f"trustee {index} has a polynomial of a wrong degree")
    check_signature(verification, certificates_text(ceremony, points), signature)
    return points


def evaluate_commitments(points: tuple[Point, ...], at: int) -> Point:
    """Compute g to f(at) from the commitments to f's coefficients."""
    return product(power(point, pow(at, k, ORDER)) for k, point in enumerate(points))


def joint_commitments(coefexps: list[tuple[Point, ...]]) -> tuple[Point, ...]:
    """Commit to the sum of all trustees' polynomials, which nobody knows.

    Its first element is the public key of the group.
    """
    return tuple(map(product, zip(*coefexps, strict=True)))


def check_threshold_key(
    ceremony: Ceremony,
    index: int,
    commitments: tuple[Point, ...],
    key: TrusteePublicKey,
) -> None:
    """Check the verification key of trustee `index` (section Voutputs).

    Args:
        ceremony: the checked certificates.
        index: the place of the trustee, from 1.
        commitments: the joint commitments of all trustees.
        key: what the trustee published.

    Raises:
        ProofError: it does not follow from the commitments, its owner does not
            know the private key, or did not sign it.
    """
    if key.signature is None:
        raise ProofError(f"key of trustee {index} is not signed")
    verification = ceremony.keys[index - 1].verification
    check_signature(verification, encode_point(key.public_key), key.signature)
    if key.public_key != evaluate_commitments(commitments, index):
        raise ProofError(f"key of trustee {index} does not follow from the ceremony")
    check_knowledge(key.public_key, key.pok)


def check_threshold_parameters(parameters: ThresholdParameters) -> Point:
    """Check a threshold group completely and return its public key.

    Raises:
        ProtocolError: the parameters are not the outcome of a ceremony.
    """
    ceremony = check_ceremony(parameters.certs, parameters.threshold)
    _check_lengths(parameters, ceremony.size)
    coefexps = [
        check_coefexps(ceremony, index, points, signature)
        for index, (points, signature) in enumerate(
            zip(parameters.coefexps, parameters.signatures, strict=True), start=1
        )
    ]
    commitments = joint_commitments(coefexps)
    for index, key in enumerate(parameters.verification_keys, start=1):
        check_threshold_key(ceremony, index, commitments, key)
    return commitments[0]


def _check_lengths(parameters: ThresholdParameters, size: int) -> None:
    lengths = {
        len(parameters.coefexps),
        len(parameters.signatures),
        len(parameters.verification_keys),
    }
    if lengths != {size}:
        raise EncodingError("a threshold group lacks a part of a trustee")
