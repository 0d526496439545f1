"""Makes the derived rows of actors.csv, aliases.csv and leaders.csv again from the published lists.

    python tools/actors.py ../shared/data/actors

A row whose id starts with ``ucdp-`` (UCDP Actor Dataset 22.1) or ``phx-`` (the actor dictionaries of
petrarch2, to January 2014) is derived: it is thrown away and made again. Every other row was written by
hand: it is kept as it is, and it wins. A hand-written actor names the UCDP actors that it covers in its
column ``source`` ("UCDP 209 210"); no row is derived for those, nor for a person or group whose name a
hand-written row bears already. A derived alias that would clash is left out.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from trucewatch.codebook import Codebook, fold, load
from trucewatch.codebook.names import is_acronym

TABLES = Path(__file__).parent.parent / "src" / "trucewatch" / "codebook"
DERIVED = ("ucdp-", "phx-")
Row = dict[str, str]
Found = tuple[Row, list[str]]
"""A derived actor and the names that it goes by."""
Tables = tuple[list[Row], list[Row]]
"""Actors and aliases."""

# What UCDP's column Org says, as kind and sector; governments are a case of their own.
ORGANISED, INFORMAL, COMMUNAL, GOVERNMENT = "1", "2", "3", "4"
KINDS = {ORGANISED: ("armed-group", "REB"), INFORMAL: ("group", "SOC"), COMMUNAL: ("communal", "SOC")}
# UCDP counts cartels and gangs of these countries among organised groups; they seek no government.
CRIME = re.compile(r"\b(cartel|gang|faction of|comando|commando|cell|family of|los|command)\b", re.IGNORECASE)
CRIME_COUNTRIES = {"MEX", "BRA", "HTI", "JAM", "ECU", "HND", "SLV", "GTM"}
MANY_COUNTRIES = 4
"""A group that fights in so many countries belongs to none of them."""
STATES_OF_OLD = {"FYR": "SRB", "Hyderabad": "IND"}
COMMON_WORDS = set("213 517 666 996 1007 1012 1073 1083 1154 1169 3299 4322 4376 5546 6185 7792 8244 8245".split())
"""UCDP numbers of groups that bear a plain word or the name of a land or nation (Ale, Fur, Outlaws, Tibet)."""

# The codes of the petrarch2 files that are not ISO 3166.
CODES = {"ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "SCG": "SRB", "KSV": "XKX", "PAL": "PSE", "CFR": "CAF"}
NO_GROUPS = {"Waffen Ss"}
"""Entries of the petrarch2 list of groups that are none of today's."""
LIST_ENDS = "2014-01-30"
"""The day to which the petrarch2 files reach: who was in office then has no later last day in them."""
SINCE_YEAR = 2000
PARTICLES = set("al el bin ibn de da do dos del der van von ul of and the for".split())


class Term(NamedTuple):
    """A code of a petrarch2 entry with its dates ('' for none)."""

    country: str
    role: str
    since: str
    until: str


class Entry(NamedTuple):
    """An entry of a petrarch2 dictionary: its names as they stand there, and its codes."""

    names: list[str]
    terms: list[Term]


# ---------------------------------------------------------------- UCDP


def ucdp_rows(path: Path) -> Iterator[Row]:
    """The rows of the UCDP actor list, cells trimmed, "n/a" emptied."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {key: "" if cell.strip() == "n/a" else " ".join(cell.split()) for key, cell in row.items()}


def ucdp_countries(row: Row, book: Codebook) -> list[str]:
    """The codes of the countries in which UCDP saw an actor, its home first."""
    codes = []
    for part in row["Location"].split(","):
        name = re.sub(r"\s*\(.*\)", "", part).strip()
        word = book.find_country(name)
        code = STATES_OF_OLD.get(name) or (word.country if word else "")
        if code and code not in codes:
            codes.append(code)
    return codes


def ucdp_actor(row: Row, book: Codebook) -> Found:
    """An actor's row and its other names."""
    countries = ucdp_countries(row, book)
    given, english = row["NameData"], row["NameOrigFullEng"]
    name = english if english and (is_acronym(given) or "/" in given) else given
    others = [given, english, row["NameOrigFull"], row["NewNameFullEng"] or "", *row["NewName"].split(",")]
    kind, sector = KINDS.get(row["Org"], ("government", "GOV"))
    country = countries[0] if countries else ""
    if row["Org"] == GOVERNMENT:
        word = book.find_country(re.sub(r"\s*\(.*\)", "", name.removeprefix("Government of ")))
        country = word.country if word else country
        others += [f"{demonym} government" for demonym in book.countries[country].demonyms[:1]]
    elif row["Org"] == ORGANISED and len(countries) >= MANY_COUNTRIES:
        country = "IMG"
    elif row["Org"] == ORGANISED and country in CRIME_COUNTRIES and not row["ConflictId"]:
        sector = "CRM" if CRIME.search(f"{given} {english}") else sector
    notes = {"splinter of": row["NamePrev"], "ally of": row["NameAlliance"], "part of": row["GroupName"]}
    return {
        "id": f"ucdp-{row['ActorId']}",
        "name": name,
        "kind": kind,
        "country": country,
        "sector": sector,
        "patron": row["ActorIdGroup"],
        "since": "",
        "until": "",
        "source": f"UCDP {row['ActorId']}",
        "note": "; ".join(f"{words} {names}" for words, names in notes.items() if names),
    }, [other.strip() for other in others]


