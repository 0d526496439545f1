"""The tables around a story: every row fits its own example, and none of its counterexample."""

from __future__ import annotations

import datetime as dt

import pytest

from trucewatch import reports
from trucewatch.errors import UnreadableError
from trucewatch.reports import lines, signs
from trucewatch.reports.plain import block
from trucewatch.reports.tables import rows


@pytest.mark.parametrize("sign", signs.signs(), ids=lambda sign: sign.id)
def test_a_sign_fits_its_example_and_not_its_counterexample(sign: signs.Sign) -> None:
    assert sign.fits(sign.example)
    assert not sign.fits(sign.counterexample)


def test_signs_have_names_of_their_own() -> None:
    ids = [sign.id for sign in signs.signs()]
    assert len(ids) == len(set(ids))
    assert {sign.kind for sign in signs.signs()} == {
        "pitch", "fee", "link", "list", "inset", "section", "stat", "credit", "caption", "licence", "note", "wall",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "text", "refused"),
    [
        ("Just a moment...", "We need to look at your connection before you can go on to this site.", True),
        ("Page not found - Cedar Post", "Sorry, we could not find the page that you were looking for.", True),
        ("500 killed in Darfur", "At least 500 people were killed on Tuesday, a monitor said.", False),
        ("Access denied", "Guards turned back three convoys of aid at the bridge. " * 20, False),
    ],
)
def test_what_a_server_shows_in_the_place_of_a_page_is_no_report(title: str, text: str, refused: bool) -> None:
    page = f"<html><head><title>{title}</title></head><body><p>{text}</p></body></html>"
    if not refused:
        assert reports.from_text(page).text
        return
    with pytest.raises(UnreadableError, match="the server gave no page but"):
        reports.from_text(page)


@pytest.mark.parametrize("sign", signs.signs(), ids=lambda sign: sign.id)
def test_no_counterexample_would_be_set_apart(sign: signs.Sign) -> None:
    text = sign.counterexample
    assert signs.judge(block(text, text)).score < 3
    assert lines.read(block(text, text)) == ()


@pytest.mark.parametrize("row", rows("credits.csv"), ids=lambda row: row["id"])
def test_a_credit_gives_its_name(row: dict[str, str]) -> None:
    (fact,) = lines.read(block(row["example"], row["example"]))
    assert (fact.field, fact.values) == (row["field"], (row["name"],))


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("By South Front", "byline", "South Front"),
        ("By Lena Voss and Omar al-Haidar, Border Desk", "byline", "Lena Voss and Omar al-Haidar, Border Desk"),
        ("(Reporting by A. Brook and J.K. Voss; Editing by P. Stroud)", "byline", "A. Brook and J.K. Voss"),
        ("Reporting by David C. Brook.", "byline", "David C. Brook"),
        ("By Lena Voss in Goma and Omar Haidar in Port Sudan", "byline", "Lena Voss and Omar Haidar"),
        ("Автор: Оксана Мельник", "byline", "Оксана Мельник"),
        ("بقلم سميرة القاضي", "byline", "سميرة القاضي"),
        ("Region: Yemen", "region", "Yemen"),
        ("In-depth Report: SYRIA", "series", "SYRIA"),
        ("Front Diary, [28.09.2021 21:14]", "published", "Front Diary"),
        ("southfront.org, 30 September 2021", "published", "southfront.org"),
        ("Saba (Sanaa)** | 5 March 2021", "published", "Saba (Sanaa)"),
        ("(Border Desk, 5 March 2021)", "published", "Border Desk"),
        ("Le Monde, 5 mars 2021", "published", "Le Monde"),
        ("The Sun, 5 March 2021", "published", "The Sun"),
        ("Новая газета, 5 марта 2021 в 14:05", "published", "Новая газета"),
        ("Par Claire Morvan, publié le 5 mars 2021 à 14h05", "byline", "Claire Morvan"),
        ("https://a.example/x/30.09.2021_Syria.mp4", "media", "https://a.example/x/30.09.2021_Syria.mp4"),
        ("https://www.youtube.com/watch?v=abc", "media", "https://www.youtube.com/watch?v=abc"),
        ("Originally published on Rift Valley Monitor, 10 November 2022", "original", "Rift Valley Monitor"),
        (
            "This story was first published by The Conversation under a Creative Commons licence.",
            "original",
            "The Conversation",
        ),
    ],
)
def test_lines_that_say_what_a_report_is(line: str, field: str, value: str) -> None:
    fact = lines.read(block(line, line))[0]
    assert (fact.field, fact.values) == (field, (value,))


@pytest.mark.parametrize(
    "line",
    [
        "First published on Fri 5 Mar 2021 13.00 GMT",
        "Publié le 5 mars 2021 à 14h05",
        "пятница, 5 марта 2021 г. в 14:05",
        "Sábado, 5 de marzo de 2021",
        "Stand: 05.03.2021 14:05 Uhr",
        "March 5, 2021 6:05 PM UTC · Updated 2 hours ago",
        "5 March 2021 | an hour ago",
        "Friday the 5th of March, 2021",
    ],
)
def test_the_days_and_small_words_of_a_date_line_are_no_outlet(line: str) -> None:
    (fact,) = lines.read(block(line, line))
    assert (fact.field, fact.values, fact.date) == ("published", (), dt.date(2021, 3, 5))


