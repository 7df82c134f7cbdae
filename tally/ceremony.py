"""The server side of the key ceremony (spec: Pedersen protocol, steps 1 to 5).

Members' browsers send public texts; the server checks each on arrival, so that a bad
one is refused to the member who sent it. It learns no secret: what members send one
another is encrypted to them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from crypto import pedersen, trustees
from crypto.errors import ProtocolError
from tally import actions
from tally.committee import Committees, move, require
from tally.models import Committee, Member
from tally.phases import Phase
from tally.trial import Trials
from web.errors import Refused
from web.record import record


@dataclass(frozen=True)
class Ceremony:
    """One committee's ceremony, inside the caller's transaction."""

    session: Session
    committee: Committee

    @classmethod
    def of(cls, session: Session, uuid: str) -> "Ceremony":
        return cls(session, Committees(session).load(uuid))

    @property
    def members(self) -> list[Member]:
        return self.committee.members

    def certificates(self) -> list[str]:
        """Return all certificates.

        Raises:
            Refused: some are missing; the answer says how many.
        """
        return self._all(lambda member: member.certificate)

    def add_certificate(self, member: Member, text: str) -> None:
        """Take step 1 of a member.

        Raises:
            Refused: it is not this member's certificate, or not the time for it.
        """
        require(self.committee, Phase.JOINING, Phase.CERTIFICATES)
        _only_once(member.certificate)
        _check(
            lambda: pedersen.check_new_certificate(
                text.encode(),
                size=len(self.members),
                threshold=self.committee.threshold,
                index=member.index,
            )
        )
        member.certificate = text
        self._note(member, "certificate")
        if self.committee.phase is Phase.JOINING:
            move(self.session, self.committee, Phase.CERTIFICATES)
        if all(each.certificate for each in self.members):
            _check(self._check_together)
            move(self.session, self.committee, Phase.POLYNOMIALS)

    def add_polynomial(self, member: Member, text: str) -> None:
        """Take step 2 of a member.

        Raises:
            Refused: it does not check, or it is not the time for it.
        """
        require(self.committee, Phase.POLYNOMIALS)
        _only_once(member.polynomial)
        certs = _encoded(self.certificates())
        _check(lambda: pedersen.check_polynomial(certs, member.index, text.encode()))
        member.polynomial = text
        self._note(member, "polynomial")
        if all(each.polynomial for each in self.members):
            self._route()
            move(self.session, self.committee, Phase.VOUTPUTS)

    def add_voutput(self, member: Member, text: str) -> None:
        """Take step 4 of a member; the last one completes the key.

        Raises:
            Refused: it does not check, or it is not the time for it.
        """
        require(self.committee, Phase.VOUTPUTS)
        _only_once(member.voutput)
        certs, polynomials = _encoded(self.certificates()), self._polynomials()
        _check(
            lambda: pedersen.check_voutput(
                certs, polynomials, member.index, text.encode()
            )
        )
        member.voutput = text
        self._note(member, "voutput")
        if all(each.voutput for each in self.members):
            self._complete(certs, polynomials)

    def _check_together(self) -> None:
        certs = _encoded(self.certificates())
        pedersen.check_certificates(certs, self.committee.threshold)

    def _route(self) -> None:
        """Step 3: give every member what the others sent it."""
        vinputs = pedersen.make_vinputs(self._polynomials())
        for member, vinput in zip(self.members, vinputs, strict=True):
            member.vinput = vinput.decode()

    def _complete(self, certs: list[bytes], polynomials: list[bytes]) -> None:
        """Step 5: publish the group's key, and make the trial for it."""
        voutputs = _encoded(self._all(lambda member: member.voutput))
        parameters = pedersen.make_threshold_parameters(certs, polynomials, voutputs)
        group = trustees.pedersen_group(parameters)
        self.committee.trustees = trustees.write_trustees([group])
        Trials(self.session, self.committee).make()
        move(self.session, self.committee, Phase.TESTING)

    def _polynomials(self) -> list[bytes]:
        return _encoded(self._all(lambda member: member.polynomial))

    def _all(self, part: Callable[[Member], str | None]) -> list[str]:
        texts = [part(member) for member in self.members]
        there = [text for text in texts if text is not None]
        if len(there) != len(texts):
            raise Refused("members_awaited", missing=len(texts) - len(there))
        return there

    def _note(self, member: Member, step: str) -> None:
        done = actions.CeremonyStep(member.uuid, member.index, step)
        record(self.session, done, actor=f"member {member.index}")


def private_key_of(member: Member) -> str:
    """Return the member's private key as only the member can read it.

    Raises:
        Refused: the member has none yet.
    """
    if member.voutput is None:
        raise Refused("no_key_yet")
    return pedersen.voutput_private_key(member.voutput.encode())


def _encoded(texts: list[str]) -> list[bytes]:
    return [text.encode() for text in texts]


def _only_once(stored: str | None) -> None:
    if stored is not None:
        raise Refused("already_done")


def _check(check: Callable[[], object]) -> None:
    """Turn a failed check into a refusal for the member who sent it."""
    try:
        check()
    except ProtocolError as error:
        raise Refused("bad_ceremony_text", status=400, reason=str(error)) from error
