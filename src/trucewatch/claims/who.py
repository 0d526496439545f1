"""Step 3, whom a noun phrase of a report refers to: the codebook's name, country and sector, each with its reason.

The first rule that answers wins: an alias that the text itself introduces; a leader's, actor's, outlet's or country's
name that is the whole phrase; such a name at its end ("the militant group Hamas"); a person by title; a role noun with
whatever names its owner ("Turkish troops", "Hamas militants", "members of the SDF"); an unlisted name by its last word;
else the bare words. What stands behind others ("Turkish-backed") never gives its country. docs/who.md lists the rules.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from trucewatch.claims.cast import Cast
from trucewatch.claims.known import (
    ABOVE_STATES,
    ARMED,
    BY_TITLE,
    IN_FULL,
    THE_PEOPLE,
    Known,
    Sign,
    Sure,
    Value,
    described_people,
    is_short_for,
    leader_of,
    listed_beyond,
    listed_name,
    people,
    resting,
    signs,
    state,
)
from trucewatch.claims.phrase import (
    Phrase,
    bare,
    clean,
    coordinated,
    full_name,
    halves,
    heads,
    is_numbered_unit,
    is_office_with,
    listed,
    take_apart,
    words,
)
from trucewatch.claims.role_nouns import (
    ROLE_RULE,
    body_nouns,
    body_of,
    by_demonym,
    country_of,
    is_body,
    is_led,
    is_of_name,
    is_only_called_so,
    is_proper,
    led,
    may_be_of_name,
    men_of,
    nearer_role,
    patron_of,
    stood_by,
    unlisted,
    without_foe,
)
from trucewatch.codebook import RoleRow, fold
from trucewatch.codebook.rows import PEOPLE
from trucewatch.nouns import Entity

_DEEPEST = 4  # phrases within phrases that are followed
_BODIES = ABOVE_STATES | {"NGO"}
"""Bodies of states, whose troops their members lend."""
_BY_GOVERNMENT = {"MIL": "MIL", "UAF": "PRM"}
"""What the armed of a government are, by their noun's sector: "government positions", "regime militiamen"."""
_AIRCRAFT = re.compile(r"[A-Z][A-Za-z]{0,3}-\d+[A-Z]?s?")
"""The type of an aircraft: its fighters are no men."""


class Identified(NamedTuple):
    """An entity and what its fields rest on: pairs of (field, reason)."""

    entity: Entity
    because: tuple[tuple[str, str], ...]

    @property
    def is_by_capital(self) -> bool:
        """Whether it is a government told by its capital: "Kabul"."""
        return any(part == "name" and why.endswith(" capital") for part, why in self.because)

    @property
    def states_country(self) -> bool:
        """Whether the words themselves tell the country."""
        return any(part == "country" and not why.startswith("scene") for part, why in self.because)


@functools.lru_cache(maxsize=1_000)  # a report is asked for the same words again and again
def identify(words: str, cast: Cast) -> Identified:
    """Who the words refer to. Never fails: words that say nothing come back as a name without country and sector."""
    known = _known(clean(words), cast, 0)
    name = known.name or words
    if known.sure < Sure.PERSON and name.partition(" ")[0] in cast.opening and name[1:].islower():
        name = name.lower()
    entity = Entity(text=words, name=name, country=known.country, sector=known.sector, actor=known.actor)
    return Identified(entity, known.because or (("name", "rule bare words"),))


def _known(text: str, cast: Cast, depth: int) -> Known:
    """The rules in order."""
    if not text or depth > _DEEPEST:
        return Known(text)
    text = by_demonym(text, cast.codebook)
    if whole := _whole(text, cast, depth):
        return whole
    phrase = without_foe(take_apart(text), cast)
    if beyond := listed_beyond(phrase, cast):
        return beyond
    whole = _whole(phrase.text, cast, depth, phrase) if phrase.text != text and not phrase.beside else None
    # all that the phrase means: a listed name, a people, or one with no owner behind it
    listed_ = whole and (whole.sure == Sure.NAME or ("sector", THE_PEOPLE) in whole.because)
    if whole and (listed_ or phrase.link not in listed("after", "owners")):
        return whole
    known = _described(phrase, cast, depth)
    short = _whole(phrase.bracket, cast, _DEEPEST) if phrase.bracket and known.sure < Sure.NAME else None
    if short and short.actor and is_short_for(phrase, cast.codebook.actors[short.actor]):
        return short
    for part in phrase.beside:
        if known.sure < Sure.NAME:
            known = _beside(known, _known(part, cast, depth + 1))
    return known


