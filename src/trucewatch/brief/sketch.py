"""The map of a brief: the truce's area and the incidents of the week by their numbers, from our own tables alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from trucewatch.brief.drawing import AREA, FAINT, INK, SOFT, STRONG, Drawing, Spot, lines
from trucewatch.brief.page import Brief, Mark
from trucewatch.brief.spoken import drawn, head, say
from trucewatch.codebook.globe import KM_A_DEGREE
from trucewatch.english import rendered, said
from trucewatch.truces.geometry import inside
from trucewatch.truces.terms import LonLat

if TYPE_CHECKING:
    from trucewatch.translation import Language

WIDTH, HEIGHT, TOP, EDGE = 300.0, 250.0, 2.0, 14.0
_MARGIN = 0.12
"""Of the area's extent, left free around it."""
_ALONE = 0.3
"""Degrees around what would otherwise be a map of one point."""
_RADIUS = 6.5
_LETTER = 4.7
"""Pixels that a letter of a name is wide, as a rule."""
_LINE = 11.0
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


class _Frame(NamedTuple):
    """From degrees to pixels: a plane whose degrees of longitude are as long as they are in its middle."""

    west: float
    north: float
    scale: float
    """Pixels a degree of latitude."""
    stretch: float
    """Of a degree of longitude, beside one of latitude."""
    bottom: float

    def spot(self, point: LonLat) -> Spot:
        lon, lat = point
        return (lon - self.west) * self.stretch * self.scale, TOP + (self.north - lat) * self.scale

    def holds(self, spot: Spot) -> bool:
        return 0 <= spot[0] <= WIDTH and TOP <= spot[1] <= self.bottom


def sketch(brief: Brief, language: Language | None = None) -> str | None:
    """The map as SVG; None where neither an area nor an incident can be drawn."""
    frame = _frame(brief)
    if frame is None:
        return None
    outside = [mark for mark in brief.marks if not frame.holds(frame.spot(mark.at))]
    within = [mark for mark in brief.marks if mark not in outside]
    title = rendered(f"Map: {brief.title}", "{what}: {title}", what=said("Map"), title=brief.title)
    notes = [drawn(line, language) for note in _notes(brief, outside) for line in lines(head(note, language), WIDTH)]
    drawing = Drawing(WIDTH, frame.bottom + EDGE + _LINE * len(notes), say(title, language))
    with drawing.window((0, TOP), WIDTH, frame.bottom - TOP):
        for outline in brief.outlines:
            points = [frame.spot(point) for point in outline.points]
            if outline.is_area:
                drawing.area(points, AREA if outline.main else "none", SOFT if outline.main else FAINT)
            else:
                drawing.line(points, SOFT, 1.6, "5 3")
    _labels(drawing, frame, brief)
    _scale(drawing, frame)
    _marks(drawing, frame, within)
    for number, note in enumerate(notes):
        drawing.words((0, frame.bottom + EDGE + _LINE * number), note, 8.5, colour=SOFT)
    return drawing.svg()


def _frame(brief: Brief) -> _Frame | None:
    """Around the truce's areas, and those of its countries in which incidents lie beyond them; around the incidents
    where it has none."""
    areas = [one for one in brief.outlines if not one.is_land]
    beyond = [mark.at for mark in brief.marks if not any(inside(one.points, mark.at) for one in areas)]
    lands = [one for one in brief.outlines if one.is_land and any(inside(one.points, at) for at in beyond)]
    shown = [*areas, *lands] or brief.outlines
    points = [point for one in shown for point in one.points] or [mark.at for mark in brief.marks]
    if not points:
        return None
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    stretch = math.cos(math.radians((min(lats) + max(lats)) / 2))
    wide, high = (max(lons) - min(lons)) * stretch, max(lats) - min(lats)
    margin = _MARGIN * max(wide, high) or _ALONE
    scale = min(WIDTH / (wide + 2 * margin), HEIGHT / (high + 2 * margin))
    spare = (WIDTH / scale - wide) / 2 / stretch
    return _Frame(
        west=min(lons) - spare,
        north=max(lats) + margin,
        scale=scale,
        stretch=stretch,
        bottom=TOP + (high + 2 * margin) * scale,
    )


