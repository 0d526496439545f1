"""Whom it is directed at that somebody condemns a deed, or rejects a charge: whoever did the one or made the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from trucewatch.claims.draft import Draft, Party

_ANSWERS = {
    "ACCUSE": frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE"}),
    "REJECT": frozenset({"ACCUSE", "REQUEST", "AGREE", "COERCE", "THREATEN"}),
}
"""By the type of an answer, the types of what it may answer."""
_BECAUSE = "rule whose deed it is"


def doers(cluster: Sequence[Draft], others: Sequence[tuple[Sequence[Draft], Sequence[Party]]]) -> tuple[Party, ...]:
    """Who did what the first mention of an event condemns or rejects: "condemned the *shelling*". ``others`` are the
    report's other events, each with its actors. Empty where the deed is not the object of the verb, or has no actor."""
    lead = cluster[0]
    tree, word = lead.tree, lead.mention.word
    for mentions, actors in others:
        for told in mentions:
            at = told.tree.words[told.mention.word]
            object_of = told.tree is tree and at.head == word and at.deprel == "obj"
            if object_of and told.mention.type in _ANSWERS.get(lead.mention.type, ()):
                return tuple(replace(one, because=one.reasons_with("", _BECAUSE)) for one in told.actors or actors)
    return ()
