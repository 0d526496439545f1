"""What stands around a story, and in its midst, on pages of many kinds: it is set apart, and the story whole."""

from __future__ import annotations

import pytest

from trucewatch import reports

FIRST = "Russian warplanes bombed a camp near Kafr Takharim on Monday and killed five people, medics said."
MORE = (
    "The army denied that its guns had fired, and said that the rebels had stored rockets among the tents of the camp."
)
LAST = "A doctor in Idlib said that eleven people were brought to his ward, and that two of them would lose a leg."
STORY = f"{FIRST}\n\n{MORE}\n\n{LAST}"


def _page(between: str = "", below: str = "", head: str = "") -> str:
    story = f"<article><h1>Camp bombed in the night</h1><p>{FIRST}</p><p>{MORE}</p>{between}<p>{LAST}</p></article>"
    return f"<html><head><title>Camp bombed in the night</title>{head}</head><body>{story}{below}</body></html>"


@pytest.mark.parametrize(
    "between",
    [
        "<p><a href='/who'>Who are the men of the dunes?</a></p>",
        "<blockquote>the rebels had stored rockets among the tents</blockquote>",
        "<p>12 41 1,204</p>",
        "<div><span>Related article</span><a href='/p'>Peacekeepers leave four posts in the north</a></div>",
        "<p>A version of this article appears in print on Nov. 18, 2021, Section A, Page 4 of the late edition.</p>",
        "<p>Lena Abboud &amp; agencies.</p>",
        "<div><p>Our live briefing has all of the latest news on the war, how it goes, who helps whom and what the world says "
        "of it, and of what is to come. For all of our coverage, click here.</p></div>",
    ],
)
def test_what_stands_between_the_paragraphs(between: str) -> None:
    head = "<meta name='author' content='Lena Abboud &amp; agencies'>"
    assert reports.from_text(_page(between, head=head)).text == STORY


def test_a_sentence_told_again_within_no_longer_one_stays() -> None:
    assert reports.from_text(_page(f"<p>{FIRST}</p>")).text == f"{FIRST}\n\n{MORE}\n\n{FIRST}\n\n{LAST}"


def test_comments_longer_than_the_story() -> None:
    said = "<div><b>user{0}</b> <p>Reader {0} thinks that the army has had its way too long, whatever the council says of it.</p></div>"
    thread = "".join(said.format(number) for number in range(30))
    page = _page(below=f"<h3>30 Comments</h3><div>{thread}</div>").replace("article>", "div>")
    assert reports.from_text(page).text == STORY
