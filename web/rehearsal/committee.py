"""The virtual counting committee: each member keeps a seed and nothing else."""

from dataclasses import dataclass, field

from crypto import pedersen, tally
from crypto.setup import Setup, SetupBytes
from web.rehearsal.client import Client, Json, wait_until


@dataclass
class Member:
    """One member in a browser of their own; the seed is the key card."""

    client: Client
    election: str
    index: int
    name: str
    seed: str = field(default_factory=pedersen.new_seed, repr=False)

    @classmethod
    def join(cls, url: str, code: str) -> "Member":
        """Enter with a one-time code."""
        client = Client(url)
        client.refresh()
        joined = client.post("/api/join", {"code": code})
        client.refresh()
        return cls(client, joined["election"], joined["index"], joined["name"])

    def state(self) -> Json:
        """Return the election as this member's page sees it."""
        return self.client.get(self._path())

    def send_certificate(self, size: int, threshold: int) -> None:
        """Round 1: say who I am."""
        text = pedersen.make_certificate(self.seed, size, threshold, self.index)
        self._post("certificate", text)

    def send_polynomial(self) -> None:
        """Round 2: deal shares to everyone."""
        certificates = self._certificates()
        self._post("polynomial", pedersen.make_polynomial(self.seed, certificates))

    def send_voutput(self) -> None:
        """Round 3: check what the others dealt, and publish my verification key."""
        dealt = self.client.get(self._path("vinput"))
        certificates = [text.encode() for text in dealt["certificates"]]
        vinput = str(dealt["vinput"]).encode()
        self._post(
            "voutput",
            pedersen.make_voutput(self.seed, certificates, vinput, self.index),
        )

    def open_test(self) -> None:
        """Open the test with the key card, as the real count will be opened."""
        test = self.client.get(self._path("test"))
        self._post("test", self._decrypt(test))

    def report_zero(self) -> None:
        """Look at the box before the vote: it must be empty."""
        self.client.post(self._path("zero-report"))

    def unseal(self) -> None:
        """Decrypt this member's share of the sums."""
        self._post("partial-decryption", self._decrypt(self.await_unsealing()))

    def await_unsealing(self) -> Json:
        """Wait until the sums may be opened and return them."""
        wait_until("the count", lambda: self.state()["phase"] == "unsealing")
        return self.client.get(self._path("unseal"))

    def confirm(self) -> None:
        """Confirm the totals."""
        self.client.post(self._path("confirm"), {"accepted": True, "note": ""})

    def archive(self) -> bytes:
        """Return the whole archive of the count."""
        return self.client.get_bytes(self._path("archive.bel"))

    def _decrypt(self, sums: Json) -> bytes:
        setup = Setup.load(
            SetupBytes(
                election=sums["election"].encode(),
                trustees=sums["trustees"].encode(),
                credentials=sums["credentials"].encode(),
            )
        )
        key = pedersen.private_key(self.seed, sums["private_key"])
        return tally.make_partial_decryption(
            setup, sums["encrypted_tally"].encode(), key
        )

    def _certificates(self) -> list[bytes]:
        listed = self.client.get(self._path("certificates"))["certificates"]
        return [text.encode() for text in listed]

    def _post(self, what: str, text: bytes) -> None:
        self.client.post(self._path(what), {"text": text.decode()})

    def _path(self, rest: str = "") -> str:
        path = f"/api/elections/{self.election}"
        return f"{path}/{rest}" if rest else path


def join_all(leader: Client, election: str) -> list[Member]:
    """Let every member in with a code that the leader hands out."""
    wait_until(
        "the committee's convening",
        lambda: any(
            known["uuid"] == election
            for known in leader.get("/api/elections")["elections"]
        ),
    )
    codes = leader.post(f"/api/elections/{election}/join-codes")["codes"]
    return [Member.join(leader.url, str(code["code"])) for code in codes]


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
