"""The fan chart of an outlook: what was counted, and what may come, with the middle half and the middle 90 %."""

from __future__ import annotations

from trucewatch.brief.drawing import INK, SOFT, STRONG, Drawing, round_up
from trucewatch.english import day_of_year
from trucewatch.outlook import periods
from trucewatch.outlook.outlook import Outlook

WIDTH, PANEL, TOP, LEFT, RIGHT, FOOT = 420.0, 130.0, 30.0, 30.0, 6.0, 46.0
WIDE, NARROW = "#f3d9d5", "#dd9a92"
"""The fill of 90 %, and of the middle half."""
_HIGHEST = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
"""Steps of what the scale goes up to."""
_KEYS = ((INK, "counted"), (NARROW, "50 %"), (WIDE, "90 %"))


def fan(outlook: Outlook, named: str) -> str:
    """An outlook as SVG; ``named`` is what is counted, for its title. One that was refused says why."""
    title = f"{named} in {outlook.area}, by {outlook.period}"
    drawing = Drawing(WIDTH, TOP + PANEL + FOOT, f"Outlook: {title}")
    drawing.words((LEFT, 13), title, 10.5)
    covered = f"data up to {outlook.cut_off}" if outlook.cut_off else f"no whole {outlook.period} is covered"
    drawing.words((LEFT, 24), covered, 8.5, colour=SOFT)
    if outlook.refusal:
        drawing.words((WIDTH / 2, TOP + PANEL / 2), outlook.refusal, 9, "middle", SOFT)
        return drawing.svg()
    _panel(drawing, outlook)
    _legend(drawing, outlook)
    return drawing.svg()


def _panel(drawing: Drawing, outlook: Outlook) -> None:
    assert outlook.quartile is not None  # for the type checker: there is one where nothing is refused
    known, ahead = outlook.recent, outlook.ahead
    step = (WIDTH - LEFT - RIGHT) / (len(known) + len(ahead))
    base = TOP + PANEL
    highest = round_up(max(1.0, outlook.quartile, *known, *(one.most[1] for one in ahead)), _HIGHEST)

    def y(number: float) -> float:
        return base - min(number, highest) / highest * PANEL

    for at, number in enumerate(known):
        drawing.box((LEFT + step * (at + 0.12), y(number)), step * 0.76, base - y(number), INK)
    for at, one in enumerate(ahead, len(known)):
        x = LEFT + step * (at + 0.06)
        for (low, high), fill in ((one.most, WIDE), (one.half, NARROW)):
            # A number is as high as one count, so that an interval of one number can be seen.
            drawing.box((x, y(high + 0.5)), step * 0.88, y(max(0, low - 0.5)) - y(high + 0.5), fill)
        drawing.line([(x, y(one.median)), (x + step * 0.88, y(one.median))], STRONG, 1.6)
    drawing.line([(LEFT, y(outlook.quartile)), (WIDTH - RIGHT, y(outlook.quartile))], SOFT, 0.8, "3 2")
    drawing.line([(LEFT, TOP), (LEFT, base), (WIDTH - RIGHT, base)], SOFT, 0.8)
    drawing.words((LEFT - 4, base), "0", 8.5, "end", SOFT)
    drawing.words((LEFT - 4, TOP + 7), f"{highest:g}", 8.5, "end", SOFT)
    for at, label in _ticks(outlook):
        x = LEFT + step * (at + 0.5)
        drawing.line([(x, base), (x, base + 3)], SOFT)
        drawing.words((x, base + 12), label, 8.5, "middle", SOFT)


def _ticks(outlook: Outlook) -> list[tuple[int, str]]:
    """Some of the periods that were counted, from the last one back, and the first and the last to come."""
    number, ahead = len(outlook.recent), outlook.ahead
    marks = [(number - 1 + at, ahead[at - 1]) for at in sorted({1, len(ahead)})]
    found = [(at, day_of_year(one.first)) for at, one in marks]
    following = periods.number(ahead[0].first, outlook.period)
    for back in range(number // 4, number, max(1, number // 4)):
        first = periods.first_day(following - back - 1, outlook.period)
        found.append((number - 1 - back, day_of_year(first)))
    return found


def _legend(drawing: Drawing, outlook: Outlook) -> None:
    x, y = LEFT, TOP + PANEL + 32
    for colour, name in _KEYS:
        drawing.swatch((x, y), colour)
        drawing.words((x + 12, y), name, 8.5, colour=SOFT)
        x += 26 + 4.2 * len(name)
    for colour, dash, name in (
        (STRONG, "", "median"),
        (SOFT, "3 2", f"upper quartile of the last {len(outlook.recent)}"),
    ):
        drawing.line([(x, y - 3), (x + 9, y - 3)], colour, 1.4 if not dash else 0.8, dash)
        drawing.words((x + 12, y), name, 8.5, colour=SOFT)
        x += 26 + 4.2 * len(name)
