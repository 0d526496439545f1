"""Cases as KML 2.2: placemarks with their time, our own columns and, where it is known, their point or outline."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator

from lxml import etree
from lxml.etree import _Element

from trucewatch.codebook import Codebook
from trucewatch.export import lands
from trucewatch.export.cases import Case
from trucewatch.export.columns import values
from trucewatch.export.delimited import clean, in_one
from trucewatch.nouns import Period
from trucewatch.truces.terms import LonLat

NAMESPACE = "http://www.opengis.net/kml/2.2"
COLOURS = {
    "verbal cooperation": "ffb0a040",
    "material cooperation": "ff60903c",
    "verbal conflict": "ff3ca0e0",
    "material conflict": "ff3030d0",
}
"""Of a quad class: opacity, blue, green, red."""


def write(cases: Iterable[Case], book: Codebook) -> Iterator[bytes]:
    """A document, a line for each placemark."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{NAMESPACE}"><Document>\n'.encode()
    yield b"<name>Trucewatch</name>\n"
    for quad, colour in COLOURS.items():
        yield etree.tostring(_style(quad, colour)) + b"\n"
    for case in cases:
        yield etree.tostring(placemark(case, book), encoding="utf-8") + b"\n"
    yield b"</Document></kml>\n"


def placemark(case: Case, book: Codebook) -> _Element:
    """A case, its parts in the order that the schema of KML wants."""
    from trucewatch.brief import wording

    incident, known = case.incident, values(case, book)
    place = f", {incident.place.name}" if incident.place else ""
    made = etree.Element("Placemark")
    _add(made, "name", f"{wording.deed(incident)}{place}")
    _add(made, "description", html.escape(case.notes))  # who shows it takes it for HTML
    if incident.time:
        _time(made, incident.time)
    _add(made, "styleUrl", f"#{_style_id(book.types[incident.type].quad)}")
    extended = etree.SubElement(made, "ExtendedData")
    for name, value in known.items():
        if value is not None and value != []:
            _add(
                etree.SubElement(extended, "Data", name=name),
                "value",
                in_one(value) if isinstance(value, list) else str(value),
            )
    _geometry(made, case, book)
    return made


def _geometry(made: _Element, case: Case, book: Codebook) -> None:
    place = case.incident.place
    if at := lands.point(place):
        _add(etree.SubElement(made, "Point"), "coordinates", _coordinates([at]))
    elif polygons := lands.outline(place, book):
        within = made if len(polygons) == 1 else etree.SubElement(made, "MultiGeometry")
        for polygon in polygons:
            drawn = etree.SubElement(within, "Polygon")
            for number, ring in enumerate(polygon):
                boundary = etree.SubElement(drawn, "innerBoundaryIs" if number else "outerBoundaryIs")
                _add(etree.SubElement(boundary, "LinearRing"), "coordinates", _coordinates(ring))


def _time(made: _Element, time: Period) -> None:
    if time.start == time.end:
        _add(etree.SubElement(made, "TimeStamp"), "when", time.start.isoformat())
        return
    span = etree.SubElement(made, "TimeSpan")
    _add(span, "begin", time.start.isoformat())
    _add(span, "end", time.end.isoformat())


def _style(quad: str, colour: str) -> _Element:
    made = etree.Element("Style", id=_style_id(quad))
    _add(etree.SubElement(made, "IconStyle"), "color", colour)
    _add(etree.SubElement(made, "PolyStyle"), "color", f"60{colour[2:]}")
    return made


def _style_id(quad: str) -> str:
    return quad.replace(" ", "-")


def _add(within: _Element, name: str, text: str) -> None:
    etree.SubElement(within, name).text = clean(text)


def _coordinates(points: Iterable[LonLat]) -> str:
    return " ".join(f"{lon},{lat}" for lon, lat in points)
