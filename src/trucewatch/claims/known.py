"""Step 3, who: what is known of somebody, and the listed names that give it: actors, outlets, leaders, countries, peoples."""

from __future__ import annotations

import enum
import functools
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

from trucewatch.claims.cast import Cast
from trucewatch.claims.phrase import (
    Phrase,
    bare,
    halves,
    is_behind,
    is_owner,
    listed,
    patron,
    plural,
    without_the,
    words,
)
from trucewatch.codebook import Actor, CountryWord, Leader, fold
from trucewatch.codebook.rows import OF_STATES

ABOVE_STATES = frozenset({"UNO", "EUR", "IGO"})
"""Countries of those who stand above states."""
ARMED = frozenset({"REB", "UAF", "PRM"})
"""Sectors of those who are armed and no state's."""
STATE = frozenset({"GOV", "MIL", "COP", "SPY"})
"""Sectors of those who are one side with their state."""
Reasons = tuple[tuple[str, str], ...]
"""Pairs of a field and what it rests on."""
_LONGEST_NAME = 7
_OF_ONE_ALONE = 3
"""Words from which on a name is hardly borne by a second body elsewhere: "Ukrainian Insurgent Army", but "Popular Front"."""
BY_TITLE, IN_FULL = "rule title", "rule named in full in the text"
"""What the name of somebody rests on whom only the report knows."""
STANDS_FOR_GOVERNMENT = "rule a country stands for its government"
THE_PEOPLE = "rule plural demonym: the people"
SignKind = Literal["actor", "leader", "country", "people"]
"""What a listed name is of, the likeliest owner first."""


class Value(NamedTuple):
    """A country or sector, and what it rests on: also that there is none, where a rule says so."""

    value: str | None = None
    why: str = ""


class Sure(enum.IntEnum):
    """How sure a rule is of whom a phrase means."""

    WORDS = 0
    """Bare words: nobody is known."""
    ROLE = 1
    """A role noun."""
    PERSON = 2
    """A person with a title, or a country's people."""
    NAME = 3
    """A listed name."""


class Known(NamedTuple):
    """What is known of a phrase: the values, what each rests on, and how sure the rule is of whom it means."""

    name: str
    country: str | None = None
    sector: str | None = None
    actor: str | None = None
    because: Reasons = ()
    sure: Sure = Sure.WORDS

    def why(self, field: str) -> str:
        """What a field rests on; nothing where nothing is said of it."""
        return next((why for of, why in self.because if of == field), "")

    def reasons(self, *fields: str) -> Reasons:
        """The reasons of these fields alone."""
        return tuple(pair for pair in self.because if pair[0] in fields)


class Sign(NamedTuple):
    """A listed name inside a phrase, or one to which it leads."""

    known: Known
    kind: SignKind
    start: int = 0
    end: int = 0
    """Inside, its tokens, the last one exclusive."""

    @property
    def rank(self) -> int:
        """Of several before a noun, the owner is the one of the lowest."""
        return get_args(SignKind).index(self.kind)


def resting(**why: str) -> Reasons:
    """What each of some fields rests on, those left out that rest on nothing: name="rule title"."""
    return tuple((field, reason) for field, reason in why.items() if reason)


def listed_name(text: str, cast: Cast) -> Known | None:
    """The actor or outlet of a name; "the RSF" is the actor of that name, though an outlet bears it too."""
    if actor := find_actor(without_the(text), cast):
        return of_actor(actor)
    if text != text.lower() and (outlet := cast.codebook.find_outlet(text)):
        where = f"outlets.csv:{outlet.id}"
        because = resting(name=where, country=where, sector="rule outlet")
        return Known(outlet.name, outlet.country, "JRN", None, because, Sure.NAME)
    return None


def listed_beyond(phrase: Phrase, cast: Cast) -> Known | None:
    """The actor of a name that goes on behind a preposition: "the leftist Revolutionary Armed Forces of Colombia"."""
    after = phrase.after.split()
    for start, token in enumerate(phrase.tokens if phrase.link else ()):
        for end in range(min(_LONGEST_NAME, len(after)), 0, -1):
            name = " ".join((*phrase.tokens[start:], phrase.link, *after[:end]))
            if token[:1].isupper() and (actor := find_actor(name, cast)):
                return of_actor(actor)
    return None


def is_short_for(phrase: Phrase, actor: Actor) -> bool:
    """Whether words before brackets may name the actor of the short form: half of their capital words begin as the actor's do."""
    called = fold(actor.name).replace("-", " ").split()
    named = [fold(token) for token in (*phrase.tokens, *phrase.after.split()) if token[:1].isupper()]
    alike = sum(any(word[:3] == part[:3] for part in called) for word in named)
    return "".join(called) == "".join(fold(phrase.bracket).split()) or 2 * alike >= len(named)


