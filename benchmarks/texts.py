"""Texts to time the coder on: VOA news from ``shared/`` beside the repository, or else our own samples."""

from __future__ import annotations

import re
from itertools import cycle, islice

from benchmarks import ROOT, SHARED

VOA = SHARED / "gold" / "train"
_TEXT = re.compile(r"^## (?:gmb|voa)\S*\n((?:\S+\t.*\n?)+)", re.MULTILINE)


def texts(count: int) -> tuple[str, list[list[str]]]:
    """A name for the source, and reports (lists of sentences) of at least ``count`` sentences in all."""
    voa = [
        [line.split("\t", 1)[1] for line in block.splitlines()]
        for file in sorted(VOA.glob("t*.in.txt"))
        for block in _TEXT.findall(file.read_text(encoding="utf-8"))
    ]
    if voa:
        return "VOA news", _enough(voa, count)
    samples = [
        re.split(r"(?<=[.!?])\s+", file.read_text(encoding="utf-8").strip())
        for file in sorted((ROOT / "samples").glob("*.txt"))
    ]
    return "the sample reports, repeated", _enough(samples, count)


def _enough(reports: list[list[str]], count: int) -> list[list[str]]:
    """Repeat or cut the reports to ``count`` sentences."""
    mean = sum(map(len, reports)) / len(reports)
    return list(islice(cycle(reports), round(count / mean)))