def _beside(one: Known, other: Known) -> Known:
    """What is no listed name and its apposition together: that if it is listed; or the name of one with what the other says."""
    if other.sure == Sure.NAME:
        return other
    if one.sure == Sure.WORDS and other.sure and one.name[:1].isupper():
        because = (("name", "rule apposition"), *other.reasons("country", "sector", "actor"))
        return other._replace(name=one.name, because=because, sure=Sure.PERSON)
    if one.sure == Sure.ROLE and one.name[:1].islower() and ("name", IN_FULL) in other.because:
        return other
    because = (("name", "rule apposition"), *one.reasons("country", "sector", "actor"))
    if other.sure == Sure.WORDS and one.sure == Sure.ROLE and other.name[:1].isupper() and " and " not in other.name:
        return one._replace(name=other.name, because=because, sure=Sure.PERSON)
    return one


# ---------------------------------------------------------------- listed names


def _whole(text: str, cast: Cast, depth: int, phrase: Phrase | None = None) -> Known | None:
    """The whole phrase is a name: of the text's own short forms, a person, an actor, an outlet, a country."""
    key = fold(text)
    if called := cast.called.get(key):
        return listed_name(called, cast)
    if depth < _DEEPEST and (long := cast.introduced.get(key)) and text != text.lower():
        known = _known(clean(long), cast, _DEEPEST - 1)
        if known.sure or not listed_name(text, cast):
            why = ("name", f"introduced in the text as ({text.removeprefix('the ')})")
            if known.sure < Sure.PERSON:
                known = known._replace(name=long)
            return known._replace(because=(*known.because, why), sure=Sure.NAME)
    return _person(text, cast, depth) or listed_name(text, cast) or state(text, cast, phrase)


def _person(text: str, cast: Cast, depth: int) -> Known | None:
    """A leader, or somebody whom the report itself describes; the report's own words go before the tables."""
    if text == text.lower():
        return None
    told = cast.people.get(fold(text))
    if leader := leader_of(told.name, cast, told.title) if told else leader_of(text, cast):
        return leader
    if told is None or (not told.title and fold(told.name) == fold(text)):
        return None
    title = _known(clean(told.title), cast, max(depth, 2)) if told.title else Known("")
    because = (("name", IN_FULL), *title.reasons("country", "sector"))
    return Known(told.name, title.country, title.sector, None, because, Sure.PERSON)


# ---------------------------------------------------------------- what a phrase says


def _described(phrase: Phrase, cast: Cast, depth: int) -> Known:
    """A phrase that is no listed name as a whole."""
    tokens = phrase.tokens
    found = signs(tokens, cast)
    sign = _tail(tokens, found)
    # "the ruling Justice *and* Development Party" is one
    several = _first_of_several(phrase, cast, depth) if sign is None or "and" not in tokens[sign.start :] else None
    if known := _in_charge(phrase, cast) or several or described_people(phrase, found) or (sign and sign.known):
        return known
    unit = is_numbered_unit(tokens)
    if not unit and (known := _titled(tokens, found, cast)):
        return known
    owner = _owner(phrase, found, cast, depth)
    role = cast.codebook.find_role("brigade") if unit else men_of(tokens, owner, cast) or _role(phrase, found, cast)
    proper = is_proper(tokens, role) if role else False
    if role and (unit or not ((proper or is_of_name(phrase)) and (owner is None or owner.known.sector == "SOC"))):
        return _owned(phrase, role, owner, found, cast)
    return unlisted(phrase, owner, cast)


def _in_charge(phrase: Phrase, cast: Cast) -> Known | None:
    """Who is named right behind the office and what it is for: "Minister for the Middle East *Tobias Ellwood*"."""
    after = phrase.after.split()
    if not is_office_with(phrase.tokens[-1], phrase.link):
        return None
    sizes = (size for size in (4, 3, 2) if size < len(after) and not cast.codebook.means(after[-size - 1], *PEOPLE))
    return next(filter(None, (_person(" ".join(after[-size:]), cast, _DEEPEST) for size in sizes)), None)


def _first_of_several(phrase: Phrase, cast: Cast, depth: int) -> Known | None:
    """What holds of the first of "rebels and police"; the name is the whole. Parties come here taken apart, sources not."""
    parts = coordinated(phrase.tokens)
    if parts is None:
        return None
    known = _known(f"the {parts}" if phrase.is_the else parts, cast, depth + 1)
    because = (("name", "rule first of several"), *known.reasons("country", "sector"))
    return known._replace(name=phrase.text, actor=None, because=because, sure=Sure.ROLE) if known.sure else None


def _tail(tokens: Sequence[str], found: Sequence[Sign]) -> Sign | None:
    """A listed name at the end, which the words before it describe: "the Lebanese group Hezbollah"."""
    if not found or found[-1].end != len(tokens) or found[-1].kind == "people":
        return None
    sign = found[-1]
    named = sign.kind == "country" and sign.start and tokens[sign.start - 1][:1].isupper()
    return None if named else sign


