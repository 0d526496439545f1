"""How many were killed and injured, as the words of an English sentence have it.

Forms (what stands where) are patterns over word classes; the words are in ``codebook/tolls.toml``. "At least 34",
"more than 34" and "nearly 34" are 34, as the codebook has it; "up to 34" is 0 to 34; "dozens" is 24 to 99.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from trucewatch.claims.lexicon import Lexicon, Token, fold
from trucewatch.nouns import Noun

Kind = Literal["killed", "injured"]


class Toll(Noun):
    """How many people a sentence says were killed or injured; its words are characters ``start`` to ``end``."""

    kind: Kind
    low: int
    high: int
    start: int
    end: int


# ---------------------------------------------------------------- the pieces of the patterns

_TENS = "<numword>(?:<dash>?<numword>)?"
_NUMBER = f"""(?:<half><a><multiple>
    |(?:<figure>|{_TENS})(?:<multiple>+(?:<and>?{_TENS})?)?
    |<vague>(?:<of><vague>)?|(?:<a>|<a>?<few>|<several>)<multiple>+|<a><few>|<a>?<couple><of>?)"""
_ABOUT = "(?:<about>|<comparative><than>|<as><comparative><as>|<at><least>|<up><to>)*"
_AMOUNT = f"""(?:<between>{_NUMBER}<and>{_NUMBER}|<from>{_NUMBER}<to>{_NUMBER}
    |{_ABOUT}{_NUMBER}(?:(?:<to>|<or>|<dash>){_NUMBER})?)"""
_STOP = """(?:[|]|<comma>|<dot>|<and>|<or>|<edge>|<be>|<have>|<kill>|<injure>|<left>|<of>|<adverb>|<figure>|<numword>)"""
_MODIFIER = f"(?:(?!{_STOP}|<head>).)"
_NOUN = f"(?:{_MODIFIER}{{0,6}}?<head>|{_MODIFIER}{{1,3}}(?={_STOP}|$))"
_GROUP = f"(?:{_AMOUNT}(?:<of>?<the>)?(?!<of>(?:<them>|<who>))(?:{_NOUN}(?:<of>(?!<them>|<who>){_NOUN})?)?)"
_ONE = f"(?:(?:<a>|<the>|<whose>|<another>|<s>)<ordinal>?{_MODIFIER}{{0,5}}<person>(?!<s>)<cap>{{0,4}}|<another>|<a><ordinal>)"
_UNIT = f"(?>{_GROUP}|{_ONE})"
_ANY = "(?:(?![|]|<kill>|<injure>|<be>|<comma>|<dot>).)"
_ASIDE = f"""(?:<comma>?<including>{_ANY}{{1,10}}?(?:<comma>{_ANY}{{1,6}}?)?<comma>?
    |<comma>{_ANY}{{1,10}}?<comma>|(?:<of>|<edge>)(?:(?!<figure>|<numword>){_ANY}){{1,7}}?){{0,2}}"""
_BE = "(?:<have>?<be>{1,2}|<have>)<adverb>*"
_KILLED = "(?:<shot>(?:<and>|<to>)?(?:<kill>|<one_killing>)|<kill>)"
_HURT = "(?:(?:<shot><and>)?<injure>)"
_ACTS = f"(?:{_BE}|<adverb>)?(?:<shot>|<kill>|<injure>)"
_SUBJECTS = f"(?P<list>{_UNIT}(?:(?:<comma>|<comma>?<and>){_UNIT})*)"
_OBJECTS = f"(?P<list>{_UNIT}(?:(?:<comma>|<comma>?<and>){_UNIT}(?!{_ACTS}))*)"


class _Form(NamedTuple):
    """Words that tell of a toll: a list of people to be added up, or a fixed number of them."""

    kind: Kind | None
    """None: both."""
    pattern: str
    count: int | None = None


# The first form that fits a verb or noun (``at``) wins.
_FORMS: Sequence[_Form] = (
    # "no one was hurt", "there were no casualties"
    _Form("killed", f"<nobody>{_ANY}{{0,4}}?<be>?<adverb>*(?P<at>{_KILLED})", 0),
    _Form("injured", f"<nobody>{_ANY}{{0,4}}?<be>?<adverb>*(?P<at>{_HURT})", 0),
    _Form("killed", f"<no>{_MODIFIER}{{0,2}}(?P<at><deaths>)", 0),
    _Form("injured", f"<no>{_MODIFIER}{{0,2}}(?P<at><injuries>)", 0),
    _Form(None, f"<no>{_MODIFIER}{{0,2}}(?P<at><casualties>)", 0),
    # "killing at least 12 people", "wounded ten others"
    _Form("killed", f"(?<!<be>)(?P<at><slay>)<adverb>?{_OBJECTS}"),
    _Form("injured", f"(?<!<be>)(?P<at><injure>)<adverb>?{_OBJECTS}"),
    # "two soldiers and a civilian, all of them Turks, were killed"
    _Form("killed", f"{_SUBJECTS}{_ASIDE}{_BE}(?P<at>{_KILLED})"),
    _Form("injured", f"{_SUBJECTS}{_ASIDE}{_BE}(?P<at>{_HURT})"),
    # "20 wounded", "leaving 15 people dead"
    _Form("killed", f"{_SUBJECTS}<adverb>?(?P<at>{_KILLED})"),
    _Form("injured", f"{_SUBJECTS}<adverb>?(?P<at>{_HURT})"),
    # "the deaths of 14 men", "the death toll rose to 58", "claimed 12 lives", "12 deaths", "the bodies of two men"
    _Form("killed", f"(?P<at><killing_of>)<of>{_OBJECTS}"),
    _Form(
        "killed",
        f"(?P<at><toll>)(?:(?!<figure>|<numword>|<kill>|<injure>|[|]).){{0,8}}?(?:<from>{_AMOUNT}<to>)?(?P<list>{_AMOUNT})",
    ),
    _Form("killed", f"(?P<list>{_AMOUNT}{_MODIFIER}{{0,3}})(?P<at><lives>)"),
    _Form("killed", f"(?P<list>{_AMOUNT}{_MODIFIER}{{0,3}})(?P<at><deaths>)"),
    _Form("killed", f"(?P<at><bodies>)<of>{_OBJECTS}"),
    _Form("killed", f"(?P<list>{_AMOUNT}{_MODIFIER}{{0,2}})(?P<at><bodies>)"),
    # one person: "the commander was killed", "who died", "the assassination of Rafik Hariri"
    _Form("killed", f"(?<!<collective>)(?:<was>|<has><be>)<adverb>*(?P<at>{_KILLED})", 1),
    _Form("injured", f"(?<!<collective>)(?:<was>|<has><be>)<adverb>*(?P<at>{_HURT})", 1),
    _Form("killed", "(?:<he>|<person>)(?:<who>)?<adverb>?<has>?(?P<at><die>)", 1),
    _Form(
        "killed",
        f"(?P<at><one_killing>)<of>(?:<the>|<a>|<whose>)?{_MODIFIER}{{0,5}}(?:<person>|<cap>)(?!<head>)",
        1,
    ),
    _Form("killed", f"(?<!<be>)(?P<at><slay>)(?:<him>|<cap>{{1,4}}(?={_STOP}|$))", 1),
    _Form("injured", "(?<!<be>)(?P<at><injure>)<him>", 1),
    _Form("killed", "(?:<cap>|<whose>|<person>)<s>?(?P<at><one_killing>)(?!<toll>)", 1),
)


# ---------------------------------------------------------------- the words


class _Tables:
    """The tables of ``tolls.toml`` and the lexicon made of them."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.numbers: Mapping[str, int] = tables["numbers"]
        self.vague: Mapping[str, Sequence[int]] = tables["vague"]
        self.multiples: Mapping[str, int] = tables["multiples"]
        self._ends: Mapping[str, Sequence[str]] = tables["ends"]
        classes: dict[str, Sequence[str]] = dict(tables["classes"])
        classes["numword"] = list(tables["numbers"])
        classes["multiple"] = list(self.multiples)
        classes["vague"] = [word for word in self.vague if " " not in word and word not in ("couple", "few")]
        classes["head"] = [*classes["plural"], *classes["person"], *classes["thing"], *classes["bodies"]]
        shapes = ("Worker", "worker", "workers", "Workers", "xx", "Xx")
        self.lexicon = Lexicon(classes, {"nobody": ["no one", "no-one"]}, _figure, self._shape, shapes)

    def _shape(self, word: str) -> frozenset[str]:
        """A person or several by the end of the word, a name by its capital."""
        low, classes = fold(word), set()
        if low.endswith(tuple(self._ends["plural"])) and not low.endswith(tuple(self._ends["no_plural"])):
            classes |= {"plural", "head"}
        elif low.endswith(tuple(self._ends["person"])) and len(low) > 4:
            classes.add("person")
        if word[0].isupper():
            classes.add("cap")
        return frozenset(classes)


