"""The virtual counting committee: each member keeps a seed and nothing else.

A member's browser also recomputes the sums from the public board before it opens
them; here each member counts the whole archive before the totals are confirmed.
"""

from dataclasses import asdict, dataclass, field, replace

from crypto import pedersen, tally
from crypto.setup import Setup, SetupBytes
from crypto.statement import make_statement_proofs
from web.rehearsal.client import Client, Json, wait_until
from web.rehearsal.errors import RehearsalError
from web.rehearsal.own_count import counted

_TOOL_SECONDS = 600.0  # belenios-tool, where it is installed, is waited for
NO_CREDENTIALS = b"[]"  # decrypting needs none


@dataclass
class Member:
    """One member in a browser of their own; the seed is the key card.

    `key_uuid` is the election that the key was made for, as the key card says.
    """

    client: Client
    election: str
    index: int
    name: str
    seed: str = field(default_factory=pedersen.new_seed, repr=False)
    key_uuid: str = ""

    def __post_init__(self) -> None:
        """Take the key for this election's own unless told otherwise."""
        self.key_uuid = self.key_uuid or self.election

    @classmethod
    def join(cls, url: str, code: str) -> "Member":
        """Enter with a one-time code."""
        client = Client(url)
        client.refresh()
        joined = client.post("/api/join", {"code": code})
        client.refresh()
        return cls(client, joined["election"], joined["index"], joined["name"])

    def follow(self, uuid: str) -> "Member":
        """Go on to a later election that keeps the key: same browser, same card.

        Raises:
            RehearsalError: that election has another key, or this browser no seat.
        """
        later = replace(self, election=uuid)
        state = later.state()
        if (state["me"], state["key_uuid"]) != (self.index, self.key_uuid):
            raise RehearsalError(f"{uuid} does not keep the key of {self.key_uuid}")
        return later

    def state(self) -> Json:
        """Return the election as this member's page sees it."""
        return self.client.get(self._path())

    def send_certificate(self, size: int, threshold: int) -> None:
        """Round 1: say who I am."""
        text = pedersen.make_certificate(self.seed, size, threshold, self.index)
        self._post("certificate", text)

    def send_polynomial(self) -> None:
        """Round 2: deal shares to everyone."""
        listed = self.client.get(self._path("certificates"))["certificates"]
        self._post("polynomial", pedersen.make_polynomial(self.seed, _texts(listed)))

    def send_voutput(self) -> None:
        """Round 3: check what the others dealt, and publish my verification key."""
        dealt = self.client.get(self._path("vinput"))
        voutput = pedersen.make_voutput(
            self.seed,
            _texts(dealt["certificates"]),
            dealt["vinput"].encode(),
            self.index,
        )
        self._post("voutput", voutput)

    def open_test(self) -> None:
        """Open the test with the key card, as the real count will be opened."""
        test = self.client.get(self._path("test"))
        share = self._decrypt(test, test["trustees"].encode())
        self.client.post(self._path("test"), share)

    def report_zero(self) -> None:
        """Look at the box before the vote: it must be empty."""
        self.client.post(self._path("zero-report"))

    def tell_numbers(self) -> None:
        """Announce to the room how many cards were issued and ballots cast."""
        self.client.post(self._path("tell-numbers"))

    def unseal(self) -> None:
        """Decrypt this member's share of the sums."""
        sums = self.client.get(self._path("unseal"))
        with Client(sums["kiosk_url"]) as kiosk:
            trustees = kiosk.get_bytes(f"/api/elections/{self.election}/trustees.json")
        share = self._decrypt(sums, trustees)
        self.client.post(self._path("partial-decryption"), share)

    def await_phase(self, *phases: str) -> Json:
        """Wait until the election is in one of these phases and return it."""

        def reached() -> Json:
            state = self.state()
            return state if state["phase"] in phases else {}

        return wait_until(f"phase {' or '.join(phases)}", reached)

    def own_count(self) -> None:
        """Count the archive, and see whether the service counted the same.

        Raises:
            RehearsalError: it did not, or the archive does not hold together.
        """
        mine = asdict(counted(self.archive()))
        if not self.client.post(self._path("own-count"), mine)["agrees"]:
            raise RehearsalError(f"member {self.index} counted otherwise")

    def confirm(self) -> None:
        """Confirm the totals, once they are this member's own."""
        self.client.post(self._path("confirm"), {"accepted": True, "note": ""})

    def archive(self) -> bytes:
        """Return the whole archive of the count."""
        return self.client.get_bytes(self._path("archive.bel"))

    def _decrypt(self, sums: Json, trustees: bytes) -> Json:
        setup = Setup.load(
            SetupBytes(sums["election"].encode(), trustees, NO_CREDENTIALS)
        )
        key = pedersen.private_key(self.seed, sums["private_key"])
        encrypted = sums["encrypted_tally"].encode()
        share = tally.make_partial_decryption(setup, encrypted, key)
        statement = make_statement_proofs(setup, encrypted, key)
        return {"text": share.decode(), "statement": statement.decode()}

    def _post(self, what: str, text: bytes) -> None:
        self.client.post(self._path(what), {"text": text.decode()})

    def _path(self, rest: str = "") -> str:
        path = f"/api/elections/{self.election}"
        return f"{path}/{rest}" if rest else path


def close(leader: Client, election: str) -> None:
    """Let the leader end the count, once belenios-tool is done if it is installed."""
    path = f"/api/elections/{election}"
    wait_until(
        "belenios-tool",
        lambda: leader.get(path)["closing"] != "tool_running",
        seconds=_TOOL_SECONDS,
    )
    leader.post(f"{path}/close")


def join_all(leader: Client, election: str) -> list[Member]:
    """Let every member in with a code that the leader hands out."""
    wait_until(
        "the committee's convening",
        lambda: _listed(leader, election),
    )
    codes = leader.post(f"/api/elections/{election}/join-codes", {"index": None})
    return [Member.join(leader.url, str(one["code"])) for one in codes["codes"]]


def follow_all(members: list[Member], uuid: str) -> list[Member]:
    """Take the whole committee to a later election that keeps its key.

    No codes and no ceremony: convening it made it ready.
    """
    wait_until(
        "the later election's convening", lambda: _listed(members[0].client, uuid)
    )
    return [member.follow(uuid) for member in members]


def make_key(members: list[Member], threshold: int) -> None:
    """Play the whole ceremony: three rounds, then the test with the real cards."""
    for member in members:
        member.send_certificate(len(members), threshold)
    for member in members:
        member.send_polynomial()
    for member in members:
        member.send_voutput()
    for member in members:
        member.open_test()


def _listed(client: Client, uuid: str) -> bool:
    listed = client.get("/api/elections")["elections"]
    return any(known["uuid"] == uuid for known in listed)


def _texts(listed: list[str]) -> list[bytes]:
    return [text.encode() for text in listed]
