"""How fast the web desk is on 200,000 incidents, in a real browser: first paint of the map, filters, weight of the page.

    python -m benchmarks.web [--incidents N] [--desk FILE]

The incidents are made up, by a fixed seed: places of the gazetteer, days of six years, actors of the codebook. They
are put straight into the derived tables, for the page reads no more than those. Times are from the click to the moment
at which list, timeline and map with the answer are painted. The load of the machine is printed beside them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trucewatch import codebook, versions
from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.desk import Desk, Mark
from trucewatch.nouns import Entity, Incident, Period, Place, Status, Toll

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LINK = "benchmark"
FIRST = dt.date(2016, 1, 1)
DAYS = 2192
BOXES = ((32.3, 37.3, 35.7, 42.4), (44.4, 52.4, 22.1, 40.2), (12.1, 19.0, 42.5, 53.1), (9.3, 22.2, 21.8, 38.6))
"""Syria, Ukraine, Yemen, Sudan: south, north, west, east."""
FILTERS: tuple[dict[str, str], ...] = (
    {"type": "ASSAULT"},
    {"type": "material conflict", "place": "Syria"},
    {"actor": "Russia"},
    {"actor": "Turkey", "since": "2018-01-01", "until": "2018-12-31"},
    {"place": "Aleppo"},
    {"status": "ongoing"},
    {"outlet": "Outlet 7"},
    {"since": "2017-03-01", "until": "2017-03-31"},
    {"sources": "3"},
    {"type": "ASSAULT", "actor": "Ukraine", "status": "happened"},
    {},
)
REPEATS = 6
PAUSE = 400
"""Milliseconds between two touches: a hand is no faster, and the map is drawn meanwhile."""


def made(number: int) -> Iterator[Incident]:
    """So many incidents."""
    draw = random.Random(7)
    book = codebook.load()
    cities = [city for box in BOXES for city in Gazetteer.open().largest(box, 400)]
    places = [
        Place(text=c.name, name=c.name, country=c.country, lat=c.lat, lon=c.lon, precision="town", gazetteer=c.id)
        for c in cities
    ]
    places += [
        Place(
            text=a.name, name=a.name, country=a.country, lat=35, lon=37, precision="region", gazetteer=f"areas:{a.id}"
        )
        for a in list(book.areas.values())[:40]
    ]
    actors = [
        Entity(text=a.name, name=a.name, country=a.country, sector=a.sector, actor=a.id)
        for a in list(book.actors.values())[:600]
    ]
    types = [
        type_ for type_, weight in zip(book.types, range(len(book.types), 0, -1), strict=True) for _ in range(weight)
    ]
    for at in range(number):
        day = FIRST + dt.timedelta(days=draw.randrange(DAYS))
        vague = draw.random() < 0.06
        time_ = Period(
            start=day, end=day + dt.timedelta(days=29 if vague else 0), precision="month" if vague else "day"
        )
        deaths = draw.randrange(1, 9) if draw.random() < 0.2 else None
        yield Incident(
            id=f"i{at:010x}",
            claims=(f"c{at}",),
            type=draw.choice(types),
            mode=None,
            status=draw.choice((Status.HAPPENED,) * 8 + tuple(Status)),
            actors=tuple(draw.sample(actors, draw.randrange(3))),
            recipients=tuple(draw.sample(actors, draw.randrange(3))),
            place=None if draw.random() < 0.05 else draw.choice(places),
            time=None if draw.random() < 0.04 else time_,
            sources=min(1 + int(draw.expovariate(1.2)), 9),
            outlets=(f"Outlet {draw.randrange(60)}",),
            killed=Toll(low=deaths, best=deaths, high=deaths) if deaths else None,
        )


def build(path: Path, number: int) -> None:
    """A desk of so many incidents."""
    with Desk.open(path) as desk, desk.deriving() as derived:
        derived.replace_incidents([], ((one.id, [one]) for one in made(number)))
        derived.put_mark(Mark(version=versions.of_incidents()))


@contextmanager
def serving(desk: Path) -> Iterator[str]:
    """The address at which it is served."""
    import uvicorn

    from trucewatch.web import Settings, create_app

    app = create_app(Settings(desk=str(desk), link=LINK, lasting=True))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    listening = server.config.bind_socket()
    listening.listen()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def measure(site: str) -> None:
    """Open the page, touch the filters, and print."""
    from playwright.sync_api import sync_playwright

    chromium = next(found for name in ("chromium", "chromium-browser") if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 1400, "height": 860})
        began = time.perf_counter()
        page.goto(f"{site}/enter?link={LINK}")
        page.goto(f"{site}/incidents")
        page.wait_for_selector("#map[data-ready]")
        print(f"first page after the start, all columns read: {time.perf_counter() - began:.2f} s")
        paints = [_opened(page, site) for _ in range(5)]
        print(
            f"map drawn: {_figures([drawn for drawn, _ in paints])} s; with its points: {_figures([r for _, r in paints])} s"
        )
        print(f"weight of the page, nothing cached: {_weight(browser, site) / 1e6:.2f} MB")
        touches = [_touched(page, fields) for _ in range(REPEATS) for fields in FILTERS]
        touches.sort()
        p95 = touches[int(len(touches) * 0.95)]
        print(f"{len(touches)} filters: {_figures(touches)} s, p95 {p95:.3f} s")
        browser.close()
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")


def _opened(page: Page, site: str) -> tuple[float, float]:
    """Seconds from the browser's own start of loading until the map is drawn, and until it has its points."""
    page.goto("about:blank")
    page.goto(f"{site}/incidents?at=4/35/38", wait_until="commit")
    page.wait_for_selector("#map[data-ready]")
    frame = page.locator("#map")
    drawn, ready = (float(frame.get_attribute(f"data-{name}") or "nan") / 1000 for name in ("drawn", "ready"))
    return drawn, ready


def _weight(browser: Browser, site: str) -> int:
    """Bytes of all answers, as they came over the wire, to a browser that has nothing yet."""
    context = browser.new_context(viewport={"width": 1400, "height": 860})
    context.request.get(f"{site}/enter?link={LINK}")
    page = context.new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    _opened(page, site)
    page.wait_for_load_state("networkidle")
    context.close()
    return sum(sizes)


_TOUCH = """async (fields) => {
    const form = document.getElementById("filters");
    for (const one of form.elements) if (one.name) one.value = fields[one.name] ?? "";
    const frame = document.getElementById("map");
    delete frame.dataset.shown;
    const listed = new Promise((go) => document.addEventListener("updated", go, { once: true }));
    const began = performance.now();
    form.requestSubmit();
    await listed;
    while (frame.dataset.shown === undefined) await new Promise((go) => setTimeout(go, 4));
    await new Promise((go) => requestAnimationFrame(() => setTimeout(go))); // painted
    return (performance.now() - began) / 1000;
}"""


def _touched(page: Page, fields: dict[str, str]) -> float:
    answer: Any = page.evaluate(_TOUCH, fields)
    page.wait_for_timeout(PAUSE)
    return float(answer)


def _figures(seconds: list[float]) -> str:
    return f"median {statistics.median(seconds):.3f}, longest {max(seconds):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--incidents", type=int, default=200_000)
    parser.add_argument("--desk", type=Path, help="keep the desk here, or take the one that is here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        desk = given.desk or Path(folder) / "large.desk"
        if not desk.exists():
            build(desk, given.incidents)
        with serving(desk) as site:
            measure(site)


if __name__ == "__main__":
    main()
