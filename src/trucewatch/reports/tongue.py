"""The language that a story is written in."""

from __future__ import annotations

import functools
from typing import Any

from trucewatch.reports.tables import listed

CODED = frozenset({"en", "und"})
"""Languages of reports whose claims can be trusted: English, and what is too short to tell."""
_LETTERS = 40
"""Letters below which no language is told."""
_PROBABLE = 0.5
_ENGLISH = listed("english")
_PLAIN = 0.1
"""Share of such words, two different ones among them, from which a sample is English without a question: the table of all
languages takes half a second to read."""


def language(text: str) -> str:
    """ISO 639-1 code of the story's language, ``und`` where it is too short or too mixed to tell."""
    sample = text[:2000]
    if sum(character.isalpha() for character in sample) < _LETTERS:
        return "und"
    words = sample.lower().split()
    english = [word for word in words if word in _ENGLISH]
    if len(english) >= _PLAIN * len(words) and len(set(english)) > 1:
        return "en"
    code, share = _identifier().classify(sample)
    return str(code) if share >= _PROBABLE else "und"


@functools.cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
