"""The words of a report that a claim rests on, each with the part that they play in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trucewatch.nouns import Claim

TRIGGER = "trigger"
ROLES = {
    "actors": "actor",
    "recipients": "recipient",
    "mentions": TRIGGER,
    "place": "place",
    "time": "time",
    "attributed_to": "says",
    "killed": "toll",
    "injured": "toll",
}
"""The part that the words of a field play."""
# "actors[0]" is the words of the actor; "actors[0].country" rests on no words of its own.
_OF_A_VALUE = re.compile(r"(\w+)(?:\[\d+\])?")


def marked(claim: Claim) -> Iterator[tuple[int, int, str]]:
    """Start, end and part of the words of a claim's values, the trigger's first; some come twice."""
    yield claim.trigger.start, claim.trigger.end, TRIGGER
    for line in claim.evidence:
        said = _OF_A_VALUE.fullmatch(line.field)
        if said and said[1] in ROLES and line.start is not None and line.end is not None:
            yield line.start, line.end, ROLES[said[1]]
