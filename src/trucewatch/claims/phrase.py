"""Of all steps: a noun phrase taken apart by its words alone, and the word lists of naming.toml and telling.toml."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from trucewatch.claims.lexicon import table

_BRACKET = re.compile(r"\s*[(\[]\s*([^()\[\]]*?)\s*[)\]]")
_QUOTES = str.maketrans(dict.fromkeys('"“”„«»*', " "))
_NUMBER = re.compile(r"[$€£]?\d[\d.,]*%?(?:-\w+)?")
_DIGITS = re.compile(r"\d+(?:st|nd|rd|th)?")
_AGAINST = re.compile(r"anti[-‑–](?=\w)", re.IGNORECASE)
_CALLED = re.compile(r"(?:[Tt]he |[Aa]n? )?[a-z][a-z -]* (?:known as|calling itself) (?P<name>(?:the )?[A-Z].*)")
"""What a body is called behind a noun for it: "the group known as *IS*"."""
_AGE = re.compile(r"(?:aged )?\d{1,3}(?: years old| year old|-years?-old)?")
_EDGES = " ,;:.‘\n\t-–—"
_COMMA = re.compile(r"\s*[,;:]\s+|\s+[-–—]\s+")
_HYPHEN = re.compile(r"[-‐‑–]")


@functools.cache
def words() -> Mapping[str, Any]:
    """The word lists of ``naming.toml`` and ``telling.toml``."""
    return table("naming.toml", dict[str, Any]) | table("telling.toml", dict[str, Any])


@functools.cache
def listed(part: str, key: str) -> frozenset[str]:
    """One list of them as a set."""
    return frozenset(words()[part][key])


class Lists(SimpleNamespace):
    """The word lists of a part, each under its name."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> frozenset[str]: ...


@functools.cache
def lists(part: str) -> Lists:
    """All lists of a part as sets, by their names."""
    return Lists(**{key: listed(part, key) for key in words()[part]})


class Heads(msgspec.Struct, frozen=True):
    """Rows of roles.csv, and words beside them, by whose their people are; ``naming.toml`` says of each list what it holds."""

    weak: frozenset[str]
    stand_for: frozenset[str]
    belong: frozenset[str]
    armed: frozenset[str]
    from_abroad: frozenset[str]
    regions: frozenset[str]
    abroad: frozenset[str]
    no_army: frozenset[str]
    national: frozenset[str]
    seated: frozenset[str]
    local: frozenset[str]
    others: frozenset[str]
    foes: frozenset[str]
    allied: frozenset[str]
    called: frozenset[str]
    whose: Mapping[str, Sequence[str]]
    like: Mapping[str, str]
    sectors: Mapping[str, str]
    men: Mapping[str, str]
    bodies: Mapping[str, Sequence[str]]
    home: Mapping[str, frozenset[str]]


@functools.cache
def heads() -> Heads:
    """The lists of head nouns, read once."""
    return msgspec.convert(words()["heads"], Heads)


_BEFORE = lists("before")
_AFTER = lists("after")
_ENDS = _AFTER.owners | _AFTER.places | _AFTER.ends


class Phrase(NamedTuple):
    """The parts of a noun phrase; every part verbatim, but for those whom something is against: "Muslims" of "anti-Muslim"."""

    tokens: tuple[str, ...]
    """The head noun, the last, with what stands before it: articles, numbers and "a group of" left out."""
    definite: bool = False
    counted: bool = False
    """Whether an article or number other than "the" was left out."""
    link: str = ""
    """The word that ends the phrase ("of", "in", "who"), or nothing."""
    after: str = ""
    bracket: str = ""
    beside: tuple[str, ...] = ()
    """What follows after commas: appositions, or the rest of a list."""

    @property
    def text(self) -> str:
        return " ".join(self.tokens)

    @property
    def is_the(self) -> bool:
        """Whether "the" was left out, and nothing else: "the Kurds", not "these Kurds"."""
        return self.definite and not self.counted


def clean(text: str) -> str:
    """The words with single spaces, without quotation marks and marks at the edges."""
    return " ".join(text.translate(_QUOTES).split()).strip(_EDGES)


def without_the(text: str) -> str:
    """Words without "the" before them."""
    return text.removeprefix("The ").removeprefix("the ")


def is_owner(token: str) -> bool:
    """Whether a word says whose the next is: "*Peru's* Congress"."""
    return token.endswith(("'s", "’s"))


@functools.lru_cache(maxsize=16_384)
def bare(token: str) -> str:
    """A word as the lists have it: lower case, without full stops, possessive and apostrophes at the edges."""
    token = token.lower().replace("’", "'").strip("'.")
    return token.removesuffix("'s").replace(".", "")


