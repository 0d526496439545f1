"""What a report says stays text: its title, outlet, names and words are never markup, script or an address."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.web.conftest import LINK, Opened, served
from trucewatch import run
from trucewatch.desk import Desk, IncidentFilter
from trucewatch.web import Settings

PAYLOADS = (
    "<script>document.title = 'taken'</script>",
    '"><img src=x onerror="document.title = \'taken\'">',
    "{{ 7 * 7 }}{% raw %}",
    "'-document.title='taken'-'",
    "\u202ereversed\u202c <svg/onload=document.title='taken'>",
)
BAD = "javascript:document.title='taken'"
STORY = "Rebels shelled the town of Saraqib on Tuesday and killed three soldiers of {payload}, the Syrian army said. {payload}"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk of reports that mean harm."""
    folder = tmp_path_factory.mktemp("hostile")
    lines = [
        {"title": f"{one} {n}", "outlet": one, "byline": one, "published": "2021-09-29", "url": BAD, "text": STORY.format(payload=one)}
        for n, one in enumerate(PAYLOADS)
    ]  # fmt: skip
    (folder / "reports.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with Desk.open(folder / "hostile.desk") as desk:
        assert all(outcome.failure is None for outcome in run.keep([folder / "reports.jsonl"], desk, run.Options()))
        assert desk.count_incidents(IncidentFilter(type="ASSAULT"))
    with served(Settings(desk=str(folder / "hostile.desk"), link=LINK, lasting=True)) as address:
        yield address


def paths(site: str, opened: Opened) -> list[str]:
    """Today, and what it leads to on this desk."""
    page = opened(site, "/")
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    assert [link for link in found if link.startswith("javascript:")] == []
    deeper = {
        kind: next((link for link in found if link.startswith(f"/{kind}/")), None) for kind in ("reports", "incidents")
    }
    return ["/", "/log", *(link for link in deeper.values() if link)]


def test_what_reports_say_stays_text(hostile: str, opened: Opened) -> None:
    page = opened(hostile, "/")
    for path in paths(hostile, opened):
        page.goto(f"{hostile}{path}")
        page.wait_for_load_state("networkidle")
        assert page.title() != "taken", path
        assert page.locator("main script, main img[src='x'], main svg[onload], main [onerror]").count() == 0
        assert page.locator("a[href^='javascript:']").count() == 0
    page.goto(f"{hostile}/")
    shown = page.locator("main").inner_text()
    assert PAYLOADS[0] in shown and PAYLOADS[2] in shown
    page.watched.complaints = [text for text in page.watched.complaints if "404" not in text]
