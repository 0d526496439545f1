"""Who a noun phrase of a report stands for: the codebook's name, country and sector, each with its reason.

Rules, the first that answers wins: an alias that the text itself introduces; a name of the codebook that is the whole
phrase; a name inside it; country word and role noun together; a country alone (its government); a role noun alone (of the
country where the report plays); a person by title or apposition; else the bare words.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from trucewatch.codebook import Actor, Codebook, Country, Leader, RoleRow, fold
from trucewatch.nouns import Entity, Passage, Report

SCENE_SHARE = 0.3
"""Share of a report's country words from which a country is where the report plays."""
_LONGEST_NAME = 7

_LEADING = re.compile(
    r"^(?:(?:the|a|an|some|several|many|most|all|both|these|those|this|that|its|his|her|their|other|another|more|few|"
    r"at least|up to|about|around|nearly|almost|dozens of|hundreds of|thousands of|scores of|a number of|a group of|"
    r"members? of|one of|two of|\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|former|late|"
    r"local|senior|top|key|so-called|would-be|suspected|alleged|unidentified|unknown|heavily armed)\b[\s,]*)+",
    re.I,
)
_CLAUSE = re.compile(
    r",?\s\b(?:that|who|which|whose|where|when|while|after|accused of|suspected of|including|such as)\b.*$",
    re.I | re.S,
)
_BRACKETS = re.compile(r"^(.*?)\s*\(([^()]+)\)\s*(.*)$", re.S)
_PATRON = re.compile(
    r"[\w.'’]+(?:\s[\w.'’]+)?\s?[-‐‑–]\s?(?:backed|led|occupied|allied|supported|sponsored|funded|trained|aligned|held|controlled|linked|dominated|mediated)\b",
    re.I,
)
_AWAY = re.compile(
    r"\s(?:in|at|near|from|on|against|with|for|to|under|outside|inside|along|across|around|over|by|during|after|backed|loyal|allied|opposed)\s.*$",
    re.I | re.S,
)
_PART_OF = re.compile(
    r"^(?P<part>.*?)\s(?:of|from|belonging to|loyal to|affiliated with|linked to|allied with)\s(?:the\s)?(?P<whole>[A-Z].*)$",
    re.S,
)
_POSSESSIVE = re.compile(r"^(?P<owner>.+?)(?:['’]s|(?<=s)['’])\s(?P<owned>.+)$", re.S)
_NATIONLESS = frozenset({"NGO", "IGO", "UNO", "EUR", "IMG"})
_STATE = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "PRM"})


class Identified(NamedTuple):
    """An entity and what its fields rest on: pairs of (field, reason); the field ``""`` is the whole."""

    entity: Entity
    because: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cast:
    """What a report tells of its people: its date, where it plays, the aliases and persons that it introduces."""

    codebook: Codebook
    on: dt.date | None = None
    country: str | None = None
    """Where the report plays; None where no country stands out."""
    introduced: Mapping[str, str] = field(default_factory=dict)
    """Folded short form -> the words that it was introduced with ("SAA" -> "Syrian Arab Army")."""

    @staticmethod
    def build(report: Report, passages: Sequence[Passage], codebook: Codebook, countries: Mapping[str, float]) -> Cast:
        """`countries`: each country's share of the report's country words, the greatest first."""
        first = next(iter(countries.items()), None)
        country = first[0] if first and first[1] >= SCENE_SHARE else None
        return Cast(codebook, report.written, country, introduced(report.text, passages))


