import pickle

import pytest

from crypto.errors import (
    BoardError,
    EncodingError,
    GroupError,
    ProofError,
    ProtocolError,
    checking,
)

KINDS = [EncodingError, GroupError, ProofError, BoardError]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_is_a_protocol_error_and_names_its_check(
    kind: type[ProtocolError],
) -> None:
    error = kind("it is wrong", check="ballot.signature")

    assert isinstance(error, ProtocolError)
    assert (str(error), error.check) == ("it is wrong", "ballot.signature")
    assert kind("it is wrong").check == ""


def test_errors_travel_between_processes() -> None:
    error = pickle.loads(  # noqa: S301 (our own bytes)
        pickle.dumps(ProofError("it is wrong", check="ballot.signature"))
    )

    assert isinstance(error, ProofError)
    assert (str(error), error.check) == ("it is wrong", "ballot.signature")


def test_checking_names_what_has_no_name() -> None:
    with pytest.raises(ProofError) as caught, checking("outer"):
        raise ProofError("it is wrong")

    assert caught.value.check == "outer"


def test_the_innermost_name_stays() -> None:
    with pytest.raises(ProofError) as caught, checking("outer"), checking("inner"):
        raise ProofError("it is wrong")

    assert caught.value.check == "inner"


def test_checking_leaves_other_errors_alone() -> None:
    with pytest.raises(KeyError), checking("outer"):
        raise KeyError
