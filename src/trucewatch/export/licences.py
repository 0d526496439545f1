"""Whether a report's licence note lets its whole text be handed on, to anybody and for any use."""

from __future__ import annotations

import re

_FREE = re.compile(
    r"\bpublic domain\b|\bcc0\b|\bcc[ -]by\b|\bopen government licen[cs]e\b"
    r"|\bcreative commons attribution\b|creativecommons\.org/(?:publicdomain|licenses/by)",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"\b(?:not|no|non|never|without|except|unless|only)\b|noncommercial|noderiv|[ -]n[cd]\b|all rights reserved",
    re.IGNORECASE,
)
"""Words by which a note that names a free licence may yet take something away: then it is taken as no leave."""


def allows_text(note: str | None) -> bool:
    """Whether the note names a licence under which anybody may hand on the whole text: public domain, CC0, BY, BY-SA."""
    return note is not None and _FREE.search(note) is not None and _BUT.search(note) is None