def find_actor(text: str, cast: Cast) -> Actor | None:
    """The actor of a name; "Nato" and "Isis", as some papers write acronyms, count as NATO and ISIS."""
    spellings = [text]
    name = text.removesuffix("'s").removesuffix("’s")
    titled = len(name) >= 4 and name.isalpha() and name.istitle()
    if titled and not cast.codebook.find_role(name) and fold(name) not in listed("names", "plain"):
        spellings.append(name.upper())
    for name in spellings:
        for day in cast.days:
            if actor := cast.codebook.find_actor(name, day, cast.country):
                return _at_home(text, cast) if _is_elsewhere(actor, text, cast) else actor
    return None


def _at_home(text: str, cast: Cast) -> Actor | None:
    """Who bears a name that many bear where the report plays: "the House of Representatives" in Libya."""
    home = cast.codebook.countries.get(cast.country or "")
    spellings = (f"{demonym} {text}" for demonym in (home.demonyms if home else ()))
    found = (cast.codebook.find_actor(name, day) for name in spellings for day in cast.days)
    return next(filter(None, found), None)


def _is_elsewhere(actor: Actor, text: str, cast: Cast) -> bool:
    """Whether a body with a name that many bear ("Presidential Guard") is of a country of which the report does not speak."""
    common = fold(text) in listed("names", "common")
    borne = common or (actor.id.startswith(("ucdp-", "phx-")) and len(text.split()) < _OF_ONE_ALONE)
    return borne and bool(cast.countries) and actor.country not in cast.countries


def of_actor(actor: Actor) -> Known:
    """All that the row of an actor gives."""
    where = f"actors.csv:{actor.id}"
    because = resting(name=where, country=where, sector=where, actor=where)
    return Known(actor.name, actor.country, actor.sector, actor.id, because, Sure.NAME)


def leader_of(text: str, cast: Cast, said: str = "") -> Known | None:
    """Who is in office on the report's date; else who holds the office in the words before the name, else who is named in full."""
    book, day = cast.codebook, cast.days[0]
    leader = next(filter(None, (book.find_leader(text, day) for day in cast.days)), None)
    governs = leader is not None and leader.sector == "GOV" and cast.on is not None
    said = said or text  # "President Obama"
    if not governs:
        leader = _in_office(text, said, cast) or leader
    if leader is None and " " in text.strip():
        leader = book.find_leader(text, None)
    elif leader is None and day:
        leader = book.find_lately(text, day)
    if leader is None:
        return None
    where = f"leaders.csv:{leader.id}"
    sector, why = ("ELI", "rule out of office") if _left_office(leader, cast, said) else (leader.sector, where)
    because = resting(name=where, country=where, sector=why if sector else "")
    return Known(leader.name, leader.country, sector, None, because, Sure.NAME)


def _leader_told(text: str, cast: Cast, said: str) -> Known | None:
    """The leader of a name, by the report's own full name where it has one and no office is said: "Mr. Bashir" of a report that
    names Omar al-Bashir."""
    told = cast.people.get(fold(text))
    if told is None or cast.codebook.find_office(text, said, cast.days[0]):
        return leader_of(text, cast, said)
    return leader_of(told.name, cast, told.title)


def _in_office(text: str, said: str, cast: Cast) -> Leader | None:
    """Who holds the office that is said; by a last name alone only where his country is spoken of."""
    leader = cast.codebook.find_office(text, said, cast.days[0])
    bears = leader is not None and fold(text) in map(fold, (leader.name, *leader.aliases))
    return leader if leader and (bears or leader.country in cast.countries) else None


def _left_office(leader: Leader, cast: Cast, said: str) -> bool:
    """Whether somebody governs no more; in a report without a date, where the words say so."""
    former = any(bare(word) in listed("persons", "past") for word in said.split())
    over = former if cast.on is None else leader.until is not None and leader.until < cast.on
    return leader.sector == "GOV" and over


def state(text: str, cast: Cast, phrase: Phrase | None = None) -> Known | None:
    """A country alone: its government; its people where the word is a plural demonym, or one of whom "an Israeli" tells."""
    phrase = phrase or Phrase(())
    if (word := cast.codebook.find_country(text)) is None:
        return _half(phrase, cast) or _people_alone(text, cast, phrase)
    named = phrase.is_the or text.lower().startswith("the ")
    government = _government(word, cast)
    if word.kind == "demonym" and (_is_one(text, named, phrase.counted) or (plural(text) and not named)):
        return _a_people(without_the(text), government, "CVL", THE_PEOPLE)
    return government._replace(name=without_the(text)) if word.kind == "metonym" else government