def _titled(tokens: Sequence[str], found: Sequence[Sign], cast: Cast) -> Known | None:
    """An unlisted person behind a title: "Turkish government spokesman Ibrahim Kalin", "Mr. Besigye"."""
    for at in range(len(tokens) - 1, 0, -1):
        body = tokens[at - 1].istitle() and bare(tokens[at - 1]) in listed("sex", "bodies")
        if body or not _is_name(tokens[at:], cast):
            continue  # "Joint Task *Force* Central" is no Mr Central
        title = words()["persons"]["titles"].get(bare(tokens[at - 1]))
        role = cast.codebook.find_role(title or " ".join(tokens[:at])) if title != "" else None
        named = role is not None and role.id == "citizens" and tokens[at - 1][:1].isupper()  # "National Action"
        if title is None and (role is None or named or role.kind == "place" or role.kind == "equipment"):
            continue
        name = " ".join(tokens[at:])
        told = _person(name, cast, _DEEPEST)
        owner = next((sign for sign in found if sign.end <= at), None)
        if told and (told.sure == Sure.NAME or role is None):
            return told
        if role is None:
            return Known(name, None, None, None, (("name", BY_TITLE),), Sure.PERSON)
        known = _owned(Phrase(tuple(tokens[:at])), role, owner, [sign for sign in found if sign.end <= at], cast)
        because = (("name", BY_TITLE), *known.reasons("country", "sector"))
        return known._replace(name=told.name if told else name, actor=None, because=because, sure=Sure.PERSON)
    return None


def _is_name(tokens: Sequence[str], cast: Cast) -> bool:
    """Whether these words can be a person's name and nothing else."""
    bodies = listed("unknown", "endings") if len(tokens) == 1 else ()
    if bare(tokens[0]) in {*listed("persons", "suffixes"), *bodies}:
        return False  # "Martin Luther King Jr." is no king, nor the Justice Department a judge
    other = cast.codebook.find_role(tokens[-1]) or cast.codebook.find_country(tokens[-1]) or people(tokens[-1], cast)
    return not other and all(map(may_be_of_name, tokens))


# ---------------------------------------------------------------- role nouns and whom they belong to


def _owner(phrase: Phrase, found: Sequence[Sign], cast: Cast, depth: int) -> Sign | None:
    """Whose those are that the head noun means: the name before it, else what "of" or "in" leads to."""
    if found and not is_only_called_so(phrase, found, cast):
        first = min(found, key=lambda sign: sign.rank)
        return (_group_behind(phrase, cast, depth) if first.kind == "country" else None) or first
    if lord := stood_by(phrase, cast):
        return lord
    loyal = phrase.link == "loyal" and phrase.after.startswith("to ")
    office = bare(phrase.after) in listed("described", "portfolios")  # "the Ministry of *Labour*" is no party's
    links = listed("after", "owners") | listed("after", "places")
    if not phrase.after or office or not (loyal or phrase.link in links):
        return None
    known = _known(clean(phrase.after.removeprefix("to ")), cast, depth + 1)
    unsaid = not known.country or known.why("country").startswith("scene")
    if known.sure < Sure.PERSON and not known.actor and unsaid:
        return None
    if phrase.link in listed("after", "places"):
        return Sign(known, "country") if known.country and known.sector == "GOV" else None
    ruler = loyal and known.why("country").startswith("leaders.csv:")
    return Sign(known, "actor" if known.actor else "country" if known.sector == "GOV" and not ruler else "leader")


def _group_behind(phrase: Phrase, cast: Cast, depth: int) -> Sign | None:
    """The armed group to which those of a country belong: "Syrian fighters of *Hezbollah*"."""
    known = _known(clean(phrase.after), cast, depth + 1) if phrase.link == "of" else Known("")
    return Sign(known, "actor") if known.actor and known.sector in ARMED else None


def _role(phrase: Phrase, found: Sequence[Sign], cast: Cast) -> RoleRow | None:
    """The row of the head noun."""
    tokens = phrase.tokens[found[-1].end if found and found[-1].end < len(phrase.tokens) else 0 :]
    if len(tokens) > 1 and bare(tokens[-1]) in ("fighter", "fighters") and _AIRCRAFT.fullmatch(tokens[-2]):
        return cast.codebook.find_role("fighter jet")
    name = tokens[-1][:1].isupper() and bare(tokens[-1]) in listed("unknown", "endings")  # "the Post"
    if not name and "of" not in tokens and (row := cast.codebook.find_role(heads().like.get(bare(tokens[-1]), ""))):
        return row
    return cast.codebook.find_role(" ".join(tokens))


