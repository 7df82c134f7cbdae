"""Ballots both ways: belenios-tool takes ours, we take belenios-tool's."""

import json

import pytest

from crypto import ballot, credentials, election, trustees
from crypto.encoding import fingerprint
from crypto.errors import ProtocolError
from crypto.group import power_of_generator, random_scalar
from crypto.setup import Setup, SetupBytes
from tests.conformance.oracle import BeleniosTool, RefusedError
from tests.vectors.generate import FOLDER, PAPERS, QUESTIONS, UUID

TEMPLATE = [
    {
        "answers": list(question.answers),
        **({"blank": True} if question.blank else {}),
        "min": question.min,
        "max": question.max,
        "question": question.question,
    }
    for question in QUESTIONS
]


def our_election(tool: BeleniosTool) -> tuple[Setup, list[str]]:
    private = random_scalar()
    cards = [credentials.new_credential() for _ in range(3)]
    source = SetupBytes(
        election=election.write_election(
            uuid=UUID,
            name="Hội nghị mẫu 😀",
            description='"Bầu" \\ thử',
            public_key=power_of_generator(private),
            questions=QUESTIONS,
        ),
        trustees=b'[["Single",' + trustees.make_trustee_key(private) + b"]]",
        credentials=credentials.public_credentials_json(
            credentials.public_credential(UUID, card) for card in cards
        ),
    )
    tool.open_election(source.election, source.trustees, source.credentials)
    return Setup.load(source), cards


def its_election(tool: BeleniosTool) -> tuple[Setup, list[str]]:
    tool.make_trustee()
    tool.make_election(UUID, TEMPLATE)
    cards = tool.make_credentials(UUID, 3)
    names = ("election.json", "trustees.json", "public_creds.json")
    source = SetupBytes(*(tool.read(name) for name in names))
    tool.run("archive", "init")
    return Setup.load(source), cards


def verify(tool: BeleniosTool, raw: bytes | str) -> None:
    tool.write("ballot.json", raw)
    tool.run("election", "verify-ballot", "--ballot", "ballot.json")


def generate(tool: BeleniosTool, card: str, marks: object) -> bytes:
    tool.write("choice.json", json.dumps(marks))
    tool.write("card.txt", card)
    options = ("--privcred", "card.txt", "--choice", "choice.json")
    return tool.run("election", "generate-ballot", *options).strip().encode()


def test_the_oracle_speaks_our_version(belenios_tool: BeleniosTool) -> None:
    """A newer belenios-tool means rereading the specification, not a skip."""
    assert belenios_tool.version().startswith("3.0")


@pytest.mark.parametrize("name", PAPERS)
def test_it_takes_our_ballot(belenios_tool: BeleniosTool, name: str) -> None:
    setup, cards = our_election(belenios_tool)
    raw = ballot.make_ballot(setup.source.election, cards[1], PAPERS[name])

    verify(belenios_tool, raw)

    text = raw.decode()
    assert belenios_tool.run("sha256-b64", text=text).strip() == ballot.tracker(raw)


@pytest.mark.parametrize("name", PAPERS)
def test_it_takes_our_ballot_to_its_election(
    belenios_tool: BeleniosTool, name: str
) -> None:
    setup, cards = its_election(belenios_tool)

    verify(
        belenios_tool,
        ballot.make_ballot(setup.source.election, cards[2], PAPERS[name]),
    )


@pytest.mark.parametrize("name", PAPERS)
def test_we_take_its_ballot(belenios_tool: BeleniosTool, name: str) -> None:
    setup, cards = its_election(belenios_tool)
    raw = generate(belenios_tool, cards[0], PAPERS[name])

    accepted = ballot.check_ballot(raw, setup)

    assert accepted.credential == credentials.public_credential(UUID, cards[0])
    assert setup.credentials[accepted.credential] == 1


@pytest.mark.parametrize("name", PAPERS)
def test_we_take_its_ballot_to_our_election(
    belenios_tool: BeleniosTool, name: str
) -> None:
    setup, cards = our_election(belenios_tool)

    ballot.check_ballot(generate(belenios_tool, cards[0], PAPERS[name]), setup)


def test_we_derive_the_same_cards(belenios_tool: BeleniosTool) -> None:
    setup, cards = its_election(belenios_tool)
    points = [credentials.public_credential(UUID, card) for card in cards]

    assert credentials.public_credentials_json(points) == setup.source.credentials


def test_we_write_an_election_like_it(belenios_tool: BeleniosTool) -> None:
    setup, _ = its_election(belenios_tool)
    paper = setup.election

    written = election.write_election(
        uuid=paper.uuid,
        name=paper.name,
        description=paper.description,
        public_key=paper.public_key,
        questions=paper.questions,
        administrator=paper.administrator,
        credential_authority=paper.credential_authority,
    )

    assert written == setup.source.election
    assert fingerprint(written) == setup.fingerprint


IT_TAKES = {
    "line feed after",
    "extra field in a choice",
    "extra field in a proof",
    "null field",
    "fields of a choice reordered",
    "upper-case point",
    "leading zero in a response",
    "made for a question without a blank vote",
}
REFUSED = json.loads((FOLDER / "ballots.json").read_text("utf-8"))["refused"]


@pytest.mark.parametrize("entry", REFUSED, ids=lambda entry: entry["name"])
def test_where_we_are_stricter(
    belenios_tool: BeleniosTool, vector_setup: SetupBytes, entry: dict[str, str]
) -> None:
    """It refuses what we refuse, except for the names above."""
    belenios_tool.open_election(
        vector_setup.election, vector_setup.trustees, vector_setup.credentials
    )
    with pytest.raises(ProtocolError):
        ballot.check_ballot(entry["ballot"].encode(), Setup.load(vector_setup))

    if entry["name"] in IT_TAKES:
        verify(belenios_tool, entry["ballot"])
        return
    with pytest.raises(RefusedError):
        verify(belenios_tool, entry["ballot"])


def test_it_takes_the_vectors(
    belenios_tool: BeleniosTool, vector_setup: SetupBytes
) -> None:
    belenios_tool.open_election(
        vector_setup.election, vector_setup.trustees, vector_setup.credentials
    )
    for made in json.loads((FOLDER / "ballots.json").read_text("utf-8"))["ballots"]:
        verify(belenios_tool, made["ballot"])
