"""Transliterated names made comparable: one skeleton for the many Latin spellings of one name.

Names from Arabic, Kurdish, Persian, Russian and other scripts are spelled in many ways ("Ras al-Ain", "Ra's al-'Ayn";
"Homs", "Hims"; "Kafr Nabl", "Kafranbel"). The skeleton keeps what those spellings share; ``likeness`` then tells
near spellings from mere namesakes of one skeleton.
"""

from __future__ import annotations

import functools
import re

_CONSONANTS = tuple(
    pair.split(":") for pair in "sch:sh tch:ch kh:h gh:g dh:d th:t ph:f dj:j zh:j tz:z ts:z ck:k x:ks q:k w:v".split()
)
_SOFT_C = re.compile(r"c(?!h)")
_DOUBLE = re.compile(r"(.)\1+")
_VOWEL_GROUPS = (
    (re.compile(r"a[iy]|e[iy]"), "e"),
    (re.compile(r"a[uw](?![aeiou])|o[uw](?![aeiou])|oo"), "u"),
    (re.compile(r"ee|ie"), "i"),
    (re.compile(r"iy+a?h?$|iye?h?$|ia$"), "i"),
    (re.compile(r"[ae]h?$"), ""),
)
_NOT_FIRST_VOWELS = re.compile(r"(?<!^)[aeiouy]")
_ARTICLE = re.compile(r"\b(?:al|as|ar|ash|ad|at|az|an|es|er|esh|ed|et|ez|en)\b ?")


@functools.lru_cache(maxsize=20_000)
def smooth(key: str) -> str:
    """A folded name with its variants of spelling made one, vowels kept: "deir al zour" -> "dirzur"."""
    words = []
    for word in _ARTICLE.sub("", key).split() or key.split():
        for group, plain in _VOWEL_GROUPS:
            word = group.sub(plain, word)
        words.append(word)
    text = "".join(words)
    for spelling, plain in _CONSONANTS:
        text = text.replace(spelling, plain)
    text = _DOUBLE.sub(r"\1", _SOFT_C.sub("k", text))
    return text.replace("e", "i").replace("o", "u").replace("y", "i")


def skeleton(key: str) -> str:
    """The consonants of a folded name, and whether it starts with a vowel: what all its spellings share.

    Vowels stay in a name with fewer than three consonants, which says too little without them.
    """
    text = smooth(key)
    bare = _DOUBLE.sub(r"\1", text[:1].translate(_FIRST_VOWEL) + _NOT_FIRST_VOWELS.sub("", text)[1:])
    return bare if len(bare) >= 3 else text


_FIRST_VOWEL = str.maketrans("eiouy", "aaaaa")


def likeness(one: str, two: str) -> float:
    """How alike two folded names are spelled: 1.0 the same but for variants, 0.0 nothing in common."""
    a, b = smooth(one), smooth(two)
    if a == b:
        return 1.0
    before = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        row = [i]
        for j, right in enumerate(b, 1):
            row.append(min(row[-1] + 1, before[j] + 1, before[j - 1] + (left != right)))
        before = row
    return 1.0 - before[-1] / max(len(a), len(b), 1)
