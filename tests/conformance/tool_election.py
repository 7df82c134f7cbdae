"""A whole election played by belenios-tool's own commands."""

import json
from dataclasses import dataclass
from typing import Any

from crypto.setup import Setup, SetupBytes
from tests.conformance.ceremony import MixedCommittee
from tests.conformance.oracle import BeleniosTool

UUID = "5E5wA6kEqJkJH5"


@dataclass(frozen=True)
class ToolElection:
    """An election in the tool's folder."""

    tool: BeleniosTool
    setup: Setup
    cards: list[str]

    def vote(self, card: int, marks: object) -> bytes:
        """Make a ballot and cast it."""
        self.tool.write("choice.json", json.dumps(marks))
        self.tool.write("card.txt", self.cards[card])
        options = ("--privcred", "card.txt", "--choice", "choice.json")
        raw = self.tool.run("election", "generate-ballot", *options).strip()
        self.add("Ballot", raw)
        return raw.encode()

    def add(self, kind: str, text: str = "") -> None:
        """Append an event about these lines."""
        self.tool.run("archive", "add-event", "--type", kind, text=text)

    def close(self) -> None:
        """End the voting and publish the encrypted tally."""
        self.add("EndBallots")
        self.add("EncryptedTally", self.tool.run("election", "compute-encrypted-tally"))

    def decrypt(self, owner: int, private_key: str) -> None:
        """Let a Single trustee decrypt; the key is a file's content."""
        self.tool.write("private.key", private_key)
        options = ("--privkey", "private.key", "--trustee-id", str(owner))
        self.add("PartialDecryption", self.tool.run("election", "decrypt", *options))

    def decrypt_as_member(
        self, owner: int, committee: MixedCommittee, place: int
    ) -> None:
        """Let a member of a threshold group decrypt with its seed."""
        self.tool.write("member.key", committee.seeds[place - 1])
        self.tool.write("member.dkey", committee.locked_keys[place - 1])
        options = ("--key", "member.key", "--decryption-key", "member.dkey")
        self.add(
            "PartialDecryption",
            self.tool.run(
                "election", "decrypt-threshold", *options, "--trustee-id", str(owner)
            ),
        )

    def publish_result(self) -> None:
        """Compute and publish the result."""
        self.add("Result", self.tool.run("election", "compute-result"))

    def archive(self) -> bytes:
        """Return the archive as the tool wrote it."""
        return (self.tool.folder / f"{UUID}.bel").read_bytes()


def open_election(
    tool: BeleniosTool,
    questions: list[Any],
    *,
    committee: MixedCommittee | None = None,
    singles: int = 0,
    weights: bool = False,
) -> tuple[ToolElection, list[str]]:
    """Let the tool set up an election; returns the private keys of Singles, too."""
    privates = _make_trustees(tool, committee, singles)
    tool.make_election(UUID, questions)
    cards = tool.make_credentials(UUID, 3)
    if weights:
        points = json.loads(tool.read("public_creds.json"))
        listed = [f"{point},{at + 2}" for at, point in enumerate(points)]
        tool.write("public_creds.json", json.dumps(listed, separators=(",", ":")))
    names = ("election.json", "trustees.json", "public_creds.json")
    source = SetupBytes(*(tool.read(name) for name in names))
    tool.run("archive", "init")
    return ToolElection(tool, Setup.load(source), cards), privates


def _make_trustees(
    tool: BeleniosTool, committee: MixedCommittee | None, singles: int
) -> list[str]:
    keys = []
    for _ in range(singles):
        tool.run("setup", "generate-trustee-key", "--group", "Ed25519")
        (public,) = tool.folder.glob("*.pubkey")
        (private,) = tool.folder.glob("*.privkey")
        keys.append((public.read_text().strip(), private.read_text().strip()))
        public.unlink()
        private.unlink()
    # The tool wants this file even where there is nobody to list.
    lines = "".join(public + "\n" for public, _ in keys)
    tool.write("public_keys.jsons", lines)
    if committee is not None:
        tool.write("threshold.json", committee.parameters)
    tool.run("setup", "make-trustees")
    return [private for _, private in keys]
