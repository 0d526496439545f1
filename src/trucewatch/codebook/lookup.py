"""The codebook in use: its tables, and who or what a name in a report stands for."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, cast, get_args

from trucewatch.codebook import rows
from trucewatch.codebook.checks import links
from trucewatch.codebook.names import fold, has_capital, spelled_alike
from trucewatch.codebook.rows import Actor, Area
from trucewatch.codebook.tables import AREAS, Table, files, own, read_all, read_areas
from trucewatch.codebook.triggers import Matcher, TriggerHit
from trucewatch.errors import TableError, WrongCallError

_CITED = re.compile(r"\b(\w+)\.csv:([\w-]+)")
_LEADS = re.compile(r"(?:\w+ )?(?:leader|commander|chief|head|chairman|emir) of (?:the )?(.+)")
_LATELY = dt.timedelta(days=5 * 365)
_JOINING = frozenset("of the to for in and".split())
_ALIKE = {"defense": "defence", "spokeswoman": "spokesman", "chairwoman": "chairman", "congresswoman": "congressman"}
"""Words of an office that are written in two ways."""


class Named(NamedTuple):
    """A name of an actor, with the dates between which it means that actor."""

    spelling: str
    actor: Actor
    alias: rows.Alias | None


class Codebook:
    """All tables by row id, and look-ups by name. Names are compared as ``names.fold`` leaves them."""

    def __init__(self, tables: Mapping[str, Table], extra: Path | None = None) -> None:
        self._extra = extra
        self.types = cast(Mapping[str, rows.EventType], tables["types.csv"])
        self.modes = cast(Mapping[str, rows.Mode], tables["modes.csv"])
        self.triggers = cast(Mapping[str, rows.TriggerRow], tables["triggers.csv"])
        self.roles = cast(Mapping[str, rows.RoleRow], tables["roles.csv"])
        self.countries = cast(Mapping[str, rows.Country], tables["countries.csv"])
        self.leaders = cast(Mapping[str, rows.Leader], tables["leaders.csv"])
        self.actors = cast(Mapping[str, Actor], tables["actors.csv"])
        self.aliases = cast(Mapping[str, rows.Alias], tables["aliases.csv"])
        self.outlets = cast(Mapping[str, rows.Outlet], tables["outlets.csv"])
        self.places = cast(Mapping[str, rows.PlaceRow], tables["places.csv"])
        self.indicators = cast(Mapping[str, rows.Indicator], tables["indicators.csv"])

    @functools.cached_property
    def areas(self) -> Mapping[str, Area]:
        """Named regions by id, read when first asked for."""
        areas: dict[str, Area] = {}
        for file, label in files(AREAS, self._extra):
            areas |= read_areas(file, label)
        return areas

    # ------------------------------------------------------------ types

    def kind(self, written: str) -> tuple[str | None, str | None]:
        """The type and mode of ``ASSAULT``, ``assault/aerial``, ``/aerial`` or nothing. Raises WrongCallError where there is none."""
        type_, _, mode = written.partition("/")
        if type_ and type_.upper() not in self.types:
            raise WrongCallError(f"{type_!r} is none of {', '.join(self.types)}")
        modes = sorted({row.mode for row in self.modes.values() if row.type == type_.upper() or not type_})
        if mode and mode.lower() not in modes:
            said = f"is none of {', '.join(modes)}" if modes else f"is none: {type_.upper()} has no modes"
            raise WrongCallError(f"{mode!r} {said}")
        return type_.upper() or None, mode.lower() or None

    # ------------------------------------------------------------ actors and leaders

    def find_actor(self, name: str, on: dt.date | None = None, near: str | None = None) -> Actor | None:
        """The actor of that name on a day; None where there is none, or where several remain.

        Of several, one of the country ``near``, where the name is met, goes before all others. A name counts on the
        days of its own row in aliases.csv, and not before its actor began, unless it is what it was called before. A
        group that has ended is still spoken of, so its name goes on until another group bears it. Of several actors,
        one whose name is dated goes before the others. Without a day, the one that bears the name still.
        """
        borne = self._actor_names.get(fold(name))
        if borne is None:  # as of most phrases of a text
            return None
        named = [entry for entry in borne if spelled_alike(entry.spelling, name)]
        if not named:
            return None
        if on is not None:
            named = [entry for entry in named if _name_counts(entry, on)]
        named = [entry for entry in named if entry.actor.country == near] or named
        for better in (_lasts, _dated):
            if len({entry.actor.id for entry in named}) > 1:
                named = [entry for entry in named if better(entry, on)] or named
        return named[0].actor if len({entry.actor.id for entry in named}) == 1 else None

    def actors_named(self, name: str) -> frozenset[str]:
        """The ids of all actors that have borne a name, in any case."""
        return frozenset(entry.actor.id for entry in self._actor_names.get(fold(name), ()))

    def begins_body(self, word: str) -> bool:
        """Whether some actor or outlet has a name of several words, or one with a full stop, that begins with this one."""
        return fold(word) in self._firsts

    def find_leader(self, name: str, on: dt.date | None = None) -> rows.Leader | None:
        """Who of that name was in office on a day; of one person's several offices, the one that began last.

        Without a day, the last term of that name. None where two people of that name were in office, and for
        a name without a capital ("may").
        """
        terms = self._terms(name)
        if on is not None:
            terms = [term for term in terms if _covers(term.since, term.until, on)]
        if not terms:
            return None
        if on is None:
            last = max(term.until or dt.date.max for term in terms)
            terms = [term for term in terms if (term.until or dt.date.max) == last]
        if len({fold(term.name) for term in terms}) > 1:
            return None
        return max(terms, key=lambda term: term.since or dt.date.min)

    def find_office(self, name: str, said: str, on: dt.date | None = None) -> rows.Leader | None:
        """The term of somebody in the office that the words before the name say ("British prime minister", "Tony Blair").

        Of several, the one of that day, else the last before it. None where no office is said, or where two people of
        that name have held it. A last name alone ("FBI director", "Wray") is that of who is in office on that day.
        """
        named = self._leader_names.get(fold(name), ()) if has_capital(name) else ()
        terms = _said([term for _, term in named], said)
        if not terms and on and has_capital(name):
            last = self._last_names.get(fold(name), ())
            terms = _said([term for term in last if _covers(term.since, term.until, on)], said)
        if len({fold(term.name) for term in terms}) != 1:
            return None
        begun = [term for term in terms if on is None or term.since is None or term.since <= on]
        return max(begun or terms, key=lambda term: term.since or dt.date.min)

    def find_lately(self, name: str, on: dt.date) -> rows.Leader | None:
        """Who of that name was the last to leave office before a day, in the years in which people are still called by
        their last name alone; None where two people of that name did."""
        terms = self._terms(name)
        left = [term for term in terms if term.until and dt.timedelta(0) < on - term.until <= _LATELY]
        if len({fold(term.name) for term in left}) != 1:
            return None
        return max(left, key=lambda term: term.until or dt.date.min)

    def _terms(self, name: str) -> list[rows.Leader]:
        """All terms of those who bear a name; none for one without a capital ("may")."""
        named = self._leader_names.get(fold(name), ()) if has_capital(name) else ()
        return [term for spelling, term in named if spelled_alike(spelling, name)]

    def known_since(self, name: str) -> dt.date | None:
        """Since when the only one of that name has held an office; None for names that two people bear."""
        terms = [term for spelling, term in self._leader_names.get(fold(name), ()) if spelled_alike(spelling, name)]
        days = [term.since for term in terms if term.since]
        return min(days) if days and len({fold(term.name) for term in terms}) == 1 else None

    @functools.cached_property
    def _actor_names(self) -> dict[str, list[Named]]:
        names: dict[str, list[Named]] = {}
        for actor in self.actors.values():
            names.setdefault(fold(actor.name), []).append(Named(actor.name, actor, None))
        for alias in self.aliases.values():
            if actor_ := self.actors.get(alias.actor):
                names.setdefault(fold(alias.alias), []).append(Named(alias.alias, actor_, alias))
        return names

    @functools.cached_property
    def _firsts(self) -> frozenset[str]:
        names = [name for outlet in self.outlets.values() for name in (outlet.name, *outlet.aliases)]
        parts = [fold(name.replace(".", " ")).partition(" ") for name in names]
        parts += [key.partition(" ") for key in self._actor_names]
        return frozenset(first for first, _, rest in parts if rest)

    @functools.cached_property
    def _leader_names(self) -> dict[str, list[tuple[str, rows.Leader]]]:
        names: dict[str, list[tuple[str, rows.Leader]]] = {}
        for term in self.leaders.values():
            for spelling in {term.name, *term.aliases}:
                names.setdefault(fold(spelling), []).append((spelling, term))
        return names

    @functools.cached_property
    def _last_names(self) -> dict[str, list[rows.Leader]]:
        names: dict[str, list[rows.Leader]] = {}
        for term in self.leaders.values():
            names.setdefault(fold(term.name).split()[-1], []).append(term)
        return names

    def led_by(self, leader: rows.Leader, on: dt.date | None = None) -> Actor | None:
        """The listed body of his country and kind that somebody leads by his office: a "commander of the Libyan National Army"."""
        office = _LEADS.match(leader.office)
        body = self.find_actor(office[1], on) if office else None
        return body if body and (body.country, body.sector) == (leader.country, leader.sector) else None

    # ------------------------------------------------------------ countries, roles, outlets

    @functools.lru_cache(maxsize=20_000)  # noqa: B019 - a codebook lives as long as the process
    def find_country(self, word: str) -> rows.CountryWord | None:
        """The country that a name, demonym (also in the plural), capital or metonym stands for.

        Of several meanings the earlier of that list counts. A word without a capital stands for none.
        """
        key = fold(word)
        found = self._country_words.get(key)
        if found is None and key.endswith("s"):
            found = self._country_words.get(key[:-1])
            if found and found[1].kind != "demonym":
                return None
        return found[1] if found and has_capital(word) and spelled_alike(found[0], word) else None

    def with_lines(self, because: str) -> str:
        """A reason, with the line behind each row of a table that it cites (``actors.csv:ru-vks``), if the table still has it."""
        return _CITED.sub(self._with_line, because)

    def _with_line(self, cited: re.Match[str]) -> str:
        row = getattr(self, cited[1], {}).get(cited[2])
        where = getattr(row, "where", None)
        return f"{cited[0]} (line {where.rpartition(':')[2]})" if where else cited[0]

    @functools.lru_cache(maxsize=20_000)  # noqa: B019 - a codebook lives as long as the process
    def find_role(self, noun: str) -> rows.RoleRow | None:
        """The row of a noun or phrase, singular or plural; else of its ending ("raw recruits" → recruits)."""
        parts = fold(noun).split()
        # "a pro-Western government" is no Western one
        starts = [at for at in range(len(parts)) if not (at and parts[at - 1] == "pro")]
        for start in starts:
            for form in _singulars(" ".join(parts[start:])):
                if row := self._role_words.get(form):
                    return row
        return None

    def means(self, noun: str, *kinds: rows.RoleKind) -> bool:
        """Whether the row of a noun or phrase is of one of the kinds."""
        role = self.find_role(noun)
        return role is not None and role.kind in kinds

    def find_outlet(self, name_or_domain: str) -> rows.Outlet | None:
        """The outlet of a name, a domain or a URL; a subdomain counts as its parent."""
        text = name_or_domain.strip()
        if " " not in text and "." in text:
            host = text.lower().split("://")[-1].split("/")[0].split(":")[0]
            while "." in host:
                if outlet := self._domains.get(host):
                    return outlet
                host = host.partition(".")[2]
        return self._outlet_names.get(fold(text))

    @functools.cached_property
    def _country_words(self) -> dict[str, tuple[str, rows.CountryWord]]:
        words: dict[str, tuple[str, rows.CountryWord]] = {}
        for kind in get_args(rows.CountryWordKind):  # the earlier kind wins
            for country in self.countries.values():
                for spelling in country.words(kind):
                    entry = (spelling, rows.CountryWord(country=country.code, kind=kind, where=country.where))
                    words.setdefault(fold(spelling), entry)
        return words

    @functools.cached_property
    def _role_words(self) -> dict[str, rows.RoleRow]:
        return {fold(word): row for row in self.roles.values() for word in row.words}

    @functools.cached_property
    def _domains(self) -> dict[str, rows.Outlet]:
        return {domain.lower(): outlet for outlet in self.outlets.values() for domain in outlet.domain}

    @functools.cached_property
    def _outlet_names(self) -> dict[str, rows.Outlet]:
        outlets = self.outlets.values()
        return {fold(name): outlet for outlet in outlets for name in (outlet.name, *outlet.aliases)}

    def spellings(self, name: str) -> Iterator[str]:
        """How the tables write a name of actors, leaders or countries that is compared as equal, whatever its capitals."""
        key = fold(name)
        yield from (entry.spelling for entry in self._actor_names.get(key, ()) if has_capital(entry.spelling))
        yield from (spelling for spelling, _ in self._leader_names.get(key, ()) if has_capital(spelling))
        if country := self._country_words.get(key):
            yield country[0]

    # ------------------------------------------------------------ triggers

    def match_triggers(self, words: Sequence[str], upos: Sequence[str] | None = None) -> list[TriggerHit]:
        """The trigger rows found in the words of a sentence; see ``triggers.Matcher.match``."""
        return self._matcher.match(words, upos)

    @functools.cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self.triggers.values())


def _said(terms: Sequence[rows.Leader], said: str) -> list[rows.Leader]:
    """Those of the terms whose office the words say, in whatever order; a vice president is no president."""
    words = _office(said)
    held = [(len(office), term) for term in terms if (office := _office(term.office)) and office <= words]
    longest = max((length for length, _ in held), default=0)
    return [term for length, term in held if length == longest]


@functools.lru_cache(maxsize=20_000)
def _office(words: str) -> frozenset[str]:
    return frozenset(_ALIKE.get(word, word) for word in fold(words).split()) - _JOINING


def _covers(since: dt.date | None, until: dt.date | None, on: dt.date) -> bool:
    return (since is None or since <= on) and (until is None or on <= until)


def _name_counts(entry: Named, on: dt.date) -> bool:
    alias, since = entry.alias, entry.actor.since
    if alias and not _covers(alias.since, alias.until, on):
        return False
    earlier = alias is not None and alias.until is not None and since is not None and alias.until < since
    return earlier or since is None or since <= on


def _lasts(entry: Named, on: dt.date | None) -> bool:
    ends = [row.until for row in (entry.actor, entry.alias) if row and row.until]
    return not ends or (on is not None and on <= min(ends))


def _dated(entry: Named, on: dt.date | None) -> bool:
    return entry.alias is not None and bool(entry.alias.since or entry.alias.until)


def _singulars(word: str) -> Iterable[str]:
    yield word
    if word.endswith("men"):
        yield word[:-3] + "man"
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s"):
        yield word[:-1]


def load(extra: Path | None = None) -> Codebook:
    """The package's codebook; ``extra`` is a folder of own tables, whose rows add or replace by id, else the one that the
    environment variable TRUCEWATCH_CODEBOOK names.

    Raises TableError, ``file:line: what is wrong``, for the first fault that can be found quickly; ``check``
    finds them all.
    """
    return _loaded(extra or own())


@functools.cache
def _loaded(extra: Path | None) -> Codebook:
    tables = read_all(extra)
    for fault in links(tables):
        raise TableError(fault)
    return Codebook(tables, extra)