def _figure(digits: str, suffix: str) -> frozenset[str]:
    return frozenset(["ordinal" if suffix in ("st", "nd", "rd", "th") else "decade" if suffix else "figure"])


@functools.cache
def _tables() -> _Tables:
    return _Tables(tomllib.loads((files("trucewatch.codebook") / "tolls.toml").read_text(encoding="utf-8")))


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return _tables().lexicon.compile(pattern)


# ---------------------------------------------------------------- the tolls


def tolls(sentence: str) -> list[Toll]:
    """The tolls of a sentence in order; a person alone ("killed a policeman") is a toll of one."""
    tokens = _tables().lexicon.tokens(sentence)
    codes = "".join(token.code for token in tokens)
    found: dict[int, list[Toll]] = {}
    if not _compiled(
        "<kill>|<shot>|<injure>|<killing_of>|<deaths>|<casualties>|<injuries>|<lives>|<bodies>|<toll>"
    ).search(codes):
        return []
    for form in _FORMS:
        for match in _compiled(form.pattern).finditer(codes):
            if match.start("at") not in found:
                told = list(_told(form, match, tokens))
                if told:
                    found[match.start("at")] = told
    return [toll for at in sorted(found) for toll in found[at]]


def _told(form: _Form, match: re.Match[str], tokens: Sequence[Token]) -> Iterator[Toll]:
    if form.count is None:
        people = _people(tokens[match.start("list") : match.end("list")])
    else:
        people = (form.count, form.count)
    if people is None:
        return
    kinds: Sequence[Kind] = (form.kind,) if form.kind else ("killed", "injured")
    start, end = tokens[match.start()].start, tokens[match.end() - 1].end
    for kind in kinds:
        yield Toll(kind=kind, low=people[0], high=people[1], start=start, end=end)


