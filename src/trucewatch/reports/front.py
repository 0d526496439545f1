"""The record between two rules at the head of a text (``---``), as programs that clip and publish pages write it."""

from __future__ import annotations

import re

from trucewatch.reports.assemble import ReadOptions
from trucewatch.reports.blocks import Block
from trucewatch.reports.columns import Values
from trucewatch.reports.facts import Facts

_RULE = "---"
_MOST = 100
"""Lines of such a record."""
_NAMED = re.compile(r"([A-Za-z][\w .-]{0,40}):(?:\s+(.*))?$")
_ENTRY = re.compile(r"\s*-\s+(.*)$")
_LISTED = re.compile(r"\[(?!\[)(.*)\]$")
_EDGES = " \t\"'[]"


def parted(text: str, options: ReadOptions) -> tuple[Facts, list[Block], str]:
    """What the record says, its lines (which are no story), and the text below it; without one, the text as it stands."""
    lines = text.lstrip().split("\n", _MOST + 2)
    if lines[0].rstrip() != _RULE:
        return Facts(), [], text
    end = next((at for at, line in enumerate(lines[1 : _MOST + 1], 1) if line.rstrip() == _RULE), None)
    said = _said(lines[1:end]) if end else None
    if end is None or said is None:
        return Facts(), [], text
    source = said.get("source")
    if isinstance(source, str) and "://" in source:
        said.setdefault("url", source)
    told = [Block(raw=line.strip(), text=line.strip()) for line in lines[1:end] if line.strip()]
    return Values(said, options).facts(), told, "\n".join(lines[end + 1 :])


def _said(lines: list[str]) -> dict[str, str | list[str]] | None:
    """The values by name, lists of those with several; None where a line is none of a record."""
    said: dict[str, str | list[str]] = {}
    name = ""
    for line in lines:
        if (named := _NAMED.match(line)) is not None:
            name, value = named[1], (named[2] or "").strip()
            listed = _LISTED.match(value)
            said[name] = [one.strip(_EDGES) for one in listed[1].split(",")] if listed else value.strip(_EDGES)
        elif (entry := _ENTRY.match(line)) is not None and name:
            before = said[name]
            said[name] = [*(before if isinstance(before, list) else [before] if before else []), entry[1].strip(_EDGES)]
        elif line.strip() and not (name and line.startswith((" ", "\t"))):
            return None
    return said or None