@functools.lru_cache(maxsize=4096)
def take_apart(text: str) -> Phrase:
    """The parts of a phrase, which ``clean`` has been over."""
    bracket = ""
    if match := _CALLED.fullmatch(text):
        text = match["name"]
    if match := _BRACKET.search(text):
        bracket = match[1]
        text = clean(_BRACKET.sub(" ", text)) or bracket
    first, *beside = [part for part in _COMMA.split(text) if not _AGE.fullmatch(part)] or [text]
    tokens, definite, counted = _without_articles(first.split())
    if len(tokens) == 1 and _AGAINST.match(tokens[0]):  # those whom "anti-Muslim violence" is against
        name = _AGAINST.sub("", tokens[0])
        tokens = [f"{name}s" if bare(name) in listed("faiths", "believer") else name]
    at = _end(tokens)
    link = bare(tokens[at]) if at < len(tokens) else ""
    after = " ".join(tokens[at + 1 :])
    others = [part for part in map(clean, beside) if part and not _ends(part.split()[0])]  # "including three children"
    return Phrase(tuple(tokens[:at]), definite, counted, link, after, bracket, tuple(others))


def _without_articles(tokens: list[str]) -> tuple[list[str], bool, bool]:
    """The tokens from the first that says who is meant; whether "the" was left out, whether something else."""
    definite = counted = False
    while (
        len(tokens) > 1
        and not is_numbered_unit(tokens)
        and (not _ends(tokens[1]) or bare(tokens[1]) in _BEFORE.articles | {"of"} or _describes(tokens, 1))
    ):
        word = bare(tokens[0])
        if (
            word in _BEFORE.partitives
            and bare(tokens[1]) == "of"
            and not (_is_number(tokens[2:]) or _is_whole(tokens, 0))
        ):
            tokens, counted = tokens[2:], True
        elif word in _BEFORE.articles or word == "of" or _NUMBER.fullmatch(word) or _is_spelled(word):
            definite, counted = word in _BEFORE.definite, counted or word != "the"
            tokens = tokens[1:]
        elif age := _age(tokens):
            tokens, counted = tokens[age:], True
        elif (ahead := _partitive(tokens)) is not None:
            tokens, counted = tokens[ahead:], True
        else:
            break
    return tokens, definite, counted


def _is_spelled(word: str) -> bool:
    """Whether a word is a number that a hyphen joins: "thirty-one"."""
    parts = word.split("-")
    return len(parts) == 2 and parts[0].endswith("ty") and all(part in _BEFORE.articles for part in parts)


def _is_number(tokens: Sequence[str]) -> bool:
    """Whether words say no more than how many, or are none: "a crowd of *more than 10,000*"."""
    counts = map(bare, tokens)
    return all(word in _BEFORE.articles or _NUMBER.fullmatch(word) for word in counts)


def is_numbered_unit(tokens: Sequence[str]) -> bool:
    """Whether words begin with the number that a unit of an army bears: "*20th* Infantry Division", "*First* Corps"."""
    number, following = tokens[0], tokens[1:4]
    if number.isdigit():  # "3 Army soldiers" are none of the 3rd Army
        following = () if plural(tokens[-1]) else tokens[1:2]
    ordinal = number[:1].isupper() and bare(number) in listed("unknown", "ordinals")
    unit = any(token[:1].isupper() and bare(token) in listed("unknown", "units") for token in following)
    return unit and (ordinal or _DIGITS.fullmatch(number) is not None)


def _age(tokens: Sequence[str]) -> int:
    """The number of words of an age: "8-year-old Martin", the rest of "35 year old villager"."""
    if tokens[0].endswith("-year-old") and tokens[1][:1].isupper():
        return 1
    return 2 if [bare(token) for token in tokens[:2]] == ["year", "old"] and len(tokens) > 2 else 0


def _partitive(tokens: Sequence[str]) -> int | None:
    """Where the ones who are meant begin behind "breakaway members of ..."; None where the phrase is no such."""
    for at in range(1, min(3, len(tokens) - 2)):
        if bare(tokens[at + 1]) == "of" and bare(tokens[at]) in _BEFORE.partitives and not _is_whole(tokens, at):
            return at + 2 if all(token.islower() for token in tokens[: at + 1]) else None
    return None


def _is_whole(tokens: Sequence[str], at: int) -> bool:
    """Whether three words are an office or body with an "of" in its middle: "opposition *members of parliament*"."""
    return " ".join(map(bare, tokens[at : at + 3])) in _AFTER.whole


