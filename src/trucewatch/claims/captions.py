"""Which passages stand under a picture, or over a report."""

from __future__ import annotations

import re

from trucewatch.claims.phrase import listed
from trucewatch.claims.tree import Tree

_CAPTION = re.compile(
    r"^FILE\b|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}, (?:19|20)\d\d\W*$"
)
"""How the caption of a picture begins, or ends: with the day on which it was taken."""

_LASTS = listed("status", "go_on") | listed("status", "lasts")
_SHORT = 3
"""Words of which no more than these tell of no event by themselves."""


def is_caption(tree: Tree) -> bool:
    """Whether a passage stands under a picture."""
    return _CAPTION.search(tree.text) is not None


def in_headline(tree: Tree, word: int) -> bool:
    """Whether a verb is what a headline tells: in the present tense, and no sentence that is closed. "Truce *holds*" goes on."""
    open_ = len(tree.words) > _SHORT and tree.text[:1].isupper() and tree.text[-1:].isalnum()
    verb = tree.words[word].upos == "VERB" and tree.words[word].deprel in ("root", "conj", "parataxis")
    present = tree.tense(word) is None and not tree.helpers(word) and not tree.form(word).endswith("ing")
    return open_ and verb and present and tree.form(word) not in _LASTS
