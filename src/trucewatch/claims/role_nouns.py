"""Step 3, who: role nouns, and names that no table has: whose their people are, their country, sector and body."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from itertools import pairwise

from trucewatch.claims.cast import Cast
from trucewatch.claims.known import ARMED, Known, Sign, Sure, Value, leader_of, of_actor, peoples, resting
from trucewatch.claims.phrase import (
    Phrase,
    bare,
    full_name,
    heads,
    is_behind,
    is_owner,
    listed,
    patron,
    plural,
    take_apart,
    without_the,
    words,
)
from trucewatch.codebook import Codebook, RoleRow, fold
from trucewatch.codebook.rows import PEOPLE

ROLE_RULE = "roles.csv:"
"""Before the id of a row: what a value of it rests on."""
FROM_ABROAD = "rule of several countries"
"""What it rests on that somebody has no country, nor that of the place."""
_OF_COUNTRY = re.compile(
    r"(?:[Tt]he )?(?P<country>(?:[A-Z]\S* )+of (?:the )?[A-Z]\S*(?: [A-Z]\S*)*) (?P<people>[a-z].*)"
)
"""A long name of a country before its people."""
_TRAVEL = frozenset({"GOV", "MIL", "REF", "UAF"})
"""Sectors of those who are met abroad; "Arab residents" are of the place."""
_OF_THE_PLACE = frozenset({"REB", "PRM", "PTY", "GOV", "JUD", "LEG"})
"""Sectors of bodies without a country of their own that are of the country where the report plays."""


def patron_of(phrase: Phrase) -> list[str]:
    """Those who stand behind the ones who are meant: "Turkish" of "Turkish-backed rebels"."""
    behind = [name for token in phrase.tokens if (name := patron(token))]
    behind += [name for name, token in pairwise(phrase.tokens) if is_behind(token)]
    if phrase.link == "backed" or phrase.after.startswith("by "):
        behind.append(without_the(phrase.after.removeprefix("by ")))
    return behind


def is_led(phrase: Phrase) -> bool:
    """Whether a state leads those who are meant: "U.S.-led forces"; "Kurdish-led" are none of several states."""
    led = [token[:-4] for token in phrase.tokens if token.endswith(("-led", "‑led", "–led"))]
    return any(fold(leader) not in peoples() for leader in led)


def role_of(noun: str, codebook: Codebook) -> RoleRow | None:
    """The row of a noun, or of the one that it is used like: backers are allies."""
    return codebook.find_role(heads().like.get(bare(noun), noun))


def men_of(tokens: Sequence[str], owner: Sign | None, cast: Cast) -> RoleRow | None:
    """What "men" are whom an armed body, or one who leads it, calls its own: "the rebels' *men*"."""
    armed = owner.known.sector if owner and owner.kind in ("actor", "leader") else None
    noun = heads().men.get(armed or "") if bare(tokens[-1]) == "men" else None
    return cast.codebook.find_role(noun) if noun else None


def without_foe(phrase: Phrase, cast: Cast) -> Phrase:
    """A phrase in which a side calls its enemy by his country, as others put it: "the Russian *occupiers*" are Russian troops, "the
    Russian *enemy's* guns" Russian guns. "Russia's enemies" and "a Russian adversary" are others."""
    tokens = phrase.tokens
    for at in range(1, 1 if phrase.counted else len(tokens)):
        land = cast.codebook.find_country(tokens[at - 1]) if bare(tokens[at]) in heads().foes else None
        if land and land.kind == "demonym":
            return phrase._replace(tokens=(*tokens[:at], *(tokens[at + 1 :] or ("troops",))))
    return phrase


def led(owner: Sign | None, role: RoleRow, cast: Cast) -> Sign | None:
    """The owner of armed men and of who speaks for them: for a leader's, the body that he leads by his office, where he rules no
    state: "*Haftar's* troops" are the Libyan National Army."""
    fights = role.id in heads().armed | heads().weak and owner is not None and owner.kind == "leader"
    if owner is None or not fights or owner.known.sector not in ARMED:
        return owner
    row = cast.codebook.leaders.get(owner.known.why("name").removeprefix("leaders.csv:"))
    body = cast.codebook.led_by(row, cast.on) if row else None
    return Sign(of_actor(body), "actor", owner.start, owner.end) if body else owner


def stood_by(phrase: Phrase, cast: Cast) -> Sign | None:
    """The ruler for whom some fight: "*pro-Assad* militias" are of his country, and no rebels."""
    leaders = (leader_of(token[4:], cast) for token in phrase.tokens if token.startswith("pro-"))
    return next((Sign(leader, "leader") for leader in leaders if leader and leader.sector == "GOV"), None)


