"""Who does what to whom, counted from the atlas: a matrix of the busiest, and the ties of one actor."""

from __future__ import annotations

import math
import operator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trucewatch.codebook.rows import QUADS
from trucewatch.web.atlas import Atlas, Key, Lists, Mask

Numbers = NDArray[np.int64]
WIDTH, TALL = 720.0, 420.0
"""Drawing units of an ego network."""


class Actor(NamedTuple):
    """One who takes part, by the incidents that are chosen."""

    key: Key
    acts: int
    """Incidents in which it acts."""
    suffers: int
    """Incidents in which it is acted upon."""
    kinds: tuple[int, ...]
    """Of both, by quad class."""

    @property
    def name(self) -> str:
        return self.key[3]

    @property
    def who(self) -> str:
        """What stands for it in an address."""
        return _address(self.key)

    @property
    def land(self) -> str:
        """The country that tells it from others called so, whom the codebook does not know either."""
        return "" if self.key[2] else self.key[1]


class Cell(NamedTuple):
    """What one does to another."""

    total: int
    quad: str
    """The class of most of it."""
    shade: float
    """Between 0 and 1, by the logarithm of the count."""


class Tie(NamedTuple):
    """One actor's incidents with another: done by it, done to it, done together."""

    other: Actor
    out: int
    back: int
    together: int
    kinds: tuple[int, ...]
    at: tuple[float, float] = (0.0, 0.0)
    """Where the other stands in the drawing."""
    thick: float = 1.0

    @property
    def total(self) -> int:
        return self.out + self.back + self.together

    @property
    def quad(self) -> str:
        """The class of most of it."""
        return QUADS[max(range(len(QUADS)), key=self.kinds.__getitem__)]


def busiest(atlas: Atlas, mask: Mask, most: int) -> list[Actor]:
    """The actors of most chosen incidents."""
    acts, suffers = atlas.actors.counts(mask), atlas.recipients.counts(mask)
    both = acts + suffers
    order = np.argsort(-both, kind="stable")[:most]
    return [_actor(atlas, mask, int(number)) for number in order if both[number]]


def matrix(atlas: Atlas, mask: Mask, actors: list[Actor]) -> list[list[Cell | None]]:
    """What each actor (a line) does to each (a column); None where it does nothing."""
    wanted = np.full(len(atlas.actors.keys), -1)
    for at, actor in enumerate(actors):
        wanted[atlas.actors.keys.index(actor.key)] = at
    rows, ones, others = _pairs(atlas.actors, atlas.recipients, mask)
    lines, columns = wanted[ones], wanted[others]
    inside = (lines >= 0) & (columns >= 0)
    counts = np.zeros((len(actors), len(actors), len(QUADS)), dtype=np.int64)
    np.add.at(counts, (lines[inside], columns[inside], atlas.quad[rows[inside]]), 1)
    highest = max(int(counts.sum(axis=2).max(initial=0)), 1)

    def cell(kinds: Numbers) -> Cell | None:
        total = int(kinds.sum())
        shade = math.log1p(total) / math.log1p(highest)
        return Cell(total, QUADS[int(kinds.argmax())], round(shade, 2)) if total else None

    return [[cell(kinds) for kinds in line] for line in counts]


def crossed(lines: list[list[Cell | None]], most: int) -> list[int]:
    """The numbers of at most ``most`` actors of a matrix: those of the busiest pairs, in whole pairs."""
    cells = ((cell, one, other) for one, line in enumerate(lines) for other, cell in enumerate(line) if cell)
    kept: set[int] = set()
    for _, one, other in sorted(cells, key=lambda pair: -pair[0].total):
        kept |= {one, other} if len(kept | {one, other}) <= most else set()
    return sorted(kept)


def found(atlas: Atlas, who: str) -> int | None:
    """The number of the actor that an address calls so; of those that have only this name, the first."""
    for calls in (_address, operator.itemgetter(3)):
        for number, key in enumerate(atlas.actors.keys):
            if who == calls(key):
                return number
    return None


def _address(key: Key) -> str:
    """The codebook's id, else the name, with the country where one is known: there are rebels everywhere."""
    _, country, id_, name = key
    return id_ or (f"{name} ({country})" if country else name)


def ties(atlas: Atlas, mask: Mask, number: int, most: int) -> list[Tie]:
    """The ties of one actor, those of most incidents first, placed around it."""
    size = len(atlas.actors.keys)
    kinds = np.zeros((3, size, len(QUADS)), dtype=np.int64)
    for way, (one, other) in enumerate(
        ((atlas.actors, atlas.recipients), (atlas.recipients, atlas.actors), (atlas.actors, atlas.actors))
    ):
        rows, ones, others = _pairs(one, other, mask & one.of(number))
        mine = (ones == number) & (others != number)
        np.add.at(kinds[way], (others[mine], atlas.quad[rows[mine]]), 1)
    totals = kinds.sum(axis=(0, 2))
    order = [int(other) for other in np.argsort(-totals, kind="stable")[:most] if totals[other]]
    made = [
        Tie(
            other=_actor(atlas, mask, other),
            out=int(kinds[0, other].sum()),
            back=int(kinds[1, other].sum()),
            together=int(kinds[2, other].sum()),
            kinds=tuple(int(n) for n in kinds[:, other].sum(axis=0)),
        )
        for other in order
    ]
    return [_placed(tie, at, len(made)) for at, tie in enumerate(made)]


def of_one(atlas: Atlas, number: int) -> Mask:
    """The incidents in which one takes part."""
    return atlas.actors.of(number) | atlas.recipients.of(number)


def _actor(atlas: Atlas, mask: Mask, number: int) -> Actor:
    sides = [side.owners[(side.numbers == number) & mask[side.owners]] for side in (atlas.actors, atlas.recipients)]
    kinds = np.bincount(atlas.quad[np.concatenate(sides)], minlength=len(QUADS))
    return Actor(atlas.actors.keys[number], len(sides[0]), len(sides[1]), tuple(int(n) for n in kinds))


def _pairs(one: Lists, other: Lists, mask: Mask) -> tuple[Numbers, Numbers, Numbers]:
    """Each key of the one with each of the other in the same chosen incident: rows, and the two numbers."""
    lines = mask[one.owners]
    rows, numbers = one.owners[lines], one.numbers[lines]
    sizes = other.starts[rows + 1] - other.starts[rows]
    offsets = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return (
        np.repeat(rows, sizes),
        np.repeat(numbers, sizes),
        other.numbers[np.repeat(other.starts[rows], sizes) + offsets],
    )


def _placed(tie: Tie, at: int, of: int) -> Tie:
    turn = math.tau * (at + 0.5) / of - math.pi / 2  # none stands at the top, where it would have its neighbours' room
    x, y = WIDTH / 2 + math.cos(turn) * WIDTH * 0.36, TALL / 2 + math.sin(turn) * TALL * 0.4
    return tie._replace(at=(round(x, 1), round(y, 1)), thick=round(1 + 2.2 * math.log10(tie.total), 1))
