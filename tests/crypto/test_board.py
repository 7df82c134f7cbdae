import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.board import Board
from crypto.errors import BoardError
from crypto.events import WITHOUT_PAYLOAD, Event, EventType

PLAIN = re.compile(r"S(B*(E(T(D+R?)?)?)?)?")
SHUFFLED = re.compile(r"S(B*(E(T(H+(N(D+R?)?)?)?)?)?)?")
LETTERS = {
    "S": EventType.SETUP,
    "B": EventType.BALLOT,
    "E": EventType.END_BALLOTS,
    "T": EventType.ENCRYPTED_TALLY,
    "H": EventType.SHUFFLE,
    "N": EventType.END_SHUFFLES,
    "D": EventType.PARTIAL_DECRYPTION,
    "R": EventType.RESULT,
}


def payload(number: int) -> str:
    return f"{number:064x}"


def grow(board: Board, kind: EventType, owner: int | None = None) -> str:
    needed = None if kind in WITHOUT_PAYLOAD else payload(board.height)
    if kind is EventType.PARTIAL_DECRYPTION and owner is None:
        owner = board.height
    return board.append(board.next_event(kind, needed), owner=owner)


def grown(letters: str, *, shuffles: bool = False) -> Board:
    board = Board(shuffles=shuffles)
    for letter in letters:
        grow(board, LETTERS[letter])
    return board


def test_a_whole_election() -> None:
    board = grown("SBBETDDR")

    assert (board.height, board.ballots, len(board.owners)) == (7, 2, 2)
    assert board.last is EventType.RESULT
    assert not board.expected


@given(st.text(alphabet="SBETHNDR", max_size=10), st.booleans())
def test_exactly_the_grammar_is_accepted(letters: str, shuffles: bool) -> None:  # noqa: FBT001
    grammar = SHUFFLED if shuffles else PLAIN
    if letters == "" or grammar.fullmatch(letters):
        assert grown(letters, shuffles=shuffles).height == len(letters) - 1
    else:
        with pytest.raises(BoardError) as caught:
            grown(letters, shuffles=shuffles)
        assert caught.value.check == "board.order"


def test_the_head_is_the_hash_of_the_last_event() -> None:
    board = Board()
    event = board.next_event(EventType.SETUP, payload(1))

    assert board.append(event) == event.hash == board.head


BAD_LINKS = {
    "other parent": Event(
        parent=payload(9), height=1, type=EventType.BALLOT, payload=payload(1)
    ),
    "no parent": Event(height=1, type=EventType.BALLOT, payload=payload(1)),
    "other height": None,
}


@pytest.mark.parametrize("name", BAD_LINKS)
def test_an_event_must_extend_the_head(name: str) -> None:
    board = grown("S")
    event = BAD_LINKS[name] or Event(
        parent=board.head, height=2, type=EventType.BALLOT, payload=payload(1)
    )

    with pytest.raises(BoardError) as caught:
        board.append(event)

    assert caught.value.check == "board.chain"
    assert board.height == 0


@pytest.mark.parametrize(
    ("letters", "kind", "hashed"),
    [("S", EventType.BALLOT, None), ("S", EventType.END_BALLOTS, payload(1))],
)
def test_payloads_where_they_belong(
    letters: str, kind: EventType, hashed: str | None
) -> None:
    board = grown(letters)

    with pytest.raises(BoardError) as caught:
        board.append(board.next_event(kind, hashed))

    assert caught.value.check == "board.payload"


def test_a_ballot_is_on_the_board_once() -> None:
    board = grown("S")
    board.append(board.next_event(EventType.BALLOT, payload(5)))

    with pytest.raises(BoardError) as caught:
        board.append(board.next_event(EventType.BALLOT, payload(5)))

    assert caught.value.check == "board.replay"
    assert board.ballots == 1


def test_a_trustee_decrypts_once() -> None:
    board = grown("SET")
    grow(board, EventType.PARTIAL_DECRYPTION, owner=3)

    with pytest.raises(BoardError) as caught:
        grow(board, EventType.PARTIAL_DECRYPTION, owner=3)

    assert caught.value.check == "board.owner"
    assert board.owners == {3}


def test_only_a_decryption_has_an_owner_and_it_must() -> None:
    board = grown("SE")
    with pytest.raises(BoardError):
        grow(board, EventType.ENCRYPTED_TALLY, owner=1)
    grow(board, EventType.ENCRYPTED_TALLY)
    with pytest.raises(BoardError):
        board.append(board.next_event(EventType.PARTIAL_DECRYPTION, payload(1)))
