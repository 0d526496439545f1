"""The words for the dead and the injured, from ``codebook/tolls.toml``: their classes and their values."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from trucewatch.claims.lexicon import Lexicon, fold

# One word of every form that ``shape`` tells apart.
_SHAPES = ("worker", "Worker", "workers", "Workers", "attacked", "Attacked", "Xx", "xx")


class TollTables:
    """The tables of ``tolls.toml`` and the lexicon made of them."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.numbers: Mapping[str, int] = tables["numbers"]
        self.multiples: Mapping[str, int] = tables["multiples"]
        self.vague: Mapping[str, Sequence[int]] = tables["vague"]
        self._ends: Mapping[str, Sequence[str]] = tables["ends"]
        classes: dict[str, Sequence[str]] = {
            **tables["classes"],
            "numword": list(self.numbers),
            "multiple": list(self.multiples),
            "vague": [word for word in self.vague if " " not in word and word not in ("couple", "few")],
        }
        self.lexicon = Lexicon(classes, tables["phrases"], _figure, self._shape, _SHAPES)

    def _shape(self, word: str) -> frozenset[str]:
        """A person or several, or a verb, by the end of the word; a name by its capital."""
        low, classes = fold(word), set()
        if low.endswith(tuple(self._ends["plural"])) and not low.endswith(tuple(self._ends["no_plural"])):
            classes.add("plural")
        elif low.endswith(tuple(self._ends["person"])) and len(low) > 4:
            classes.add("person")
        elif low.endswith(tuple(self._ends["verb"])) and low == word:
            classes.add("verb")
        if word[0].isupper():
            classes.add("cap")
        return frozenset(classes)

    def value(self, words: Sequence[str]) -> tuple[int, int]:
        """The least and the most that the words of a number stand for: "1,200", "twenty-five", "two hundred
        and fifty", "half a dozen", "several hundred", "tens of thousands"."""
        named = [fold(word) for word in words if word[0].isalnum()]
        vague = self.vague.get(" ".join(named))
        if vague:
            return vague[0], vague[1]
        low = high = 0.0
        for word in named:
            if word in self.multiples:
                low, high = (low or 1) * self.multiples[word], (high or 1) * self.multiples[word]
            elif word == "half":
                low = high = 0.5
            elif word in self.vague:
                low, high = self.vague[word]
            elif word in self.numbers or word[0].isdigit():
                more = float(word.replace(",", "")) if word[0].isdigit() else self.numbers[word]
                low, high = low + more, high + more
        return round(low), round(high)


def _figure(digits: str, suffix: str) -> frozenset[str]:
    """Figures that may be a year are none of people: "the 1989 killing"."""
    if suffix:
        return frozenset(["decade" if suffix == "s" else "ordinal"])
    return frozenset(["year_figure" if re.fullmatch("(?:19|20)[0-9][0-9]", digits) else "figure"])


@functools.cache
def tables() -> TollTables:
    """The tables, read once."""
    return TollTables(tomllib.loads((files("trucewatch.codebook") / "tolls.toml").read_text(encoding="utf-8")))
