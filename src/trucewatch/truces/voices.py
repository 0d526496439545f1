"""On whose word a report says something: that of a party, of a side's outlet, or of somebody whom many quote."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Collection, Iterable
from typing import NamedTuple

import msgspec

from trucewatch.codebook import Codebook, fold, sources
from trucewatch.codebook.rows import OF_STATES, Outlet
from trucewatch.english import listed
from trucewatch.nouns import Account, Entity
from trucewatch.truces.parties import Roll
from trucewatch.truces.speakers import looked_up
from trucewatch.truces.terms import Capacity, Declaration

PARTISAN = frozenset({"party", "state", "military", "armed-group"})
"""Affiliations of outlets that stand on a side of a war."""
STATE_MEDIA = "state-media"
"""The row of roles.csv for media that speak for their state."""
MINISTRY = "ministry"
LONGEST = 3
"""Words of the name before an organ of its state: "Bosnia and Herzegovina's"."""
_SECTORS = {"state": "GOV", "military": "MIL", "armed-group": "REB"}


class Voice(NamedTuple):
    """Whose word it is, and whether he stands on a side."""

    key: str
    """One for all who stand on one side of the truce."""
    name: str
    partisan: bool
    quoted: bool = False
    """Whether a report attributes it, and it is not the mere stand of an outlet."""

    def admits(self, acting: Collection[str]) -> bool:
        """Whether it is a party's own word on what its side did: no charge of an enemy."""
        return self.quoted and self.key in acting


class Voices:
    """The voices of one truce: an outlet that relays a party's charge adds nothing to that party's own word."""

    def __init__(self, roll: Roll, book: Codebook) -> None:
        self._roll = roll
        self._book = book
        self._sides = {one.side for one in roll.truce.declarations if one.capacity is not Capacity.GUARANTOR}
        self._speaks = functools.lru_cache(maxsize=8192)(self._speaking)

    def one(self, accounts: Iterable[Account]) -> Voice | None:
        """The one voice on whose word all of these accounts are, under each of its names; None where there are several,
        or an outlet's own."""
        told = [self.of(account) for account in accounts]
        voices = [voice for voice in told if voice]
        if len(voices) < len(told) or len({voice.key for voice in voices}) != 1:
            return None
        name, quoted = listed(voice.name for voice in voices), any(voice.quoted for voice in voices)
        return voices[0]._replace(name=name, quoted=quoted)

    def key(self, party: Declaration) -> str:
        """What one party's word has in common with others': its side; of guarantors without a side of the war, each its own."""
        return party.side if party.side in self._sides else party.actor

    def of(self, account: Account) -> Voice | None:
        """The party that a claim is attributed to; else the side of its outlet, or of the one that this quotes; else whom it
        names as its source."""
        said = account.claim.attributed_to
        if party := self.party(account):
            return Voice(self.key(party), self._roll.name(party.actor), True, quoted=True)
        quoted = sources.quoted(said) if said else None
        return self.outlet(quoted.name if quoted else account.outlet) or self._third(said)

    def party(self, account: Account) -> Declaration | None:
        """The party that a claim is attributed to: by its name, by that of its people ("Houthi officials", "Haftar's spokesman"),
        or as a state by one of its organs ("the Lebanese health ministry"; in a paper of Beirut on Beirut, "the health ministry")."""
        said = account.claim.attributed_to
        found = self._speaks(said, account.published, self._home(account)) if said else None
        return found or self._of_its_own(account)

    def _of_its_own(self, account: Account) -> Declaration | None:
        """The party of one who speaks of his own deeds, by a word that names him in this report alone ("the rebels")."""
        said = fold(account.claim.attributed_to or "")
        own = [one for one in account.claim.actors if said and said in (fold(one.text), fold(one.name))]
        return self._roll.find(own[0], account.published) if own else None

    def _home(self, account: Account) -> str | None:
        """The country of an outlet that tells of it, where all parties of that country are of one side."""
        row, place = self._book.find_outlet(account.outlet) if account.outlet else None, account.claim.place
        home = row.country if row and place and row.country == place.country else None
        return home if home and self._roll.is_of_one_side(home) else None

    def outlet(self, name: str | None) -> Voice | None:
        """The side that an outlet stands on; None for one that stands on none, or of which that is not known."""
        row = self._book.find_outlet(name) if name else None
        if row is None or row.affiliation not in PARTISAN or row.country is None:
            return None
        if party := self._of_outlet(row):
            return Voice(self.key(party), self._roll.name(party.actor), True)
        country = self._book.countries.get(row.country)
        return Voice(row.country, country.name if country else row.country, True)

    def _speaking(self, said: str, on: dt.date | None, home: str | None) -> Declaration | None:
        for name in dict.fromkeys((said, *(word.removesuffix("'s") for word in said.split()[:1]))):
            entity = looked_up(Entity(text=name, name=name), self._book, on)
            if (entity.actor or name == said) and (party := self._roll.find(entity, on)):
                return party
        return self._of_organ(said, on, home)

    def _of_organ(self, said: str, on: dt.date | None, home: str | None) -> Declaration | None:
        """The party of a state, or of one who rules like one, whose ministry, army, officials or media somebody is."""
        ministry = MINISTRY if MINISTRY in fold(said).split() else said  # "the Ministry of Information"
        role = self._book.find_role(said) or self._book.find_role(ministry)
        if role is None or not (role.sector in OF_STATES or role.id == STATE_MEDIA):
            return None
        words, sector = said.split(), role.sector if role.sector in OF_STATES else "GOV"
        for name in (" ".join(words[:length]) for length in range(min(LONGEST, len(words) - 1), 0, -1)):
            entity = looked_up(Entity(text=name, name=name), self._book, on)
            if entity.actor or entity.country:
                return self._roll.find(entity if entity.actor else msgspec.structs.replace(entity, sector=sector), on)
        return self._roll.find(Entity(text=said, name=said, country=home, sector=sector), on) if home else None

    def _of_outlet(self, row: Outlet) -> Declaration | None:
        sector = _SECTORS.get(row.affiliation)
        entity = Entity(text=row.name, name=row.name, country=row.country, sector=sector)
        return self._roll.find(entity, None) if sector else None

    def _third(self, said: str | None) -> Voice | None:
        name = sources.named(said) if said else None
        return Voice(name, name, False, quoted=True) if name else None
