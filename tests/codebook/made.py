"""Small tables for tests: rows of one's own, written as an analyst would write them."""

from __future__ import annotations

from pathlib import Path

HEADERS = {
    "types.csv": "type,quad,score,acled_event,acled_sub_event,ucdp_violence,definition",
    "modes.csv": "type,mode,acled_sub_event,definition",
    "triggers.csv": "id,words,pos,type,mode,status,effect,example,counterexample",
    "roles.csv": "id,words,name,sector,kind,note",
    "countries.csv": "code,name,aliases,demonyms,capital,metonyms,note",
    "leaders.csv": "id,name,aliases,country,office,sector,since,until",
    "actors.csv": "id,name,kind,country,sector,patron,since,until,source,note",
    "aliases.csv": "alias,actor,since,until",
    "outlets.csv": "id,name,aliases,domain,country,affiliation,note",
    "places.csv": "id,name,aliases,country,lat,lon,precision,source,note",
    "indicators.csv": "id,name,unit,types,recipients,ucdp,acled,definition",
}


def write(folder: Path, table: str, *rows: str) -> Path:
    """A table of `rows` in `folder`, under its right header."""
    (folder / table).write_text("\n".join((HEADERS[table], *rows, "")), encoding="utf-8")
    return folder
