"""The frame of every page: its looks, its keys, its languages, and what a page says to those who do not see it."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from tests.web.client import Client
from tests.web.conftest import LINK, Entered, Opened, check_accessible

if TYPE_CHECKING:
    from playwright.sync_api import Page

LOOKS = [{"phone": False, "dark": False, "lang": "en"}, {"phone": True, "dark": True, "lang": "ar"}]
if "TRUCEWATCH_PICTURES" in os.environ:
    LOOKS += [{"phone": True, "dark": True, "lang": "en"}, {"phone": False, "dark": True, "lang": "ar"}]
PAGES = ["/", "/account", "/people", "/log", "/upload"]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(str(value) for value in look.values()))
def test_pages_fit_their_window_and_can_be_read_by_all(
    site: str, opened: Opened, pictured: Callable[[Page, str], None], look: dict[str, Any]
) -> None:
    page = opened(site, "/", **look)
    for path in PAGES:
        page.goto(f"{site}{path}")
        assert page.locator("html").get_attribute("dir") == ("rtl" if look["lang"] == "ar" else "ltr")
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
        check_accessible(page)
        pictured(page, "-".join([path.strip("/") or "today", *(str(value) for value in look.values())]))


def test_filters_have_room_on_the_smallest_phone(site: str, opened: Opened) -> None:
    page = opened(site, "/", webgl=False)
    page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/incidents", "/queue", "/outlook"):
        page.goto(f"{site}{path}")
        controls = page.locator("form.filters").first.locator("input:visible, select:visible, .button:visible")
        boxes = [box for one in controls.all() if (box := one.bounding_box())]
        assert len(boxes) > 2 and all(box["x"] >= 0 and box["x"] + box["width"] <= 320 for box in boxes), path
        rows = sorted((box["y"], box["x"], box["x"] + box["width"]) for box in boxes)
        assert all(one[2] <= other[1] for one, other in itertools.pairwise(rows) if one[0] == other[0]), path


def test_an_address_that_is_none_has_the_menu_and_speaks_the_language(site: str, entered: Entered) -> None:
    answer = entered(site).get(f"{site}/nosuch?lang=ar")
    assert answer.status == 404
    assert "<h1>لا توجد صفحة كهذه.</h1>" in answer.text() and '<nav class="nav"' in answer.text()


def test_keys_lead_through_the_desk(site: str, opened: Opened) -> None:
    page = opened(site, "/account")
    page.keyboard.press("?")
    keys = page.locator("#keys").inner_text()
    assert "Today" in keys and "Keys" in keys
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url(f"{site}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_keyboard_keeps_its_place_when_a_part_is_taken_anew_and_escape_leaves_a_field(
    site: str, opened: Opened
) -> None:
    page = opened(site, "/queue", webgl=False)
    page.locator("#case a[data-key=n]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("after="))
    page.wait_for_selector("#case a[data-key=n]:focus")
    page.locator("[name=since]").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.name") == "reason"


def test_theme_and_language_are_kept(site: str, opened: Opened) -> None:
    page = opened(site, "/account")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator(".menu > summary").click()
    page.get_by_role("link", name="Dark").click()
    assert page.evaluate(ground) != light
    page.locator(".languages summary").click()
    page.get_by_role("link", name="العربية").click()
    page.goto(f"{site}/account")
    assert page.locator("html").get_attribute("dir") == "rtl" and page.evaluate(ground) != light


def test_a_form_that_updates_keeps_its_state_in_the_address(site: str, opened: Opened) -> None:
    page = opened(site, "/log")
    page.evaluate("window.here = true")
    page.get_by_label("Person").fill("nobody of that name")
    page.wait_for_url("**/log?person=nobody+of+that+name")
    page.get_by_text("Nothing yet").wait_for()
    assert page.evaluate("window.here"), "the page was loaded anew"


def test_today_tells_what_is_new_since_the_last_visit(own_site: str, opened: Opened) -> None:
    page = opened(own_site, "/")
    assert "The desk holds" in page.locator(".lead").inner_text()
    page.get_by_text("Additional Protocol on the Idlib de-escalation area").wait_for()
    assert page.locator("#truces .tag[data-value='in force']").count()
    page.goto(f"{own_site}/?since=2100-01-01")
    assert "Nothing new since" in page.locator(".lead").inner_text()
    page.get_by_role("link", name="Everything").click()
    assert "The desk holds" in page.locator(".lead").inner_text()


def test_a_desk_without_javascript_is_whole(site: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/enter?link=the-link-that-works-once")
    assert page.get_by_role("link", name="How the truces stand").count() == 1
    page.goto(f"{site}/log?person=nobody")
    assert page.get_by_text("Nothing yet").is_visible()
    context.close()


def test_today_says_where_and_when_claims_differ_and_what_may_come(site: str) -> None:
    client = Client(site)
    client.get(f"/enter?link={LINK}")
    page = etree.HTML(client.get("/?all=true").text)
    differ, ahead = (page.xpath(f"//section[@aria-labelledby='{name}']//li") for name in ("ruling", "ahead"))
    assert differ and all(re.search(r"20\d\d|day unknown", " ".join(one.itertext())) for one in differ)
    assert "Volker Perthes" in " ".join(ahead[0].itertext())
    assert not page.xpath("//section[@aria-labelledby='happened']//*[@data-value='expected']")
