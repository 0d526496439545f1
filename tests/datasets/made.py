"""Small files of others' datasets, with every column that such a file has; the rows tell of nothing that happened."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable
from pathlib import Path

from benchmarks.imports import ACLED, GED

OLDER = tuple(
    column
    for column in GED
    if column
    not in (
        *("relid", "code_status", "conflict_dset_id", "dyad_dset_id", "side_a_dset_id", "side_b_dset_id"),
        *("where_description", "gwnoa"),
    )
)
"""The 41 columns of GED's older versions."""


def ged(id_: int, day: str = "2017-03-08", until: str | None = None, **cells: str) -> dict[str, str]:
    """A row of GED: a fight in the town of Saraqib on a day, or from that day ``until`` another."""
    return dict.fromkeys(GED, "1") | {
        "id": f"{id_}",
        "number_of_sources": "2",
        "where_coordinates": "Saraqib town",
        "adm_1": "Idlib Governorate",
        "adm_2": "Markaz Idlib district",
        "latitude": "35.8645",
        "longitude": "36.8059",
        "country": "Syria",
        "date_prec": "1" if until is None else "2",
        "date_start": day,
        "date_end": until or day,
        "best": "4",
        "low": "3",
        "high": "7",
        **cells,
    }


def acled(id_: str, day: str = "2021-03-08", **cells: str) -> dict[str, str]:
    """A row of ACLED's shape: an air strike on the town of Saraqib on a day."""
    return dict.fromkeys(ACLED, "1") | {
        "event_id_cnty": id_,
        "event_date": day,
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike",
        "country": "Syria",
        "admin1": "Idleb",
        "admin2": "Idleb",
        "location": "Saraqib",
        "latitude": "35.8645",
        "longitude": "36.8059",
        "source": "Outlet A; Outlet B",
        "fatalities": "2",
        **cells,
    }


def write(path: Path, rows: Iterable[dict[str, str]], columns: Iterable[str] = GED) -> Path:
    """A CSV file of these columns, packed where its name ends in ``.gz``."""
    text = io.StringIO()
    out = csv.DictWriter(text, list(columns), extrasaction="ignore")
    out.writeheader()
    out.writerows(rows)
    whole = text.getvalue().encode()
    path.write_bytes(gzip.compress(whole) if path.suffix == ".gz" else whole)
    return path
