"""Step 3, where: the words of a place phrase: which of them are names, and what the others say (kind, side, distance, relation).

Nothing here knows any place; ``toponym_resolution`` looks the names up.
"""

from __future__ import annotations

import calendar
import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from trucewatch.claims.lexicon import table

_TABLE = table("placewords.toml", dict[str, Any])
WORDS = {name: frozenset(words) for name, words in _TABLE["words"].items()}
"""The classes of words of ``placewords.toml``."""
KIND_WORDS = {noun: kind for kind, nouns in _TABLE["kind"].items() for noun in nouns}
"""What a common noun says of the fineness of a place."""
BACK_WORDS = {noun: kind for kind, nouns in _TABLE["back"].items() for noun in nouns}
"""Nouns that point back to a place named before, and how fine that place must be (or ``any``)."""
KIN = {noun: frozenset(kin) for noun, kin in _TABLE["kin"].items()}
"""What a site may be called that a noun points back to."""
ISLANDS = frozenset(_TABLE["islands"]["countries"])
"""Countries that are called "the island"."""

ADJECTIVE = {side: side + "ern" for side in ("north", "south", "east", "west")}
ADJECTIVE |= {v + h: v + h + "ern" for v in ("north", "south") for h in ("east", "west")}
ADJECTIVE["central"] = "central"
"""How a side is written before a name: "southeastern"."""
COMPASS = {side + end: side for side in ADJECTIVE if side != "central" for end in ("", "ern", "ernmost")}
COMPASS |= dict.fromkeys(("central", "centre", "center", "middle"), "central")
"""The words of a side."""

_DAYS = frozenset(calendar.day_name)
_SHORT_SIDE = re.compile(r"(?<![\w.])([NSEW])\. (?=[A-Z][a-z])")
_SIDE_OF_LETTER = {side[0].upper(): ADJECTIVE[side] for side in ("north", "south", "east", "west")}
_SPLIT_SIDE = re.compile(r"\b(north|south)(?:-|–| )?(east|west)(ern)?\b", re.IGNORECASE)
_SIDE = r"(?:north|south)(?:east|west)?(?:ern)?|east(?:ern)?|west(?:ern)?"