def ucdp(path: Path, book: Codebook, hand: dict[str, Row]) -> Iterator[Found]:
    """The actors of UCDP that no hand-written row covers, their patron as a row id where it is one actor."""
    known = {number: row["id"] for row in hand.values() for number in covered(row)}
    for source in ucdp_rows(path):
        if source["ActorId"] in known or source["ActorId"] in COMMON_WORDS:
            continue
        row, others = ucdp_actor(source, book)
        patron = row["patron"]
        row["patron"] = known.get(patron, f"ucdp-{patron}" if patron.isdigit() else "")
        yield row, others


def covered(row: Row) -> list[str]:
    """The UCDP actor numbers in the source of a hand-written row."""
    return re.findall(r"\d+", row["source"]) if "UCDP" in row["source"] else []


# ---------------------------------------------------------------- petrarch2


def entries(path: Path) -> Iterator[Entry]:
    """The entries of a petrarch2 actor dictionary."""
    names: list[str] = []
    terms: list[Term] = []
    for raw in path.read_text(encoding="utf-8", errors="replace").splitlines():
        line = re.sub(r"[;#].*", "", raw).strip()
        if line.startswith("["):
            terms += [found for code in re.findall(r"\[(.*?)\]", line) if (found := term(code))]
        elif line.startswith("+"):
            names.append(line[1:].strip())
        elif line:
            if names:
                yield Entry(names, terms)
            name, _, codes = line.partition("[")
            names, terms = [name.strip()], [found for code in [codes.strip(" ]")] if (found := term(code))]
    if names:
        yield Entry(names, terms)


def term(code: str) -> Term | None:
    """``SYRGOV >000717`` and the like; None for what is not a country's."""
    parts = re.fullmatch(r"([A-Z]{3})([A-Z]*)\s*(?:(>)\s*(\d+)|(<)\s*(\d+)|(\d+)\s*-\s*(\d+))?", code.strip())
    if not parts:
        return None
    country, role, _, after, _, before, first, last = parts.groups()
    return Term(CODES.get(country, country), role, day(after or first), day(before or last))


def day(digits: str | None) -> str:
    """``000717`` or ``20000717`` as an ISO date; '' for what is none."""
    if not digits or len(digits) not in (6, 8):
        return ""
    if len(digits) == 6:
        digits = ("19" if digits > "30" else "20") + digits
    year, month, date = digits[:4], digits[4:6], digits[6:]
    return f"{year}-{month}-{date}" if "01" <= month <= "12" and "01" <= date <= "28" else f"{year}-{month}"


def spelled(name: str) -> str:
    """``ABDALLAH_AL_DARDARI_`` as it is written in a text."""
    words = re.sub(r"\(.*?\)", " ", name).replace("_", " ").lower().split()
    text = " ".join(word if word in PARTICLES and at else word.title() for at, word in enumerate(words))
    text = re.sub(r"(?<=['’])S\b", "s", text)
    return re.sub(r"\bal (?=[A-Z])", "al-", text)


def leaders(path: Path, book: Codebook, hand: dict[str, Row]) -> Iterator[Row]:
    """Terms since 2000 of heads of state and government and of defence ministers whom no hand-written row names.

    Other ministers are left out: the list does not say of what, and there are 8,000 of them.
    """
    known = {fold(name) for row in hand.values() for name in (row["name"], *row["aliases"].split("|"))}
    for entry in entries(path):
        names = [spelled(name) for name in entry.names if not re.search(r"\d", name)]
        if not names or not 2 <= len(names[0].split()) <= 5 or any(fold(name) in known for name in names):
            continue
        ruler = any(part.role == "ELI" for part in entry.terms)
        others = dict.fromkeys(name for name in names[1:] if fold(name) != fold(names[0]) and " " in name)
        last = ""
        for part in sorted(entry.terms, key=lambda part: part.since):
            until = part.until or LIST_ENDS
            if part.role != ("GOV" if ruler else "GOVMIL") or part.country not in book.countries:
                continue
            # The list often gives a term twice, from two sources: the first counts.
            if not part.since or until < str(SINCE_YEAR) or part.since < last:
                continue
            if not part.since[:7] <= until[:7] <= LIST_ENDS[:7]:
                continue
            last = until if len(until) == len(LIST_ENDS) else f"{until}-31"
            yield {
                "id": f"phx-{part.country.lower()}-{slug(names[0])}-{part.since[:4]}",
                "name": names[0],
                "aliases": "|".join(others),
                "country": part.country,
                "office": "head of state or government" if ruler else "minister of defence or security",
                "sector": "GOV",
                "since": part.since,
                "until": until,
            }


