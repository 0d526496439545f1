"""What people rule: judgements, what they do to claims and pairs of claims, how far coders agree, and what is learned from them.

A judgement is a row and never an edit. ``in_force`` says which rows count, ``judged`` what they make of a claim,
``must_and_cannot`` what they say of pairs.
"""

from trucewatch.judgements.fields import FIELDS, as_json, in_words, meant, unknown
from trucewatch.judgements.rulings import VERDICTS, About, in_force, judged, made, must_and_cannot, undone

__all__ = [
    "FIELDS",
    "VERDICTS",
    "About",
    "as_json",
    "in_force",
    "in_words",
    "judged",
    "made",
    "meant",
    "must_and_cannot",
    "undone",
    "unknown",
]
