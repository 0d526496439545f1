"""Briefs in other languages: the same facts as remarks, from right to left where the language runs so."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest

from tests.brief.made import call, needs_typst, written
from trucewatch import brief
from trucewatch.brief import as_pdf
from trucewatch.errors import MissingExtraError, WrongCallError

APART = re.compile("[\u2066\u2068][^\u2066\u2068\u2069]*\u2069")
ENGLISH = re.compile(r"(?:\b[a-z]{2,} ){3}")


def plain(text: str) -> str:
    return re.sub("[\u2066-\u2069]", "", text)


@pytest.mark.parametrize("week", ["2021-W39", "2021-W20", "2024-W49"])
def test_nothing_but_names_and_tables_is_english(mixed: Path, week: str) -> None:
    text = APART.sub("", brief.markdown(written(mixed, week), language=brief.language("ar")))
    left = [line for line in text.splitlines()[2:] if ENGLISH.search(line)]
    assert not left


def test_what_happened_is_told_as_remarks(mixed: Path) -> None:
    page = written(mixed)
    german = plain(brief.markdown(page, language=brief.language("de")))
    assert (
        "1. mehrfach belegt, Klausel 1 und 2.** 29. Sept. 2021, Ariha; Angriff (schwere Waffen); Syrian Arab Army → "
        in german
    )
    assert "Getötete: 2–5; laut Reuters, AFP. [1, 2]" in german
    assert "dementiert; laut Reuters." in german and "erwartet; laut Reuters." in german
    assert "Ras al-Ain liegt außerhalb von Idlib de-escalation area." in german
    assert "(1) Getötete: 2 (laut Reuters); 5 (laut AFP)." in german
    arabic = plain(brief.markdown(page, language=brief.language("ar")))
    assert "29 سبتمبر 2021، Ariha؛ هجوم (أسلحة ثقيلة)؛ Syrian Arab Army ← " in arabic


def test_a_page_runs_as_its_language_does_and_pictures_from_left_to_right(mixed: Path) -> None:
    page = written(mixed)
    arabic = lxml.html.fromstring(brief.html(page, brief.language("ar")))
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")
    assert {figure.get("dir") for figure in arabic.iter("figure")} == {"ltr"}
    german = lxml.html.fromstring(brief.html(page, brief.language("de")))
    assert (german.get("lang"), german.get("dir")) == ("de", None)
    assert brief.html(page, brief.language("en")) == brief.html(page)


@needs_typst
@pytest.mark.parametrize("code", ["ar", "de"])
def test_a_brief_in_another_language_is_one_page_too(mixed: Path, code: str) -> None:
    assert len(as_pdf.typeset(written(mixed), "svg", brief.language(code))) == 1


def test_the_command_takes_a_language(mixed: Path) -> None:
    usual = ("syria-idlib", "--week", "2021-W39", "--desk", str(mixed))
    assert "## Was geschehen ist" in call(*usual, "--language", "de").stdout
    assert call(*usual, "--language", "en").stdout == call(*usual).stdout
    wrong = call(*usual, "--language", "xx")
    assert wrong.exit_code and "'xx' is none of the languages am, ar, az," in wrong.output
    with pytest.raises(WrongCallError):
        brief.language("../ar")


def test_another_language_needs_babel_and_english_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trucewatch.brief.spoken.find_spec", lambda name: None)
    assert brief.language("en") is None
    with pytest.raises(MissingExtraError, match=r"trucewatch\[brief\]"):
        brief.language("ar")
