"""The pages that Telegram Desktop writes of a channel: each post is a report."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from tests.reports.made import STORY
from tests.reports.outcomes import outcomes
from trucewatch.nouns import Failure, Report

OTHER = "Two mortar rounds hit the market of Hodeidah on Friday. Nobody was hurt, a shopkeeper said."
_STAMP = '<div class="pull_right date details" title="{}">\n23:30\n</div>\n'


def _text(words: str) -> str:
    return f'<div class="text">\n{words}\n       </div>\n'


def _post(number: int, inner: str, day: str = "05.04.2022 23:30:00 UTC+03:00") -> str:
    return (
        f'<div class="message default clearfix" id="message{number}">\n<div class="body">\n'
        f"{_STAMP.format(day)}{inner}</div>\n</div>\n"
    )


def _from(name: str) -> str:
    return f'<div class="from_name">\n{name} \n       </div>\n'


def _forwarded(inner: str, whence: str = "") -> str:
    stamp = '<span class="date details" title="02.04.2022 20:00:00 UTC+03:00"> 02.04.2022 20:00:00</span>'
    name = f'<div class="from_name">\n{whence} {stamp}\n</div>\n' if whence else ""
    return f'<div class="forwarded body">\n{name}{inner}</div>\n'


def _page(*posts: str) -> str:
    return (
        '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8"/>\n<title>Exported Data</title>\n</head>\n'
        '<body onload="CheckLocation();">\n<div class="page_wrap">\n<div class="page_header">\n<div class="content">\n'
        '<div class="text bold">\nTihama Wire &amp; Radio\n</div>\n</div>\n</div>\n<div class="page_body chat_page">\n'
        '<div class="history">\n<div class="message service" id="message-1">\n<div class="body details">\n5 April 2022\n'
        f"</div>\n</div>\n{''.join(posts)}</div>\n</div>\n</div>\n</body>\n</html>\n"
    )


def _reports(path: Path) -> list[Report]:
    found = list(outcomes([path]))
    assert [one for one in found if isinstance(one, Failure)] == []
    return [one for one in found if isinstance(one, Report)]


def test_each_post_of_a_page_is_a_report(tmp_path: Path) -> None:
    path = tmp_path / "messages.html"
    photo = '<div class="media_wrap clearfix"><a class="photo_wrap" href="photos/1.jpg"></a></div>'
    marked = OTHER.replace("mortar rounds", '<strong>mortar</strong> <a href="https://t.example/">rounds</a>')
    path.write_text(
        _page(
            _post(1, _from("Tihama Wire") + _text(STORY)),
            _post(2, photo),
            _post(3, photo + _text(f"{marked}<br>{STORY}<blockquote>He fled on Monday.</blockquote>"), "06.04.2022"),
            _post(4, _text(OTHER), "31.02.2022 10:00:00"),
        ),
        encoding="utf-8",
    )
    first, third, fourth = _reports(path)
    assert (first.text, first.outlet, first.published) == (STORY, "Tihama Wire & Radio", dt.date(2022, 4, 5))
    assert (first.source, first.original_outlet, first.title) == (f"{path}#1", None, None)
    assert (third.source, third.published) == (f"{path}#3", dt.date(2022, 4, 6))
    assert third.text == f"{OTHER}\n\n{STORY}\n\nHe fled on Monday."
    assert (fourth.published, fourth.notes) == (None, ("no date on the page",))


def test_a_forwarded_post_keeps_whence_and_when(tmp_path: Path) -> None:
    path = tmp_path / "messages2.html"
    path.write_text(
        _page(
            _post(7, _from("Tihama Wire") + _forwarded(_text(STORY), "Horn Reader")),
            _post(8, _forwarded(_text(OTHER))),
            _post(9, _text(f"{STORY} {OTHER}")),
        ),
        encoding="utf-8",
    )
    found = [(one.outlet, one.original_outlet, one.published, one.original_published) for one in _reports(path)]
    own, before = dt.date(2022, 4, 5), dt.date(2022, 4, 2)
    assert found == [("Tihama Wire & Radio", "Horn Reader", own, before)] * 2 + [
        ("Tihama Wire & Radio", None, own, None)
    ]


def test_such_pages_in_an_archive_too(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("ChatExport/messages.html", _page(_post(1, _text(STORY)), _post(2, _text(OTHER))))
    assert [one.source for one in _reports(path)] == [f"{path}#ChatExport/messages.html#{number}" for number in (1, 2)]


@pytest.mark.parametrize("inner", ["", "<div>" * 30_000 + _text(STORY), _text("<b>" * 30_000 + STORY)])
def test_a_page_without_posts_and_one_that_nests_without_end(inner: str, tmp_path: Path) -> None:
    path = tmp_path / "messages.html"
    path.write_text(_page(_post(1, inner)), encoding="utf-8")
    reason = "no post with words in this Telegram export"
    assert list(outcomes([path])) == [Failure(source=str(path), stage="read", reason=reason)]


def _shown(number: int, day: str, words: str, whence: str = "") -> str:
    origin = (
        f'<div>Forwarded from <a class="tgme_widget_message_forwarded_from_name">{whence}</a></div>' if whence else ""
    )
    time = f'<time datetime="{day}T05:12:00+00:00">05:12</time>'
    date = f'<a class="tgme_widget_message_date" href="https://t.me/front/{number}">{time}</a>'
    return (
        f'<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="front/{number}">'
        f'<a class="tgme_widget_message_owner_name"><span>Front Diary</span></a>{origin}'
        f'<div class="tgme_widget_message_text">{words}</div><span>1.2K</span>{date}</div></div>'
    )


def test_the_page_that_telegram_shows_of_a_channel(tmp_path: Path) -> None:
    path = tmp_path / "front.html"
    posts = _shown(11, "2022-04-05", STORY) + _shown(12, "2022-04-06", f"<b>Hodeidah</b><br><br>{OTHER}", "Coast Watch")
    path.write_text(
        f"<html><head><title>Front Diary – Telegram</title></head><body>{posts}</body></html>", encoding="utf-8"
    )
    first, second = outcomes([path])
    assert isinstance(first, Report) and isinstance(second, Report)
    assert (first.text, first.outlet, first.published, first.url) == (
        STORY, "Front Diary", dt.date(2022, 4, 5), "https://t.me/front/11",
    )  # fmt: skip
    assert (second.original_outlet, second.source) == ("Coast Watch", f"{path}#front/12")
    assert OTHER in second.text
