"""The words of a place phrase: which of them are names, and what the others say (kind, side, distance, relation).

Nothing here knows any place; ``where`` looks the names up.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

KIND_WORDS: dict[str, str] = {
    **dict.fromkeys("city town village township settlement hamlet municipality commune suburb outpost".split(), "town"),
    **dict.fromkeys("cities towns villages suburbs settlements".split(), "town"),
    **dict.fromkeys(
        "district county raion tehsil taluk neighborhood neighbourhood quarter area subdistrict enclave pocket valley"
        " countryside outskirts agency tribal".split(), "district"),
    **dict.fromkeys(
        "province governorate oblast region state department prefecture territory republic krai emirate"
        " provinces governorates states regions canton".split(), "region"),
    **dict.fromkeys("country nation kingdom countries".split(), "country"),
    **dict.fromkeys(
        "mosque base airbase airport airfield hospital school camp checkpoint prison jail market bazaar embassy"
        " consulate house home hotel hostel square street road highway bridge university college station dam palace"
        " church temple shrine monastery cathedral building compound headquarters barracks outpost factory plant refinery"
        " field mine port harbor harbour stadium park court courthouse office residence cafe restaurant nightclub"
        " theater theatre tunnel crossing hill mountain mount island reservoir oilfield pipeline tower garage depot"
        " warehouse site museum library ministry parliament garrison center centre complex cemetery farm shop store"
        " mall residency bar club subway metro facility gate plaza".split(), "site"),
}  # fmt: skip
"""What a common noun says of the fineness of a place."""

COMPASS = {
    side + ending: side
    for side in ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest")
    for ending in ("", "ern", "ernmost")
} | {"central": "central", "centre": "central", "center": "central", "middle": "central"}
ADJECTIVE = {
    "central": "central",
    **{side: side + "ern" for side in ("north", "south", "east", "west")},
    **{v + h: v + h + "ern" for v in ("north", "south") for h in ("east", "west")},
}
"""How a side is written before a name: "southeastern"."""
_SPLIT_SIDE = re.compile(r"\b(north|south)(?:-|–| )?(east|west)(ern)?\b", re.I)
_SIDE = r"(?:north|south)(?:east|west)?(?:ern)?|east(?:ern)?|west(?:ern)?"

_NUMBER = r"(?:\d[\d,.]*|a few|several|dozens? of|a|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty)"
_OFFSET = re.compile(
    rf"\b(?P<figure>{_NUMBER})[ -]*(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\b(?:\s*\([^)]*\))?"
    rf"(?:\s+(?:to the|due|away to the|further))?\s*(?P<side>(?:{_SIDE})\b)?\s*(?:of|from|outside|away from)\s+(?P<rest>.+)",
    re.I | re.S,
)
_SIDE_OF = re.compile(rf"^(?:to the |just |due )?(?P<side>{_SIDE})\s+of\s+(?P<rest>.+)", re.I | re.S)
_BETWEEN = re.compile(r"\bbetween\s+(?P<one>[^,]+?)\s+and\s+(?P<two>.+)", re.I | re.S)
_NEAR = re.compile(
    r"\b(?:near|nearby|close to|outside|around|surrounding|on the outskirts of|outskirts|in the vicinity of|countryside"
    r"|suburbs? of|along|off|beyond|edge of)\b",
    re.I,
)
BORDER = re.compile(r"\b(?:border|borders|frontier|borderlands?|borderline)\b", re.I)
_FIGURES = dict(zip("two three four five six seven eight nine ten".split(), range(2, 11), strict=True)) | {
    "a": 1, "a few": 3, "several": 5, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50
}  # fmt: skip
_KM_OF_MILE = 1.609

_TOKEN = re.compile(r"[^\W_]+(?:[.'’`ʼʻ&/–-][^\W_]+)*(?:['’]s?|\.(?=[A-Z]))?\.?|[,;()]")
_STATE_OF = re.compile(
    r"-(?:occupied|held|controlled|backed|run|ruled|led|dominated|majority|populated|administered|besieged|seized|linked"
    r"|based|aligned|allied|supported|speaking|governed|owned|born)$",
    re.I,
)
_PARTICLES = frozenset("of de la le les du da do dos das del di al el ul ol bin ibn ben y e i am an der den und sur upon on".split())
_ARTICLES = re.compile(r"^(?:al|el|ar|as|ash|an|ad|at|az|ed|es|er|ez|en|ul)-\w", re.I)
_LEAD = re.compile(
    r"^(?:(?:in|at|on|of|near|from|inside|within|outside|around|across|throughout|to|into|over|along|off|towards?|through"
    r"|nearby|elsewhere in|parts? of|all of|much of|most of|some of|the|a|an|its|their|our|his|her|this|that|these|those)\s+)+",
    re.I,
)


class Chunk(NamedTuple):
    """A run of words that may be a name, with what stands around it."""

    text: str
    start: int
    end: int
    possessive: bool
    whole: str | None
    """The name with the side written before it, which may itself be a name: "eastern Ghouta", "South Sudan"."""
    side: str | None
    """The compass part that is spoken of: "north" in "northern Idlib" and "Idlib's north"."""
    kind: str | None
    """What a common noun beside it says it is: "region" in "Idlib province"."""
    noun: str | None
    """That noun."""


class Offset(NamedTuple):
    """A distance and a side from a place: "30 km south of X"."""

    km: float | None
    side: str | None
    rest: str


def normal(words: str) -> str:
    """Blanks folded, sides in one word: "north-east  of" -> "northeast of"."""
    folded = " ".join(words.split()).strip(" ,.;:\"“”")
    return _SPLIT_SIDE.sub(lambda m: m[1] + m[2].lower() + (m[3] or "").lower(), folded)


def without_lead(words: str) -> str:
    """A phrase without the prepositions and articles before it."""
    return _LEAD.sub("", words)


def offset(words: str) -> Offset | None:
    """The distance and side of "30 km south of X", "just south of X"; None where the phrase has none."""
    if match := _OFFSET.search(words):
        figure = match["figure"].lower()
        number = _FIGURES.get(figure) or _plain_figure(figure)
        mile = match["unit"].lower().startswith("mi")
        side = COMPASS.get((match["side"] or "").lower())
        return Offset(number * (_KM_OF_MILE if mile else 1.0) if number else None, side, match["rest"])
    if match := _SIDE_OF.search(without_lead(words)):
        return Offset(None, COMPASS[match["side"].lower()], match["rest"])
    return None


def _plain_figure(figure: str) -> float | None:
    try:
        return float(figure.replace(",", ""))
    except ValueError:
        return None


def between(words: str) -> tuple[str, str] | None:
    """The two ends of "between X and Y"."""
    match = _BETWEEN.search(words)
    return (match["one"], match["two"]) if match else None


def is_near(words: str) -> bool:
    """Whether the phrase speaks of what lies about a place rather than of the place itself."""
    return bool(_NEAR.search(words))


@functools.lru_cache(maxsize=10_000)
def chunks(words: str) -> tuple[Chunk, ...]:
    """The runs of name words of a phrase (already ``normal``), in order, each with its side and kind."""
    tokens = [(match[0].rstrip(".") if match[0].count(".") < 2 else match[0], match.start()) for match in _TOKEN.finditer(words)]
    return tuple(_chunks(tokens))


def _chunks(tokens: list[tuple[str, int]]) -> Iterator[Chunk]:
    at = 0
    while at < len(tokens):
        end = _run(tokens, at)
        if end == at:
            at += 1
            continue
        last, last_start = tokens[end - 1]
        if _STATE_OF.search(last) and end < len(tokens):
            at = end  # "the Turkish-occupied town": whose it is, not where it is
            continue
        sides = at
        while sides < end - 1 and tokens[sides][0].lower() in COMPASS:
            sides += 1
        possessive = bool(re.search(r"(?:['’]s|s['’])$", last))
        text = _joined(tokens, sides, end)
        before = sides if sides > at else at - 1 if at and tokens[at - 1][0].lower() in COMPASS else None
        whole = None if before is None else _joined(tokens, min(before, at), end)
        side = _side_beside(tokens, sides, end, possessive)
        yield Chunk(text, tokens[at][1], last_start + len(last), possessive, whole, side, *_kind_beside(tokens, at, end))
        at = end


def _joined(tokens: list[tuple[str, int]], at: int, end: int) -> str:
    return re.sub(r"(?:(?<=s)['’]|['’]s)$", "", " ".join(token for token, _ in tokens[at:end]))


def _run(tokens: list[tuple[str, int]], at: int) -> int:
    """The end of the run of name words that starts at a token; the same place where none starts."""
    end = at
    while end < len(tokens):
        token = tokens[end][0]
        if _is_name(token):
            end += 1
            if re.search(r"(?:['’]s|s['’])$", token) or _STATE_OF.search(token):
                break
        elif end > at and token.lower() in _PARTICLES and end + 1 < len(tokens) and _is_name(tokens[end + 1][0]):
            end += 1
        else:
            break
    return end


def _is_name(token: str) -> bool:
    if _ARTICLES.match(token):
        return True
    first = next((letter for letter in token if letter.isalpha()), "")
    return bool(first) and (first.isupper() or first.lower() == first.upper())


def _kind_beside(tokens: list[tuple[str, int]], at: int, end: int) -> tuple[str | None, str | None]:
    """The kind that the nearest common noun gives: after the name, else in "the town of" before it."""
    for index in range(end - 1, min(end + 3, len(tokens))):
        token = tokens[index][0].lower()
        if token in KIND_WORDS and (index >= end or end - at > 1):
            return KIND_WORDS[token], token
        if index >= end and (_is_name(tokens[index][0]) or token in _STOPS):
            break
    before = [token.lower() for token, _ in tokens[max(0, at - 3) : at]]
    if before and before[-1] == "of" and len(before) > 1 and before[-2] in KIND_WORDS:
        return KIND_WORDS[before[-2]], before[-2]
    if before and before[-1] in KIND_WORDS and KIND_WORDS[before[-1]] != "site":
        return KIND_WORDS[before[-1]], before[-1]
    return None, None


def _side_beside(tokens: list[tuple[str, int]], at: int, end: int, possessive: bool) -> str | None:
    before = [token.lower() for token, _ in tokens[max(0, at - 4) : at]]
    if before and before[-1] in COMPASS:
        if len(before) > 2 and before[-2] in ("and", "or") and before[-3] in COMPASS:
            return _both(COMPASS[before[-3]], COMPASS[before[-1]])
        return COMPASS[before[-1]]
    if len(before) > 1 and before[-1] == "of":
        near = [word for word in before[:-1] if word in COMPASS]
        if near and (before[-2] in COMPASS or before[-2] in _PART_WORDS):
            return COMPASS[near[-1]]
    if possessive and end < len(tokens) and tokens[end][0].lower() in COMPASS:
        after = tokens[end + 1][0] if end + 1 < len(tokens) else ""
        if not after or not _is_name(after):
            return COMPASS[tokens[end][0].lower()]
    return None


def _both(one: str, two: str) -> str | None:
    """One side for two: north for northeast and northwest, southeast for south and east; None for opposites."""
    for side in ("north", "south", "east", "west"):
        if side in one and side in two:
            return side
    joined = one + two if one in ("north", "south") else two + one
    return joined if joined in ADJECTIVE else None


_STOPS = frozenset(", ( ) ; in of and near on at".split())
_PART_WORDS = frozenset("part parts half side areas regions edge countryside".split())
