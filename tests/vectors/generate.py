"""Writes the vectors that the Python and the TypeScript tests both read.

Every secret comes from a fixed sequence, so that a second run writes the same
bytes: ``python -m tests.vectors.generate`` writes, ``test_vectors.py`` compares.
"""

import hashlib
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec

from crypto import (
    answers,
    ballot,
    credentials,
    disjunctions,
    election,
    elgamal,
    encoding,
    group,
    proofs,
    signature,
    transcript,
)
from crypto.disjunctions import Binding, Opening
from crypto.group import ORDER, Point, Scalar, encode_point, power_of_generator
from crypto.tally import lagrange
from tests.vectors import hostile

FOLDER = Path(__file__).parent
UUID = "AbCdEfGhJkLmNp"
CARD = "12345-6789AB-CDEFG-HJKLMN"
CARDS = (CARD, "zzzzz-yyyyyy-xxxxx-wwwwww", "11111-111111-11111-111111")
QUESTIONS = (
    election.agree_disagree("Nguyễn Văn Mẫu"),
    election.agree_disagree('Trần Thị "Thử" \\ / 😀'),
    election.select("Chọn nhiều nhất ba", ("A", "B", "C", "D", "E"), 3),
    election.motion("Đề án nhân sự"),
    election.select("Có phiếu trắng", ("A", "B", "C"), 3, 2, blank=True),
    election.select("Không bắt buộc", ("A", "B"), 1, blank=True),
)
PAPERS = {
    "marked": ((1, 0), (0, 1), (1, 0, 1, 0, 1), (1, 0, 0), (0, 1, 1, 0), (0, 1, 0)),
    "empty and blank": ((0, 0), (0, 0), (0,) * 5, (0, 0, 1), (1, 0, 0, 0), (1, 0, 0)),
    "empty, not blank": ((0, 0), (0, 0), (0,) * 5, (0, 1, 0), (0, 1, 1, 1), (0, 0, 0)),
}


