"""Every form of the desk, sent empty: it comes back with a sentence that says what it lacks, and nothing is done."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from tests.web.client import Client
from tests.web.conftest import Opened, served
from trucewatch.desk import Desk, Person, Role, Session
from trucewatch.desk.people import hashed
from trucewatch.desk.schema import now
from trucewatch.nouns import Incident
from trucewatch.web import Settings, create_app

HARMLESS = {"/sign-out", "/account/sign-out-everywhere", "/share/tokens/end"}
"""Forms that are only a button; the last one ends the token that it names, and none without."""
EMPTY: list[tuple[str, str, dict[str, str], int, str]] = [
    ("/reports/{report}", "", {"ruling": "merge"}, 400, "Tick what it is one event with, or give an id of it."),
    ("/reports/{report}", "", {"ruling": "correct", "field": "killed"}, 400, "Type the right value, or - for none."),
    ("/reports/{report}", "", {}, 400, "There is nothing of that kind to do."),
    ("/queue", "", {"ruling": "merge"}, 400, "Tick what it is one event with, or give an id of it."),
    ("/incidents/{incident}", "", {"ruling": "merge"}, 400, "Tick what it is one event with, or give an id of it."),
    ("/incidents/{incident}", "", {"ruling": "split"}, 400, "Tick the claims that are another event."),
    ("/truces/{name}", "", {}, 400, "There is nothing of that kind to do."),
    ("/share/feeds", "/share", {}, 422, "There is nothing of that kind to do."),
    ("/share/tokens", "/share", {}, 422, "A token holds for some days, and no longer than ten years."),
    ("/share/tokens", "/share", {"days": "000003" + "9" * 20}, 422, "A token holds for some days, and no longer"),
    ("/share/embeds", "/share", {}, 422, "Name the sites that may show it: https://news.example.org"),
    ("/share/hooks", "/share", {}, 422, "Give the address of the program: https://example.org/hook"),
    ("/share/{number}/end", "/share", {}, 404, "nothing of the number 99 is given away"),
    ("/people", "", {}, 422, "A name has up to 100 letters, and no slash."),
    ("/people/{name}", "/people", {}, 422, "There is nothing of that kind to do."),
    ("/people/{name}", "/people", {"deed": "role"}, 422, "There is nothing of that kind to do."),
    ("/people/{name}", "/people", {"deed": "password"}, 422, "The password is too short."),
    ("/account/password", "/account", {}, 422, "The present password is another one."),
    ("/upload", "", {}, 422, "Choose between 1 and 100 files."),
    ("/sign-in", "", {}, 401, "That name and password do not fit."),
]
"""Path, the page that the form stands on, what its button says, the answer's status, and its sentence."""


@pytest.fixture(scope="module")
def desk(sampled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, with somebody who leads."""
    own = Path(shutil.copy(sampled, tmp_path_factory.mktemp("forms") / "forms.desk"))
    with Desk.open(own) as opened:
        opened.people.add(Person(name="Lea", role=Role.LEAD), None, now())
        ends = now() + dt.timedelta(days=1)
        opened.people.begin(Session(key=hashed("k"), person="Lea", begun=now(), seen=now(), ends=ends))
    return own


@pytest.fixture(scope="module")
def team(desk: Path) -> Iterator[str]:
    """Its address."""
    with served(Settings(desk=str(desk), team=True)) as address:
        yield address


@pytest.fixture(scope="module")
def several(desk: Path) -> Incident:
    """An incident of several claims."""
    with Desk.open(desk) as opened:
        return max(opened.incidents(), key=lambda one: len(one.claims))


def lead(site: str) -> Client:
    """A browser in which Lea has signed in."""
    client = Client(site)
    client.cookies["desk"] = "k"
    return client


@pytest.mark.parametrize(("path", "page", "fields", "status", "says"), EMPTY, ids=lambda one: str(one)[:40])
def test_a_form_sent_empty_says_what_it_lacks(
    team: str, several: Incident, path: str, page: str, fields: dict[str, str], status: int, says: str
) -> None:
    claim = several.claims[0]
    named = {"report": claim.partition(".")[0], "incident": several.id, "number": "99"}
    address = path.format(name="syria-idlib-2020" if "truces" in path else "Lea", **named)
    given = (
        {"claim": claim, "claims": " ".join(several.claims), "seen": ""} if path[1:4] in ("rep", "que", "inc") else {}
    )
    client = lead(team) if path != "/sign-in" else Client(team)
    answer = client.post(address, {**given, **fields}, page or address)
    assert answer.status == status
    shown = unescape(re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", answer.text.partition("<main")[2])))
    assert says in shown


def test_a_page_is_shared_whatever_number_its_address_holds(team: str) -> None:
    assert lead(team).get(f"/share?sources={'9' * 5000}").status == 200


def test_no_form_is_forgotten(desk: Path) -> None:
    app = create_app(Settings(desk=str(desk), team=True))
    posts = {route.path for route in app.routes if "POST" in getattr(route, "methods", ())}
    app.state.desk.close()
    assert {path for path in posts if not path.startswith("/api/")} == {one[0] for one in EMPTY} | HARMLESS


def test_a_merge_with_nothing_ticked_stays_at_its_claim_and_says_so(own_site: str, opened: Opened) -> None:
    page = opened(own_site, "/queue")
    claim = page.locator(".case .id").inner_text()
    page.keyboard.press("m")
    page.get_by_role("button", name="They are one event").click()
    page.wait_for_selector(".trouble :text('Tick what it is one event with')")
    assert page.locator(".case .id").inner_text() == claim
    page.watched.complaints.clear()  # type: ignore[attr-defined]  # the browser tells of the 400
