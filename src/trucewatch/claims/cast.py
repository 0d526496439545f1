"""Step 1, the report: its people: its date, where it plays, the short forms that it introduces, the persons that it describes."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, dropwhile
from typing import NamedTuple

from trucewatch.claims import datelines
from trucewatch.claims.phrase import bare, is_office_with, listed, take_apart
from trucewatch.claims.place_arguments import venues
from trucewatch.claims.tree import Tree
from trucewatch.codebook import Actor, Codebook, fold
from trucewatch.codebook.rows import PEOPLE
from trucewatch.nouns import Name, Passage, Report, Word

SCENE_SHARE = 0.3  # share of a report's country words from which a country is where the report plays
_LONGEST_TITLE = 12
_RECENT = dt.date(1995, 1, 1)
"""What lies farther back is history in whatever report tells of it."""
_APART = dt.timedelta(days=10 * 365)
"""Who was first in office that long after the last year told was something else then, or is a namesake."""

_SHORT = re.compile(r" [(\[][\"“']?(?:or |the |known as )*([A-Z][\w.’'-]{1,11}(?: [A-Z][\w-]+)?)[\"”']?[)\]]")
_COALITION = re.compile(r"\b[Cc]oalition\b")
_LONGEST_COALITION = 5  # words of the longest name of a coalition
_LONG = re.compile(r"(?:[\w'’&/-]+ ){1,8}\Z")
_FAR = 200  # characters before a bracket in which its long form is looked for
_JOINING = frozenset("of the and for in to de du des al".split())


class Person(NamedTuple):
    """Somebody whom the report names in full, and the words with which it says who that is."""

    name: str
    title: str
    """ "Turkish government spokesman"; empty where the report says nothing."""
    owner: tuple[int, int] | None = None
    """Characters of the pronoun with which the title begins: "*its* spokesman"."""


@dataclass(frozen=True, eq=False)
class Cast:
    """What a report tells of its people; everything that ``identify`` knows beside the words and the tables. Each is like itself alone,
    so that what is known of words may be kept."""

    codebook: Codebook
    on: dt.date | None = None
    """The report's date, on which offices and names of groups count."""
    country: str | None = None
    """Where the report plays; None where no country stands out."""
    introduced: Mapping[str, str] = field(default_factory=dict)
    """Folded short form -> the words that it was introduced with ("saa" -> "Syrian Arab Army")."""
    countries: Mapping[str, float] = field(default_factory=dict)
    """Share of each country in what tells where the report plays, the greatest first."""
    people: Mapping[str, Person] = field(default_factory=dict)
    """Folded full name, and folded last name -> the person."""
    called: Mapping[str, str] = field(default_factory=dict)
    """Common noun -> the one listed body that the report names by it ("coalition" -> "Saudi-led coalition")."""
    told: dt.date | None = None
    """About when a report without a date was written, as far as the text tells."""
    opening: frozenset[str] = frozenset()
    """Words that have a capital because a sentence begins with them ("Militants")."""
    publisher: str | None = None
    """Who publishes it: a newspaper, or whoever makes a statement."""
    state: str | None = None
    """The country of a state's body that does."""

    @staticmethod
    def build(report: Report, passages: Sequence[Passage], codebook: Codebook, countries: Mapping[str, float]) -> Cast:
        """The cast of a parsed report; `countries`: each country's share of the report's country words."""
        countries = seats(f"{report.title or ''}\n{_without_venues(report.text, passages)}", codebook, countries)
        first = next(iter(countries.items()), None)
        country = first[0] if first and first[1] >= SCENE_SHARE else None
        people = persons(report.text, passages, codebook)
        told = None if report.written else _about(report.text, passages, codebook)
        called = _called(report.text, codebook, report.written or told)
        short = introduced(report.text)
        opening = _opening(passages, codebook)
        return Cast(codebook, report.written, country, short, countries, people, called, told, opening, report.outlet)

    @property
    def days(self) -> tuple[dt.date | None, ...]:
        """The days on which names count, the first on which somebody is found."""
        return (self.told, None) if self.told else (self.on,)

    def home(self, without: frozenset[str] = frozenset()) -> str | None:
        """Where the report plays, the countries of `without` left aside."""
        if self.country not in without:
            return self.country
        second = next(((code, share) for code, share in self.countries.items() if code not in without), None)
        return second[0] if second and second[1] >= SCENE_SHARE / 2 else None


