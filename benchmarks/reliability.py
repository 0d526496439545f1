"""Reliability diagrams as SVG: what was said beside how often it came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from trucewatch.brief.drawing import INK, SOFT, STRONG, Drawing
from trucewatch.outlook.scores import Bin

SIDE, GAP, LEFT, TOP, FOOT = 150.0, 44.0, 34.0, 22.0, 32.0
_BAR = "#e7c9c5"


class Diagram(NamedTuple):
    """One square: forecasts of one kind."""

    title: str
    bins: tuple[Bin, ...]


def drawn(diagrams: Sequence[Diagram]) -> str:
    """The diagrams side by side; a bar spans where 90 % of the shares lie that fit what was said."""
    width = LEFT + (SIDE + GAP) * len(diagrams)
    titles = ", ".join(one.title for one in diagrams)
    drawing = Drawing(width, TOP + SIDE + FOOT, f"Reliability of the odds of more than the upper quartile: {titles}")
    for number, one in enumerate(diagrams):
        _square(drawing, one, LEFT + (SIDE + GAP) * number)
    return drawing.svg()


def _square(drawing: Drawing, one: Diagram, left: float) -> None:
    base = TOP + SIDE
    drawing.words((left, TOP - 8), one.title, 10)
    drawing.line([(left, base), (left + SIDE, TOP)], SOFT, 0.8, "3 2")
    for found in one.bins:
        x = left + found.said * SIDE
        drawing.line([(x, base - found.low * SIDE), (x, base - found.high * SIDE)], _BAR, 5)
        drawing.circle((x, base - found.came * SIDE), 2.4, STRONG, STRONG)
        above = found.came < 0.93
        drawing.words((x, base - found.came * SIDE + (-6 if above else 12)), f"{found.forecasts:,}", 6.5, "middle", INK)
    drawing.line([(left, TOP), (left, base), (left + SIDE, base)], SOFT, 0.8)
    for share in (0, 50, 100):
        drawing.words((left + share / 100 * SIDE, base + 11), f"{share} %", 8, "middle", SOFT)
        drawing.words((left - 4, base - share / 100 * SIDE + 3), f"{share} %", 8, "end", SOFT)
    drawing.words((left + SIDE / 2, base + 23), "said", 8.5, "middle", SOFT)
    drawing.words((left + 4, TOP + 8), "came", 8.5, "start", SOFT)
