"""Live blogs: a report of each day, told by the page's data or by the times above its posts."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.reports.outcomes import outcomes
from trucewatch import reports
from trucewatch.errors import UnreadableError
from trucewatch.nouns import Report
from trucewatch.reports import live

FIRST = "Turkish forces shelled positions near Manbij today and killed three fighters, a monitor said."
SECOND = "Two rockets hit the Turkish town of Kilis this morning and killed one person, the governor said."
INTRO = "What happens in the north of Syria, as it comes in from our reporters there."
DAYS = ("2021-10-05T09:00:00+03:00", "2021-10-06T12:10:00+03:00")


def _page(tell_bodies: bool, show_posts: bool, times: bool) -> str:
    posts = [
        {"@type": "BlogPosting", "datePublished": day} | ({"articleBody": body} if tell_bodies else {})
        for day, body in zip(DAYS, (FIRST, SECOND), strict=True)
    ]
    data = {"@type": "LiveBlogPosting", "headline": "Syria live", "datePublished": DAYS[0], "liveBlogUpdate": posts}
    time = '<time datetime="{}">09:00</time>' if times else "<i>09:00</i>"
    shown = "".join(
        f"<div>{time.format(day)}<h2>News</h2><p>{body}</p></div>"
        for day, body in reversed(list(zip(DAYS, (FIRST, SECOND), strict=True)))
    )
    head = f'<title>Syria live | Border Desk</title><script type="application/ld+json">{json.dumps(data)}</script>'
    body = f"<h1>Syria live</h1><p>{INTRO}</p>{shown}" if show_posts else "<div id='root'></div>"
    return f"<html><head>{head}</head><body><main>{body}</main></body></html>"


def _read(path: Path, page: str, **options: object) -> list[Report]:
    path.write_text(page, encoding="utf-8")
    found = list(outcomes([path], reports.ReadOptions(**options)))  # type: ignore[arg-type]
    return [one for one in found if isinstance(one, Report)]


@pytest.mark.parametrize(("bodies", "times"), [(True, False), (False, True), (True, True)])
def test_each_day_is_a_report(tmp_path: Path, bodies: bool, times: bool) -> None:
    path = tmp_path / "live.html"
    found = _read(path, _page(bodies, True, times))
    assert [(one.published, one.text) for one in found] == [
        (dt.date(2021, 10, 5), f"{INTRO}\n\n{FIRST}"),
        (dt.date(2021, 10, 6), SECOND),
    ]
    assert [one.source for one in found] == [f"{path}#2021-10-05", f"{path}#2021-10-06"]
    assert len({one.id for one in found}) == 2
    assert {one.title for one in found} == {"Syria live"}
    assert "one of 2 days of a live blog" in found[0].notes


@pytest.mark.parametrize(
    ("published", "heads", "days"),
    [
        ("2021-10-05", ("Wednesday 6 October", "Tuesday 5 October"), DAYS),
        ("2021-10-05", ("6 Oct, 14:05", "Oct. 5 at 9:30 am"), DAYS),
        ("2021-12-31", ("1 January", "31 December"), (dt.date(2021, 12, 31), dt.date(2022, 1, 1))),
    ],
)
def test_days_without_their_year_are_those_nearest_to_the_pages(
    tmp_path: Path, published: str, heads: tuple[str, str], days: tuple[dt.date | str, ...]
) -> None:
    told = "".join(f"<h3>{head}</h3><p>{body}</p>" for head, body in zip(heads, (SECOND, FIRST), strict=True))
    head = f'<title>Syria live | Border Desk</title><meta property="article:published_time" content="{published}">'
    found = _read(
        tmp_path / "live.html", f"<html><head>{head}</head><body><main><h1>Syria live</h1>{told}</main></body></html>"
    )
    assert [(f"{one.published}", one.text) for one in found] == [
        (f"{days[0]}"[:10], FIRST),
        (f"{days[1]}"[:10], SECOND),
    ]


def test_posts_that_a_script_is_to_show(tmp_path: Path) -> None:
    found = _read(tmp_path / "live.html", _page(True, False, False))
    assert [one.text for one in found] == [FIRST, SECOND]


def test_a_date_of_the_call_holds_for_the_whole(tmp_path: Path) -> None:
    (found,) = _read(tmp_path / "live.html", _page(True, True, True), date=dt.date(2021, 10, 7))
    assert found.published == dt.date(2021, 10, 7)


def test_times_of_other_pages_part_nothing(tmp_path: Path) -> None:
    page = _page(False, True, True).replace("LiveBlogPosting", "NewsArticle").replace("Syria live", "Syria")
    assert len(_read(tmp_path / "story.html", page)) == 1


@pytest.mark.parametrize(
    ("title", "marks"),
    [
        ("Syria live: shells fall in the north", [f'<time datetime="{day}">09:00</time>' for day in DAYS]),
        (
            "Shells fall in the north – live",
            ["<h2>Tuesday, 5 October 2021</h2><b>09:00</b>", "<h2>6 October 2021</h2>"],
        ),
        ("Shells in the north: live updates", ["<div>5 Oct 2021, 09:00</div>", "<div>6 Oct 2021, 12:10</div>"]),
    ],
)
def test_what_only_its_title_calls_live(tmp_path: Path, title: str, marks: list[str]) -> None:
    posts = [f"<article>{mark}<p>{body}</p></article>" for mark, body in zip(marks, (FIRST, SECOND), strict=True)]
    head = f"<title>{title} | Border Desk</title><meta property='article:published_time' content='{DAYS[0]}'>"
    page = f"<html><head>{head}</head><body><main><h1>{title}</h1><p>{INTRO}</p>{''.join(posts[::-1])}</main></body></html>"
    found = _read(tmp_path / "live.html", page)
    assert [(str(one.published), one.text) for one in found] == [
        ("2021-10-05", f"{INTRO}\n\n{FIRST}"),
        ("2021-10-06", SECOND),
    ]


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("Syria live", True),
        ("Live: shells fall", True),
        ("War as it happened", True),
        ("Where the displaced live", False),
        ("Live fire", False),
    ],
)
def test_titles_of_live_blogs(title: str, is_one: bool) -> None:
    assert live.is_named(title) is is_one


def test_a_large_one_is_parted_too(tmp_path: Path) -> None:
    page = _page(True, True, True).replace("</main>", f"</main><!--{' ' * 1_500_000}-->")
    assert len(_read(tmp_path / "live.html", page)) == 2


def test_a_text_at_hand_is_one_report() -> None:
    with pytest.raises(UnreadableError, match="a live blog of 2 days"):
        reports.from_text(_page(True, True, True))