def _labels(drawing: Drawing, frame: _Frame, brief: Brief) -> None:
    """The frame, and in its corner the name of the truce's own area."""
    left, top, right, bottom = 0.5, TOP, WIDTH - 0.5, frame.bottom
    drawing.line([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], FAINT)
    if name := next((one.name for one in brief.outlines if one.main), None):
        drawing.words((6, TOP + 13), name, 9.5, colour=SOFT)


def _scale(drawing: Drawing, frame: _Frame) -> None:
    """A bar of round length at the lower left, and which way is north."""
    a_km = frame.scale / KM_A_DEGREE
    length = next((step for step in reversed(_STEPS) if step * a_km <= WIDTH / 4), _STEPS[0])
    y = frame.bottom - 5
    drawing.line([(6, y - 3), (6, y), (6 + length * a_km, y), (6 + length * a_km, y - 3)], SOFT)
    drawing.words((10 + length * a_km, y + 1), f"{length} km", 8.5, colour=SOFT)
    drawing.words((WIDTH - 8, TOP + 12), "N", 9, "middle", SOFT)
    drawing.line([(WIDTH - 8, TOP + 26), (WIDTH - 8, TOP + 15)], SOFT)


def _marks(drawing: Drawing, frame: _Frame, marks: Sequence[Mark]) -> None:
    """Circles with their numbers, the first above the others; the names of their places where these do not lie over others."""
    taken: list[Spot] = []
    for mark in reversed(marks):
        at = frame.spot(mark.at)
        drawing.circle(at, _RADIUS, STRONG if mark.counts else "white", STRONG if mark.counts else INK)
        drawing.words((at[0], at[1] + 3), f"{mark.numbers[0]}", 9, "middle", "white" if mark.counts else INK)
    for mark in marks:
        at = frame.spot(mark.at)
        more = f" ({_numbers(mark)})" if len(mark.numbers) > 1 else ""
        left = at[0] > WIDTH / 2 and at[0] + _RADIUS + 3 + _LETTER * len(mark.name + more) > WIDTH
        spot = (at[0] + (-_RADIUS - 3 if left else _RADIUS + 3), at[1] + 3)
        if all(abs(spot[1] - other[1]) > 10 or abs(spot[0] - other[0]) > 90 for other in taken):
            drawing.words(spot, f"{mark.name}{more}", 9, "end" if left else "start")
            taken.append(spot)


def _notes(brief: Brief, outside: Sequence[Mark]) -> Iterator[str]:
    drawn = {number for mark in brief.marks for number in mark.numbers}
    if drawn:
        yield said("Numbers as in the text; filled: counts as a breach.")
    if outside:
        their = tuple(said("{place} ({numbers})", place=mark.name, numbers=_numbers(mark)) for mark in outside)
        yield rendered(f"Off the map: {'; '.join(their)}.", "{what}: {places}", what=said("off the map"), places=their)
    missing = [str(told.number) for told in brief.happened if told.number not in drawn]
    if missing:
        text = f"No place fine enough to draw: {', '.join(missing)}."
        yield rendered(text, "{what}: {numbers}", what=said("known by region only"), numbers=", ".join(missing))
    if any(one.is_land for one in brief.outlines):
        yield said("The truce's area is told by country. Borders are coarse.")
    others = dict.fromkeys(one.name for one in brief.outlines if one.is_area and not one.main)
    if others:
        yield rendered(f"Pale outlines: {', '.join(others)}.", "pale outlines: {zones}", zones=tuple(others))
    roads = [one.name for one in brief.outlines if not one.is_area]
    if roads:
        yield rendered(f"Dashed: {', '.join(roads)}. Outlines are coarse.", "dashed: {zones}", zones=tuple(roads))


def _numbers(mark: Mark) -> str:
    return ", ".join(map(str, mark.numbers))
