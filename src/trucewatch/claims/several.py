"""Phrases that stand for parties of several countries at once: "U.S. and Iraqi forces", "NATO and Afghan troops"."""

from __future__ import annotations

import re

from trucewatch.codebook import Codebook

_NAME = r"(?:al-)?[A-Z][\w.]*(?:[ -][A-Z][\w.]*)?"
_SHARED = re.compile(
    rf"(?:[Bb]oth |[Tt]he |[Ss]ome )*(?P<first>{_NAME}(?:, {_NAME})*),? (?:and|&) (?P<last>{_NAME}) "
    r"(?P<noun>(?:[a-z][\w-]* )*[a-z][\w-]*(?:s|men|people))"
)

_ONE_EACH = ("presidents", "ministers", "premiers", "chancellors", "kings")
"""Offices of which a country has one: "the Russian and Turkish presidents"."""


def members(words: str, codebook: Codebook) -> list[str]:
    """The parties of a phrase in words of their own: "U.S. forces" and "Iraqi forces"; else the phrase alone."""
    match = _SHARED.fullmatch(words.strip())
    names = [*match["first"].split(", "), match["last"]] if match else []
    if not match or not all(codebook.find_country(word) or codebook.find_actor(word) for word in names):
        return [words]
    noun = match["noun"]
    if noun.endswith(_ONE_EACH):
        noun = noun.removesuffix("s")
    return [f"{word} {noun}" for word in names]