def groups(path: Path, book: Codebook) -> Iterator[Found]:
    """Armed groups of the petrarch2 list of non-state actors."""
    for entry in entries(path):
        names = [spelled(name) for name in entry.names]
        homes = [part for part in entry.terms if part.role.startswith("REB")]
        if not homes or len(names[0]) < 6 or len(names[0].split()) < 2 or names[0] in NO_GROUPS:
            continue
        country = homes[0].country
        if country not in book.countries and country != "IMG":
            continue
        yield (
            {
                "id": f"phx-{country.lower()}-{slug(names[0])}",
                "name": names[0],
                "kind": "armed-group",
                "country": country,
                "sector": "REB",
                "patron": "",
                "since": "",
                "until": "",
                "source": "petrarch2",
                "note": "",
            },
            [name for name in names if len(name) > 5],
        )


def slug(name: str) -> str:
    """A name as it stands in an id."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


# ---------------------------------------------------------------- tables


def read(name: str) -> list[Row]:
    """All rows of a table of the codebook."""
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, rows: Iterable[Row]) -> None:
    """Writes a table under the columns it has."""
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with (TABLES / name).open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def by_hand(rows: Iterable[Row], key: str = "id") -> dict[str, Row]:
    """The rows that are not derived; ``key`` is the column that holds the id of row or actor."""
    return {f"{row[key]}:{at}": row for at, row in enumerate(rows) if not row[key].startswith(DERIVED)}


def add_actors(found: Iterable[Found], tables: Tables, book: Codebook) -> None:
    """Appends derived actors and their aliases; a name that is taken is told apart by country, an alias is dropped."""
    actors, aliases = tables
    taken = {fold(row["name"]) for row in actors} | {fold(row["alias"]) for row in aliases}
    fresh = [(row, others) for row, others in found if fold(row["name"])]
    owners = defaultdict(set)
    for row, others in fresh:
        for name in (row["name"], *others):
            owners[fold(name)].add(row["id"])
    ids = {row["id"] for row in actors}
    for row, others in fresh:
        if row["source"] == "petrarch2" and (fold(row["name"]) in taken or row["id"] in ids):
            continue
        ids.add(row["id"])
        if fold(row["name"]) in taken or len(owners[fold(row["name"])]) > 1 or book.find_country(row["name"]):
            row["name"] = f"{row['name']} ({row['country'] or row['id']})"
        if fold(row["name"]) in taken:
            row["name"] = f"{row['name']} {row['id'].removeprefix('ucdp-')}"
        actors.append(row)
        taken.add(fold(row["name"]))
        for name in dict.fromkeys(others):
            key = fold(name)
            if len(key) < 2 or key in taken or len(owners[key]) > 1 or book.find_country(name):
                continue
            taken.add(key)
            aliases.append({"alias": name, "actor": row["id"], "since": "", "until": ""})


def main(lists: Path) -> None:
    """Rewrites the three tables and prints how many rows each source gave."""
    book = load()
    hand = by_hand(read("actors.csv"))
    actors, aliases = list(hand.values()), list(by_hand(read("aliases.csv"), "actor").values())
    add_actors(ucdp(lists / "ucdp-actor-221.csv", book, hand), (actors, aliases), book)
    add_actors(groups(lists / "Phoenix.MilNonState.actors.txt", book), (actors, aliases), book)
    ids = {row["id"] for row in actors}
    for row in actors:
        if row["patron"].startswith(DERIVED) and row["patron"] not in ids:
            row["patron"] = ""
    people = by_hand(read("leaders.csv"))
    terms = {row["id"]: row for row in people.values()}
    for row in leaders(lists / "Phoenix.Countries.actors.txt", book, people):
        terms.setdefault(row["id"], row)
    write("actors.csv", actors)
    write("aliases.csv", aliases)
    write("leaders.csv", terms.values())
    for name, table in (("actors", actors), ("terms of leaders", list(terms.values()))):
        made = Counter(row["id"].split("-")[0] for row in table if row["id"].startswith(DERIVED))
        print(f"{len(table)} {name}: {len(table) - made.total()} by hand, {dict(made)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