def _half(phrase: Phrase, cast: Cast) -> Known | None:
    """The state that is one half of a land of which the report tells: "the communist *North*"."""
    side = phrase.tokens[-1] if phrase.definite and not phrase.link else ""
    lands = words()["sides"].values() if side in ("North", "South") else ()
    told = {cast.country, *cast.countries}
    land = next((land for land in lands if told & {*land.values()}), None)
    state_ = cast.codebook.countries[land[side.lower()]] if land else None
    word = cast.codebook.find_country(state_.name) if state_ else None
    return _government(word, cast) if word else None


def _is_one(text: str, named: bool, counted: bool) -> bool:
    """Whether a demonym with an article means one of the people: "a *Frenchman*", "the *Palestinian*"; "the French" are the state."""
    whole = bare(text).endswith(("ese", "sh", "ch", "ss"))
    return not plural(text) and (counted or (named and not whole))


def _government(word: CountryWord, cast: Cast) -> Known:
    """The government that a country's name, demonym or capital stands for."""
    because = resting(name=word.because, country=word.because, sector=STANDS_FOR_GOVERNMENT)
    return Known(cast.codebook.countries[word.country].name, word.country, "GOV", None, because, Sure.NAME)


def described_people(phrase: Phrase, found: Sequence[Sign]) -> Known | None:
    """A people, or one of it, with something said of it: "wounded *Iraqis*"; "the Iraqi Kurds" are a side as "the Kurds" are."""
    last = found[-1] if found else None
    if last is None or not last.start or last.end != len(phrase.tokens):
        return None
    if not (plural(phrase.tokens[-1]) or _is_one(phrase.tokens[-1], phrase.definite, phrase.counted)):
        return None
    if last.kind == "country" and last.known.why("country").endswith(" demonym"):
        return _a_people(phrase.text, last.known, "CVL", THE_PEOPLE)
    owner = found[-2].known if len(found) > 1 and found[-2].kind == "country" else None
    token = phrase.tokens[-1]
    armed = peoples().get(fold(token), {}) if last.kind == "people" else {}
    if owner is None or owner.country not in armed:
        return None
    return _a_people(phrase.text, owner, *_sector_of_people(token, armed[owner.country], phrase))


def _a_people(text: str, of: Known, sector: str | None, why: str) -> Known:
    """People of a country, called by the words as they stand."""
    because = (("name", "rule plain words"), ("country", of.why("country")), ("sector", why))
    return Known(text, of.country, sector, None, because, Sure.PERSON)


def _people_alone(text: str, cast: Cast, phrase: Phrase) -> Known | None:
    """A people without a state ("the Kurds"): its armed side where it is spoken of as one, else its people."""
    if not text[:1].isupper() or fold(text) not in peoples() or not plural(text):
        return None
    country, armed = people(text, cast) or (None, "CVL")
    sector, why = _sector_of_people(text.split()[-1], armed, phrase)
    because = resting(name="rule plain words", country=f"scene {country} people" if country else "", sector=why)
    return Known(text.removeprefix("The "), country, sector, None, because, Sure.PERSON)


def _sector_of_people(word: str, armed: str, phrase: Phrase) -> Value:
    """What a people is: believers of one faith, its armed side where it is spoken of as one ("the Kurds"), else civilians."""
    if fold(word) in listed("faiths", "words"):
        return Value("REL", "rule people of a faith")
    return Value(armed, "rule a people as a side") if phrase.is_the else Value("CVL", "rule a people")


@functools.cache
def peoples() -> dict[str, dict[str, str]]:
    """By the word for a people without a state ("Kurds"), the countries where it lives, and the sector of its armed men in each."""
    return {word: row["armed"] for row in words()["peoples"].values() for word in row["words"]}


def people(token: str, cast: Cast) -> tuple[str, str] | None:
    """The country where a people is most spoken of in this report, and what its armed men are there."""
    if (armed := peoples().get(fold(token))) is None:
        return None
    here = [code for code in (cast.country, *cast.countries) if code in armed]
    country = here[0] if here else next(iter(armed)) if len(armed) == 1 else None
    return (country, armed[country]) if country else None


def signs(tokens: Sequence[str], cast: Cast) -> list[Sign]:
    """The listed names inside a phrase, in order, the longest first taken; none of those who only stand behind the ones meant."""
    free = _free(tokens, cast)
    found: list[Sign] = []
    for size in range(min(_LONGEST_NAME, len(tokens) - 1), 0, -1):
        for start, end in ((start, start + size) for start in range(len(tokens) - size + 1)):
            leads = size > 1 and patron(tokens[start]) is not None  # "US-led coalition" may be a listed name
            may = all(free[start + leads : end]) and _may_be_name(tokens[start:end], cast)
            if may and (sign := _sign(tokens, start, end, cast)):
                found.append(sign)
                free[start:end] = [False] * size
    found.sort(key=lambda sign: sign.start)
    pairs = zip(found, [None, *found], strict=False)
    others = (sign for sign, before in pairs if not _is_of_country(before, sign, tokens, cast))
    return [sign for sign in others if not _ends_a_name(sign, tokens, cast)]