def introduced(text: str, passages: Sequence[Passage]) -> dict[str, str]:
    """Acronyms in brackets after a name whose initials they are, and last names of persons named in full."""
    out: dict[str, str] = {}
    for match in re.finditer(r"((?:[\w'’-]+\s){1,8})\(([A-Z][A-Za-z.-]{1,9})\)", text):
        words, short = match.group(1).split(), match.group(2)
        letters = [c for c in short.lower() if c.isalpha()]
        for start in range(len(words)):
            initials = [part[0].lower() for word in words[start:] for part in re.split("[-’']", word) if part]
            if initials and initials[0] == letters[0] and _subsequence(letters, initials):
                out.setdefault(fold(short), " ".join(words[start:]).strip())
                break
        else:
            capitals = [w for w in words if w[:1].isupper()]
            if capitals and sum(c.isupper() for c in short) >= 2:  # an acronym of the name in another language
                out.setdefault(fold(short), " ".join(words[words.index(capitals[0]) :]))
    for passage in passages:
        for name in passage.names:
            if name.kind == "PER" and name.last > name.first:
                words = [w.text for w in passage.words[name.first : name.last + 1]]
                full = text[passage.words[name.first].start : passage.words[name.last].end]
                if words[-1][:1].isupper() and len(words[-1]) > 2:
                    out.setdefault(fold(words[-1]), full)
    return out


def _subsequence(letters: Sequence[str], initials: Sequence[str]) -> bool:
    at = iter(letters)
    return all(letter in at for letter in initials) or all(letter in iter(initials) for letter in letters)


def identify(words: str, cast: Cast) -> Identified:
    """Who the words stand for. Never fails: words that say nothing come back as a name without country and sector."""
    text = " ".join(words.split()).strip(' ,;:"“”‘.')
    found = next(_answers(text, cast), None)
    if found is None:
        found = Identified(Entity(text=words, name=_plain(text) or text), (("name", "rule bare words"),))
    entity, because = found
    return Identified(
        Entity(text=words, name=entity.name, country=entity.country, sector=entity.sector, actor=entity.actor),
        because,
    )


def _answers(text: str, cast: Cast) -> Iterator[Identified]:
    """The rules in order; each yields an answer or nothing."""
    if known := _named(text, cast):
        yield known
    bracketed = _BRACKETS.match(text)
    if bracketed:
        outer = " ".join(filter(None, (bracketed[1], bracketed[3])))
        for part in (outer, bracketed[2]):
            if known := _named(part, cast):
                yield known
        text = outer or text
    text = _CLAUSE.sub("", text)
    core = _PATRON.sub(" ", text) if _PATRON.search(text) else text
    if known := _titled(core, cast):
        yield known
    if known := _possessed(core, cast):
        yield known
    if known := _part_of(core, cast):
        yield known
    near = _AWAY.sub("", core)
    if known := _inside(near, cast):
        yield known
    if known := _described(near, core, cast):
        yield known
    if near != core and (known := _inside(core, cast)):
        yield known
    if known := _by_title(near, cast):
        yield known


# ---------------------------------------------------------------- names


def _named(text: str, cast: Cast, depth: int = 0) -> Identified | None:
    """The whole phrase is a name: introduced in the text, a leader's, an actor's, a country's."""
    bare = _LEADING.sub("", text).strip()
    for form in dict.fromkeys((text, bare)):
        if not form:
            continue
        if actor := cast.codebook.find_actor(form, cast.on):
            return _actor(actor)
        if leader := cast.codebook.find_leader(form, cast.on) or _past_leader(form, cast):
            return _leader(leader)
        full = cast.introduced.get(fold(form))
        if full and depth == 0 and fold(full) != fold(form):
            known = identify(full, cast)
            if known.entity.country or known.entity.sector:
                return Identified(known.entity, (("name", f"introduced in the text as {full}"), *known.because))
        if form[:1].isupper() and (word := cast.codebook.find_country(form)):
            if word.kind == "demonym":
                return _people(form, word.country, word.where, cast)
            country = cast.codebook.countries.get(word.country)
            if country:
                return _government(country, word.where, word.kind)
    return None


def _past_leader(name: str, cast: Cast) -> Leader | None:
    """One who bears the whole name but was in office at another time: still the same person."""
    return cast.codebook.find_leader(name, None) if " " in name else None


def _people(form: str, country: str, where: str, cast: Cast) -> Identified:
    """A demonym alone: the people ("the Syrians"), or the country's side in talks ("Turkish")."""
    row = cast.codebook.countries.get(country)
    if (form.endswith("s") and not form.lower().startswith("the ")) or row is None:
        return Identified(
            Entity(text=form, name=form, country=country, sector="CVL"),
            (("country", where), ("sector", "rule plural demonym")),
        )
    return _government(row, where, "demonym")


