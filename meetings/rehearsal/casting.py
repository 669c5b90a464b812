"""From a scenario's members to the loopback guild they meet in."""

from meetings.domain.values import Role
from meetings.rehearsal.loopback.faults import Faults
from meetings.rehearsal.loopback.founding import MemberSpec
from meetings.rehearsal.loopback.server import LoopbackServer
from meetings.rehearsal.scenario import Scenario
from meetings.rehearsal.steps import Member

ROLES = {
    "fr": {Role.CHAIR: "Présidence", Role.SECRETARY: "Secrétariat", Role.MEMBER: "Membre"},
    "en": {Role.CHAIR: "Chair", Role.SECRETARY: "Secretary", Role.MEMBER: "Member"},
}
"""How the guild names the council's roles; the bot is told by its settings."""

COLLEGE = {"fr": "Collège", "en": "College"}
"""The word with which the guild's roles of colleges begin."""

FIRST_ID = 1_200_000_000_000_000_000
"""A snowflake of December 2023: the members joined Discord before they joined the council."""


def hall(scenario: Scenario, *, port: int = 0, faults: Faults | None = None) -> LoopbackServer:
    """A guild of the scenario's council where everyone named in it is a member; not started yet."""
    members = [
        MemberSpec(FIRST_ID + number, member.name, _roles(member, scenario.lang))
        for number, member in enumerate(scenario.members, 1)
    ]
    return LoopbackServer(scenario.council, members, lang=scenario.lang, port=port, faults=faults)


def _roles(member: Member, lang: str) -> tuple[str, ...]:
    names = ROLES[lang]
    return tuple(dict.fromkeys((names[Role.MEMBER], names[member.role], f"{COLLEGE[lang]} {member.college}")))


def tokens(server: LoopbackServer) -> dict[str, str]:
    """Each member's token by name, of a server that is started."""
    return {member["name"]: member["token"] for member in server.describe()["members"]}