def _any(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_OFFSET = re.compile(
    rf"\b(?P<figure>\d[\d,.]{{0,12}}|{_any(_TABLE['figures'])})[ -]*"
    r"(?P<unit>km|kms|kilomet(?:er|re)s?|(?:nautical )?miles?|mi)\b(?:\s*\([^)]*\))?"
    rf"(?:\s+(?:to the|due|away to the|further))?\s*(?P<side>(?:{_SIDE})\b)?\s*"
    r"(?:of|from|outside|away from)\s+(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_BEHIND = re.compile(
    rf",? (?:(?:some|about|around|roughly|nearly|just) )?(?:\d[\d,.]{{0,12}}|{_any(_TABLE['figures'])})[ -]"
    r"(?:km|kms|kilomet(?:er|re)s?|(?:nautical )?miles?)(?: \([^)]*\))? "
    rf"(?:to the )?(?:{_SIDE}) of (?:the (?:city|town|village|port) of )?",
    re.IGNORECASE,
)
_WITHIN = re.compile(r",? in (?:the )?")
_BEAT = r" (?:under|in the jurisdiction of|within the limits of) (?:the )?(?:[A-Z][\w-]+ ){1,3}[Pp]olice [Ss]tation(?: limits)?"
_LIES_IN = re.compile(rf"(?:{_BEAT})?,? (?:in|of) (?:the )?")
"""Also behind the police station that is in charge."""
_IN_SIGHT = 80  # characters in which a place's name ends
_SIDE_OF = re.compile(rf"^(?:to the |just |due )?(?P<side>{_SIDE})\s+of\s+(?P<rest>.+)", re.I | re.DOTALL)
_BETWEEN = re.compile(r"\bbetween\s+(?P<one>[^,]{1,80}?)\s+and\s+(?P<two>.+)", re.IGNORECASE | re.DOTALL)
_ROAD = rf"(?:{_any([*WORDS['road'], 'road', 'route', 'railway', 'line', 'axis'])})"
_ROAD_BETWEEN = re.compile(
    rf"\b{_ROAD} (?:(?:that |which )?(?:links?|linking|connects?|connecting|joins?|joining)|from) "
    r"(?P<one>[^,]{1,80}?) (?:to|and|with) (?P<two>.+)",
    re.IGNORECASE | re.DOTALL,
)
_ROAD_TO = re.compile(rf"\b{_ROAD} (?:in)?to\b", re.IGNORECASE)
_ROAD_OF = re.compile(rf"(?:the )?(?P<ends>[A-Z][^,]*) {_ROAD}")
_KM_OF = {"mi": 1.609, "na": 1.852}
"""Kilometres of a mile, and of a nautical one, by the first letters."""
_NEAR = re.compile(rf"\b(?:{_any(WORDS['near'])})\b", re.IGNORECASE)
_BORDER = re.compile(rf"\b(?:{_any(WORDS['border'])})\b", re.IGNORECASE)
_MISSION = re.compile(rf"\b(?:{_any(WORDS['mission'])})\b", re.IGNORECASE)
_LEAD = re.compile(rf"^(?:(?:{_any(WORDS['lead'])})\s+)+", re.IGNORECASE)
_OFFICE = re.compile(rf"\s+(?:{_any(WORDS['office'])})$", re.IGNORECASE)

_OF_CONTINENT = re.compile(
    r"\b(?:(?:(?:North|South|East|West|Central|Latin)(?:ern|east|eastern)?[ -])?(?:African|American|Asian|European)|"
    r"(?:(?:Indian|Pacific|Atlantic) Ocean|Pacific|Caribbean|Mediterranean)) "
    r"(country|nation|state|kingdom|republic|island|archipelago)\b"
)
"""Says of a country on which continent or in which sea it lies, and nothing of a side of it: "the South American country"."""
_BEYOND_CENTRE = re.compile(r"\b(north|south|east|west)-central\b", re.IGNORECASE)
"""Of "south-central Somalia" the side is said first."""
_SHORT_FORM = re.compile(r" \((?:[A-Z]\.?){2,}\)(?! [A-Z])")
"""The short form of the name before it: "All India Radio (AIR)"."""
_TOKEN = re.compile(r"[^\W_]+(?:[.'’`ʼʻ&/–-][^\W_]+)*(?:['’]s?|\.(?=[A-Z]))?\.?|[,;()]")
_WHOSE = re.compile(rf"-(?:{_any(WORDS['whose'])})$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s|s['’])$")
_POSSESSIVE_ENDING = re.compile(r"(?:(?<=s)['’]|['’]s)$")
_ARTICLE = re.compile(rf"^(?:{_any(WORDS['article'])})-\w", re.IGNORECASE)


_BESIDE = re.compile(rf"(?:\b(?:{_SIDE}) of|\b(?:near|outside|close to))(?: the)?(?: [a-z]+ of)? $", re.IGNORECASE)


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
    ahead: str = ""
    """The words before the distance, which may be the place's own name: "Baquba, 50 km north of Baghdad"."""


def normal(words: str) -> str:
    """Blanks folded, sides in one word: "north-east  of" -> "northeast of", "S. Yemen" -> "southern Yemen"."""
    folded = _OF_CONTINENT.sub(r"\1", _SHORT_FORM.sub("", " ".join(words.split())).strip(' ,.;:"“”'))
    folded = _BEYOND_CENTRE.sub(lambda m: m[1] + "ern", folded)
    folded = _SHORT_SIDE.sub(lambda m: _SIDE_OF_LETTER[m[1]] + " ", folded)
    return _SPLIT_SIDE.sub(lambda m: m[1] + m[2].lower() + (m[3] or "").lower(), folded)


def without_lead(words: str) -> str:
    """A phrase without the prepositions and articles before it."""
    return _LEAD.sub("", words)


def plain_words(text: str) -> list[str]:
    """The words of a phrase in small letters, numbers and marks left out."""
    return re.findall(r"[^\W\d_]+", text.lower())


def without_office(name: str) -> str:
    """A name without what it is at its end: "Idlib Province" -> "Idlib"."""
    return _OFFICE.sub("", name)


def mission_at(text: str) -> int:
    """Where the phrase speaks of what a country has outside itself ("the U.S. embassy"); 0 where it does not."""
    match = _MISSION.search(text)
    return match.start() if match else 0


def side_in(text: str) -> str | None:
    """The first side that a phrase speaks of."""
    return next((COMPASS[word] for word in plain_words(text) if word in COMPASS), None)


def offset(words: str) -> Offset | None:
    """The distance and side of "30 km south of X", "just south of X"; None where the phrase has none."""
    if match := _OFFSET.search(words):
        figure, side = match["figure"].lower(), COMPASS.get((match["side"] or "").lower())
        number = _TABLE["figures"].get(figure) or _figure(figure)
        return Offset(
            number * _KM_OF.get(match["unit"][:2].lower(), 1.0) if number else None,
            side,
            match["rest"],
            words[: match.start()].rstrip(" ,"),
        )
    if match := _SIDE_OF.search(without_lead(words)):
        return Offset(None, COMPASS[match["side"].lower()], match["rest"])
    return None


def offset_behind(words: str) -> int:
    """Length of the distance and side with which the text behind a name goes on (", 50 miles west of Hodeidah"); 0 without one."""
    match = _BEHIND.match(words)
    name = next(iter(chunks(words[match.end() :][:_IN_SIGHT])), None) if match else None
    return match.end() + name.end if match and name and name.start == 0 else 0


def holder_behind(words: str) -> int:
    """Length of the district or province with which the text behind a name goes on (", in Palma *district*"); 0 without one."""
    match = _WITHIN.match(words)
    sight = words[match.end() :][:_IN_SIGHT] if match else ""
    name = next(iter(chunks(sight)), None)
    if match is None or name is None or name.start or name.kind not in ("district", "region"):
        return 0
    behind = f" {name.noun}"
    return match.end() + name.end + len(behind) if sight[name.end :].startswith(behind) else 0


def holders_behind(words: str) -> Iterator[int]:
    """Lengths up to each place in which a name lies, by the text behind it, up to a district: of " in Sopore town, in Jammu" two."""
    at = 0
    while match := _LIES_IN.match(words, at):
        sight = words[match.end() :][:_IN_SIGHT]
        name = next(iter(chunks(sight)), None)
        if name is None or name.start or name.text in calendar.month_name or name.noun in WORDS["broad"]:
            return
        noun = f" {name.noun}"
        at = match.end() + name.end + (len(noun) if sight[name.end :].startswith(noun) else 0)
        yield at


def _figure(figure: str) -> float | None:
    try:
        return float(figure.replace(",", ""))
    except ValueError:
        return None


def between(words: str) -> list[tuple[str, str]]:
    """The two ends of "between X and Y", "the road from X to Y"; of "the X-Y highway" every way to part it, for names have hyphens."""
    if is_border(words):
        return []
    if match := _BETWEEN.search(words) or _ROAD_BETWEEN.search(words):
        return [(match["one"], match["two"])]
    if match := _ROAD_OF.fullmatch(words):
        ends = match["ends"]
        cuts = [at for at, letter in enumerate(ends) if letter in "-–" and ends[at + 1 : at + 2].isupper()]
        return [(ends[:at], ends[at + 1 :]) for at in cuts]
    return []


def leads_there(words: str) -> bool:
    """Whether the phrase is of what leads to a place: "the *road to* Burundi" is none in that country."""
    return bool(_ROAD_TO.search(words))


def is_border(words: str) -> bool:
    """Whether the phrase speaks of a border."""
    return bool(_BORDER.search(words))


def only_beside(between: str) -> bool:
    """Whether the words between two names say that the second is only near by: "Ain Zara*, south of* Tripoli"."""
    return bool(_BESIDE.search(between))


def is_near(words: str) -> bool:
    """Whether the phrase speaks of what lies about a place rather than of the place itself."""
    return bool(_NEAR.search(words))


@functools.lru_cache(maxsize=10_000)
def chunks(words: str) -> tuple[Chunk, ...]:
    """The runs of name words of a phrase (already ``normal``), in order, each with its side and kind."""
    found = [(match[0], match.start()) for match in _TOKEN.finditer(words)]
    # A full stop belongs to abbreviations only: "U.S.", not "Syria."
    return tuple(_chunks([(t.rstrip(".") if t.count(".") < 2 else t, start) for t, start in found]))


def _chunks(tokens: list[tuple[str, int]]) -> Iterator[Chunk]:
    """Runs of name words with the side, the kind and the noun that the words beside them tell; no peoples, and no "the South"."""
    at = 0
    while at < len(tokens):
        end = _run(tokens, at)
        if end == at:
            at += 1
            continue
        last, last_start = tokens[end - 1]
        if _WHOSE.search(last):
            at = end  # "the Turkish-occupied town": whose it is, not where it is
            continue
        first = at
        while first < end - 1 and tokens[first][0].lower() in COMPASS:
            first += 1
        possessive = bool(_POSSESSIVE.search(last))
        text = _joined(tokens, first, end)
        side = _side_beside(tokens, first, end, possessive)
        whole = _joined(tokens, at, end) if first > at else None
        if whole is None and side and at and tokens[at - 1][0].lower() in COMPASS:
            whole = f"{ADJECTIVE[side]} {text}"
        kind, noun = _kind_beside(tokens, at, end)
        if text.lower() in COMPASS and whole:
            text, whole = whole, None  # "the Middle East"
        if text.lower() in COMPASS or all(word in WORDS["people"] for word in text.lower().split()):
            at = end  # "the South", "the Shi'ite village"
            continue
        yield Chunk(text, tokens[at][1], last_start + len(last), possessive, whole, side, kind, noun)
        at = end


def _joined(tokens: list[tuple[str, int]], at: int, end: int) -> str:
    """Tokens as one name, without the ending of a possessive."""
    return _POSSESSIVE_ENDING.sub("", " ".join(token for token, _ in tokens[at:end]))


def _run(tokens: list[tuple[str, int]], at: int) -> int:
    """The end of the run of name words that starts at a token; the same place where none starts."""
    end = at
    while end < len(tokens):
        token = tokens[end][0]
        if _is_name(token):
            end += 1
            if _POSSESSIVE.search(token) or _WHOSE.search(token):
                break
        elif end > at and token.lower() in WORDS["inside"] and end + 1 < len(tokens) and _is_name(tokens[end + 1][0]):
            end += 1
        else:
            break
    return end


def _is_name(token: str) -> bool:
    """Whether a token may belong to a name: it has a capital, or is written in letters that have none."""
    if _ARTICLE.match(token):
        return True
    if token in _DAYS:
        return False  # "in Iraq Saturday"
    first = next((letter for letter in token if letter.isalpha()), "")
    return bool(first) and (first.isupper() or first.lower() == first.upper())


def _kind_beside(tokens: list[tuple[str, int]], at: int, end: int) -> tuple[str | None, str | None]:
    """The kind that the nearest common noun gives: after the name, else in "the town of" before it."""
    for index in range(end - 1, min(end + 3, len(tokens))):
        token = tokens[index][0].lower()
        if token in KIND_WORDS and (index >= end or end - at > 1):
            return KIND_WORDS[token], token
        if index >= end and (_is_name(tokens[index][0]) or token in WORDS["stop"]):
            break
    *_, noun, last = _before(tokens, at)
    if last in WORDS["rural"]:
        return "district", last
    if last == "of" and noun in KIND_WORDS:
        return KIND_WORDS[noun], noun
    if KIND_WORDS.get(last, "site") != "site":
        return KIND_WORDS[last], last
    noun = _of_list(tokens, at, end)
    return KIND_WORDS.get(noun), noun or None


def _of_list(tokens: list[tuple[str, int]], at: int, end: int) -> str:
    """The noun in the plural that says what all the names of a list are: "the *provinces* of Homs, Hama and Idlib", "Homs and
    Hama *provinces*"; empty where none does, as in "the areas of Homs and Hama", which are within them."""

    def goes_on(token: str) -> bool:
        return token in (",", "and", "or") or _is_name(token)

    while at and goes_on(tokens[at - 1][0]):
        at -= 1
    while end < len(tokens) and goes_on(tokens[end][0]):
        end += 1
    *_, noun, of = _before(tokens, at)
    behind = tokens[end][0].lower() if end < len(tokens) else ""
    several = (word for word in (noun if of == "of" else "", behind) if word.endswith("s") and word[:-1] in KIND_WORDS)
    return next((word for word in several if word in KIND_WORDS and BACK_WORDS.get(word) != "any"), "")


def _side_beside(tokens: list[tuple[str, int]], at: int, end: int, possessive: bool) -> str | None:
    """The side that the words before the name ("in the south of X") or behind it ("X's north") speak of; not "Y, south of X"."""
    if at and tokens[at - 1][0].lower() in WORDS["rural"]:
        return _side_beside(tokens[: at - 1] + tokens[at:], at - 1, end - 1, possessive)
    *_, other, noun, last = before = _before(tokens, at)
    if last == "of" and noun in COMPASS and other in (",", "just"):
        return None
    if last in COMPASS:
        return _both(COMPASS[other], COMPASS[last]) if noun in ("and", "or") and other in COMPASS else COMPASS[last]
    sides = [COMPASS[word] for word in before if word in COMPASS]
    if last == "of" and sides and (noun in COMPASS or noun in WORDS["part"]):
        return sides[-1]
    behind, after = ([token for token, _ in tokens[end : end + 2]] + ["", ""])[:2]
    return COMPASS.get(behind.lower()) if possessive and not _is_name(after) else None


def _before(tokens: list[tuple[str, int]], at: int) -> list[str]:
    """The four words before a token in small letters, empty ones where there are fewer."""
    return (["", "", "", ""] + [token.lower() for token, _ in tokens[max(0, at - 4) : at]])[-4:]


def _both(one: str, two: str) -> str | None:
    """One side for two: north for northeast and northwest, southeast for south and east; None for opposites."""
    for side in ("north", "south", "east", "west"):
        if side in one and side in two:
            return side
    joined = one + two if one in ("north", "south") else two + one
    return joined if joined in ADJECTIVE else None