def _opening(passages: Sequence[Passage], codebook: Codebook) -> frozenset[str]:
    """The first words of sentences that are nouns, tell how some are ("*Masked* men"), or stand elsewhere in small letters, and are
    part of no name; "Muslims" have a capital everywhere."""
    firsts = (one.words[0] for one in passages if one.words and not any(name.first == 0 for name in one.names))
    said = {word.text for one in passages for word in one.words}

    def is_common(word: Word) -> bool:
        if role := codebook.find_role(word.text):
            return role.name.islower()
        return word.upos == "NOUN" or word.text.endswith(_HOW) or word.text.lower() in said

    return frozenset(word.text for word in firsts if word.text.istitle() and is_common(word))


_HOW = ("ed", "ly")
_ENEMY = re.compile(r"(?<!\b[Aa]n )(?<!\b[Aa] )\b([A-Z][a-z]+) enemy\b")
"""A people that a side calls its enemy."""
_SEAT = re.compile(
    r"\b(?:in|inside|across|throughout|outside|(?:north|south)?-?(?:north|south|east|west|centr)(?:ern|al)|war-torn) (?:the )?"
    r"([A-Z][\w.]+(?: [A-Z]\w+)?)"
)


_HELD = "|".join(word.removesuffix("*") if word.endswith("*") else rf"{word}\b" for word in listed("speech", "held"))
_TALKS = re.compile(rf"\b(?:{_HELD})[^.\n]{{0,30}}$", re.IGNORECASE)
"""Talks, or words, right before the capital in which they are held: they say nothing of where the rest happens."""
_BEFORE = 50  # characters before a capital in which talks are looked for
_SEATS, _FEW = 0.6, 1
"""Weight of where things are said to be, and how many words that say so weigh half of it: one may say where talks are held."""


def _without_venues(text: str, passages: Sequence[Passage]) -> str:
    """A text without the places where no more is told than talks: "a truce agreed in *Sweden*"."""
    for passage in passages:
        for name in venues(Tree(passage, text)):
            start, end = passage.words[name.first].start, passage.words[name.last].end
            text = f"{text[:start]}{'-' * (end - start)}{text[end:]}"
    return text


def seats(text: str, codebook: Codebook, countries: Mapping[str, float]) -> dict[str, float]:
    """The shares again, about half of them from where things are said to be ("in Syria"): a government acts abroad, too."""
    found: Counter[str] = Counter()
    for match in _SEAT.finditer(text):
        word = codebook.find_country(match[1]) or codebook.find_country(match[1].split()[0])
        held = word and word.kind == "capital" and _is_of_talks(text, match)
        if word and word.kind in ("name", "capital") and not held:
            found[word.country] += 1
    total = sum(found.values())
    if not total:
        return dict(countries)
    sure = _SEATS * total / (total + _FEW)
    shares = {code: (1 - sure) * countries.get(code, 0.0) + sure * found[code] / total for code in (*countries, *found)}
    return dict(sorted(shares.items(), key=lambda pair: -pair[1]))


def _is_of_talks(text: str, capital: re.Match[str]) -> bool:
    """Whether a capital is told for what is said there: "talks in *Vienna*", "the ministry in *Moscow* said"."""
    after = text[capital.end() : capital.end() + _BEFORE].split(maxsplit=1)
    speaks = bool(after) and bare(after[0].strip(",")) in listed("speech", "verbs")
    return speaks or _TALKS.search(text, max(0, capital.start() - _BEFORE), capital.start()) is not None


def _called(text: str, codebook: Codebook, on: dt.date | None) -> dict[str, str]:
    """``coalition`` and ``enemy``, each with the name of the one listed body that is called so; nothing in a report without a day."""
    found = {"coalition": _coalitions(text, codebook, on), "enemy": _foes(text, codebook, on)} if on else {}
    names = ((noun, {body.id: body.name for body in bodies if body}) for noun, bodies in found.items())
    return {noun: next(iter(every.values())) for noun, every in names if len(every) == 1}


def _coalitions(text: str, codebook: Codebook, on: dt.date) -> Iterator[Actor | None]:
    """The listed coalition by the words before each "coalition"."""
    for match in _COALITION.finditer(text):
        words = text[max(0, match.start() - _FAR) : match.end()].split()[-_LONGEST_COALITION:]
        names = (" ".join(words[start:]) for start in range(len(words) - 1))
        yield next(filter(None, (codebook.find_actor(name, on) for name in names)), None)