def is_only_called_so(phrase: Phrase, found: Sequence[Sign], cast: Cast) -> bool:
    """Whether a country is no more than part of what a house is called: "the *Saudi* Hospital", "the *American* University"."""
    role = cast.codebook.find_role(phrase.tokens[-1]) if phrase.tokens[-1].istitle() else None
    if role is None or role.id not in heads().called or any(map(is_owner, phrase.tokens)):
        return False
    return all(s.known.why("country").endswith("demonym") and s.known.country != cast.country for s in found)


def nearer_role(phrase: Phrase, cast: Cast, head: RoleRow | None = None) -> RoleRow | None:
    """The role that a word before the head noun names ("rebel" in "rebel convoy"), or before all that names it: "*spy plane*"."""
    names = (name for name in head.words if name in fold(phrase.text)) if head and head.sector else ()
    named = max((name.count(" ") for name in names), default=0)
    for end in range(len(phrase.tokens) - 1 - named, 0, -1):
        token = phrase.tokens[end - 1]
        if (token[:1].isupper() and end > 1) or bare(token) in listed("persons", "ranks"):
            continue
        if patron(token) is None and (row := role_of(token, cast.codebook)):
            return row
    return None


def country_of(phrase: Phrase, role: RoleRow, sector: str | None, owner: Known | None, cast: Cast) -> Value:
    """The owner's country, that of a place in the words, else where the report plays."""
    if owner and (owner.country or owner.sure == Sure.NAME):
        return Value(owner.country, owner.why("country")) if owner.country else Value()
    if phrase.link in listed("after", "places") and (country := _country_within(phrase.after, cast)):
        return country
    if role.id == "aid-agencies":
        return Value("NGO", "rule aid agencies")
    if role.id == "coalition" or _is_allied(phrase, role):
        return Value("IGO", "rule a coalition of states")
    if office := _own_office(phrase, cast):
        return Value(office, "naming.toml:whose")
    return _at_home(phrase, role, sector, cast) if sector and role.id not in heads().abroad else Value()


def _at_home(phrase: Phrase, role: RoleRow, sector: str, cast: Cast) -> Value:
    """Where the report plays, or whoever publishes it sits; nothing for those who are of several countries, or of others."""
    if sector in _TRAVEL and _of_many(phrase, role, cast):
        return Value(None, FROM_ABROAD)
    if cast.state and role.id in heads().national and phrase.tokens[0].istitle():
        return Value(cast.state, "rule an office of whoever publishes it")
    lands = (peoples().get(fold(token)) for token in phrase.tokens if token[:1].isupper())
    if any(land and cast.home() not in land for land in lands):
        return Value()  # "Kurdish forces", in a report on none of their countries
    behind = {word.country for name in patron_of(phrase) if (word := cast.codebook.find_country(name))}
    without = heads().no_army if sector == "MIL" or role.id == "settlers" else frozenset()
    home = cast.home(frozenset(behind) | without)
    return Value(home, f"scene {home}") if home else Value()


def _is_allied(phrase: Phrase, role: RoleRow) -> bool:
    """Whether forces or aircraft are a coalition's, which the words before them name, or one that somebody leads."""
    named = any(bare(token) == "coalition" for token in phrase.tokens[:-1])
    return (named and (role.sector == "MIL" or role.kind == "equipment")) or (
        is_led(phrase) and role.id in heads().allied
    )


def _own_office(phrase: Phrase, cast: Cast) -> str | None:
    """The country or body with an office of that name, of several the one most told of; None with an owner: "the party's ..."."""
    if phrase.link == "of" or any(map(is_owner, phrase.tokens)):
        return None
    name = f" {bare(phrase.text)} "
    countries = next((codes for office, codes in heads().whose.items() if f" {office} " in name), None)
    if countries is None:
        return None
    return next((code for code in (cast.country, *cast.countries) if code in countries), countries[0])


def _of_many(phrase: Phrase, role: RoleRow, cast: Cast) -> bool:
    """Whether a phrase means people of several countries or from elsewhere: "*Western* diplomats", "leaders of 20 countries", "the
    foreign *ministers*"."""
    if bare(phrase.text).endswith(tuple(listed("both", "one_each"))):
        return True
    own = {part for word in role.words for part in word.split()}
    if any(bare(token) in heads().from_abroad - own for token in phrase.tokens[:-1]):
        return True
    if phrase.link == "for" and fold(phrase.after) in heads().regions:
        return True
    behind = take_apart(phrase.after) if phrase.link in listed("after", "owners") and phrase.after else None
    others = cast.codebook.find_role(behind.text) if behind and plural(behind.tokens[-1]) else None
    return others is not None and others.id in ("countries", "western-countries", "arab-states")


