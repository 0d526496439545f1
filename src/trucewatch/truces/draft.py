"""Drafts of a truce's table: an empty one, and one begun from a row of PA-X's list of agreements.

A question mark stands for what whoever completes it has to answer; ``truce check`` asks for each of them.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from trucewatch.codebook import Actor, Codebook
from trucewatch.errors import UnreadableError
from trucewatch.nouns import Noun

UNANSWERED = "?"
CEASEFIRES = "Cea"
"""PA-X's stage of ceasefires and what belongs to them."""
_COLUMNS = {"AgtId", "Agt", "Dat", "Stage", "Part", "ThrdPart", "Loc1ISO", "Loc2ISO"}
_ISO = re.compile(r"[A-Z]{3}")
_WORD = re.compile(r"[^\s;,()/:\"]+")
_LONGEST = 8
"""Words of a name."""
_SHORTEST = 3
_SLUG = re.compile(r"[^a-z0-9]+")


class Agreement(Noun):
    """A row of PA-X's list."""

    number: int
    name: str
    signed: dt.date | None
    stage: str
    countries: tuple[str, ...]
    parties: str
    """Who took part, in PA-X's words."""
    third_parties: str


def agreements(path: Path) -> Iterator[Agreement]:
    """The agreements of a PA-X list saved as CSV, in its order.

    Raises UnreadableError for an invalid file.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = _COLUMNS - set(reader.fieldnames or ())
            if missing:
                raise UnreadableError(f"{path}: not PA-X's list as CSV, without {', '.join(sorted(missing))}")
            for row in reader:
                if None in row.values() or not row["AgtId"].isdecimal():
                    raise UnreadableError(f"{path}:{reader.line_num}: no row of PA-X's list")
                yield _agreement(row)
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read ({error.strerror})") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableError(f"{path}: cannot be read as CSV ({error}); save PA-X's list as CSV in UTF-8") from error


def blank(truce: str) -> str:
    """The text of an empty table."""
    return _text(_Draft(id=truce, name=UNANSWERED, countries=(UNANSWERED,)), ())


def drafted(agreement: Agreement, book: Codebook) -> str:
    """The text of a table that begins with what PA-X knows of an agreement."""
    countries = tuple(code for code in agreement.countries if code in book.countries)
    begun = _Draft(
        id=identity(agreement),
        name=agreement.name,
        countries=countries or (UNANSWERED,),
        signed=agreement.signed.isoformat() if agreement.signed else UNANSWERED,
        pax=agreement.number,
        remarks=(f"PA-X names as parties: {agreement.parties}", f"as third parties: {agreement.third_parties or '-'}"),
    )
    return _text(begun, tuple(_named(agreement, book)))


def identity(agreement: Agreement) -> str:
    """An id for an agreement: its name's first words, its year, and its number, for many bear one name."""
    plain = unicodedata.normalize("NFKD", agreement.name).encode("ascii", "ignore").decode().lower()
    words = _SLUG.sub("-", plain).strip("-").split("-")[:6]
    return "-".join(
        filter(None, (*words, f"{agreement.signed.year}" if agreement.signed else "", f"{agreement.number}"))
    )


class _Draft(Noun):
    id: str
    name: str
    countries: tuple[str, ...]
    signed: str = UNANSWERED
    pax: int | None = None
    remarks: tuple[str, ...] = ()


def _agreement(row: dict[str, str]) -> Agreement:
    try:
        signed = dt.date.fromisoformat(row["Dat"][:10])
    except ValueError:
        signed = None
    return Agreement(
        number=int(row["AgtId"]),
        name=" ".join(row["Agt"].split()),
        signed=signed,
        stage=row["Stage"],
        countries=tuple(code for code in (row["Loc1ISO"], row["Loc2ISO"]) if _ISO.fullmatch(code or "")),
        parties=" ".join(row["Part"].split()),
        third_parties=" ".join(row["ThrdPart"].split()),
    )


def _named(agreement: Agreement, book: Codebook) -> Iterator[Actor]:
    """The actors of the codebook whose names stand among the parties, the longest name first where two overlap."""
    words = _WORD.findall(agreement.parties)
    seen: set[str] = set()
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            actor = _actor(words[at : at + length], agreement, book)
            if actor is not None:
                if actor.id not in seen:
                    seen.add(actor.id)
                    yield actor
                at += length - 1
                break
        at += 1


def _actor(words: list[str], agreement: Agreement, book: Codebook) -> Actor | None:
    """The actor of a name; the government of a country that is named as a party."""
    name = " ".join(words)
    if not words[0][0].isupper() or len(name) < _SHORTEST:
        return None
    if actor := book.find_actor(name, agreement.signed):
        return actor
    word = book.find_country(name)
    if word is None or word.kind != "name":
        return None
    governments = (one for one in book.actors.values() if one.country == word.country and one.kind == "government")
    return next((one for one in governments if one.since is None), None)


def _text(begun: _Draft, parties: Iterable[Actor]) -> str:
    lines = [
        *(f"# {' '.join(remark.split())}" for remark in begun.remarks),
        f"id = {_quoted(begun.id)}",
        f"name = {_quoted(begun.name)}",
        f"class = {_quoted(UNANSWERED)}  # cessation, preliminary, definitive",
        f"form = {_quoted(UNANSWERED)}  # written, verbal; take it out where it is not known",
        f"parties = {_quoted(UNANSWERED)}  # unilateral, bilateral, multilateral",
        f"countries = [{', '.join(map(_quoted, begun.countries))}]",
        f"signed = {_quoted(begun.signed)}  # 2020-03-05, 2020-03 or 2020",
        f"effective = {_quoted(UNANSWERED)}  # 2020-03-06T00:01; take it out where it is not known",
        f"area = {_quoted('area')}",
        *([f"pax = {begun.pax}"] if begun.pax is not None else []),
        f"open = [{_quoted(UNANSWERED)}]  # what is not known, in words",
        f"sources = [{_quoted(UNANSWERED)}]",
        *_table("zone", {"id": "area", "name": UNANSWERED}, "# regions, countries, places, outlines or a line"),
    ]
    for one in [actor.id for actor in parties] or [UNANSWERED]:
        party = {"actor": one, "capacity": UNANSWERED, "side": UNANSWERED}
        lines += _table("party", party, "# signatory, guarantor, claimed bound, excluded")
        lines.append(
            '# unnamed = ["SYR/MIL"]  whom it stands for where a report names no actor; "SYR/state": all of a state'
        )
    lines += _table("clause", {"id": "1", "kind": "cessation", "text": UNANSWERED}, "# in your own words")
    lines.append('# conduct = ["ASSAULT", "COERCE/seize"]  what breaks it; without, what breaks a clause of its kind')
    return "\n".join(lines) + "\n"


def _table(name: str, values: dict[str, str], remark: str) -> list[str]:
    return ["", f"[[{name}]]  {remark}", *(f"{key} = {_quoted(value)}" for key, value in values.items())]


def _quoted(value: str) -> str:
    """A TOML string; JSON's form of one is the same but for DEL, which no name holds."""
    return json.dumps(value, ensure_ascii=False)
