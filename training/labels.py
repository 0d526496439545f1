"""Label inventories of training: those of the package, and the MAVEN frames that only an earlier stage uses."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from trucewatch.language.labels import (  # noqa: F401
    DEPRELS,
    MODES,
    NAME_TAGS,
    ROLES,
    STATUSES,
    TYPES,
    UPOS,
)

SHARED = Path(__file__).resolve().parents[2] / "shared"


def _frames() -> list[str]:
    with gzip.open(SHARED / "corpora/events/maven-union.jsonl.gz", "rt", encoding="utf-8") as lines:
        return sorted({event["event_type"] for line in lines for event in json.loads(line)["events"]})


FRAMES = _frames()