def _actor(actor: Actor) -> Identified:
    entity = Entity(text=actor.name, name=actor.name, country=actor.country, sector=actor.sector, actor=actor.id)
    return Identified(entity, tuple((part, f"actors.csv:{actor.id}") for part in ("name", "country", "sector")))


def _leader(leader: Leader) -> Identified:
    entity = Entity(text=leader.name, name=leader.name, country=leader.country, sector=leader.sector)
    return Identified(entity, tuple((part, f"leaders.csv:{leader.id}") for part in ("name", "country", "sector")))


def _government(country: Country, where: str, kind: str) -> Identified:
    entity = Entity(text=country.name, name=country.name, country=country.code, sector="GOV")
    return Identified(
        entity,
        (
            ("name", where),
            ("country", f"{where} {kind}"),
            ("sector", "rule country stands for its government"),
        ),
    )


def _inside(text: str, cast: Cast) -> Identified | None:
    """The longest name within the phrase that is an actor's or a leader's; later ones win among equals."""
    parts = text.split()
    for size in range(min(_LONGEST_NAME, len(parts)), 0, -1):
        for start in range(len(parts) - size, -1, -1):
            form = " ".join(parts[start : start + size]).strip(" ,;:\"“”'’")
            if not form[:1].isupper() and not form.startswith(("al-", "an-", "ar-", "as-", "el-")):
                continue
            if actor := cast.codebook.find_actor(form, cast.on):
                return _actor(actor)
            leader = cast.codebook.find_leader(form, cast.on) or _past_leader(form, cast)
            if leader and (size > 1 or size == len(parts)):
                return _leader(leader)
            full = cast.introduced.get(fold(form))
            if full and size == 1 and form.isupper() and (actor := cast.codebook.find_actor(full, cast.on)):
                return _actor(actor)
    return None


def _titled(text: str, cast: Cast) -> Identified | None:
    """A leader's name within a phrase of titles ("Russian President Vladimir Putin")."""
    parts = text.split()
    for size in (4, 3, 2, 1):
        for start in range(len(parts) - size, -1, -1):
            if not parts[start][:1].isupper() or (size == 1 and (start == 0 or not parts[start - 1][:1].isupper())):
                continue
            form = " ".join(parts[start : start + size]).strip(",")
            leader = cast.codebook.find_leader(form, cast.on) or (_past_leader(form, cast) if size > 1 else None)
            if leader and (size > 1 or _title_before(parts[:start], cast)):
                return _leader(leader)
    return None


def _title_before(parts: Sequence[str], cast: Cast) -> bool:
    role = cast.codebook.find_role(" ".join(parts[-2:])) if parts else None
    return role is not None and role.kind == "person"


def _possessed(text: str, cast: Cast) -> Identified | None:
    """ "Russia's Aerospace Forces", "Assad's army": the owner's country, the owned noun's sector."""
    match = _POSSESSIVE.match(text)
    if not match:
        return None
    owner, owned = match["owner"], match["owned"]
    for joined in (f"{owner} {owned}", owned):
        if actor := cast.codebook.find_actor(_LEADING.sub("", joined), cast.on):
            return _actor(actor)
    holder, held = _named(owner, cast), cast.codebook.find_role(_AWAY.sub("", owned))
    if holder and held and holder.entity.country and held.sector:
        if usual := _usual(held, holder.entity.country, cast):
            return usual
        entity = Entity(text=text, name=f"{owner}'s {owned}", country=holder.entity.country, sector=held.sector)
        return Identified(
            entity, (*(b for b in holder.because if b[0] == "country"), ("sector", f"roles.csv:{held.id}"))
        )
    return None


def _part_of(text: str, cast: Cast) -> Identified | None:
    """ "two units of the Mu'tasim Division", "commander of the SDF": the whole stands for its part."""
    match = _PART_OF.match(text)
    if not match:
        return None
    whole = _named(match["whole"], cast) or _inside(match["whole"].split(",")[0], cast)
    role = cast.codebook.find_role(match["part"])
    if whole is None or whole.entity.country is None:
        return None
    if whole.entity.actor or role is None or role.sector is None:
        return whole
    entity = Entity(text=text, name=_plain(text), country=whole.entity.country, sector=role.sector)
    return Identified(entity, (("sector", f"roles.csv:{role.id}"), *(b for b in whole.because if b[0] == "country")))


