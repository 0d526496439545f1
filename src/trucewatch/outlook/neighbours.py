"""An area's series with those of the provinces beside it, from whose past its outlook learns too."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable

from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.codebook.units import Area, Spot
from trucewatch.outlook.deeds import Deed
from trucewatch.outlook.series import Asked, Covered, Series, count


def side_by_side(found: Iterable[Deed], area: Area, asked: Asked, covered: Covered) -> tuple[Series, ...]:
    """The series of an area, then one of each province that has deeds outside it; see ``series.count``."""
    own: list[Deed] = []
    provinces: dict[tuple[str | None, str], list[Deed]] = defaultdict(list)
    outside: dict[Spot, tuple[str | None, str] | None] = {}
    for deed in found:
        if deed.spot is not None and deed.spot not in outside:
            outside[deed.spot] = _province(deed.spot) if area.holds(deed.spot) is False else None
        province = None if deed.spot is None else outside[deed.spot]
        (provinces[province] if province else own).append(deed)
    others = (
        count(those, _EVERYWHERE, asked, covered) for _, those in sorted(provinces.items(), key=lambda one: str(one[0]))
    )
    return (count(own, area, asked, covered), *others)


class _Everywhere(Area):
    """An area that holds every place."""

    def holds(self, spot: Spot) -> bool:
        """Whether a place lies in it."""
        return True


_EVERYWHERE = _Everywhere()


def _province(spot: Spot) -> tuple[str | None, str] | None:
    name = spot.admin1 or (_of_gazetteer(spot.place.gazetteer) if spot.place.gazetteer else None)
    return (spot.place.country, name) if name else None


@functools.lru_cache(maxsize=20_000)
def _of_gazetteer(id_: str) -> str | None:
    row = Gazetteer.open().get(id_)
    if row is None:
        return None
    return row.name if row.kind == "admin1" else row.admin1
