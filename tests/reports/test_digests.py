"""Digests, bulletins and tables: what heads their entries stays, and no entry is lost."""

from __future__ import annotations

import pytest

from trucewatch import reports

SYRIA = "Rebels shelled an army post near Saraqib on Monday and killed two soldiers, a monitor said."
SUDAN = "A convoy with flour reached the hospital of the town on Sunday after three days at a barrier."
MORE = "The drivers had to unload two of the lorries there, according to the council that had sent them."


def _page(body: str) -> str:
    head = "<title>The week in wars | Border Desk</title>"
    return f"<html><head>{head}</head><body><article><h1>The week in wars</h1>{body}</article></body></html>"


@pytest.mark.parametrize(
    "head", ["<h2>{}</h2>", "<p><strong>{}</strong></p>", "<h3><a href='/c'>{}</a></h3>", "<p>{}:</p>"]
)
def test_headings_of_several_countries_stay(head: str) -> None:
    page = _page(f"{head.format('SYRIA')}<p>{SYRIA}</p>{head.format('South Sudan')}<p>{SUDAN}</p><p>{MORE}</p>")
    assert [line.strip(":") for line in reports.from_text(page).text.split("\n\n")] == [
        "SYRIA", SYRIA, "South Sudan", SUDAN, MORE,
    ]  # fmt: skip


def test_what_a_heading_says_behind_its_country_stays() -> None:
    page = _page(f"<h2>Syria: A post falls</h2><p>{SYRIA}</p><h2>Sudan</h2><p>{SUDAN}</p>")
    assert reports.from_text(page).text == f"Syria: A post falls\n\n{SYRIA}\n\nSudan\n\n{SUDAN}"


@pytest.mark.parametrize("as_page", [True, False])
def test_the_days_of_a_timeline_stay(as_page: bool) -> None:
    days = (("16 September 2021", SYRIA), ("5 October 2021", SUDAN), ("6 October 2021", MORE))
    told = "\n\n".join(f"{day}\n\n{text}" for day, text in days)
    page = _page("".join(f"<p><b>{day}</b></p><p>{text}</p>" for day, text in days))
    report = reports.from_text(page if as_page else f"The week in wars\n\n{told}")
    assert (report.title, report.published, report.text) == ("The week in wars", None, told)


@pytest.mark.parametrize(
    "days", [("Monday 4 October", "5 October", "Oct. 6"), ("lundi 4 octobre", "5 octobre:", "6 octobre")]
)
def test_the_days_of_a_timeline_stay_without_their_year(days: tuple[str, ...]) -> None:
    told = tuple(zip(days, (SYRIA, SUDAN, MORE), strict=True))
    page = _page("".join(f"<h3>{day}</h3><p>{text}</p>" for day, text in told))
    assert reports.from_text(page).text == "\n\n".join(f"{day}\n\n{text}" for day, text in told)


def test_headings_of_a_plain_text_stay() -> None:
    text = f"The week in wars\n\nSYRIA\n\n{SYRIA}\n\nSudan\n\n{SUDAN}"
    assert reports.from_text(text).text == text.partition("\n\n")[2]


@pytest.mark.parametrize("heads", [("Syria", "Background"), ("Syria", "Syria"), ("The talks", "Syria")])
def test_other_headings_are_set_apart(heads: tuple[str, str]) -> None:
    page = _page(f"<h2>{heads[0]}</h2><p>{SYRIA}</p><h2>{heads[1]}</h2><p>{MORE}</p>")
    assert reports.from_text(page).text == f"{SYRIA}\n\n{MORE}"


def test_lists_alone_are_a_story() -> None:
    lists = "".join(f"<h2>{head}</h2><ul><li>{one}</li><li>{two}</li></ul>" for head, one, two in (
        ("Highlights", SYRIA, "Insulin for 300 patients delivered"), ("Security", SUDAN, MORE),
    ))  # fmt: skip
    assert reports.from_text(_page(lists)).text == (f"{SYRIA}\nInsulin for 300 patients delivered\n{SUDAN}\n{MORE}")


def test_a_row_of_a_table_is_a_line() -> None:
    rows = (("3 Oct", "Saraqib", "Two soldiers were killed."), ("4 Oct", "Marib", "A bridge was blown up."))
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    head = "<thead><tr><th>Day</th><th>Place</th><th>What happened</th></tr></thead>"
    report = reports.from_text(_page(f"<p>{SUDAN}</p><table>{head}<tbody>{cells}</tbody></table>"))
    told = "\n".join(" – ".join(row) for row in (("Day", "Place", "What happened"), *rows))
    assert report.text == f"{SUDAN}\n\n{told}"


def test_a_table_that_lays_a_page_out_has_no_rows() -> None:
    menu = "<a href='/'>Home</a><br><a href='/n'>News</a>"
    page = f"<table><tr><td>{menu}</td><td><p>{SYRIA}</p><p>{MORE}</p></td></tr><tr><td>x</td><td>y</td></tr></table>"
    assert reports.from_text(_page(page)).text == f"{SYRIA}\n\n{MORE}"
