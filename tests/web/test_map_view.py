"""What of the map is in view at first."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.web.conftest import LINK, Opened, served
from trucewatch import run
from trucewatch.desk import Desk
from trucewatch.web import Settings


def test_a_part_of_the_world_is_not_brought_into_view_where_a_town_is_known(tmp_path: Path, opened: Opened) -> None:
    told = "Shells hit Ariha, in Idlib in Syria, on Friday. Protesters marched all over the Middle East on Saturday."
    (tmp_path / "told.txt").write_text(
        f"Shells and rockets\n\nExample News, 2 October 2021\n\n{told}\n", encoding="utf-8"
    )
    with Desk.open(tmp_path / "told.desk") as desk:
        assert all(outcome.failure is None for outcome in run.keep([tmp_path / "told.txt"], desk, run.Options()))
    with served(Settings(desk=str(tmp_path / "told.desk"), link=LINK, lasting=True)) as site:
        page = opened(site, "/incidents")
        page.wait_for_selector("#map[data-ready]")
        told_of = page.context.request.get(f"{site}/map/incidents?window=-180,-85,180,85,9").json()["features"]
        assert {one["properties"]["name"] for one in told_of} >= {"Middle East"} and len(told_of) > 1
        asked = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    window = [parse_qs(urlsplit(one).query)["window"][0] for one in asked if "/map/incidents" in one][-1]
    west, _, east, _, _ = map(float, window.split(","))
    assert east - west < 12
