"""The tables beside the code: rows of CSV, each a dict of its columns, and the lists of ``words.toml``."""

from __future__ import annotations

import csv
import functools
import io
import tomllib
from collections.abc import Mapping
from importlib.resources import files


@functools.cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a packaged table such as ``labels.csv``."""
    text = (files(__package__) / name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text, newline="")))


def either(name: str) -> str:
    """A list of ``words.toml`` as the alternatives of a regular expression."""
    return f"(?:{'|'.join(_lists()[name])})"


def listed(name: str) -> frozenset[str]:
    """A list of ``words.toml`` that holds plain words."""
    return frozenset("|".join(_lists()[name]).split("|"))


@functools.cache
def _lists() -> Mapping[str, list[str]]:
    return tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))
