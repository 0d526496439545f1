"""What bodies are called by: "the group", "the Islamist movement", "the bloc", and of what sector or country each is."""

from __future__ import annotations

from trucewatch.nouns import Entity

GROUPS = frozenset(
    "group movement organization organisation party militia army alliance faction coalition network agency body union "
    "court company firm bloc charity watchdog force".split()
)
_OF_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "JRN"})
"""What is called an agency or a body, but neither a group nor a movement."""
_OF_ANY = frozenset("agency network body union".split())
"""What a body of any sector may be called."""
_SECTORS = {
    "army": frozenset({"MIL"}),
    "militia": frozenset({"REB", "PRM"}),
    "party": frozenset({"PTY", "OPP", "REB"}),
    "court": frozenset({"JUD"}),
    "company": frozenset({"BUS"}),
    "firm": frozenset({"BUS"}),
    "force": frozenset({"PRM", "COP"}),
}
"""Of what sector a body must be to be called so."""
_ABOVE = {"bloc": frozenset({"EUR", "IGO"}), "charity": frozenset({"NGO"}), "watchdog": frozenset({"NGO"})}
"""The same of bodies of no country."""
_ARMED = frozenset({"REB", "UAF", "PRM"})


def can_be_called(noun: str, sector: str | None, body: Entity) -> bool:
    """Whether a body is called so: an army is a state's, a ministry no movement. `sector` is what the words before the noun
    say: "the militant *group*" is no ministry either."""
    if sector == "REB" and body.sector not in _ARMED:
        return False
    if noun in _ABOVE:
        return body.country in _ABOVE[noun]
    if noun in _SECTORS:
        return body.sector in _SECTORS[noun]
    return noun in _OF_ANY or body.sector not in _OF_STATE
