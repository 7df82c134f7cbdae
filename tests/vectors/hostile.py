"""Bad input, each with a name, for every implementation to refuse."""

import json
from collections.abc import Callable
from typing import Any

from nacl import bindings

from crypto.group import GENERATOR, IDENTITY, ORDER, Point, encode_point

_PRIME = 2**255 - 19
_GOOD = encode_point(GENERATOR)


def _big_endian(number: int) -> str:
    return f"{number:064x}"


def _with_torsion() -> str:
    """Add the point of order two to the generator: on the curve, outside the group."""
    order_two = (_PRIME - 1).to_bytes(32, "little")
    return encode_point(Point(bindings.crypto_core_ed25519_add(GENERATOR, order_two)))


POINTS: dict[str, str] = {
    "empty": "",
    "one digit short": _GOOD[1:],
    "one digit long": "0" + _GOOD,
    "upper case": "A" + _GOOD[1:],
    "prefixed": "0x" + _GOOD[2:],
    "not hexadecimal": "g" + _GOOD[1:],
    "blank": " " + _GOOD[1:],
    "fullwidth digit": "６" + _GOOD[1:],
    "identity": encode_point(IDENTITY),
    "identity with a sign": _big_endian(1 | 1 << 255),
    "order two": _big_endian(_PRIME - 1),
    "order four": _big_endian(0),
    "order eight": "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7",
    "torsion added": _with_torsion(),
    "not on the curve": _big_endian(2),
    "not below the prime": _big_endian(_PRIME + 1),
    "all ones": "f" * 64,
    "little-endian generator": GENERATOR.hex(),
}

SCALARS: dict[str, str] = {
    "empty": "",
    "negative": "-1",
    "plus": "+1",
    "leading zero": "01",
    "two zeros": "00",
    "the order": str(ORDER),
    "a thousand digits": "9" * 1000,
    "blank before": " 1",
    "line feed after": "1\n",
    "underscore": "1_0",
    "hexadecimal": "0x1",
    "exponent": "1e3",
    "decimals": "1.0",
    "fullwidth digit": "１",
    "arabic digit": "١",
}

CARDS: dict[str, str] = {
    "empty": "",
    "without dashes": "123456789ABCDEFGHJKLMN",
    "digit zero": "02345-6789AB-CDEFG-HJKLMN",
    "capital o": "O2345-6789AB-CDEFG-HJKLMN",
    "capital i": "I2345-6789AB-CDEFG-HJKLMN",
    "small l": "l2345-6789AB-CDEFG-HJKLMN",
    "one short": "12345-6789AB-CDEFG-HJKLM",
    "one long": "12345-6789AB-CDEFG-HJKLMNP",
    "other groups": "123456-789AB-CDEFG-HJKLMN",
    "blank after": "12345-6789AB-CDEFG-HJKLMN ",
    "line feed after": "12345-6789AB-CDEFG-HJKLMN\n",
    "fullwidth dash": "12345－6789AB-CDEFG-HJKLMN",
}

Tree = dict[str, Any]
Change = Callable[[str, Callable[[Tree], str]], str]


def _spelled(change: Callable[[str], str]) -> Change:
    """Change the text of a ballot and leave its signature alone."""
    return lambda text, _resign: change(text)


def _edited(change: Callable[[Tree], object]) -> Change:
    """Change a ballot's contents and leave its signature alone."""

    def apply(text: str, _resign: Callable[[Tree], str]) -> str:
        changed = json.loads(text)
        change(changed)
        return json.dumps(changed, separators=(",", ":"), ensure_ascii=False)

    return apply


def _resigned(change: Callable[[Tree], object]) -> Change:
    """Change a ballot's contents and sign it again with the same card."""

    def apply(text: str, resign: Callable[[Tree], str]) -> str:
        changed = json.loads(text)
        change(changed)
        return resign(changed)

    return apply


def _bump(proof: Tree, field: str = "response") -> None:
    proof[field] = str((int(proof[field]) + 1) % ORDER)


def _replace(holder: Any, key: Any, change: Callable[[str], str]) -> None:
    holder[key] = change(holder[key])


def _reverse_fields(holder: Tree) -> None:
    fields = list(holder.items())
    holder.clear()
    holder.update(reversed(fields))


def _choice(tree: Tree, question: int = 0, answer: int = 0) -> Tree:
    choice: Tree = tree["answers"][question]["choices"][answer]
    return choice


