"""Key ceremonies in which belenios-tool and we play together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crypto import pedersen
from crypto.group import Scalar
from tests.conformance.oracle import GROUP, BeleniosTool

Player = Literal["ours", "its"]
_STEP = ("setup", "generate-trustee-key-threshold", *GROUP)


@dataclass(frozen=True)
class MixedCommittee:
    """The outcome of a ceremony.

    Attributes:
        parameters: what is published.
        private_keys: every member's, opened with our code.
        seeds: every member's.
        locked_keys: what only the member can open.
    """

    parameters: bytes
    private_keys: tuple[Scalar, ...]
    seeds: tuple[str, ...]
    locked_keys: tuple[str, ...]


def hold(
    tool: BeleniosTool, players: Sequence[Player], threshold: int, server: Player
) -> MixedCommittee:
    """Play a ceremony; each member and the server is the tool's or ours."""
    return _Ceremony(tool, players, threshold, server).play()


class _Ceremony:
    def __init__(
        self,
        tool: BeleniosTool,
        players: Sequence[Player],
        threshold: int,
        server: Player,
    ) -> None:
        self.tool, self.players, self.server = tool, players, server
        self.size, self.threshold = len(players), threshold
        self.names: list[str] = []
        self.seeds: list[str] = []

    def play(self) -> MixedCommittee:
        self.certs = [self.certificate(at) for at in range(1, self.size + 1)]
        self.check_certificates()
        self.polynomials = [self.polynomial(at) for at in range(self.size)]
        self.vinputs = self.make_vinputs()
        voutputs = [self.voutput(at) for at in range(self.size)]
        locked = tuple(map(pedersen.voutput_private_key, voutputs))
        return MixedCommittee(
            parameters=self.publish(voutputs),
            private_keys=tuple(map(pedersen.private_key, self.seeds, locked)),
            seeds=tuple(self.seeds),
            locked_keys=locked,
        )

    def certificate(self, index: int) -> bytes:
        if self.players[index - 1] == "ours":
            self.names.append("")
            self.seeds.append(pedersen.new_seed())
            return pedersen.make_certificate(
                self.seeds[-1], self.size, self.threshold, index
            )
        context = f"{index}/{self.threshold}/{self.size}"
        name = self.run("--step", "1", "--threshold-context", context).decode()
        self.names.append(name)
        self.seeds.append(self.tool.read(f"{name}.key").decode())
        return self.tool.read(f"{name}.cert")

    def check_certificates(self) -> None:
        self.tool.write("certs.jsons", b"".join(c + b"\n" for c in self.certs))
        if self.server == "its":
            self.run_with_certs("2")
        else:
            pedersen.check_certificates(self.certs, self.threshold)

    def polynomial(self, at: int) -> bytes:
        if self.players[at] == "ours":
            made = pedersen.make_polynomial(self.seeds[at], self.certs)
        else:
            made = self.run_with_certs("3", "--key", f"{self.names[at]}.key")
        pedersen.check_polynomial(self.certs, at + 1, made)
        return made

    def make_vinputs(self) -> list[bytes]:
        ours = pedersen.make_vinputs(self.polynomials)
        if self.server == "its":
            self.tool.write(
                "polynomials.jsons", b"".join(p + b"\n" for p in self.polynomials)
            )
            self.run_with_certs("4", "--polynomials", "polynomials.jsons")
            files = self.tool.folder.glob("*.vinput")
            its = {path.read_bytes().rstrip(b"\n") for path in files}
            assert its == set(ours)
        return ours

    def voutput(self, at: int) -> bytes:
        vinput = self.vinputs[at]
        if self.players[at] == "ours":
            made = pedersen.make_voutput(self.seeds[at], self.certs, vinput, at + 1)
        else:
            key = f"{self.names[at]}.key"
            made = self.run_with_certs("5", "--key", key, text=vinput.decode())
        pedersen.check_voutput(self.certs, self.polynomials, at + 1, made)
        return made

    def publish(self, voutputs: list[bytes]) -> bytes:
        ours = pedersen.make_threshold_parameters(
            self.certs, self.polynomials, voutputs
        )
        if self.server == "its":
            text = b"".join(each + b"\n" for each in voutputs).decode()
            its = self.run_with_certs(
                "6", "--polynomials", "polynomials.jsons", text=text
            )
            assert its == ours
        return ours

    def run_with_certs(self, step: str, *options: str, text: str = "") -> bytes:
        return self.run("--certs", "certs.jsons", "--step", step, *options, text=text)

    def run(self, *options: str, text: str = "") -> bytes:
        return self.tool.run(*_STEP, *options, text=text).strip().encode()
