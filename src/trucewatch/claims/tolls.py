"""Step 3, how many were killed and injured, as the words of an English sentence have it.

"At least 34", "more than 34" and "nearly 34" are 34, as the codebook has it; "up to 34" is 0 to 34; "dozens"
is 24 to 99. Forms and conventions are listed in ``docs/times.md``; the words, their classes and their values are in
``codebook/tolls.toml``, what stands where in ``codebook/tollforms.toml``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from trucewatch.claims.lexicon import BREAK, Lexicon, Token, fold, table
from trucewatch.nouns import Noun

# One word of every form that ``shape`` tells apart.
_SHAPES = ("worker", "Worker", "workers", "Workers", "attacked", "Attacked", "openly", "Xx", "xx")
_NAMED = re.compile(r"\{(?!at\})([a-z_]+)\}")
"""The name of a pattern in another one."""
_IS = re.compile(r"\bIS\b(?! [a-z]+(?:ing|ed)\b)")
"""The Islamic State, which is no verb: "400 *IS* fighters"."""
_QUOTES = re.compile(r"[\"“”]")
"""What is in quotes counts as without them: "killed *“*hundreds of terrorists*”*"; no character moves."""


Kind = Literal["killed", "injured"]


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell of a toll: a ``list`` of people or a ``fixed`` number, to which some ``more`` are added.

    ``at`` is the verb or noun with what must stand beside it, ``{at}`` in the pattern. It is looked for first, for whole patterns are
    long; by its last word two forms are known that tell of the same toll.
    """

    at: str
    pattern: str
    kind: Kind | None = None
    """None: both."""
    fixed: int | None = None
    either: bool = False
    """Killed *or* injured: nobody knows how many of each."""
    besides: bool = False
    """Whether they come on top of others, the dead of the foe: "killed ten and *lost* two men"."""


class TollForms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tables of ``tollforms.toml``."""

    forms: Sequence[Form]
    patterns: Mapping[str, str]

    def whole(self, pattern: str) -> str:
        """A pattern with those that it names: ``{amount}`` filled in."""
        return _NAMED.sub(lambda name: self.whole(self.patterns[name[1]]), pattern)


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
        """The least and the most that the words of a number stand for: "1,200", "two hundred and fifty", "several hundred"."""
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
def forms() -> TollForms:
    """The forms, read once."""
    return table("tollforms.toml", TollForms)


@functools.cache
def lexicon() -> Lexicon:
    """The lexicon, made once."""
    return tables().lexicon()


How = Literal["in all", "besides", "at least", "either", "so far"]


class Toll(Noun):
    """How many people a sentence says were killed or injured, in its characters ``start`` to ``end``; the verb or noun
    that tells it is at ``at``."""

    kind: Kind
    low: int
    high: int
    start: int
    end: int
    at: int
    how: How = "in all"
    """``besides`` others ("*another three* died"), ``at least`` so many ("more than 20", "dozens"), killed or injured and nobody knows
    which (``either``), or what a toll rose to ``so far``."""


def tolls(sentence: str) -> list[Toll]:
    """The tolls of a sentence in order; a person alone ("killed a policeman") is a toll of one.

    Each verb or noun of killing or injuring gives one toll at most, or one of each kind ("no casualties").
    """
    sentence = sentence if sentence.isupper() else _IS.sub("Xx", sentence)
    tokens = _unbracketed(lexicon().tokens(_QUOTES.sub(" ", sentence)))
    codes = "".join(token.code for token in tokens)
    if not _compiled(_any()).search(codes):
        return []
    found = _found(codes, tokens)
    every = [(at, toll) for at in sorted(found) if not _is_of_illness(at, tokens) for toll in found[at]]
    told = [toll for at, toll in every if not _is_in_total(toll, at, found, tokens)]
    return [toll for toll in told if not any(_says_more(other, toll) for _, other in every)]


def _found(codes: str, tokens: Sequence[Token]) -> dict[int, list[Toll]]:
    """The tolls of all forms by where the verb or noun that tells them ends, so that "shot" and "killed" of one verb are not two."""
    found: dict[int, list[Toll]] = {}
    for form in forms().forms:
        if not _compiled(form.at).search(codes):
            continue  # the whole pattern is long: it is compiled when a text first needs it
        for match in _compiled(form.pattern.replace("{at}", f"(?P<at>{form.at})")).finditer(codes):
            if match.end("at") not in found and (told := list(_told(form, match, tokens))):
                found[match.end("at")] = told
                codes = _without(codes, match)
    return found


def _says_more(one: Toll, toll: Toll) -> bool:
    """Whether one toll tells what became of those of another, or how many of each kind they were: "a guard who *was wounded* died",
    "20 *casualties*: two killed and 18 injured"."""
    if toll.how == "either" != one.how:
        return one.kind == toll.kind and one.high <= toll.high
    died = (toll.kind, one.kind) == ("injured", "killed") and toll.high <= one.high and toll.at < one.at
    return died and one.start <= toll.start < toll.end <= one.end


def _is_in_total(toll: Toll, at: int, found: Mapping[int, list[Toll]], tokens: Sequence[Token]) -> bool:
    """Whether those who died since are part of a total that is told with them: "*two more died*, bringing the toll to 45"."""
    since = toll.kind == "killed" and _compiled("<die|bodies>").match(tokens[at - 1].code)
    totals = (end for end in found if end != at and _compiled("<toll>").match(tokens[end - 1].code))
    return bool(since) and any(total.low > toll.high for end in totals for total in found[end])


def _is_of_illness(at: int, tokens: Sequence[Token]) -> bool:
    """Whether those whose death is told at a word were killed by nobody: "died *of cholera*"."""
    codes = "".join(token.code for token in tokens[at:])
    return _compiled("(?:<of>|<from>){loose}{0,2}<illness>").match(codes) is not None


def _unbracketed(tokens: Sequence[Token]) -> list[Token]:
    """The words without brackets that tell of no dead or injured ("a guard (35)"), and without an age behind a name."""
    for aside in ("{bracket}", "{age}"):
        codes = "".join(token.code for token in tokens)
        out: list[Token] = []
        at = 0
        for found in _compiled(aside).finditer(codes):
            out += tokens[at : found.start()]
            at = found.end()
        tokens = [*out, *tokens[at:]]
    return list(tokens)


@functools.cache
def _any() -> str:
    """Any verb or noun of killing or injuring."""
    return "|".join(dict.fromkeys(form.at for form in forms().forms))


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled once."""
    return lexicon().compile(forms().whole(pattern))


