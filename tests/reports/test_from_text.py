"""Texts at hand: what is given with the call, what is never guessed, and what may not get lost."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch import reports
from trucewatch.errors import UnreadableError
from trucewatch.reports.assemble import report_id

SENTENCE = "Russian warplanes bombed a camp near Kafr Takharim on Monday and killed five people."

MORE = (
    "The camp had taken in families from Saraqib and from Maarat al-Numan, who had fled the advance of the army. "
    "A doctor in Idlib city said that eleven people were brought to his ward, and that two of them would lose a leg."
)


def test_one_sentence_is_a_story() -> None:
    report = reports.from_text(SENTENCE)
    assert (report.text, report.title, report.published, report.boilerplate) == (SENTENCE, None, None, ())
    assert report.notes == ("no date on the page",)
    assert report.language == "en"


def test_the_call_overrides_the_page_and_it_is_noted() -> None:
    text = f"Camp hit\n\nDelta Desk, 5 May 2020\n\n{SENTENCE}"
    report = reports.from_text(text, date=dt.date(2020, 5, 4), outlet="Echo Desk", title="Camp bombed")
    assert (report.published, report.outlet, report.title) == (dt.date(2020, 5, 4), "Echo Desk", "Camp bombed")
    assert report.notes == (
        "date given with the call (on the page: 2020-05-05)",
        "outlet given with the call (on the page: Delta Desk)",
    )


def test_the_id_is_a_digest_of_text_outlet_and_date() -> None:
    day = dt.date(2020, 5, 4)
    report = reports.from_text(SENTENCE, date=day, outlet="Echo Desk")
    assert report.id == report_id(SENTENCE, "Echo Desk", day)
    assert re.fullmatch(r"[0-9a-f]{16}", report.id)
    others = [report_id(SENTENCE, "Echo Desk", None), report_id(SENTENCE, None, day), report_id("", "Echo Desk", day)]
    assert len({report.id, *others}) == 4


@pytest.mark.parametrize("text", ["", "  \n ", "News\n\nWorld\n\nMore from us", "[Home](/) [News](/n) [Sport](/s)"])
def test_no_story(text: str) -> None:
    with pytest.raises(UnreadableError):
        reports.from_text(text)


def test_page_source_is_read_as_a_page() -> None:
    page = f"<!DOCTYPE html><html><head><title>Camp bombed</title></head><body><p>{SENTENCE}</p></body></html>"
    assert reports.from_text(page).text == SENTENCE


@pytest.mark.parametrize(
    "shown", ["", f"<article><h1>Camp bombed</h1><p>{SENTENCE}</p><p>Go on reading for a euro a week.</p></article>"]
)
def test_a_story_that_only_the_data_of_the_page_tells(shown: str) -> None:
    told = f"{SENTENCE}\n\nRescuers dug for hours in the mud.\n\n{MORE}"
    data = json.dumps({"@type": "NewsArticle", "headline": "Camp bombed", "articleBody": told})
    head = f'<title>Loading</title><script type="application/ld+json">{data}</script>'
    report = reports.from_text(f"<html><head>{head}</head><body><div id='root'></div>{shown}</body></html>")
    assert (report.title, report.text) == ("Camp bombed", told)


@pytest.mark.parametrize(
    "between", ["", '<meta charset="utf-8"></head><body>', "</head><body><svg><title>Logo</title></svg>"]
)
def test_a_title_without_an_end_does_not_swallow_the_page(between: str) -> None:
    told = reports.from_text(
        f"<!DOCTYPE html><html><head><title>Camp bombed\n{between}<h1>Camp bombed</h1><p>{SENTENCE}</p>"
    )
    assert (told.text, told.title) == (SENTENCE, "Camp bombed")


@pytest.mark.parametrize("path", ["2020/05/04/camp", "2020/may/04/camp", "2020-05/04/c_13.htm", "world/20200504-camp"])
def test_a_date_in_the_address(path: str) -> None:
    head = f'<title>Camp bombed</title><link rel="canonical" href="https://e.example/{path}">'
    report = reports.from_text(f"<html><head>{head}</head><body><p>{SENTENCE}</p></body></html>")
    assert report.published == dt.date(2020, 5, 4)
    assert "date taken from the page's address" in report.notes


@pytest.mark.parametrize(
    "between",
    [
        '<blockquote><a href="/aid">Aid lorries wait at the crossing of Bab al-Hawa</a></blockquote>',
        "<time>12:05 BST</time>",
        "<div>3h ago 15:40</div>",
        "<div><p>Sign up to <b>Morning Brief</b></p><p>Our weekly email explains what matters in the region, and why</p></div>",
    ],
)
def test_what_stands_between_paragraphs_of_a_page_and_is_no_story(between: str) -> None:
    page = f"<html><body><article><h1>Camp bombed</h1><p>{SENTENCE}</p>{between}<p>{MORE}</p></article></body></html>"
    assert reports.from_text(page).text == f"{SENTENCE}\n\n{MORE}"


def test_what_a_page_calls_an_advertisement_is_no_story_however_it_reads() -> None:
    advert = "<div class='ad'>Advertisement<p>Fly to Nairobi from $199. Book now.</p><p>Seats are few.</p></div>"
    story = f"<article><h1>Camp bombed</h1><p>{SENTENCE}</p>{advert}<p>{MORE}</p></article>"
    assert reports.from_text(f"<html><body>{story}</body></html>").text == f"{SENTENCE}\n\n{MORE}"
    wrapped = reports.from_text(f"<html><body><div class='has-ads'>{story}</div></body></html>")
    assert SENTENCE in wrapped.text and MORE in wrapped.text


@pytest.mark.parametrize("link", ["Read more", "Read More...", "Continue reading →", "Read more: Truce talks stall"])
def test_a_link_behind_the_last_sentence_that_leads_on_is_no_story(link: str) -> None:
    for page in ("<html><body><article><h1>Camp bombed</h1>{}</article></body></html>", "{}"):
        told = page.format(f"<p>{SENTENCE}</p><p>{MORE} <a href='/1'>{link}</a></p>")
        assert reports.from_text(told).text == f"{SENTENCE}\n\n{MORE}"


def test_other_links_at_the_end_of_a_paragraph_stay() -> None:
    told = f"<p>{SENTENCE} The rest is in <a href='/1'>more reports</a></p>"
    assert reports.from_text(f"<html><body><article>{told}</article></body></html>").text.endswith("in more reports")


def test_a_story_that_one_extractor_alone_finds() -> None:
    name = "<div><a><span>Idlib Wire</span></a><a><span>@idlibwire</span></a></div>"
    foot = "<a href='/1'><time>3:01 PM</time></a><span>12.4K</span> <span>Views</span><div><span>41</span><span>Reposts</span></div>"
    post = f"<div><main><article>{name}<div><span>{SENTENCE}</span></div>{foot}</article>"
    pitch = (
        "<section><h1>New here?</h1><p>Sign up now to get your own personalized timeline!</p></section></main></div>"
    )
    assert reports.from_text(f"<html><body>{post}{pitch}</body></html>").text == SENTENCE


def test_tags_of_two_labels_side_by_side() -> None:
    tags = "<span>Posted in <a>Syria</a></span><span>Tagged <a>air strikes</a>, <a>camps</a></span>"
    report = reports.from_text(f"<html><body><article><p>{SENTENCE}</p><footer>{tags}</footer></article></body></html>")
    assert (report.regions, report.themes) == (("Syria",), ("air strikes", "camps"))


def test_a_date_that_stands_twice_and_an_outlet_that_names_itself() -> None:
    twice = '<div><span class="hidden">Published On 4 May 2020</span><span aria-hidden="true">4 May 2020</span></div>'
    foot = "<div><span>Source: </span><span>Delta Desk and news agencies</span></div>"
    head = '<meta property="og:site_name" content="Delta Desk"><title>Camp bombed</title>'
    report = reports.from_text(
        f"<html><head>{head}</head><body><h1>Camp bombed</h1>{twice}<p>{SENTENCE}</p>{foot}</body></html>"
    )
    assert (report.published, report.outlet, report.original_outlet) == (dt.date(2020, 5, 4), "Delta Desk", None)


def test_short_texts_have_no_language() -> None:
    assert reports.from_text("Three men died in Homs.").language == "und"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The army and the rebels agreed to stop the shelling of villages near the river on Monday.", "en"),
        ("Shells fell near a bridge. Nobody was hurt, residents said by phone, yet many fled towards Ariha.", "en"),
        ("The dead were Zafar, Sakhi, Hafizullah, Bakhat Jamal, Mahancha, Kadyrbayev and Tazhayakov.", "en"),
        ("Hij had niet geweten of het was gebeurd, en had het ook niet gehoord van het leger of de stad.", "nl"),
        ("De regering zei dat het leger en de rebellen in het noorden het vuren op de dorpen stoppen.", "nl"),
        ("Regjeringen sa at hæren og opprørerne har blitt enige om å stanse beskytningen av landsbyene.", "no"),
        ("قال الجيش إن الفصائل وافقت على وقف القصف على القرى القريبة من النهر يوم الاثنين", "ar"),
    ],
)
def test_the_language_is_told(text: str, code: str) -> None:
    assert reports.from_text(text).language == code


def test_an_unsure_date_is_noted() -> None:
    report = reports.from_text(f"Camp hit\n\nDelta Desk, 10/01/2021\n\n{SENTENCE}")
    assert report.published == dt.date(2021, 1, 10)
    assert report.notes == ("the page's date is read day first; its form allows both",)


@pytest.mark.parametrize(
    ("wall", "note"),
    [
        (
            "<h3>To continue reading, subscribe now</h3><p>Get unlimited access for $1 a week. Cancel any time.</p>",
            True,
        ),
        ("<p>The rest of this article is available to subscribers.</p>", True),
        (
            "<p>Already have an account? Sign in.</p><amp-ad><p>Buy a car at the lowest price in town.</p></amp-ad>",
            False,
        ),
    ],
)
def test_what_a_page_sells_is_no_story(wall: str, note: bool) -> None:
    page = f"<html><body><article><h1>Camp bombed</h1><p>{SENTENCE}</p><p>{MORE}</p>{wall}</article></body></html>"
    report = reports.from_text(page)
    assert report.text == f"{SENTENCE}\n\n{MORE}"
    assert ("the page asks for a fee: its story may be cut short" in report.notes) == note


def test_a_line_that_names_the_original_goes_before_its_address() -> None:
    head = (
        '<meta name="syndication-source" content="https://www.borderdesk.example/1"><title>Camp bombed | Echo</title>'
    )
    for line, named in (("<p>Originally published by Border Desk.</p>", "Border Desk"), ("", "borderdesk.example")):
        page = f"<html><head>{head}</head><body><h1>Camp bombed</h1><p>{SENTENCE}</p><p>{MORE}</p>{line}</body></html>"
        assert reports.from_text(page).original_outlet == named


def test_what_the_markup_of_a_page_says_of_its_story() -> None:
    name = (
        '<span itemprop="{0}" itemscope itemtype="https://schema.org/{1}"><meta itemprop="name" content="{2}"></span>'
    )
    of = f"{name.format('author', 'Person', 'Lena Voss')}{name.format('publisher', 'Organization', 'Border Desk')}"
    picture = '<div itemprop="image" itemscope itemtype="https://schema.org/ImageObject"><link itemprop="url" href="/a.jpg"></div>'
    where = '<link itemprop="mainEntityOfPage" href="https://borderdesk.example/camp">'
    page = f"<html><body><div itemscope itemtype='https://schema.org/NewsArticle'>{of}{picture}{where}<p>{SENTENCE}</p></div></body></html>"
    report = reports.from_text(page)
    assert (report.byline, report.outlet, report.url) == ("Lena Voss", "Border Desk", "https://borderdesk.example/camp")
    assert report.media == ("https://borderdesk.example/a.jpg",)


def test_a_month_is_no_day_and_is_told() -> None:
    page = f"<html><head><meta name='DC.date.issued' content='2021-10'></head><body><p>{SENTENCE}</p></body></html>"
    report = reports.from_text(page)
    assert (report.published, report.notes) == (None, ("no date: 2021-10", "no date on the page"))


@pytest.mark.parametrize(
    "head",
    [
        "title: Camp bombed\nauthor: Lena Voss\ndate: 2020-05-04\nsource: Border Desk\ntags: [Syria, camps]",
        'title: "Camp bombed"\nsource: "Border Desk"\nauthor:\n  - "[[Lena Voss]]"\npublished: 2020-05-04\n'
        'description: "Five died."\ntags:\n  - "Syria"\n  - "camps"',
    ],
)
def test_the_record_at_the_head_of_a_clipping(head: str) -> None:
    report = reports.from_text(f"---\n{head}\n---\n\n{SENTENCE}\n\n{MORE}")
    assert report.text == f"{SENTENCE}\n\n{MORE}"
    assert (report.title, report.byline, report.outlet) == ("Camp bombed", "Lena Voss", "Border Desk")
    assert (report.published, report.regions, report.themes) == (dt.date(2020, 5, 4), ("Syria",), ("camps",))
    assert "\n".join(report.boilerplate) == "\n".join(line.strip() for line in head.split("\n"))


def test_a_rule_above_a_story_is_no_record() -> None:
    assert reports.from_text(f"---\n{SENTENCE}\n---\n{MORE}").text == f"{SENTENCE}\n\n{MORE}"


def test_a_page_out_of_a_press_database() -> None:
    foot = "Length: 214 words\n\nGeographic: SYRIA (93%); TURKEY (88%)\n\nLoad-Date: October 7, 2021\n\nEnd of Document"
    head = "Camp bombed\n\nOctober 6, 2021 Wednesday\n\nCopyright 2021 Border Desk All Rights Reserved"
    report = reports.from_text(f"{head}\n\n{SENTENCE}\n\n{MORE}\n\n{foot}")
    assert (report.text, report.outlet) == (f"{SENTENCE}\n\n{MORE}", "Border Desk")
    assert (report.published, report.regions) == (dt.date(2021, 10, 6), ("SYRIA", "TURKEY"))


def test_words_that_the_ends_of_lines_divide() -> None:
    text = (
        "Turkish forces shelled positions of the Syrian Demo-\n"
        "cratic Forces near the hills that have been Israeli-\n"
        "held for years, and have killed three of the fighters\n"
        "and a farmer, an officer there said.\n"
    )
    assert reports.from_text(text).text == (
        "Turkish forces shelled positions of the Syrian Democratic Forces near the hills that have been Israeli-held for years, "
        "and have killed three of the fighters and a farmer, an officer there said."
    )


def test_lists_keep_their_lines() -> None:
    text = f"{SENTENCE}\n\nThese villages were shelled:\n- Kansafra\n- Al-Bara\n- Fatira\n\nNobody was hurt there, he said."
    assert "were shelled:\n\nKansafra\nAl-Bara\nFatira\n\nNobody" in reports.from_text(text).text


def test_a_story_sentence_with_the_words_of_a_pitch_stays() -> None:
    kept = [
        "Donate blood, the health ministry urged residents of Gaza City on Monday.",
        "“Follow us and you will be safe,” the officer told the families, according to witnesses.",
        "Support for the ceasefire is growing, a poll published on Sunday said.",
        "The two men share this view, and both signed the statement in Doha.",
        "Subscribers to the mobile network in Tigray had no signal for a third week.",
        "Read together, the reports leave no doubt that the shells came from the east.",
        "All rights reserved to Damascus under the accord must be respected, the minister said.",
    ]
    report = reports.from_text("\n\n".join([SENTENCE, *kept, SENTENCE.replace("five", "six")]))
    assert [sentence for sentence in kept if sentence not in report.text] == []


_LINES = st.lists(
    st.one_of(
        st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=60),
        st.sampled_from(
            [SENTENCE, "By Lena Voss", "© 2021 X", "Share", "*", "- item", "# Title", "3 May 2021", "Region: Syria"]
        ),
    ),
    min_size=1,
    max_size=12,
)


@given(_LINES)
def test_no_word_of_a_text_gets_lost(lines: list[str]) -> None:
    text = "\n\n".join([*lines, SENTENCE])
    report = reports.from_text(text)
    whole = re.sub(r"[\W_]+", "", " ".join((report.title or "", report.text, *report.boilerplate)).casefold())
    for line in re.split(r"\n", text):
        for word in re.findall(r"[a-z]{4,}", line.casefold()):
            assert word in whole, (word, report)


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ("Reuters\n13 October 2021\nShells fall on Taiz", "Reuters"),
        ("Shells fall on Taiz\n\nSouth Front\n\n13 October 2021", "South Front"),
        ("Shells fall on Taiz\n13 October 2021\nReuters", "Reuters"),
        ("Shells fall on Taiz\n13 October 2021\nIn the north\nReuters", None),
        ("The Market Square\n13 October 2021\nShells fall on Taiz", None),
    ],
)
def test_an_outlet_of_the_codebook_alone_on_a_line_of_the_head(head: str, outlet: str | None) -> None:
    report = reports.from_text(f"{head}\n\nShells fell on Taiz on Monday and killed two men.")
    assert report.outlet == outlet
    assert ("outlet taken from a line of its own" in report.notes) == (outlet is not None)


@pytest.mark.parametrize(
    ("before", "line", "behind"),
    [
        ("", "a line", ""),
        ("//<![CDATA[\n", "a line", "\n//]]>"),
        ("<!--\n", "a line", "\n-->"),
        ("", "a broken\nline", ""),
    ],
)
def test_data_of_a_page_in_old_wraps_and_with_faults(before: str, line: str, behind: str) -> None:
    story = '{"@type": "NewsArticle", "datePublished": "2020-05-05", "author": {"@id": "#lv"}, "publisher": {"@id": "#desk"},}'
    others = '{"@id": "#desk", "@type": "Organization", "name": "The Desk"}, {"@id": "#lv", "name": "Lena Voss"}'
    data = f'{before}{{"@graph": [{story}, {others}], "about": "{line}"}}{behind}'
    head = f'<title>Camp bombed</title><script type="application/ld+json">{data}</script>'
    report = reports.from_text(f"<html><head>{head}</head><body><h1>Camp bombed</h1><p>{SENTENCE}</p></body></html>")
    assert (report.outlet, report.byline, report.published) == ("The Desk", "Lena Voss", dt.date(2020, 5, 5))


def test_a_credit_that_names_a_licence_is_its_note() -> None:
    credit = "This article is republished from The Colloquy under a Creative Commons license."
    page = f"<html><body><h1>Camp bombed</h1><p>{SENTENCE}</p><p>{credit}</p></body></html>"
    report = reports.from_text(page)
    assert (report.original_outlet, report.licence) == ("The Colloquy", credit)


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("Camp bombed near the border - Syria | The Desk", "The Desk"),
        ("Camp bombed near the border", "The Desk | desk.example"),
    ],
)
def test_a_title_and_an_outlet_without_what_sites_put_behind_them(title: str, outlet: str) -> None:
    head = f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{outlet}">'
    page = f"<html><head>{head}</head><body><h1>Camp bombed near the border</h1><p>{SENTENCE}</p></body></html>"
    report = reports.from_text(page)
    assert (report.title, report.outlet) == ("Camp bombed near the border", "The Desk")


@pytest.mark.parametrize(
    "day",
    [
        '<div typeof="sioc:Item"><h1 property="dc:title">Hit</h1><i property="dc:date dc:created" content="2020-05-04T09:00:00Z">x</i>',
        '<div typeof="schema:Article"><h1>Hit</h1><i property="schema:dateCreated" content="2020-05-04T09:00:00Z">x</i>',
        "<div><h1>Hit</h1><time datetime='2020-05-04'>Mon, 05/04/2020 - 14:05</time>",
        "<div><link rel='canonical' href='https://e.example/2020/05/04/hit'><h1>Hit</h1><p>05/04/2020</p>",
    ],
)
def test_the_date_of_pages_of_drupal_and_of_those_that_put_the_month_first(day: str) -> None:
    report = reports.from_text(f"<html><body>{day}<p>{SENTENCE}</p></div></body></html>")
    assert (report.published, report.title) == (dt.date(2020, 5, 4), "Hit")
    assert "the page's date is read day first; its form allows both" not in report.notes


@pytest.mark.parametrize(
    ("line", "outlet"),
    [("Orontes Courier", "Orontes Courier"), ("Middle East", None), ("World News", None), ("WAR AND PEACE", None)],
)
def test_the_one_line_between_title_and_date_names_the_outlet(line: str, outlet: str | None) -> None:
    report = reports.from_text(f"Five killed in camp\n\n{line}\n3 September 2021\n\n{SENTENCE}\n\n{MORE}")
    assert (report.title, report.outlet) == ("Five killed in camp", outlet)


def test_the_initials_of_an_outlet_are_no_other_agency() -> None:
    report = reports.from_text(
        f"Five killed in camp\n\nCedar News Agency\n3 September 2021\n\nBEIRUT (CNA) - {SENTENCE}\n\n{MORE}"
    )
    assert (report.outlet, report.original_outlet) == ("Cedar News Agency", None)


def test_a_correction_keeps_its_title() -> None:
    head = "CORRECTION: Five killed in camp\n\nNorthern Wire\n6 October 2021\n\n(Corrects the toll to five, from four)"
    assert reports.from_text(f"{head}\n\n{SENTENCE}\n\n{MORE}").title == "Five killed in camp"
