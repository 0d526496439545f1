"""The forms in which a desk's incidents and claims are exported."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from trucewatch.codebook import Codebook
from trucewatch.export import acled, arrow, columns, ged, geojson, kml, plover
from trucewatch.export.cases import Case
from trucewatch.nouns import Incident

What = Literal["incidents", "claims"]
Writer = Callable[[Iterable[Case], Codebook], Iterator[bytes]]
"""Makes bytes of cases, piece by piece: at most a line, or a row group of Parquet, is in memory."""


@dataclasses.dataclass(frozen=True, slots=True)
class Form:
    """A form: what it is called on the web and as a file, and what writes it."""

    media: str
    """Its media type."""
    ending: str
    """Of a file's name."""
    write: Writer
    of: tuple[What, ...] = ("incidents", "claims")
    """What it can hold; the first is what it holds by default."""
    lacks: Callable[[Incident], str | None] = lambda incident: None
    """Why it has no room for an incident, as "not said to have happened"; None where it has. The writer passes over these."""

    @property
    def is_text(self) -> bool:
        """Whether it can be shown on a terminal."""
        return self.ending != ".parquet"


FORMS: Mapping[str, Form] = {
    "plover": Form("application/x-ndjson", ".jsonl", plover.write),
    "acled": Form("text/csv; charset=utf-8", ".csv", acled.write, ("incidents",), acled.lacks),
    "ged": Form("text/csv; charset=utf-8", ".csv", ged.write, ("incidents",), ged.lacks),
    "geojson": Form("application/geo+json", ".geojson", geojson.write),
    "kml": Form("application/vnd.google-earth.kml+xml", ".kml", kml.write),
    "parquet": Form("application/vnd.apache.parquet", ".parquet", arrow.parquet),
    "csv": Form("text/csv; charset=utf-8", ".csv", columns.csv),
    "hxl": Form("text/csv; charset=utf-8", ".csv", columns.hxl),
}
