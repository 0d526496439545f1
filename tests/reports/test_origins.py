"""Where a story was taken from: an agency that only a byline, a bare line, its last words or the rights name."""

from __future__ import annotations

import pytest

from trucewatch import reports

FIRST = "Russian warplanes bombed a camp near Kafr Takharim on Monday and killed five people, medics said."
MORE = (
    "The army denied that its guns had fired, and said that the rebels had stored rockets among the tents of the camp"
)


def _original(above: str = "", end: str = ".", below: str = "", outlet: str = "Border Desk") -> str | None:
    page = (
        f"<html><head><title>Camp bombed in the night</title><meta property='og:site_name' content='{outlet}'></head>"
        f"<body><h1>Camp bombed in the night</h1>{above}<p>{FIRST}</p><p>{MORE}{end}</p>{below}</body></html>"
    )
    return reports.from_text(page).original_outlet


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("By Reuters", "Reuters"),
        ("By Ines Calder, Associated Press", "Associated Press"),
        ("Agence France-Presse in Idlib", "Agence France-Presse"),
        ("AFP", "AFP"),
        ("Source: Xinhua", "Xinhua"),
        ("<span><a>AFP</a></span><span>Published November 18, 2021</span>", "AFP"),
        ("Idlib, Nov 17, 2021 (AFP) -", "AFP"),
        ("lo/msh (AFP, Reuters)", None),
        ("رويترز", "رويترز"),
        ("Staff and agencies", None),
        ("Source: Agencies", None),
        ("Sources: Desert Courier, Horn Reader", None),
        ("المصدر: وكالات", None),
        ("By Ines Calder", None),
        ("MENA", None),
    ],
)
def test_a_line_above_the_story(line: str, agency: str | None) -> None:
    assert _original(f"<div>{line}</div><div>5 October 2021</div>") == agency


@pytest.mark.parametrize("end", [". (Reuters)", ". – Reuters", ".<br>–Reuters", ".</p><p>© 2021 Reuters"])
def test_the_end_of_the_story(end: str) -> None:
    assert _original(end=end) == "Reuters"


@pytest.mark.parametrize(
    "line",
    ["With Reuters and AFP", "Additional reporting by Reuters", "Reuters, AFP", "Photo: Reuters", "(Border Desk)"],
)
def test_who_only_helped_or_is_one_of_several_is_no_origin(line: str) -> None:
    assert _original(below=f"<p>{line}</p>") is None


def test_an_agency_that_names_itself_was_not_copied() -> None:
    assert _original("<div>By AP</div>", outlet="Associated Press") is None


@pytest.mark.parametrize("line", ["Reuters", "(Reuters)", "© Reuters"])
def test_the_agency_below_a_picture_is_whose_it_is(line: str) -> None:
    assert _original(f"<figure><img src='/a.jpg'></figure><div>{line}</div>") is None


def test_who_reserves_all_rights() -> None:
    assert (
        _original(below="<p>x</p>" * 4 + "<p>Copyright 2021 The Associated Press. All rights reserved.</p>")
        == "Associated Press"
    )


def test_a_byline_below_a_picture_is_one() -> None:
    assert _original("<figure><img src='/a.jpg'></figure><div>By Reuters</div>") == "Reuters"
