"""One normal form for characters, spaces and line ends."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from trucewatch.reports.hygiene import key, one_line, tidy


def test_invisible_characters_go_and_spaces_are_plain() -> None:
    assert (
        tidy("cease\u00adfire\u200b in\u00a0Idlib\u202f:\ufeff yes\u2028no\r\nend")
        == "ceasefire in Idlib : yes\nno\nend"
    )


def test_composed_and_quotes_untouched() -> None:
    assert tidy('Erdog\u0306an “said” ‘no’ "so"') == 'Erdoğan “said” ‘no’ "so"'


def test_joiners_stay_where_they_spell() -> None:
    assert tidy("می\u200cخواهد") == "می\u200cخواهد"
    assert tidy("Ha\u200cma\u200d") == "Hama"


@given(st.text())
def test_tidy_is_stable_and_normal(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not set(once) & set("\u00a0\u200b\u00ad\ufeff\r\x00")
    once.encode("utf-8")


@given(st.text())
def test_one_line_and_key_hold_what_counts(text: str) -> None:
    assert "\n" not in one_line(text)
    assert key(one_line(text)) == key(text)
