"""Whose statement a report is: who publishes it is "we", where no quotation gives the word to somebody else."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from trucewatch.claims import quotation
from trucewatch.claims.draft import Party
from trucewatch.claims.tree import Tree
from trucewatch.claims.who import Cast, identify
from trucewatch.nouns import Role

BY_PUBLISHER = "rule who publishes the statement"


def publisher(tree: Tree, arc: Role, cast: Cast) -> Party | None:
    """The listed body that speaks as "we" in its own statement; a newspaper takes no part in what it tells."""
    word = tree.words[arc.word]
    if word.text.lower() != "we" or not cast.publisher or quotation.marks(tree.text):
        return None
    known = identify(cast.publisher, replace(cast, country=None, countries={}))
    if known.entity.sector == "JRN" or not (known.entity.actor or known.entity.country):
        return None
    entity = msgspec.structs.replace(known.entity, text=word.text)
    return Party(entity, word.start, word.end, (("", BY_PUBLISHER), *known.because), False, arc.score or 1.0)
