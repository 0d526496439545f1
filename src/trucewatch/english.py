"""The small words of English sentences: counts, days, lists; and sentences that know what they were made of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from trucewatch.nouns import Noun, Period

_VALUE, _WORD = re.compile(r"{\w+}"), re.compile(r"[^\W\d_]")
WORDS, SENTENCE = "{words}", "{words}."
"""Templates of parts alone, beside each other and as a sentence: no words of their own."""


def some(number: int, what: str) -> str:
    """``1 claim``, ``2 claims``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def day(date: dt.date) -> str:
    """``30 Sep 2021``."""
    return f"{date.day} {date:%b %Y}"


def day_of_year(date: dt.date) -> str:
    """``30 Sep``."""
    return f"{date.day} {date:%b}"


def listed(names: Iterable[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``, each once; nothing for none."""
    every = list(dict.fromkeys(names))
    return " and ".join(filter(None, (", ".join(every[:-1]), *every[-1:])))


def sentence(said: str) -> str:
    """With a capital before it and a full stop behind."""
    return f"{said[:1].upper()}{said[1:]}."


class Said(str):
    """An English text that knows its template and the values in it, so that it can be said in another language too."""

    __slots__ = ("template", "values")
    template: str
    """As the catalogues of other languages have it for a key; where a number matters, that of many."""
    values: Mapping[str, object]
    """Numbers, days, periods and moments; members of an enum for words of the codebook; a tuple for a list; else names."""

    @property
    def keys(self) -> Iterator[str]:
        """All templates that it takes to say it; one without a word of its own needs no translation."""
        if _WORD.search(_VALUE.sub("", self.template)):
            yield self.template
        for value in self.values.values():
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, Said):
                    yield from part.keys


def said(template: str, one: str = "", /, **values: object) -> Said:
    """A text of values: ``said("{n} sources", "{n} source", n=3)``; ``one`` is the English where ``n`` is 1."""
    chosen = one if one and values["n"] == 1 else template
    return _made(chosen.format_map({name: _written(value) for name, value in values.items()}), template, values)


def joined(*parts: Said) -> Said:
    """Remarks that belong together: ``3 independent sources, of which 1 names who did it``."""
    return parts[0] if len(parts) == 1 else _made(", ".join(parts), WORDS, {"words": parts})


def stated(*parts: Said) -> Said:
    """Remarks as one sentence: ``Inside the Idlib area; one source.``"""
    return _made(sentence("; ".join(parts)), SENTENCE, {"words": parts})


def rendered(text: str, template: str, /, **values: object) -> Said:
    """A text for which English has words of its own, and every other language a template."""
    return _made(text, template, values)


def instead(text: str, *parts: Said) -> Said:
    """A sentence that English composes, and other languages say as remarks beside each other."""
    return _made(text, SENTENCE, {"words": parts})


class Reasoned(Noun, dict=True, gc=True):
    """A record with sentences of ours, in English; it knows what they were made of."""

    def __post_init__(self) -> None:
        # A text that knows more is no field: it would stand in what is made of the record.
        for name in self.__struct_fields__:
            if isinstance(found := getattr(self, name), Said):
                self.__dict__[name] = found
                msgspec.structs.force_setattr(self, name, str(found))

    def worded(self, field: str) -> str:
        """A field's text: with its template and values, but where the record was read from somewhere."""
        known: str = self.__dict__.get(field) or getattr(self, field)
        return known


def _made(text: str, template: str, values: Mapping[str, object]) -> Said:
    made = Said(text)
    made.template, made.values = template, values
    return made


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(value) if any(isinstance(one, Said) for one in value) else listed(value)
    if isinstance(value, Period):
        first, last = day(value.start), day(value.end)
        return f"on {first}" if first == last else f"between {first} and {last}"
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return day(value)
    return f"{value:,}" if isinstance(value, int) else str(value)