def _foes(text: str, codebook: Codebook, on: dt.date) -> Iterator[Actor | None]:
    """The armies that a side calls so by their country: "the Israeli *enemy*", then "enemy tanks"."""
    for people in _ENEMY.findall(text):
        land = codebook.find_country(people)
        yield codebook.find_actor(f"{people} military", on) if land and land.kind == "demonym" else None


def introduced(text: str) -> dict[str, str]:
    """Short forms in brackets, each with the name before it that they stand for."""
    out: dict[str, str] = {}
    for match in _SHORT.finditer(text):
        short, before = match[1], _LONG.search(text[max(0, match.start() - _FAR) : match.start() + 1])
        is_short = sum(letter.isupper() for letter in short) >= 2
        if is_short and before and (long := _spelled_out(before[0].split(), short)):
            out.setdefault(fold(short), long)
    return out


def _spelled_out(words: Sequence[str], short: str) -> str:
    """The last words before a short form that it stands for: by their capitals ("Syrian Arab Army" of SAA), else by the letters with
    which they begin, else all that are written as a name; empty where there are none."""
    letters = [letter for letter in short.lower() if letter.isalpha()]
    tails = [words[start:] for start, word in enumerate(words) if word[:1].isupper()]
    by_capitals = (tail for tail in tails if letters == [word[0].lower() for word in tail if word[:1].isupper()])
    by_initials = (tail for tail in tails if _may_begin(letters, tail))
    long = next(chain(by_capitals, by_initials), None)
    return " ".join(long or _name_at_end(words))


def _may_begin(letters: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the first letters of words are among those of a short form, or these among them, in one order and with one first."""
    initials = [part[0].lower() for word in words for part in re.split("[-’'/]", word) if part]
    rest, others = iter(initials), iter(letters)
    in_order = all(letter in rest for letter in letters) or all(initial in others for initial in initials)
    return initials[:1] == letters[:1] and in_order


def _name_at_end(words: Sequence[str]) -> Sequence[str]:
    """The name with which words end, small words within it ("Movement for the Liberation *of* Congo")."""
    start = len(words)
    while start > 0 and (words[start - 1][:1].isupper() or (words[start - 1] in _JOINING and start < len(words))):
        start -= 1
    return [*dropwhile(lambda word: not word[:1].isupper(), words[start:])]


def _about(text: str, passages: Sequence[Passage], codebook: Codebook) -> dt.date | None:
    """About when a report without a date was written: no earlier than those it names were first in office."""
    if day := datelines.opening(text):
        return day
    year = datelines.last_year(text)
    names = [said for said, _, _ in _names(text, passages)]
    terms = ((said, codebook.find_office(said, said)) for said in names)  # "President Obama" was a senator before
    known = (term.since if term else codebook.known_since(said) for said, term in terms)
    since = [day for day in known if day and not (year and day - year > _APART)]
    told = max((*since, *filter(None, (year,))), default=None)
    return told if told and told >= _RECENT else None


# ---------------------------------------------------------------- persons


def persons(text: str, passages: Sequence[Passage], codebook: Codebook) -> dict[str, Person]:
    """Everybody named by more than a last name, with the first words that say who they are; also by a first name of nobody else's."""
    found: dict[str, Person] = {}
    alone: set[str] = set()
    for said, passage, name in _names(text, passages):
        if codebook.actors_named(said):
            continue  # a listed body, also one of old
        if name.first == name.last:
            alone.add(fold(said))
        for key, person in _person(text, passage, name, codebook):
            told = found.setdefault(key, person)
            if person.title and not told.title and fold(person.name) == fold(told.name):
                found[key] = person
    for first in alone - {*found}:
        called = {person.name: person for person in found.values() if fold(person.name.split()[0]) == first}
        if len(called) == 1:
            found[first] = next(iter(called.values()))
    return found


def _names(text: str, passages: Sequence[Passage]) -> Iterator[tuple[str, Passage, Name]]:
    """The names of persons as the text has them, each with where it stands."""
    for passage in passages:
        for name in passage.names:
            if name.kind == "PER":
                yield text[passage.words[name.first].start : passage.words[name.last].end], passage, name


def _person(text: str, passage: Passage, name: Name, codebook: Codebook) -> Iterator[tuple[str, Person]]:
    """Somebody named in full, by his folded full name and his last name; nothing of a first or last name alone."""
    words = passage.words
    first = _behind_title(text, words, name, codebook)
    full = text[words[first].start : words[name.last].end]
    if first == name.last and "-" not in full:
        return
    person = Person(full, "")
    for title in (*_before(passage, first), _after(passage, name.last)):
        said = text[words[title.start].start : words[title.stop - 1].end] if title else ""
        if said and codebook.means(take_apart(said).text, *PEOPLE):
            person = Person(full, said, _owner(passage, title.start))
            break
    yield fold(full), person
    at = name.last
    while at > first and bare(words[at].text) in listed("persons", "suffixes"):
        at -= 1
    last = words[at].text
    if len(last) > 2 and last[:1].isupper():
        yield fold(last), person
    start = at
    while start - 1 > first and (
        words[start - 1].text == "-" or bare(words[start - 1].text) in listed("persons", "particles")
    ):
        start -= 1
    if start < at:  # "*al-Sharaa*", "*bin Salman*"
        yield fold(text[words[start].start : words[at].end]), person


def _behind_title(text: str, words: Sequence[Word], name: Name, codebook: Codebook) -> int:
    """Where a name begins that the model takes together with "Foreign Secretary" or "Mr."."""
    for at in range(name.last, name.first, -1):
        role = codebook.find_role(text[words[name.first].start : words[at - 1].end])  # "Park" is a name
        if bare(words[at - 1].text) in listed("persons", "titles") or (role and role.is_people):
            return at
    return name.first


_NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "PART"})
_BODIES = frozenset({"LOC", "ORG"})