def _may_be_name(tokens: Sequence[str], cast: Cast) -> bool:
    """Whether words begin or end as names do."""
    first, last = tokens[0], tokens[-1]
    large = first[:1].isupper() or last[:1].isupper()
    return large or first.startswith(("al-", "an-")) or fold(first) in cast.called


def _is_of_country(before: Sign | None, sign: Sign, tokens: Sequence[str], cast: Cast) -> bool:
    """Whether another country stands before the name of a state's body or party, and has one that is called so, too:
    "*Turkey's* National Security Council" and "*Peru's* Congress" are none of the United States; but "an Iraqi CIA agent" is the
    CIA's."""
    if sign.kind != "actor" or before is None or before.kind != "country" or before.end != sign.start:
        return False
    of_state = sign.known.sector in OF_STATES | {"PTY"} and sign.known.country in cast.codebook.countries
    common = sign.end - sign.start > 1 or cast.codebook.find_role(tokens[sign.start]) is not None
    return of_state and common and sign.known.country != before.known.country


def _ends_a_name(sign: Sign, tokens: Sequence[str], cast: Cast) -> bool:
    """Whether a body that is called by a common noun alone ends a name that no table knows: "the Labour *Congress*" is no
    parliament; "Arab *Knesset* members" are of theirs."""
    noun = fold(tokens[sign.start])
    role = cast.codebook.find_role(noun) if sign.kind == "actor" and sign.end - sign.start == 1 else None
    if not sign.start or role is None or role.id != noun or noun in cast.called:
        return False
    before = tokens[sign.start - 1]
    owner = is_owner(before) or cast.codebook.find_country(before)
    return before[:1].isupper() and not owner and bare(before) not in words()["persons"]["titles"]


def _free(tokens: Sequence[str], cast: Cast) -> list[bool]:
    """Which tokens do not name one who stands behind, or against, those who are meant, or a part of the world."""
    free = [patron(token) is None and "da" not in tokens[at - 1 : at] for at, token in enumerate(tokens)]
    for at, (token, following) in enumerate(pairwise(tokens)):
        if is_behind(following):
            free[at] = False  # "Turkish backed", without a hyphen
        if fold(f"{token} {following}") in listed("names", "regions"):
            free[at] = free[at + 1] = False
        behind = patron(token)
        against = bare(token) == "counter" and find_actor(following, cast)
        if against or (behind and find_actor(f"{behind} {following}", cast)):
            free[at + 1] = False  # "Counter ISIL Coalition", "anti-Islamic State"
    return free


def _sign(tokens: Sequence[str], start: int, end: int, cast: Cast) -> Sign | None:
    """The listed name that some tokens are: a people's, an actor's (also by a short form), a leader's or a country's."""
    text = " ".join(tokens[start:end])
    lone = end - start == 1
    if lone and tokens[start][:1].isupper() and (home := people(text, cast)):
        because = (("country", f"scene {home[0]} people"),)
        return Sign(Known(text, home[0], home[1], None, because, Sure.ROLE), "people", start, end)
    if actor := find_actor(text, cast):
        return Sign(of_actor(actor), "actor", start, end)
    long = cast.introduced.get(fold(text)) or cast.called.get(fold(text))
    if long and (known := listed_name(long, cast)):
        return Sign(known, "actor", start, end)
    forename = start > 0 and tokens[start - 1][:1].isupper() and not _descriptive(tokens[:start], cast)
    forename = forename or _goes_on(tokens[end:], cast)
    if not (lone and forename) and (leader := _leader_told(text, cast, " ".join(tokens[:start]))):
        return Sign(leader, "leader", start, end)
    parts = (text, *(halves(text)[:1] if lone and "-" in text else ()))
    word = next(filter(None, map(cast.codebook.find_country, parts)), None)
    return Sign(_government(word, cast), "country", start, end) if word else None


def _goes_on(tokens: Sequence[str], cast: Cast) -> bool:
    """Whether the words behind a last name make it a forename: "Gul *Mohammad*" is not Abdullah Gul; "Assad *regime*" is his."""
    if not tokens or not tokens[0][:1].isupper():
        return False
    book = cast.codebook
    known = book.find_role(tokens[0]) or book.find_country(tokens[0]) or find_actor(tokens[0], cast)
    return not known and len(tokens) == 1


def _descriptive(tokens: Sequence[str], cast: Cast) -> bool:
    """Whether the last of these words is a title, a role noun or a country word: no forename."""
    book, last = cast.codebook, tokens[-1]
    known = book.find_role(last) or book.find_country(last) or book.find_actor(last, cast.on)
    return known is not None or is_owner(last) or bare(last) in words()["persons"]["titles"]