def _owned(phrase: Phrase, role: RoleRow, owner: Sign | None, found: Sequence[Sign], cast: Cast) -> Known:
    """A role noun and its owner: the group's own name for its members, a state's body, or plain words."""
    owner = led(owner, role, cast)
    people_ = next((sign for sign in found if sign.kind == "people"), None)
    sector, why = _sector(phrase, role, owner, people_, cast)
    country, where = country_of(phrase, role, sector, owner.known if owner else None, cast)
    group = owner.known if owner and owner.kind == "actor" and owner.known.sector == sector else None
    actor = group.actor if group and role.id in heads().weak else None
    by_actor, by_sector = f"actors.csv:{actor}" if actor else "", why if sector else ""
    because = resting(name="rule plain words", country=where, sector=by_sector, actor=by_actor)
    name = full_name(phrase) if is_body(phrase, role) else phrase.text
    plain = Known(name, country, sector, actor, because, Sure.ROLE)
    if people_ is None and (body := _body(phrase, role, owner, plain, cast)):
        return body
    return group._replace(sure=Sure.PERSON) if group and role.id in heads().belong else plain


def _body(phrase: Phrase, role: RoleRow, owner: Sign | None, plain: Known, cast: Cast) -> Known | None:
    """The state body that the words mean: of the country that they name, of a group's state (aircraft, ships), else of the place."""
    body = body_of(role, plain.country, plain.sector, cast)
    if body is None or (owner and owner.kind in ("country", "leader")):
        return body
    if owner:
        return body if plain.sector == "MIL" and body_nouns()[role.id] in ("air force", "navy") else None
    called = {form for word in role.words for form in (fold(word), f"{fold(word)}s")}
    alone = plain.name == phrase.text and fold(phrase.text) in called  # not "the Government *of National Unity*"
    if phrase.counted or not alone or role.id not in heads().home["roles"]:
        return None
    because = (("country", plain.why("country")), *body.reasons("name", "sector", "actor"))
    return body._replace(because=because, sure=Sure.ROLE)


def _sector(phrase: Phrase, role: RoleRow, owner: Sign | None, people_: Sign | None, cast: Cast) -> Value:
    """The owner's sector for those who are no more than the owner's ("Hamas leader"), else the role noun's own."""
    weak = role.id in heads().weak or role.kind in ("place", "equipment") or role.sector is None
    if told := _sector_of_owner(role, weak, owner, people_):
        return told
    other = nearer_role(phrase, cast, role) if weak else None
    if other and other.sector and not (other.id == "wounded" and role.sector):  # "*wounded* fighters" are no civilians
        own = "MIL" if role.kind == "equipment" else role.sector or ""
        armed = _BY_GOVERNMENT.get(own) if other.sector == "GOV" else None
        return Value(armed or other.sector, f"{ROLE_RULE}{other.id}")
    if role.id in heads().stand_for and (known := _behind(phrase, cast)) and known.sector:
        return Value(known.sector, known.why("sector"))
    if role.id == "forces" and owner is None and patron_of(phrase) and not is_led(phrase):
        return Value("REB", "rule forces that somebody backs")
    if role.kind == "equipment" and any(
        part in listed("after", "merchant") for token in phrase.tokens for part in halves(token)[1:]
    ):
        return Value("BUS", "rule a merchant's ship")
    of_state = owner and owner.kind != "actor" and (role.id in body_nouns() or role.kind == "equipment")
    if owner and of_state and (role.sector is None or (role.sector, owner.kind) == ("UAF", "country")):
        return Value("MIL", "rule a state's equipment")  # "Israeli snipers"
    if role.id in heads().sectors:
        return Value(heads().sectors[role.id] or None, f"naming.toml:sectors {role.id}")
    return Value(role.sector, f"{ROLE_RULE}{role.id}")


def _sector_of_owner(role: RoleRow, weak: bool, owner: Sign | None, people_: Sign | None) -> Value | None:
    """The sector of a group's own, of those who fight for a leader, and of a people's armed men; of others nothing."""
    known, armed = owner.known if owner else Known(""), role.id in heads().armed
    if owner and owner.kind == "actor":
        lent = known.country in ABOVE_STATES and known.sector != "MIL" and role.sector == "MIL"
        belongs = weak or role.id in heads().belong or known.country in _BODIES
        if known.sector != "SOC" and not lent and belongs:
            return Value(known.sector, known.why("sector"))
    elif owner and owner.kind == "leader":
        if known.sector in ARMED and armed:
            return Value(known.sector, known.why("sector"))
        if known.sector == "GOV" and role.sector in _BY_GOVERNMENT:
            return Value(_BY_GOVERNMENT[role.sector], "rule who fights for a government")
    if people_ and armed:
        return Value("REB" if role.sector == "REB" else people_.known.sector, "naming.toml:peoples")
    return None


def _behind(phrase: Phrase, cast: Cast) -> Known | None:
    """Whom somebody leads or speaks for: "the leader of *a rebel group*"."""
    if phrase.link not in listed("after", "owners"):
        return None
    known = _known(clean(phrase.after), cast, _DEEPEST - 1)
    return known if known.sure else None