def _before(passage: Passage, first: int) -> Iterator[range]:
    """The words of the noun phrase that runs up to a name; up to the comma before it, or where a body or land is named there, also
    those that an "of" leads to: "the *ambassador* to Iraq"."""
    words = passage.words
    end = first
    if end and words[end - 1].text == ",":
        end -= 1
        if not (end and words[end - 1].upos in ("NOUN", "PROPN")):
            return
    start = _run(passage, end, end)
    yield range(start, end)
    named = any(name.first <= start and name.last == end - 1 and name.kind in _BODIES for name in passage.names)
    while (end < first or named) and (above := _above(passage, start)) < start:
        start = _run(passage, above, end)
        yield range(start, end)


def _run(passage: Passage, start: int, end: int) -> int:
    """Where the nouns and adjectives begin that stand right before a word."""
    while start and passage.words[start - 1].upos in _NOUNS and end - start <= _LONGEST_TITLE:
        start -= 1
    return start


def _above(passage: Passage, start: int) -> int:
    """The end of the noun phrase from which "of", "for" or "to" leads to a word ("the *governor* of the province"); else the word."""
    words = passage.words
    at = start - (start > 0 and words[start - 1].upos == "DET")
    if at < 2 or words[at - 2].upos not in ("NOUN", "PROPN"):
        return start
    noun, link = words[at - 2].text, words[at - 1].text
    return at - 1 if link in ("of", "for") or (link == "to" and is_office_with(noun, link)) else start


def _after(passage: Passage, last: int) -> range:
    """The words of the apposition that follows a name: ", Turkey's deputy prime minister,", ", its spokesman,"."""
    words = passage.words
    if last + 2 >= len(words) or words[last + 1].text != ",":
        return range(0)
    start = last + 2 + _is_owner(passage, last + 2)
    end = start
    while end < len(words) and end - last < _LONGEST_TITLE:
        joined = (
            end > start and words[end - 1].end == words[end].start and "-" in (words[end - 1].text, words[end].text)
        )
        if not joined and words[end].upos not in _NOUNS | {"DET", "ADP"}:
            break
        end += 1
    return range(start, end)


def _is_owner(passage: Passage, at: int) -> bool:
    """Whether a word is a pronoun that says whose the next is."""
    return passage.words[at].upos == "PRON" and passage.words[at].deprel == "nmod:poss"


def _owner(passage: Passage, start: int) -> tuple[int, int] | None:
    """Where the pronoun stands, if one stands before a title."""
    if not start or not _is_owner(passage, start - 1):
        return None
    return passage.words[start - 1].start, passage.words[start - 1].end
