"""The key ceremony of a threshold group (spec: Pedersen protocol).

The committee's members run the member side, each with nothing but a seed; the
server runs the server side and learns no secret. The five steps:

1. a member makes a certificate, the server checks it;
2. a member makes a polynomial for all certificates, the server checks it;
3. the server routes: every member gets its vinput;
4. a member checks its vinput and makes a voutput, the server checks it;
5. the server publishes the threshold parameters, and keeps for each member the
   private key that only the member can decrypt.
"""

from collections.abc import Sequence

from crypto.ceremony import (
    DecryptionKey,
    Polynomial,
    RawPolynomial,
    Secret,
    VInput,
    VOutput,
)
from crypto.encoding import Record, read, to_bytes, to_json
from crypto.errors import EncodingError, ProofError
from crypto.group import (
    ORDER,
    Point,
    Scalar,
    encode_point,
    power_of_generator,
    random_scalar,
)
from crypto.pki import (
    SignedMessage,
    TrusteeKeys,
    check_encrypted,
    keys_of_seed,
    new_seed,
    receive,
    send,
    sign,
    sign_message,
)
from crypto.proofs import Draw, make_knowledge
from crypto.threshold import (
    Ceremony,
    CertificateKeys,
    Context,
    RawCoefexps,
    ThresholdParameters,
    TrusteePublicKey,
    certificates_text,
    check_ceremony,
    check_certificate,
    check_coefexps,
    check_threshold_key,
    evaluate_commitments,
    joint_commitments,
)

__all__ = [
    "check_certificates",
    "check_new_certificate",
    "check_polynomial",
    "check_voutput",
    "keys_of_seed",
    "make_certificate",
    "make_polynomial",
    "make_threshold_parameters",
    "make_vinputs",
    "make_voutput",
    "new_seed",
    "private_key",
    "voutput_private_key",
]


def make_certificate(
    seed: str,
    size: int,
    threshold: int,
    index: int,
    *,
    draw: Draw = random_scalar,
) -> bytes:
    """Member, step 1: make the certificate of member `index` of `size`.

    Raises:
        EncodingError: impossible numbers, or not a seed.
    """
    if not (1 <= threshold <= size and 1 <= index <= size):
        raise EncodingError("impossible numbers for a key ceremony")
    keys = keys_of_seed(seed)
    context = Context("Ed25519", size, threshold, index)
    content = CertificateKeys(context, keys.verification, keys.encryption)
    return to_bytes(sign_message(keys.signing, to_json(content), draw))


def check_new_certificate(
    certificate: bytes, *, size: int, threshold: int, index: int
) -> None:
    """Server, step 1: check one certificate before the others are there.

    Raises:
        ProtocolError: it is not valid, or is for another place or ceremony.
    """
    keys = check_certificate(read(certificate, SignedMessage))
    if keys.context != Context("Ed25519", size, threshold, index):
        raise EncodingError("certificate is for another ceremony")


def check_certificates(certs: Sequence[bytes], threshold: int) -> Ceremony:
    """Member and server, step 2: check the certificates of all members.

    Raises:
        ProtocolError: one of them is not valid, or they do not belong together.
    """
    read_certs = tuple(read(each, SignedMessage) for each in certs)
    return check_ceremony(read_certs, threshold)


def make_polynomial(
    seed: str, certs: Sequence[bytes], *, draw: Draw = random_scalar
) -> bytes:
    """Member, step 2: draw a secret polynomial and share it out.

    Raises:
        ProtocolError: the certificates are not valid, or ours is not among them.
    """
    keys = keys_of_seed(seed)
    ceremony = _read_ceremony(certs)
    _own_index(ceremony, keys)
    coefficients = tuple(draw() for _ in range(ceremony.threshold))
    coefexps = tuple(map(power_of_generator, coefficients))
    return to_bytes(
        Polynomial(
            polynomial=_send(keys, keys.encryption, RawPolynomial(coefficients), draw),
            secrets=tuple(
                _send(keys, each.encryption, Secret(_evaluate(coefficients, at)), draw)
                for at, each in enumerate(ceremony.keys, start=1)
            ),
            coefexps=sign_message(keys.signing, to_json(RawCoefexps(coefexps)), draw),
            signature=sign(keys.signing, certificates_text(ceremony, coefexps), draw),
        )
    )


def check_polynomial(certs: Sequence[bytes], index: int, polynomial: bytes) -> None:
    """Server, step 2: check what can be checked without a secret.

    Raises:
        ProtocolError: it is not the polynomial of member `index`.
    """
    ceremony = _read_ceremony(certs)
    content = read(polynomial, Polynomial)
    if len(content.secrets) != ceremony.size:
        raise EncodingError(f"polynomial of trustee {index} lacks a secret")
    for text in (content.polynomial, *content.secrets):
        check_encrypted(text)
    check_coefexps(ceremony, index, content.coefexps, content.signature)


def make_vinputs(polynomials: Sequence[bytes]) -> list[bytes]:
    """Server, step 3: collect for each member what the others sent it.

    Raises:
        EncodingError: the polynomials do not belong together.
    """
    contents = [read(each, Polynomial) for each in polynomials]
    if any(len(each.secrets) != len(contents) for each in contents):
        raise EncodingError("the polynomials are for another number of trustees")
    return [
        to_bytes(
            VInput(
                polynomial=own.polynomial,
                secrets=tuple(each.secrets[at] for each in contents),
                coefexps=tuple(each.coefexps for each in contents),
                signatures=tuple(each.signature for each in contents),
            )
        )
        for at, own in enumerate(contents)
    ]