@pytest.mark.parametrize(
    ("line", "field", "date"),
    [
        ("السبت ٥ مارس ٢٠٢١ بقلم: أحمد عثمان", "published", dt.date(2021, 3, 5)),
        (
            "Par Claire Morvan — Publié le 5 mars 2021 à 14h05, mis à jour le 6 mars 2021 à 9h",
            "modified",
            dt.date(2021, 3, 6),
        ),
        ("Submitted by m.ruiz on Mon, 03/15/2021 - 14:05", "published", dt.date(2021, 3, 15)),
        ("Yayınlanma: 05.03.2021 - 14:05 | Güncelleme: 06.03.2021", "modified", dt.date(2021, 3, 6)),
    ],
)
def test_a_line_with_a_byline_and_dates(line: str, field: str, date: dt.date) -> None:
    assert (field, date) in [(fact.field, fact.date) for fact in lines.read(block(line, line))]


@pytest.mark.parametrize(
    "line",
    [
        "By Tuesday the army had left the town.",
        "By dawn three villages were empty",
        "The fighting over Khartoum broke out April 15, 2023.",
        "Source of the fire was a tank, he said.",
        "Damascus police gathered on the square, 10 August 2015",
        "Footage first published by Al Jazeera shows the raid.",
        "The prisoners were taken from the town of Bahri on 3 May 2023.",
        "— Lena Voss (@lenavoss) May 5, 2021",
    ],
)
def test_lines_of_a_story_say_nothing_of_the_report(line: str) -> None:
    assert lines.read(block(line, line)) == ()


@pytest.mark.parametrize(
    ("text", "opening", "agency"),
    [
        ("GENEVA (Reuters) - The envoy said", "GENEVA (Reuters) -", "Reuters"),
        ("(AP) — Fighting broke out", "(AP) —", "AP"),
        ("ADEN, April 1, 2022 (Delta Wire) - The truce", "ADEN, April 1, 2022 (Delta Wire) -", "Delta Wire"),
        ("SOCHI/ANKARA, Sept 29 (Delta) -- Two men", "SOCHI/ANKARA, Sept 29 (Delta) --", "Delta"),
        ("MOSCOW, September 30. /DELTA/. Russia said", "MOSCOW, September 30. /DELTA/.", "DELTA"),
        ("KYIV, Ukraine — Shells fell", "KYIV, Ukraine —", None),
        ("Kabul (Delta) – The Taliban said", "Kabul (Delta) –", "Delta"),
        ("МОСКВА, 30 сен — Дельта. Россия", "МОСКВА, 30 сен — Дельта.", "Дельта"),
        ("بيروت (دلتا) - قال مصدر", "بيروت (دلتا) -", "دلتا"),
        ("Syrian Arab Army (SAA) – backed by Russia – fired", "", None),
        ("Putin - the president - said", "", None),
        ("Jerusalem: the police said", "", None),
        ("Sarmada (AFP) – The rebels said", "Sarmada (AFP) –", "AFP"),
        ("MOSCOW, August 20, 2023. /TASS/. Drones hit", "MOSCOW, August 20, 2023. /TASS/.", "TASS"),
        ("Sarmada, SANA – The army said", "Sarmada, SANA –", "SANA"),
        ("Beirut – AFP: The envoy said", "Beirut – AFP:", "AFP"),
        ("Delhi, Oct 5 (IANS) The army said", "Delhi, Oct 5 (IANS)", "IANS"),
        ("Москва. 5 октября. ИНТЕРФАКС - Армия сообщила", "Москва. 5 октября. ИНТЕРФАКС -", "ИНТЕРФАКС"),
        ("(Nairobi, May 12, 2023) – The army held", "(Nairobi, May 12, 2023) –", None),
        ("Anadolu Agency (AA) – the state agency – said", "", None),
        ("Moscow – a guarantor – said", "", None),
        ("Army sources – Reuters among those told – said", "", None),
    ],
)
def test_datelines(text: str, opening: str, agency: str | None) -> None:
    assert lines.dateline(text)[:2] == (opening, agency)


def test_the_day_of_a_dateline_whose_month_is_written_out() -> None:
    assert lines.dateline("MOSCOW, August 20, 2023. /TASS/. Drones hit")[2] == dt.date(2023, 8, 20)


@pytest.mark.parametrize(
    "stacked",
    [
        [("Primary country", "Sudan"), ("Source", "Relief Council"), ("Originally published", "8 May 2023")],
        [("Country:", "Sudan"), ("Source:", "Relief Council"), ("Originally published:", "8 May 2023")],
    ],
)
def test_labels_in_lines_of_their_own(stacked: list[tuple[str, str]]) -> None:
    said = lines.read_all([block(line, line) for pair in stacked for line in pair])
    found = {fact.field: fact.date or fact.values for facts in said for fact in facts if fact.values or fact.date}
    assert found == {"region": ("Sudan",), "original": ("Relief Council",), "original_published": dt.date(2023, 5, 8)}


def test_the_head_of_a_mail_that_was_pasted() -> None:
    head = (
        "From: Border Desk <d@desk.example>",
        "Sent: Monday, 4 October 2021 09:15",
        "To: editor",
        "Subject: Army post shelled",
    )
    said = [fact for facts in lines.read_all([block(line, line) for line in head]) for fact in facts]
    assert {fact.field: fact.date or fact.values for fact in said if fact.field != "apart"} == {
        "published": dt.date(2021, 10, 4), "title": ("Army post shelled",),
    }  # fmt: skip


def test_a_heading_over_a_paragraph_is_no_label() -> None:
    text = ("Country", "The whole country has been on strike since the truce ran out, and the shops are closed.")
    assert lines.read_all([block(line, line) for line in text]) == [(), ()]