def _swap(items: list[Any]) -> None:
    items[0], items[1] = items[1], items[0]


def _cancel_challenges(tree: Tree) -> None:
    """Shift weight between two simulated challenges: their sum stays."""
    first, second = tree["answers"][0]["individual_proofs"][0]
    first["challenge"] = str((int(first["challenge"]) + 1) % ORDER)
    second["challenge"] = str((int(second["challenge"]) - 1) % ORDER)


def _torsion_in(tree: Tree) -> None:
    choice = _choice(tree)
    raw = bytes.fromhex(choice["alpha"])[::-1]
    order_two = (_PRIME - 1).to_bytes(32, "little")
    moved = bindings.crypto_core_ed25519_add(raw, order_two)
    choice["alpha"] = encode_point(Point(moved))


def _swap_choices_with_proofs(tree: Tree) -> None:
    _swap(tree["answers"][0]["choices"])
    _swap(tree["answers"][0]["individual_proofs"])


_LAST = 4  # the first question that allows a blank vote

BALLOTS: dict[str, tuple[str, Change]] = {
    "empty": ("ballot.encoding", _spelled(lambda _: "")),
    "not JSON": ("ballot.encoding", _spelled(lambda text: text[:-1])),
    "a list": ("ballot.encoding", _spelled(lambda text: f"[{text}]")),
    "line feed after": ("ballot.encoding", _spelled(lambda text: text + "\n")),
    "blank before": ("ballot.encoding", _spelled(lambda text: " " + text)),
    "blank after a colon": (
        "ballot.encoding",
        _spelled(lambda text: text.replace('":', '": ', 1)),
    ),
    "byte order mark": ("ballot.encoding", _spelled(lambda text: "\ufeff" + text)),
    "escaped letter": (
        "ballot.encoding",
        _spelled(lambda text: text.replace("AbCd", "\\u0041bCd", 1)),
    ),
    "field twice": (
        "ballot.encoding",
        _spelled(lambda text: '{"election_uuid":"x",' + text[1:]),
    ),
    "extra field": (
        "ballot.encoding",
        _edited(lambda tree: tree.update(comment="x")),
    ),
    "extra field in a choice": (
        "ballot.encoding",
        _resigned(lambda tree: _choice(tree).update(gamma="x")),
    ),
    "extra field in a proof": (
        "ballot.encoding",
        _resigned(
            lambda tree: tree["answers"][0]["overall_proof"][0].update(comment="x")
        ),
    ),
    "null field": (
        "ballot.encoding",
        _resigned(lambda tree: tree["answers"][0].update(blank_proof=None)),
    ),
    "missing field": (
        "ballot.encoding",
        _resigned(lambda tree: tree["answers"][0].pop("overall_proof")),
    ),
    "fields of a choice reordered": (
        "ballot.encoding",
        _resigned(lambda tree: _reverse_fields(_choice(tree))),
    ),
    "fields of the ballot reordered": ("ballot.encoding", _edited(_reverse_fields)),
    "upper-case point": (
        "ballot.encoding",
        _resigned(lambda tree: _replace(_choice(tree), "alpha", str.upper)),
    ),
    "prefixed point": (
        "ballot.encoding",
        _resigned(
            lambda tree: _replace(_choice(tree), "beta", lambda text: "0x" + text)
        ),
    ),
    "leading zero in a response": (
        "ballot.encoding",
        _resigned(
            lambda tree: _replace(
                tree["answers"][0]["overall_proof"][0],
                "response",
                lambda text: "0" + text,
            )
        ),
    ),
    "challenge above the order": (
        "ballot.encoding",
        _resigned(
            lambda tree: _replace(
                tree["answers"][0]["overall_proof"][0],
                "challenge",
                lambda text: str(int(text) + ORDER),
            )
        ),
    ),
    "response as a number": (
        "ballot.encoding",
        _resigned(
            lambda tree: tree["answers"][0]["overall_proof"][0].update(response=1)
        ),
    ),
    "identity as alpha": (
        "ballot.encoding",
        _resigned(lambda tree: _choice(tree).update(alpha=encode_point(IDENTITY))),
    ),
    "identity as beta": (
        "ballot.encoding",
        _resigned(lambda tree: _choice(tree).update(beta=encode_point(IDENTITY))),
    ),
    "identity as credential": (
        "ballot.encoding",
        _edited(lambda tree: tree.update(credential=encode_point(IDENTITY))),
    ),
    "an answer left out": (
        "ballot.encoding",
        _resigned(lambda tree: tree["answers"].pop()),
    ),
    "an answer too many": (
        "ballot.encoding",
        _resigned(lambda tree: tree["answers"].append(tree["answers"][0])),
    ),
    "a choice left out": (
        "ballot.encoding",
        _resigned(lambda tree: tree["answers"][0]["choices"].pop()),
    ),
    "an individual proof left out": (
        "ballot.encoding",
        _resigned(lambda tree: tree["answers"][0]["individual_proofs"].pop()),
    ),
    "another election": (
        "ballot.election",
        _resigned(lambda tree: tree.update(election_uuid="zzzzzzzzzzzzzz")),
    ),
    "another fingerprint": (
        "ballot.election",
        _resigned(lambda tree: tree.update(election_hash="A" * 43)),
    ),
    "unknown credential": (
        "ballot.credential",
        _resigned(lambda tree: tree.update(credential=_GOOD)),
    ),
    "changed after signing": (
        "ballot.signature",
        _edited(lambda tree: _swap(tree["answers"])),
    ),
    "signature of another hash": (
        "ballot.signature",
        _edited(lambda tree: tree["signature"].update(hash="A" * 43)),
    ),
    "wrong signature": (
        "ballot.signature",
        _edited(lambda tree: _bump(tree["signature"]["proof"])),
    ),
    "wrong individual proof": (
        "ballot.individual_proof",
        _resigned(lambda tree: _bump(tree["answers"][2]["individual_proofs"][4][1])),
    ),
    "individual challenges shifted": (
        "ballot.individual_proof",
        _resigned(_cancel_challenges),
    ),
    "individual proofs swapped": (
        "ballot.individual_proof",
        _resigned(lambda tree: _swap(tree["answers"][0]["individual_proofs"])),
    ),
    "individual proof one short": (
        "ballot.individual_proof",
        _resigned(lambda tree: tree["answers"][0]["individual_proofs"][0].pop()),
    ),
    "choices swapped": (
        "ballot.individual_proof",
        _resigned(lambda tree: _swap(tree["answers"][0]["choices"])),
    ),
    "alpha and beta swapped": (
        "ballot.individual_proof",
        _resigned(
            lambda tree: _choice(tree).update(
                alpha=_choice(tree)["beta"], beta=_choice(tree)["alpha"]
            )
        ),
    ),
    "alpha outside the group": ("ballot.individual_proof", _resigned(_torsion_in)),
    "beta not on the curve": (
        "ballot.individual_proof",
        _resigned(lambda tree: _choice(tree).update(beta=_big_endian(2))),
    ),
    "choices swapped with their proofs": (
        "ballot.overall_proof",
        _resigned(_swap_choices_with_proofs),
    ),
    "wrong overall proof": (
        "ballot.overall_proof",
        _resigned(lambda tree: _bump(tree["answers"][2]["overall_proof"][0])),
    ),
    "overall proof one long": (
        "ballot.overall_proof",
        _resigned(
            lambda tree: tree["answers"][0]["overall_proof"].append(
                tree["answers"][0]["overall_proof"][0]
            )
        ),
    ),
    "wrong overall proof beside a blank one": (
        "ballot.overall_proof",
        _resigned(lambda tree: _bump(tree["answers"][_LAST]["overall_proof"][0])),
    ),
    "blank proof missing": (
        "ballot.blank_proof",
        _resigned(lambda tree: tree["answers"][_LAST].pop("blank_proof")),
    ),
    "blank proof where none may be": (
        "ballot.blank_proof",
        _resigned(
            lambda tree: tree["answers"][0].update(
                blank_proof=tree["answers"][_LAST]["blank_proof"]
            )
        ),
    ),
    "wrong blank proof": (
        "ballot.blank_proof",
        _resigned(
            lambda tree: _bump(tree["answers"][_LAST]["blank_proof"][1], "challenge")
        ),
    ),
    "blank proof one long": (
        "ballot.blank_proof",
        _resigned(
            lambda tree: tree["answers"][_LAST]["blank_proof"].append(
                tree["answers"][_LAST]["blank_proof"][0]
            )
        ),
    ),
}
