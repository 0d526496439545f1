"""The words for the dead and the injured, from ``codebook/tolls.toml``: their classes and their values."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

import msgspec

from trucewatch.claims.lexicon import Lexicon, fold, table

# One word of every form that ``shape`` tells apart.
_SHAPES = ("worker", "Worker", "workers", "Workers", "attacked", "Attacked", "openly", "Xx", "xx")


class TollTables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tables of ``tolls.toml``."""

    classes: Mapping[str, Sequence[str]]
    ends: Mapping[str, Sequence[str]]
    numbers: Mapping[str, int]
    multiples: Mapping[str, int]
    vague: Mapping[str, tuple[int, int]]
    """At least, at most."""
    phrases: Mapping[str, Sequence[str]]

    def lexicon(self) -> Lexicon:
        """The words with their classes."""
        classes: dict[str, Sequence[str]] = {
            **self.classes,
            "numword": list(self.numbers),
            "multiple": list(self.multiples),
            "vague": [word for word in self.vague if " " not in word and word not in ("couple", "few", "both")],
        }
        return Lexicon(classes, self.phrases, _figure, self._shape, _SHAPES)

    def _shape(self, word: str) -> frozenset[str]:
        """A person or several, a verb or an adverb, by the end of the word; a name by its capital."""
        low, classes = fold(word), set()
        if low.endswith(tuple(self.ends["plural"])) and not low.endswith(tuple(self.ends["no_plural"])):
            classes.add("plural")
        elif low.endswith(tuple(self.ends["person"])) and len(low) > 4:
            classes.add("person")
        elif low.endswith(tuple(self.ends["verb"])) and low == word:
            classes.add("verb")
        elif low.endswith(tuple(self.ends["adverb"])) and low == word:
            classes.add("adverb")
        if word[0].isupper():
            classes.add("cap")
        return frozenset(classes)

    def value(self, words: Sequence[str]) -> tuple[int, int]:
        """The least and the most that the words of a number stand for: "1,200", "twenty-five", "two hundred
        and fifty", "half a dozen", "several hundred", "tens of thousands"."""
        named = [fold(word) for word in words if word[0].isalnum()]
        vague = self.vague.get(" ".join(named))
        if vague:
            return vague
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
    return table("tolls.toml", TollTables)


@functools.cache
def lexicon() -> Lexicon:
    """The lexicon, made once."""
    return tables().lexicon()
