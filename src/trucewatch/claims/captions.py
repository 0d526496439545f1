"""Which passages stand under a picture."""

from __future__ import annotations

import re

from trucewatch.claims.tree import Tree

_CAPTION = re.compile(
    r"^FILE\b|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}, (?:19|20)\d\d\W*$"
)
"""How the caption of a picture begins, or ends: with the day on which it was taken."""


def is_caption(tree: Tree) -> bool:
    """Whether a passage stands under a picture."""
    return _CAPTION.search(tree.text) is not None
