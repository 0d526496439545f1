"""Names made comparable: one spelling for the many in which a name is written."""

from __future__ import annotations

import functools
import re
import unicodedata

_APOSTROPHES = "'’‘ʼʻʽʾʿˈ`´′ʹ＇"
_DROP = {ord(mark): None for mark in _APOSTROPHES + ".\u200b\u200c\u200d\u200e\u200f\ufeff\u00ad\u0640"}
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}]s$")
# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans(
    dict(ı="i", ł="l", ø="o", đ="d", ð="d", þ="th", ə="a", æ="ae", œ="oe", ß="ss", ħ="h")  # noqa: C408
)
_HYPHENS = re.compile(r"[-‐‑‒–—−]")
# The Arabic article; its assimilated spellings (ash-Sham, as-Sweida, ed-Dine) only before their own letter.
_ARTICLE = re.compile(r"\b[aeu](?:l-|(sh|dh|th|[srntdz])-(?=\1))")
_LOOSE_ARTICLE = re.compile(r"\b(?:el|ul)\b")
_OTHER = re.compile(r"[\W_]+")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@functools.lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """The key under which a name is compared; an empty text where nothing of it can be compared.

    Lower case; accents, apostrophes, full stops and an ending "'s" removed; "&" read as "and"; hyphens and
    other marks turned into spaces; "el-", "ul-", "ash-Sh..." turned into "al "; a leading "the" dropped.
    """
    text = _POSSESSIVE.sub("", name.strip()).lower()
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(part for part in parts if not unicodedata.combining(part)).translate(_LETTERS)
        text = _HYPHENS.sub("-", text)
    text = text.translate(_DROP)
    if "-" in text:
        text = _ARTICLE.sub("al ", text)
    text = _OTHER.sub(" ", text.replace("&", " and ")).strip()
    text = _LOOSE_ARTICLE.sub("al", text)
    return text.removeprefix("the ")


def searchable(*names: str) -> str:
    """What words are searched in: names as they are folded, each after a space."""
    return "".join(f" {fold(name)}" for name in names)


def says(searched: str, words: str) -> bool:
    """Whether names that are ``searchable`` hold these words, the last one perhaps cut short: not "oman" in "woman"."""
    key = fold(words)
    return key != "" and f" {key}" in searched


def is_acronym(name: str) -> bool:
    """Whether a name is an acronym of two to four letters (US, WHO, LeT), which a common word may equal."""
    letters = name.replace(".", "").replace("-", "")
    return 2 <= len(letters) <= 4 and letters.isalnum() and sum(letter.isupper() for letter in letters) >= 2


def is_slug(text: str) -> bool:
    """Whether a text is lower-case words and numbers joined by hyphens, as ids are that people give."""
    return _SLUG.fullmatch(text) is not None


def spelled_alike(alias: str, name: str) -> bool:
    """Whether capitals allow ``name`` to stand for ``alias``.

    "us" and "Who" are not "US" and "WHO"; "LET" and "let" are not "LeT"; "amnesty" is not "Amnesty".
    """
    name = _POSSESSIVE.sub("", name)
    if is_acronym(alias):
        return name.isupper() if alias.isupper() else name == alias
    return has_capital(name) or not has_capital(alias)


def has_capital(name: str) -> bool:
    """Whether a name holds a capital letter, or is of a script that has none."""
    return name != name.lower() or name.lower() == name.upper()
