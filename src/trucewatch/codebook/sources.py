"""Who speaks: one name for each outlet and each source, however reports spell it."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence

from trucewatch.codebook.lookup import load
from trucewatch.codebook.names import fold, has_capital, says, searchable
from trucewatch.codebook.rows import Outlet
from trucewatch.nouns import Account

_NOBODY = frozenset({"sources", "reports"})
"""Kinds of sources that roles.csv, a table of people, does not know."""


@functools.lru_cache(maxsize=8192)
def outlet(name: str) -> str:
    """The name that its row in outlets.csv gives an outlet; its own where it has no row."""
    row = load().find_outlet(name)
    return row.name if row else name


def is_outlet(name: str | None, words: str) -> bool:
    """Whether the usual name of an outlet has these words, or they are another name of it: "AFP", of Agence France-Presse."""
    return name is not None and says(searchable(outlet(name)), outlet(words))


@functools.lru_cache(maxsize=8192)
def quoted(source: str) -> Outlet | None:
    """The outlet that a source is, also behind words for whose it is and before one for what it is: "Lebanon's state-run
    National News Agency", "Hezbollah's al-Manar television"."""
    words = source.split()
    for first in range(len(words)):
        for last in range(len(words), first, -1):
            name = " ".join(words[first:last])
            if has_capital(name) and (row := load().find_outlet(name)):
                return row
            if not words[last - 1].islower():
                break
        if not _tells_whose(words[first]):
            break
    return None


def _tells_whose(word: str) -> bool:
    return (
        word.islower()
        or word.endswith(("'s", "’s"))
        or word.rpartition("-")[2].islower()
        or bool(load().find_country(word))
    )


@functools.lru_cache(maxsize=8192)
def named(source: str) -> str | None:
    """Whom a source names, by its row where it has one; None for a kind of people ("medics", "Afghan officials"): anybody."""
    book = load()
    row = quoted(source) or book.find_actor(source)
    if row is not None:
        return row.name
    words = source.split()
    a_kind = len(words) == 1 and (fold(source) in _NOBODY or book.find_role(source) is not None)
    return None if a_kind or not words or not has_capital(words[-1]) else source


def source(account: Account) -> str:
    """What has one say: the story, where copies were found, else the report."""
    return account.story or account.claim.report


def tellers(accounts: Sequence[Account]) -> dict[str, str]:
    """Who tells of it on their own: for each story the outlet that was first with it, or itself where that is unknown.

    An outlet is one under all its spellings: "AFP" and "Agence France-Presse". Who has it from another outlet ("AFP reported")
    adds nothing to that one.
    """
    first: dict[str, Account] = {}
    for account in sorted(accounts, key=lambda one: (one.published or dt.date.max, one.order)):
        first.setdefault(source(account), account)
    return {story: _outlet(account) or story for story, account in first.items()}


def _outlet(account: Account) -> str | None:
    said = account.claim.attributed_to
    row = quoted(said) if said else None
    told_by = row.name if row else account.outlet
    return fold(outlet(told_by)) if told_by else None
