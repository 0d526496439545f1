"""The frame of every page: themes, languages, keys, and nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.web.conftest import Opened


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_today_in_every_light_and_size(
    site: str, opened: Opened, pictured: Callable[[Any, str], None], phone: bool, dark: bool, lang: str
) -> None:
    page = opened(site, "/", phone=phone, dark=dark, lang=lang)
    assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
    assert page.locator("h1").inner_text()
    too_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not too_wide
    page.wait_for_load_state("networkidle")
    pictured(page, f"today-{lang}-{'dark' if dark else 'light'}-{'phone' if phone else 'desktop'}")
