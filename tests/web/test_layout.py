"""Pages of truces and scenarios on a phone, and in languages that run from right to left."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.web.conftest import Opened
from tests.web.test_truces import DAY, PAGE, SCENARIO, TRUCE

LEFT_TO_RIGHT = r"""node => [...node.textContent.matchAll(/([\d.,]+)–([\d.,]+)/g)].map(range => {
    const text = node.firstChild, left = at => {
        const one = document.createRange();
        one.setStart(text, at);
        one.setEnd(text, at + 1);
        return one.getBoundingClientRect().left;
    };
    return left(range.index) < left(range.index + range[1].length + 1);
})"""
"""Whether the first figure of each range in a text stands left of the second."""


@pytest.mark.parametrize(
    "path",
    [
        PAGE,
        *(
            pytest.param(path, marks=pytest.mark.slow)
            for path in ("/truces", f"/outlook?area=truce:{TRUCE}", f"/scenarios/{SCENARIO}")
        ),
    ],
)
def test_pages_fit_a_phone_from_right_to_left(
    site: str, opened: Opened, pictured: Callable[[Any, str], None], path: str
) -> None:
    page = opened(site, path, phone=True, dark=True, lang="ar")
    page.wait_for_selector("main:not(:has([data-load], .waiting))", state="attached")
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    pictured(page, f"{re.split(r'[?]', path)[0].strip('/').replace('/', '-')}-ar-phone")


def test_what_matters_is_within_a_phones_window(site: str, opened: Opened) -> None:
    page = opened(site, f"/scenarios/{SCENARIO}?as_of={DAY}", phone=True)
    page.wait_for_selector("#weighing .table")
    assert page.locator("#weighing .scroll").first.evaluate("table => table.scrollWidth <= table.clientWidth")
    page = opened(site, "/truces", phone=True, lang="uk")
    page.wait_for_selector(".facts .tag")
    wide = "tags => tags.filter(tag => tag.getBoundingClientRect().right > tag.parentElement.getBoundingClientRect().right + 1)"
    assert page.locator(".facts .tag").evaluate_all(f"{wide}.map(tag => tag.textContent)") == []


def test_a_verdict_stands_in_one_line(site: str, opened: Opened) -> None:
    tag = opened(site, f"{PAGE}&verdict=no+verdict", lang="de").locator(".ledger .verdict .tag").first
    assert tag.inner_text() == "ohne Einstufung"
    assert tag.evaluate("tag => tag.getBoundingClientRect().height < 2 * parseFloat(getComputedStyle(tag).lineHeight)")


def test_figures_do_not_run_into_the_next_cell(site: str, opened: Opened) -> None:
    page = opened(site, PAGE, lang="uk")
    page.set_viewport_size({"width": 720, "height": 1000})
    page.wait_for_selector("#kept-title")
    wide = "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1)"
    assert page.locator("#measures td.number").evaluate_all(f"{wide}.map(cell => cell.textContent)") == []


def test_foreign_names_and_odds_turn_no_line_that_runs_from_right_to_left(site: str, opened: Opened) -> None:
    page = opened(site, f"/scenarios/{SCENARIO}?as_of={DAY}", lang="ar")
    page.wait_for_selector("#weighing .table")
    assert page.locator(".lead bdi").inner_text() == "Additional Protocol on the Idlib de-escalation area"
    odds = page.locator("#weighing td", has_text="<").first
    assert odds.locator("bdi[dir=ltr]").count() == 1
    # A title begins where the lines do; a day on the axis, which runs from left to right, is read from right to left.
    style = "(node, name) => getComputedStyle(node)[name]"
    assert page.locator("h1").evaluate(style, "textAlign") == "right"
    assert page.locator(".chart-mark text").first.evaluate(style, "unicodeBidi") == "plaintext"
    assert page.locator(".facts dd").first.evaluate(LEFT_TO_RIGHT) == [True]
    page.goto(f"{site}/outlook?area=SYR/Idlib&whole=true")
    assert page.locator("#foreseen-title bdi").all_inner_texts() == ["Idlib", "سوريا"]
    page.goto(f"{site}{PAGE}&whole=true")
    assert "والمطلوب 28." in page.locator(".channel").nth(1).inner_text()
    assert page.locator(".channel span[lang=en]").count() == 0
    assert "البند \u20682-parameters\u2069" in page.locator("main").inner_text()
    assert page.locator(".agreed li[dir=auto]").first.evaluate(style, "textAlign") == "right"
    page.goto(f"{site}/truces")
    assert page.locator(".spark").first.evaluate(style, "transform") == "none"