# ---------------------------------------------------------------- descriptions


def _described(near: str, core: str, cast: Cast) -> Identified | None:
    """Country word and role noun ("Turkish troops"), a role noun alone ("militants"), a country word alone."""
    role = cast.codebook.find_role(_LEADING.sub("", near)) or cast.codebook.find_role(near.split(",")[0])
    country, where = _country_in(near, cast) or (None, "")
    if role is None:
        if country is None:
            return None
        row = cast.codebook.countries.get(country)
        last = near.split()[-1].strip(",.")
        if row and (word := cast.codebook.find_country(last)) and word.kind != "demonym":
            return _government(row, where, "name")
        return Identified(Entity(text=near, name=_plain(near), country=country), (("country", where),))
    because = [("name", f"roles.csv:{role.id}"), ("sector", f"roles.csv:{role.id}")]
    if country:
        if not _other_people(near, country, cast) and (usual := _usual(role, country, cast)):
            return usual
        because.append(("country", where))
    elif cast.country and role.sector:
        country = cast.country
        because.append(("country", f"scene {country}"))
    return Identified(
        Entity(text=near, name=_plain(near) or role.name, country=country, sector=role.sector), tuple(because)
    )


def _other_people(text: str, country: str, cast: Cast) -> bool:
    """Whether a capitalised word besides the country's narrows the phrase ("Syrian Kurdish forces")."""
    for form in re.findall(r"(?<!^)\b[A-Z][\w.'’]+", text):
        word = cast.codebook.find_country(form)
        if not (word and word.country == country):
            return True
    return False


def _usual(role: RoleRow, country: str, cast: Cast) -> Identified | None:
    """The named body that a role noun of a country means: its armed forces, air force, police."""
    if role.sector not in ("MIL", "COP", "GOV"):
        return None
    row = cast.codebook.countries.get(country)
    if row is None:
        return None
    nouns = {
        "MIL": ("Air Force",) if role.id in _FLIERS else (role.name, "Armed Forces", "army"),
        "COP": ("police",),
        "GOV": ("government",),
    }
    for demonym in row.demonyms[:2]:
        for noun in nouns[role.sector]:
            actor = cast.codebook.find_actor(f"{demonym} {noun}", cast.on)
            if actor and actor.country == country and actor.sector == role.sector and role.kind != "person":
                return _actor(actor)
    return None


_FLIERS = frozenset({"warplanes", "jets", "aircraft", "helicopters", "air-force", "pilots"})


def _country_in(text: str, cast: Cast) -> tuple[str, str] | None:
    """The country that a word of the phrase names; the last before the head noun."""
    parts = re.findall(r"[\w.'’]+", text)
    for size in (3, 2, 1):
        for start in range(len(parts) - size, -1, -1):
            form = " ".join(parts[start : start + size])
            if form[:1].isupper() and (word := cast.codebook.find_country(form.removesuffix("'s").removesuffix("’s"))):
                return word.country, f"{word.where} {word.kind}"
    return None


def _by_title(text: str, cast: Cast) -> Identified | None:
    """A person or body unknown to the tables: what the words before or after the name say."""
    parts = text.replace(",", " ").split()
    for size in (3, 2, 1):
        for start in range(len(parts) - size + 1):
            role = cast.codebook.find_role(" ".join(parts[start : start + size]))
            if role and role.sector:
                country, where = _country_in(text, cast) or (cast.country, f"scene {cast.country}")
                because = [("sector", f"roles.csv:{role.id}")] + ([("country", where)] if country else [])
                return Identified(
                    Entity(text=text, name=_plain(text), country=country, sector=role.sector), tuple(because)
                )
    return None


def _plain(text: str) -> str:
    """The phrase without articles, numbers and patrons: the plain description of an unnamed party."""
    return " ".join(_LEADING.sub("", text).split()).strip(" ,;:\"“”'’")