def _people(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """All units of a list added up; None where they are no people."""
    codes = "".join(token.code for token in tokens)
    counts = []
    for unit in _compiled(f"(?P<group>{_GROUP})|(?P<one>{_ONE})").finditer(codes):
        words = tokens[unit.start() : unit.end()]
        if unit["one"] is not None:
            counts.append((1, 1))
        elif not _compiled("<thing>").search(unit["group"]):
            counts.append(_range(words, unit["group"]))
    if not counts:
        return None
    first, rest = counts[0], counts[1:]
    if rest and first == _sum(rest):  # "three people, two soldiers and a civilian": told twice
        return first
    return _sum(counts)


def _sum(counts: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return sum(low for low, _ in counts), sum(high for _, high in counts)


def _range(tokens: Sequence[Token], codes: str) -> tuple[int, int]:
    """The least and the most of an amount."""
    values = [_value(tokens[m.start() : m.end()]) for m in _compiled(_NUMBER).finditer(codes)]
    low, high = values[0]
    if len(values) > 1 and values[1][1] >= low:
        high = values[1][1]
    if _compiled("<up><to>").search(codes):
        low = 0
    return low, high


def _value(tokens: Sequence[Token]) -> tuple[int, int]:
    """The value of a number: "1,200", "twenty-five", "two hundred and fifty", "half a dozen", "tens of thousands"."""
    tables = _tables()
    words = [fold(token.text) for token in tokens if token.text[0].isalnum()]
    phrase = " ".join(words)
    if phrase in tables.vague:
        return tables.vague[phrase][0], tables.vague[phrase][1]
    low = high = 0.0
    for word in words:
        if word in tables.multiples:
            low, high = (low or 1) * tables.multiples[word], (high or 1) * tables.multiples[word]
        elif word == "half":
            low = high = 0.5
        elif word in tables.vague:
            low, high = tables.vague[word]
        elif word in tables.numbers or word[0].isdigit():
            more = float(word.replace(",", "")) if word[0].isdigit() else tables.numbers[word]
            low, high = low + more, high + more
    return round(low), round(high)


__all__ = ["Kind", "Toll", "tolls"]
