"""SVG, drawn by hand: a few shapes and words, with nothing in them from elsewhere."""

from __future__ import annotations

import contextlib
import html
import math
import unicodedata
from collections.abc import Iterator, Sequence

from trucewatch.brief.page import MAKER

INK, SOFT, FAINT = "#1d2733", "#5b6773", "#d5dade"
STRONG, AREA = "#b3261e", "#eef2ea"
FONTS = "'Libertinus Serif', Georgia, serif"
Spot = tuple[float, float]
"""x and y in pixels, y downwards."""


LETTER = 4.2
"""Roughly how wide a letter of the small words is."""


def width(text: str) -> float:
    """Roughly how wide small words are: other scripts have wider letters than Latin, and those of East Asia fill a square."""
    return sum(
        LETTER * (2 if unicodedata.east_asian_width(one) in "WF" else 1 if one.isascii() else 1.25) for one in text
    )


def lines(text: str, most: float) -> Iterator[str]:
    """The lines in which small words fit into a width; cut between words, or anywhere where none is parted from the next."""
    line = ""
    for word in text.split(" ") if " " in text else text:
        longer = f"{line} {word}" if " " in text and line else line + word
        if line and width(longer) > most:
            yield line
            longer = word
        line = longer
    yield line


class Drawing:
    """One SVG picture of a fixed size; shapes lie over those drawn before them."""

    def __init__(self, width: float, height: float, title: str) -> None:
        self.width, self.height, self.title = width, height, title
        self._parts: list[str] = []

    def box(self, at: Spot, width: float, height: float, fill: str) -> None:
        """A filled rectangle from its upper left corner."""
        x, y = at
        self._parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.2f}" height="{height:.1f}" fill="{fill}"/>')

    def line(self, points: Sequence[Spot], colour: str = SOFT, width: float = 1, dash: str = "") -> None:
        """A line through points; ``dash`` as in ``4 3``."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<polyline points="{_path(points)}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>'
        )

    def area(self, points: Sequence[Spot], fill: str, colour: str) -> None:
        """A filled outline."""
        self._parts.append(f'<polygon points="{_path(points)}" fill="{fill}" stroke="{colour}" stroke-width="1.2"/>')

    @contextlib.contextmanager
    def window(self, at: Spot, width: float, height: float) -> Iterator[None]:
        """Of what is drawn meanwhile only that shows which lies in a rectangle, from its upper left corner."""
        x, y = at
        box = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
        self._parts.append(f'<svg {box} viewBox="{x:.1f} {y:.1f} {width:.1f} {height:.1f}">')
        yield
        self._parts.append("</svg>")

    def circle(self, at: Spot, radius: float, fill: str, colour: str) -> None:
        """A filled circle with an edge."""
        x, y = at
        self._parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}" stroke="{colour}" stroke-width="1.4"/>'
        )

    def swatch(self, at: Spot, colour: str) -> None:
        """A small square of a colour, from its lower left corner: the key of a legend."""
        x, y = at
        self.box((x, y - 7), 9, 7, FAINT)
        self.box((x + 0.6, y - 6.4), 7.8, 5.8, colour)

    def words(self, at: Spot, text: str, size: float = 10, anchor: str = "start", colour: str = INK) -> None:
        """Words on their baseline; ``anchor`` is start, middle or end. Ink has a white edge, to be read over lines."""
        x, y = at
        edge = ' stroke="white" stroke-width="2.5" paint-order="stroke"' if colour == INK else ""
        self._parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}"{edge}>'
            f"{html.escape(text)}</text>"
        )

    def svg(self) -> str:
        """The picture as a document of its own, which may also stand within a page."""
        title = html.escape(self.title)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} {self.height:g}" width="{self.width:g}" '
            f'height="{self.height:g}" font-family="{FONTS}" role="img" aria-label="{title}">'
        )
        return "\n".join([head, f"<!-- {MAKER} -->", f"<title>{title}</title>", *self._parts, "</svg>"]) + "\n"


def round_up(value: float, steps: Sequence[float]) -> float:
    """The next of these steps, or of ten, a hundred times as much: of 1, 2 and 5 the next of 1, 2, 5, 10, 20 ..."""
    size = 10 ** math.floor(math.log10(value))
    return float(next(step * size for step in (*steps, 10) if step * size >= value))


def _path(points: Sequence[Spot]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
