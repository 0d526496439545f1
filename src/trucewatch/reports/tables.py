"""The tables of this folder (CSV beside the code), each row a dict of its columns."""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Mapping
from importlib.resources import files


@functools.cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a packaged table such as ``labels.csv``."""
    text = (files(__package__) / name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text, newline="")))