def to_head(text: str) -> tuple[str, str]:
    """A phrase or list without its articles up to its head noun, and the rest: "Hamas fighters" of "ten Hamas fighters in Gaza"."""
    tokens, _, _ = _without_articles(text.split())
    at = _end(tokens)
    return " ".join(tokens[:at]), "".join(f" {token}" for token in tokens[at:])


def _end(tokens: Sequence[str]) -> int:
    """The number of tokens up to the head noun, the head included."""
    for at in range(1, len(tokens)):
        whole = _is_whole(tokens, at - 1)
        ends = (_ends(tokens[at]) and not _describes(tokens, at)) or _participle(tokens, at)
        if ends and not whole and not tokens[at][:1].isupper():
            return at - (at > 1 and tokens[at - 1].endswith("ly"))
    return len(tokens)


def _describes(tokens: Sequence[str], at: int) -> bool:
    """Whether a word that may end a phrase stands before its noun here: "the *allied* forces", "allied with"."""
    return at + 1 < len(tokens) and bare(tokens[at]) in _AFTER.or_before and not plural(tokens[at - 1])


def _ends(token: str) -> bool:
    """Whether a word cannot stand before a head noun; "IS" can."""
    return bare(token) in _ENDS and not token.isupper()


def _participle(tokens: Sequence[str], at: int) -> bool:
    """Whether a word is a participle with something after it, no adjective before a noun: "militias *ruling* the enclave"."""
    word, following = tokens[at], tokens[at + 1 : at + 2]
    past = word.endswith("ed") or word in _HELD
    if "-" in word or word in _GERUNDS or not (past or word.endswith("ing")):
        return False
    begins = not following or bare(following[0]) in _DETERMINERS or _ends(following[0])
    if plural(tokens[at - 1 - (at > 1 and tokens[at - 1].endswith("ly"))]):
        goes_on = following and (following[0][:1].isupper() or (tokens[at - 1].islower() and plural(following[0])))
        return begins or (not past and bool(goes_on))
    return bool(following) and begins and (bare(following[0]) in _DETERMINERS) != past and word not in _NOUNS


_HELD = frozenset("held taken caught shot hurt".split())
_GERUNDS = frozenset("building farming fishing housing mining shipping training".split())
"""Nouns before others: "police *training* centres"."""
_NOUNS = frozenset("accused deceased detained displaced dispossessed injured wounded".split())
"""Participles that are people themselves: "the main *accused* in the case"."""
_DETERMINERS = frozenset("the a an his her its their this that and".split())


def plural(token: str) -> bool:
    """Whether a noun looks like a plural, or one that stands for many."""
    word = bare(token)
    ends_so = word.endswith("men") or (word.endswith("s") and not word.endswith(("ss", "us", "sis")))
    return ends_so or word in listed("sex", "many")


def coordinated(tokens: Sequence[str]) -> str | None:
    """The first of several: "U.S. forces" of "U.S. and Iraqi forces"; None where the phrase is of one."""
    at = next((i for i, token in enumerate(tokens) if token in ("and", "or", "&") and 0 < i < len(tokens) - 1), None)
    if at is None:
        return None
    first, last = tokens[:at], tokens[-1]
    return " ".join((*first, last) if last.islower() and not plural(first[-1]) else first)


def is_office_with(noun: str, link: str) -> bool:
    """Whether a preposition leads to what an office is for, of or at: "Minister *for*", "President *of*", "Ambassador *to*"."""
    if link in ("for", "to"):
        return bare(noun) in (_AFTER.charged if link == "for" else _AFTER.sent)
    return link == "of" and bare(noun) in listed("described", "leaders") | _AFTER.heads


def is_behind(token: str) -> bool:
    """Whether a word says that who is named before it stands behind others: "Turkish *backed* rebels"."""
    return bare(token) in _AFTER.patrons - _AFTER.own


def patron(token: str) -> str | None:
    """The country or body behind one: "Turkish" in "Turkish-backed"; None for any other word."""
    parts = _HYPHEN.split(token)
    if len(parts) < 2:
        return None
    if bare(parts[-1]) in _AFTER.patrons:
        return "-".join(parts[:-1])
    if bare(parts[0]) in _AFTER.stances:
        return "-".join(parts[1:])
    return None


def halves(token: str) -> list[str]:
    """The parts of a word with hyphens: "Russian-Turkish" → Russian, Turkish."""
    return [part for part in _HYPHEN.split(token) if part]


def full_name(phrase: Phrase) -> str:
    """With the name that "of" leads to: "Sons of the Valley"."""
    goes_on = phrase.link == "of" and phrase.text[:1].isupper() and phrase.after[-1:].isalpha()
    return f"{phrase.text} of {phrase.after}" if goes_on and phrase.after.split()[-1][:1].isupper() else phrase.text