def _without(codes: str, match: re.Match[str]) -> str:
    """The sentence without a list of people that has been counted: "killed 34, and dozens were wounded" is no 34 hurt."""
    if "list" not in match.re.groupindex:
        return codes
    start, end = match.span("list")
    return codes[:start] + BREAK * (end - start) + codes[end:]


def _told(form: Form, match: re.Match[str], tokens: Sequence[Token]) -> Iterator[Toll]:
    """The toll of a form, or one of each kind: "no casualties"."""
    people = _listed(match, tokens) if form.fixed is None else _sum([(form.fixed, form.fixed), *_more(match, tokens)])
    if people is None:
        return
    if people[0] == 0 < people[1] and not form.either:
        people = _part(match, tokens), people[1]
    start, end = tokens[match.start()].start, tokens[match.end() - 1].end
    at = tokens[match.end("at") - 1].start
    kinds: Sequence[Kind] = (form.kind,) if form.kind else ("killed", "injured")
    for kind in kinds:
        low = 0 if form.either else people[0]
        yield Toll(kind=kind, low=low, high=people[1], start=start, end=end, at=at, how=_how(form, match))


def _how(form: Form, match: re.Match[str]) -> How:
    """What a number says beside how many they are."""
    counted = match["list"] if "list" in match.re.groupindex else ""
    if form.either:
        return "either"
    if _compiled("{total}").match(match[0]) and not _compiled("{spell}").search(match.string):
        return "so far"
    if form.besides or _is_more(form, match):
        return "besides"
    return "at least" if _compiled("{least}").match(counted) else "in all"


def _listed(match: re.Match[str], tokens: Sequence[Token]) -> tuple[int, int] | None:
    """The people of the list of a form, and of those along with them."""
    start, end = match.span("list")
    first = _people(tokens[start:end])
    people = [*([first] if first else ()), *_more(match, tokens)]
    return _sum(people) if people else None


def _is_more(form: Form, match: re.Match[str]) -> bool:
    """Whether "others" are told of, besides those of an earlier verb of the kind; "20 died and 50 *others* were hurt" are 50 hurt."""
    others = "list" in match.re.groupindex and _compiled("{more}").match(match["list"])
    verb = "<injure|hurts>" if form.kind == "injured" else "<kill>"
    return bool(others) and _compiled(verb).search(match.string[: match.start()]) is not None


def _part(match: re.Match[str], tokens: Sequence[Token]) -> int:
    """How many are told to be among "up to" so many: "up to seven people, including *two* officers"."""
    at = match.end("list")
    found = _compiled("{part}").search(match.string[at:])
    return tables().value([token.text for token in tokens[at:][slice(*found.span("part"))]])[0] if found else 0


def _more(match: re.Match[str], tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Those along with the people of a form."""
    if match.re.groupindex.get("more") and match["more"]:
        start, end = match.span("more")
        if more := _people(tokens[start:end]):
            yield more


def _people(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """All units of a list added up; None where they are no people."""
    codes = "".join(token.code for token in tokens)
    counts = []
    for unit in _compiled("{units}").finditer(codes):
        if unit["group"] is None:
            counts.append((1, 1))
        elif not _compiled("<thing>").search(unit["group"]):
            counts.append(_range(tokens[unit.start() : unit.end()], unit["group"]))
    if not counts:
        return None
    first, rest = counts[0], counts[1:]
    if len(rest) > 1 and first == _sum(rest) and _compiled("{told_twice}").search(codes):
        return first
    return _sum(counts)


def _sum(counts: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Least and most of several counts together."""
    return sum(low for low, _ in counts), sum(high for _, high in counts)


def _range(tokens: Sequence[Token], codes: str) -> tuple[int, int]:
    """The least and the most of an amount."""
    found = [*_compiled("{number}").finditer(codes)]
    if len(found) > 1 and _compiled("<of>").search(codes[found[0].end() : found[1].start()]):
        found = found[:1]  # "two men of 44 Assam Rifles"
    numbers = [tokens[m.start() : m.end()] for m in found]
    values = [tables().value([token.text for token in number]) for number in numbers]
    low, high = values[0]
    if len(values) > 1 and values[1][1] >= low:
        high = values[1][1]
    return (0 if _compiled("(?<!<and>)<up><to>|(?<!<no>)<fewer><than>").search(codes) else low), high
