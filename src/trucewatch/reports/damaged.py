"""JSON that a program has cut off, or in which it has cut signs in two."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any


def objects(text: str, at: int, between: re.Pattern[str], end: str) -> Iterator[Any]:
    """What stands one behind the other from a place on up to ``end``, parted by ``between``; last, an error that ends it before."""
    decoder = json.JSONDecoder()
    while text[(at := _behind(text, at, between)) : at + 1] != end:
        try:
            found, at = decoder.raw_decode(text, at)
            yield without_halves(found)
        except (ValueError, RecursionError) as error:
            yield error
            return


def _behind(text: str, at: int, between: re.Pattern[str]) -> int:
    found = between.match(text, at)
    return found.end() if found else at


def without_halves(record: Any) -> Any:
    """A record with a "?" for each half of a sign, as text has them that a program has cut: nothing else can keep them."""
    return json.loads(json.dumps(record, ensure_ascii=False).encode("utf-8", "replace"))