def make_voutput(
    seed: str,
    certs: Sequence[bytes],
    vinput: bytes,
    index: int,
    *,
    draw: Draw = random_scalar,
) -> bytes:
    """Member, step 4: check what all others did, and make the key.

    Raises:
        ProtocolError: somebody did not follow the protocol.
    """
    keys = keys_of_seed(seed)
    ceremony = _read_ceremony(certs)
    if _own_index(ceremony, keys) != index:
        raise ProofError("the vinput is for another trustee")
    content = read(vinput, VInput)
    coefexps = _check_vinput(ceremony, content)
    _check_own_polynomial(keys, content, coefexps[index - 1])
    share = sum(
        _check_secret(
            receive(keys, ceremony.keys[sender].verification, text),
            expected=evaluate_commitments(coefexps[sender], index),
            sender=sender + 1,
        )
        for sender, text in enumerate(content.secrets)
    )
    return to_bytes(_voutput(keys, Scalar(share % ORDER), draw))


def check_voutput(
    certs: Sequence[bytes], polynomials: Sequence[bytes], index: int, voutput: bytes
) -> None:
    """Server, step 4: check the key of member `index`.

    Raises:
        ProtocolError: it does not follow from the polynomials.
    """
    ceremony = _read_ceremony(certs)
    content = read(voutput, VOutput)
    check_encrypted(content.private_key)
    coefexps = _coefexps_of(ceremony, polynomials)
    check_threshold_key(
        ceremony, index, joint_commitments(coefexps), content.public_key
    )


def make_threshold_parameters(
    certs: Sequence[bytes], polynomials: Sequence[bytes], voutputs: Sequence[bytes]
) -> bytes:
    """Server, step 5: write what is published.

    Raises:
        ProtocolError: some of it is not valid.
    """
    for index, voutput in enumerate(voutputs, start=1):
        check_voutput(certs, polynomials, index, voutput)
    ceremony = _read_ceremony(certs)
    contents = [read(each, Polynomial) for each in polynomials]
    return to_bytes(
        ThresholdParameters(
            threshold=ceremony.threshold,
            certs=ceremony.certs,
            coefexps=tuple(each.coefexps for each in contents),
            signatures=tuple(each.signature for each in contents),
            verification_keys=tuple(
                read(each, VOutput).public_key for each in voutputs
            ),
        )
    )


def voutput_private_key(voutput: bytes) -> str:
    """Server, step 5: the encrypted private key to hand out at unsealing."""
    return read(voutput, VOutput).private_key


def private_key(seed: str, voutput_private_key: str) -> Scalar:
    """Member: decrypt the private key with the seed.

    Raises:
        ProtocolError: it is another member's, or was changed.
    """
    keys = keys_of_seed(seed)
    text = receive(keys, keys.verification, voutput_private_key)
    return read(text, DecryptionKey).decryption_key


def _read_ceremony(certs: Sequence[bytes]) -> Ceremony:
    """Check the certificates against the threshold that the first one names."""
    if not certs:
        raise EncodingError("a key ceremony needs certificates")
    first = check_certificate(read(certs[0], SignedMessage))
    return check_certificates(certs, first.context.threshold)


def _own_index(ceremony: Ceremony, keys: TrusteeKeys) -> int:
    for index, each in enumerate(ceremony.keys, start=1):
        if each.verification == keys.verification:
            if each.encryption != keys.encryption:
                raise ProofError("somebody changed our certificate")
            return index
    raise ProofError("our certificate is not part of this ceremony")


def _send(keys: TrusteeKeys, recipient: Point, content: Record, draw: Draw) -> str:
    return send(keys.signing, recipient, to_json(content), draw)


def _evaluate(coefficients: Sequence[int], at: int) -> Scalar:
    return Scalar(sum(a * at**k for k, a in enumerate(coefficients)) % ORDER)


def _check_vinput(ceremony: Ceremony, content: VInput) -> list[tuple[Point, ...]]:
    sizes = {len(content.secrets), len(content.coefexps), len(content.signatures)}
    if sizes != {ceremony.size}:
        raise EncodingError("the vinput lacks a part of a trustee")
    return [
        check_coefexps(ceremony, index, points, signature)
        for index, (points, signature) in enumerate(
            zip(content.coefexps, content.signatures, strict=True), start=1
        )
    ]


def _check_own_polynomial(
    keys: TrusteeKeys, content: VInput, coefexps: tuple[Point, ...]
) -> None:
    text = receive(keys, keys.verification, content.polynomial)
    own = read(text, RawPolynomial).polynomial
    if tuple(map(power_of_generator, own)) != coefexps:
        raise ProofError("the vinput does not hold our own polynomial")


def _check_secret(text: str, *, expected: Point, sender: int) -> Scalar:
    secret = read(text, Secret).secret
    if power_of_generator(secret) != expected:
        raise ProofError(f"the secret from trustee {sender} is wrong")
    return secret


def _voutput(keys: TrusteeKeys, share: Scalar, draw: Draw) -> VOutput:
    public = power_of_generator(share)
    return VOutput(
        private_key=_send(keys, keys.encryption, DecryptionKey(share), draw),
        public_key=TrusteePublicKey(
            pok=make_knowledge(share, draw),
            public_key=public,
            signature=sign(keys.signing, encode_point(public), draw),
        ),
    )


def _coefexps_of(
    ceremony: Ceremony, polynomials: Sequence[bytes]
) -> list[tuple[Point, ...]]:
    contents = [read(each, Polynomial) for each in polynomials]
    if len(contents) != ceremony.size:
        raise EncodingError("the polynomial of a trustee is missing")
    return [
        check_coefexps(ceremony, index, each.coefexps, each.signature)
        for index, each in enumerate(contents, start=1)
    ]