class Draws:
    """A fixed sequence of secrets: SHA-256 of a label and a number."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.drawn: list[Scalar] = []

    def __call__(self) -> Scalar:
        text = f"phieukin vector|{self.label}|{len(self.drawn)}"
        digest = hashlib.sha256(text.encode()).digest()
        self.drawn.append(Scalar(int.from_bytes(digest, "big") % ORDER))
        return self.drawn[-1]

    def texts(self) -> list[str]:
        return [str(int(value)) for value in self.drawn]


KEY = Draws("private key")()
PUBLIC = power_of_generator(KEY)


def tree(value: object) -> object:
    return json.loads(encoding.to_json(value))


def encodings() -> object:
    exponents = [1, 2, 8, ORDER - 1, *(Draws("point")() for _ in range(1))]
    texts = ["", "a", "Đại hội 😀"]
    return {
        "points": [
            {"exponent": str(int(e)), "point": encode_point(power_of_generator(e))}
            for e in exponents
        ],
        "identity": encode_point(group.IDENTITY),
        "bad_points": hostile.POINTS,
        "scalars": ["0", "1", str(ORDER - 1)],
        "bad_scalars": hostile.SCALARS,
        "hashes": [
            {
                "text": text,
                "sha256": encoding.sha256_hex(text.encode()),
                "fingerprint": encoding.fingerprint(text.encode()),
            }
            for text in texts
        ],
    }


def cards() -> object:
    points = [credentials.public_credential(UUID, card) for card in CARDS]
    return {
        "uuid": UUID,
        "cards": [
            {
                "credential": card,
                "exponent": str(int(credentials.secret_exponent(UUID, card))),
                "public": encode_point(point),
            }
            for card, point in zip(CARDS, points, strict=True)
        ],
        "public_credentials": credentials.public_credentials_json(points).decode(),
        "bad_cards": hostile.CARDS,
    }


def challenges() -> object:
    points = [power_of_generator(exponent) for exponent in range(2, 8)]
    phi = encoding.fingerprint(b"an election")
    ballot_context = transcript.ballot_context(phi, PUBLIC)
    context = transcript.answer_context(ballot_context, points)
    values: dict[str, Scalar] = {
        "knowledge": transcript.knowledge(PUBLIC, points[0]),
        "interval": transcript.interval(context, PUBLIC, points[0], points),
        "blank_or_nothing": transcript.blank_or_nothing(context, points[:4]),
        "blank_or_interval": transcript.blank_or_interval(context, points),
        "signature": transcript.signature(phi, points[0]),
        "decryption": transcript.decryption(phi, PUBLIC, points[:2]),
        "decryption_statement": transcript.decryption_statement(
            phi, PUBLIC, points[:2], points[2:4]
        ),
        "message": transcript.message("Đại hội", points[0]),
    }
    return {
        "fingerprint": phi,
        "public_key": encode_point(PUBLIC),
        "points": [encode_point(point) for point in points],
        "message": "Đại hội",
        "ballot_context": ballot_context,
        "answer_context": context,
        "challenges": {name: str(int(value)) for name, value in values.items()},
    }


def interval(label: str, message: int, values: range) -> object:
    draw = Draws(label)
    opening = Opening(draw(), message)
    binding = Binding(PUBLIC, f"context of {label}")
    ciphertext = elgamal.encrypt(PUBLIC, message, opening.randomness)
    made = disjunctions.make_interval(binding, ciphertext, opening, values, draw)
    return {
        "context": binding.context,
        "message": message,
        "values": list(values),
        "draws": draw.texts(),
        "ciphertext": tree(ciphertext),
        "proofs": tree(made),
    }


def blank(label: str, first: int, total: int, values: range) -> object:
    draw = Draws(label)
    openings = Opening(draw(), first), Opening(draw(), total)
    binding = Binding(PUBLIC, f"context of {label}")
    overall = disjunctions.make_blank_or_interval(binding, *openings, values, draw)
    nothing = disjunctions.make_blank_or_nothing(binding, *openings, draw)
    ciphertexts = [elgamal.encrypt(PUBLIC, o.message, o.randomness) for o in openings]
    return {
        "context": binding.context,
        "values": list(values),
        "draws": draw.texts(),
        "blank": tree(ciphertexts[0]),
        "total": tree(ciphertexts[1]),
        "overall_proof": tree(overall),
        "blank_proof": tree(nothing),
    }


def knowledge() -> object:
    draw = Draws("knowledge")
    made = proofs.make_knowledge(KEY, draw)
    return {"draws": draw.texts(), "proof": tree(made)}


def decryption() -> object:
    draw = Draws("decryption")
    phi = encoding.fingerprint(b"an election")
    alpha: Point = power_of_generator(draw())
    made = proofs.make_decryption(phi, KEY, alpha, draw)
    return {
        "fingerprint": phi,
        "alpha": encode_point(alpha),
        "factor": encode_point(group.power(alpha, KEY)),
        "draws": draw.texts(),
        "proof": tree(made),
    }


def signed() -> object:
    draw = Draws("signature")
    secret = credentials.secret_exponent(UUID, CARD)
    made = signature.make_signature(secret, b"an unsigned ballot", draw)
    return {
        "credential": encode_point(power_of_generator(secret)),
        "unsigned": "an unsigned ballot",
        "draws": draw.texts(),
        "signature": tree(made),
    }


def all_proofs() -> object:
    return {
        "private_key": str(int(KEY)),
        "public_key": encode_point(PUBLIC),
        "knowledge": knowledge(),
        "decryption": decryption(),
        "signature": signed(),
        "intervals": [
            interval("individual 0", 0, range(2)),
            interval("individual 1", 1, range(2)),
            interval("overall 2 of 1 to 3", 2, range(1, 4)),
            interval("overall 0 of 0 to 1", 0, range(2)),
        ],
        "blanks": [
            blank("blank", 1, 0, range(2, 4)),
            blank("not blank", 0, 3, range(2, 4)),
            blank("blank, nothing needed", 1, 0, range(2)),
            blank("not blank, nothing marked", 0, 0, range(2)),
        ],
    }


def paper() -> bytes:
    return election.write_election(
        uuid=UUID,
        name="Hội nghị mẫu",
        description="Bầu thử",
        public_key=PUBLIC,
        questions=QUESTIONS,
        administrator="Ban tổ chức",
        credential_authority="Thư ký",
    )


def ballots() -> object:
    text = paper()
    points = [credentials.public_credential(UUID, card) for card in CARDS]
    made = []
    for name, marks in PAPERS.items():
        draw = Draws(f"ballot {name}")
        raw = ballot.make_ballot(text, CARD, marks, draw)
        made.append(
            {
                "name": name,
                "credential": CARD,
                "marks": marks,
                "draws": draw.texts(),
                "ballot": raw.decode(),
                "tracker": ballot.tracker(raw),
            }
        )
    good = str(made[0]["ballot"])
    secret = credentials.secret_exponent(UUID, CARD)
    refused = [
        {"name": name, "check": check, "ballot": change(good, partial(resign, secret))}
        for name, (check, change) in hostile.BALLOTS.items()
    ]
    refused.append(
        {
            "name": "made for a question without a blank vote",
            "check": "ballot.blank_proof",
            "ballot": jam(text, secret),
        }
    )
    return {
        "election": text.decode(),
        "fingerprint": encoding.fingerprint(text),
        "public_credentials": credentials.public_credentials_json(points).decode(),
        "ballots": made,
        "refused": refused,
    }


def resign(secret: Scalar, changed: dict[str, object]) -> str:
    """Sign a changed ballot again, as a dishonest card would."""
    unsigned = {k: v for k, v in changed.items() if k != "signature"}
    data = json.dumps(unsigned, separators=(",", ":"), ensure_ascii=False)
    made = signature.make_signature(secret, data.encode(), Draws("resigned"))
    whole = {**unsigned, "signature": tree(made)}
    return json.dumps(whole, separators=(",", ":"), ensure_ascii=False)


def jam(text: bytes, secret: Scalar) -> str:
    """Answer as if no question allowed a blank vote: every proof of it verifies."""
    credential = power_of_generator(secret)
    phi = encoding.fingerprint(text)
    binding = Binding(PUBLIC, transcript.ballot_context(phi, credential))
    draw = Draws("jam")
    made = tuple(
        answers.make_answer(
            msgspec.structs.replace(question, blank=False),
            binding,
            marks[question.blank :],
            draw,
        )
        for question, marks in zip(QUESTIONS, PAPERS["marked"], strict=True)
    )
    unsigned = encoding.to_bytes(ballot.Unsigned(UUID, phi, credential, made))
    return resign(secret, json.loads(unsigned))


def counting() -> object:
    places = ((1,), (1, 2, 3), (2, 5), (1, 4, 15))
    bounds = ((0, 0), (1, 1), (7, 6), (1500, 1499), (1500, 0))
    return {
        "lagrange": [
            {
                "places": chosen,
                "place": place,
                "coefficient": str(lagrange(chosen, place)),
            }
            for chosen in places
            for place in chosen
        ],
        "logarithms": [
            {
                "bound": bound,
                "exponent": exponent,
                "point": encode_point(power_of_generator(Scalar(exponent))),
            }
            for bound, exponent in bounds
        ],
        "too_large": {"bound": 7, "point": encode_point(power_of_generator(Scalar(8)))},
    }


FILES: dict[str, Callable[[], object]] = {
    "encodings.json": encodings,
    "credentials.json": cards,
    "challenges.json": challenges,
    "proofs.json": all_proofs,
    "ballots.json": ballots,
    "counting.json": counting,
}


def build() -> dict[str, str]:
    """Return the contents of every vector file by its name."""
    return {
        name: json.dumps(make(), ensure_ascii=False, indent=1) + "\n"
        for name, make in FILES.items()
    }


def main() -> None:
    for name, text in build().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