def _country_within(text: str, cast: Cast) -> Value | None:
    """A country that a place phrase names: "in northern Syria"."""
    tokens = [token.strip(",;") for token in text.split()]
    for size in (3, 2, 1):
        for start in range(len(tokens) - size + 1):
            if tokens[start][:1].isupper() and (
                word := cast.codebook.find_country(" ".join(tokens[start : start + size]))
            ):
                return Value(word.country, word.because)
    return None


def body_of(role: RoleRow, country: str | None, sector: str | None, cast: Cast) -> Known | None:
    """The named body that a country's role noun means: its armed forces, air force, police."""
    noun = body_nouns().get(role.id)
    if noun is None or country is None or country not in cast.codebook.countries or role.kind == "person":
        return None
    row = cast.codebook.countries[country]
    for word in (*row.demonyms[:2], row.name):
        actor = cast.codebook.find_actor(f"{word} {noun}", cast.on)
        if actor and actor.sector == sector:
            return of_actor(actor)._replace(sure=Sure.PERSON)
    return None


@functools.cache
def body_nouns() -> dict[str, str]:
    """What the body is called whose people a role noun means, by the row's id: "army" by "troops"."""
    return {role: noun for noun, roles in heads().bodies.items() for role in roles}


def unlisted(phrase: Phrase, owner: Sign | None, cast: Cast) -> Known:
    """A name that no table has: its country by a country word in it, its sector by its last word."""
    known, last = owner.known if owner else Known(""), bare(phrase.tokens[-1])
    numbered = phrase.text[:1].isdigit() and phrase.tokens[-1].istitle()  # "the 33rd Front"
    named = phrase.text[:1].isupper() or phrase.text.startswith("al-") or numbered
    ending = words()["unknown"]["endings"].get(last) if named else None
    sector, why = Value(ending, f"naming.toml:endings {last}") if ending else _sector_within(phrase, owner, cast)
    abroad = {bare(token) for token in phrase.tokens} & heads().from_abroad
    home = cast.home() if ending in _OF_THE_PLACE and known.country is None and not abroad else None
    because = resting(name="rule bare words", country=known.why("country") if known.country else "", sector=why)
    because += resting(country=f"scene {home}" if home else "")
    sure = Sure.ROLE if sector else Sure.WORDS
    return Known(full_name(phrase), known.country or home, sector, None, because, sure)


def _sector_within(phrase: Phrase, owner: Sign | None, cast: Cast) -> Value:
    """The sector of the actor, or else of the role, that a name holds."""
    known = owner.known if owner and owner.kind == "actor" else Known("")
    role = None if known.sector else nearer_role(phrase, cast)
    return Value(role.sector, f"{ROLE_RULE}{role.id}") if role else Value(known.sector, known.why("sector"))


def is_body(phrase: Phrase, role: RoleRow) -> bool:
    """Whether a name begins with no more than a word for a body: "the *Office* of the High Commissioner"."""
    alone = phrase.definite and len(phrase.tokens) == 1 and role.kind != "person"
    office = role.kind == "group" and role.sector in (None, "GOV")  # "Lebanon's *Ministry* of Public Health"
    return (alone or office) and phrase.tokens[-1].istitle() and not plural(phrase.text)


def is_proper(tokens: Sequence[str], role: RoleRow) -> bool:
    """Whether a phrase is a name of its own for all that its last word is a role noun: "the Free Nuba Brigade"."""
    return (
        len(tokens) > 1
        and fold(" ".join(tokens[-2:])) not in role.words
        and all(may_be_of_name(token) for token in tokens)
        and bare(tokens[-1]) in listed("unknown", "endings")
    )


def is_of_name(phrase: Phrase) -> bool:
    """Whether what follows "of" makes a role noun a name: "the Army *of the Victorious Sect*"."""
    body = phrase.tokens[-1].istitle() and bare(phrase.tokens[-1]) in listed("unknown", "endings")
    words_ = phrase.after.removeprefix("the ").split() if body and phrase.link == "of" else []
    return bool(words_) and all(may_be_of_name(word) for word in words_)


def may_be_of_name(token: str) -> bool:
    """Whether a word has a capital or is a particle of names: "Ansar Abu Bakr *al-Siddiq*"."""
    return token[:1].isupper() or bare(token).split("-")[0] in listed("persons", "particles")


def by_demonym(text: str, codebook: Codebook) -> str:
    """People behind the long name of a country as that country's: "*Republic of the Congo* soldiers"."""
    match = _OF_COUNTRY.fullmatch(text)
    word = codebook.find_country(match["country"]) if match else None
    if match is None or word is None or word.kind != "name" or not codebook.means(match["people"], *PEOPLE):
        return text
    demonyms = codebook.countries[word.country].demonyms
    return f"{demonyms[0]} {match['people']}" if demonyms else text
