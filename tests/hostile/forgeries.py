"""Every forgery with the checks that must name it, and what the stock tool says."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.hostile import ballots, board, files


@dataclass(frozen=True)
class Forgery:
    """A lying archive.

    Attributes:
        make: builds the archive.
        failing: the checks that must fail, and no others.
        stock_accepts: belenios-tool 3.0 `election verify` lets it pass.
    """

    make: Callable[[], bytes]
    failing: frozenset[str]
    stock_accepts: bool = False


def _accepted(make: Callable[[], bytes], *failing: str) -> Forgery:
    return Forgery(make, frozenset(failing), stock_accepts=True)


def _refused(make: Callable[[], bytes], *failing: str) -> Forgery:
    return Forgery(make, frozenset(failing))


# The rows of PROTOCOL.md, "What stock belenios-tool really checks".
TABLE = {
    "tampered ballot": _accepted(ballots.tampered_ballot, "ballots.signature"),
    "unknown credential": _accepted(ballots.unknown_credential, "ballots.credential"),
    "forged signature": _accepted(ballots.forged_signature, "ballots.signature"),
    "replayed ballot": _accepted(
        ballots.replayed_ballot, "ballots.cards", "ballots.replay"
    ),
    "wrong encrypted tally": _accepted(board.wrong_tally, "tally.ballots"),
    "a ballot left out": _accepted(
        board.ballot_left_out, "tally.ballots", "tally.counts"
    ),
    "wrong counts": _accepted(board.wrong_counts, "tally.counts"),
    "two encrypted tallies": _accepted(board.two_tallies, "board.order"),
    "two EndBallots": _accepted(board.two_end_ballots, "board.order"),
    "second Setup": _accepted(board.second_setup, "board.order"),
    "no EndBallots": _accepted(board.no_end_ballots, "board.order"),
    "ballot after the result": _accepted(board.ballot_after_result, "board.order"),
    "no shuffle before decrypting": _accepted(
        board.write_in_election, "board.order", "setup.questions"
    ),
    "two decryptions of one owner": _accepted(
        board.two_decryptions, "decryption.owners"
    ),
    "blank-jam ballot": _accepted(ballots.blank_jam, "ballots.proofs", "tally.ballots"),
    "wrong decryption": _refused(
        board.wrong_decryption, "decryption.proofs", "decryption.complete"
    ),
    "swapped decryptions": _refused(
        board.swapped_decryptions, "decryption.proofs", "decryption.complete"
    ),
    "missing decryption": _refused(board.missing_decryption, "decryption.complete"),
    "wrong result": _refused(board.wrong_result, "result"),
    "extra record": _refused(files.extra_record, "archive.records"),
    "trailing zeros": _refused(files.trailing_zeros, "archive.form"),
}

MORE = {
    "wrong proof": _accepted(ballots.wrong_proof, "ballots.proofs"),
    "ballot for another election": _accepted(ballots.other_election, "ballots.form"),
    "upper-case ballot": _accepted(ballots.upper_case, "ballots.form", "tally.ballots"),
    "extra field in an answer": _accepted(
        ballots.extra_field, "ballots.form", "tally.ballots"
    ),
    "torsion in a ciphertext": _accepted(
        ballots.torsion_ciphertext, "ballots.proofs", "tally.ballots"
    ),
    "identity in a ciphertext": _accepted(
        ballots.identity_ciphertext, "ballots.form", "tally.ballots"
    ),
    "copied answer": _accepted(
        ballots.copied_answer, "ballots.proofs", "ballots.replay"
    ),
    "card voted twice": _accepted(ballots.revote, "ballots.cards"),
    "first of two ballots counted": _accepted(
        ballots.revote_first_counts, "ballots.cards", "tally.ballots"
    ),
    "two results": _accepted(board.two_results, "board.order"),
    "decryption of an unknown trustee": _refused(
        board.unknown_owner, "decryption.proofs"
    ),
    "extra record inside": _refused(files.extra_record_inside, "archive.records"),
    "records out of order": _refused(files.records_out_of_order, "archive.records"),
    "wrong time": _refused(files.wrong_time, "archive.form"),
    "ustar magic": _refused(files.ustar, "archive.form"),
    "dropped event": _refused(
        files.dropped_event, "board.chain", "tally.ballots", "tally.counts"
    ),
    "re-spelled event": _refused(
        files.respelled_event, "board.chain", "board.order", "result"
    ),
    "unproven trustee": _refused(files.unproven_trustee, "setup.trustees"),
    "foreign key": _refused(files.foreign_key, "setup.key"),
    "card of low order": _accepted(files.low_order_card, "setup.credentials"),
    "repeated card": _accepted(files.repeated_card, "setup.credentials"),
    "later version": _refused(files.later_version, "setup.election"),
}

FORGERIES = TABLE | MORE
