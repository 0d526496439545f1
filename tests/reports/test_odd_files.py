"""Files as programs and disks leave them: cut off, in another charset, with a line too many. What is whole in them is read."""

from __future__ import annotations

import base64
import datetime as dt
import html
import json
from pathlib import Path

import pytest

from tests.reports.made import STORY
from tests.reports.outcomes import outcomes
from trucewatch.nouns import Failure, Report

OTHER = "Two mortar rounds hit the market of Hodeidah on Friday. Nobody was hurt, a shopkeeper said."
RUSSIAN = "Войска обстреляли село утром в понедельник, сообщили жители деревни корреспонденту."


def _read(path: Path, raw: bytes | str) -> list[Report | Failure]:
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return list(outcomes([path]))


def _texts(path: Path, raw: bytes | str) -> list[str]:
    return [one.text if isinstance(one, Report) else one.reason for one in _read(path, raw)]


# ---------------------------------------------------------------- JSON


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1251"])
def test_lines_of_json_in_any_charset(charset: str, tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": text}, ensure_ascii=False) + "\r\n" for text in (RUSSIAN, STORY))
    assert _texts(tmp_path / "a.jsonl", lines.encode(charset)) == [RUSSIAN, STORY]


def test_a_damaged_line_of_json_is_read_and_says_so(tmp_path: Path) -> None:
    line = json.dumps({"text": f"{RUSSIAN} {STORY}"}, ensure_ascii=False).encode()
    (report,) = _read(tmp_path / "a.jsonl", line.replace(b"Taiz", b"Ta\xffz"))
    assert isinstance(report, Report)
    assert (report.text, report.notes[0]) == (
        f"{RUSSIAN} {STORY.replace('Taiz', 'Ta�z')}",
        "1 damaged characters (utf-8)",
    )


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_half_a_sign_costs_itself_alone(name: str, tmp_path: Path) -> None:
    record = json.dumps({"text": f"\ud83d {STORY}", "outlet": "Horn \ude80", "media": ["\ud800"]})
    (report,) = _read(tmp_path / name, record)
    assert isinstance(report, Report)
    assert (report.text, report.outlet, report.media) == (f"? {STORY}", "Horn ?", ("?",))


# ---------------------------------------------------------------- Telegram


def _chat(number: int, *texts: object) -> dict[str, object]:
    posts = [
        {"id": at, "type": "message", "date": "2022-04-05T07:00:00", "text": text} for at, text in enumerate(texts, 1)
    ]
    return {"name": f'Wire "{number}"', "type": "public_channel", "id": number, "messages": posts}


def test_a_telegram_export_that_is_cut_off_is_read_as_far_as_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    account = {"about": "x", "chats": {"list": [_chat(7, STORY, [OTHER]), _chat(8, OTHER, STORY)]}}
    raw = json.dumps(account, indent=1)
    *found, last = _read(path, raw[: raw.rindex("third man")])
    assert [(one.source, one.outlet) for one in found if isinstance(one, Report)] == [
        (f"{path}#7/1", 'Wire "7"'), (f"{path}#7/2", 'Wire "7"'), (f"{path}#8/1", 'Wire "8"'),
    ]  # fmt: skip
    assert isinstance(found[0], Report) and found[0].published == dt.date(2022, 4, 5)
    assert isinstance(last, Failure)
    assert last.source == f"{path}#8/post 2" and last.reason.startswith("no valid JSON from here on")


def test_posts_of_a_damaged_export_are_not_lost_with_one_of_them(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    damaged = _chat(7, f"{STORY} \ud83d", {"type": 5}, [{"type": "bold", "text": None}, OTHER])
    assert _texts(path, json.dumps(damaged)) == [f"{STORY} ?", OTHER]
    dated = json.dumps(_chat(7, STORY, OTHER, STORY)).replace('"2022-04-05T07:00:00"', "5", 2)
    assert [one.source for one in _read(path, dated)] == [f"{path}#7/post 1", f"{path}#7/post 2", f"{path}#7/3"]


@pytest.mark.parametrize("before", ["[", '{"name": "Wire", "id": 7, "messages": ['], ids=["records", "posts"])
def test_a_record_that_nests_without_end_costs_none_before_it(before: str, tmp_path: Path) -> None:
    record = f'{{"id": 1, "type": "message", "text": "{STORY}"'
    for depth in range(880, 995):  # at one of these it can be read, but barely
        deep = f'{record}, "x": {"[" * depth}{"]" * depth}}}'
        first, *_, last = _read(tmp_path / "a.json", f"{before}{record}}}, {deep}, {{")
        assert isinstance(first, Report) and first.text == STORY
        assert isinstance(last, Failure) and last.reason.startswith("no valid JSON from here on")


@pytest.mark.parametrize("name", ["Wire \\q", "Wire \\u12"])
def test_a_damaged_name_of_a_chat_is_a_failure(name: str, tmp_path: Path) -> None:
    raw = json.dumps(_chat(7, STORY)).replace(r"Wire \"7\"", name)
    (outcome,) = _read(tmp_path / "result.json", raw)
    assert isinstance(outcome, Failure) and outcome.reason.startswith("no valid JSON")


# ---------------------------------------------------------------- CSV, feeds, mail


@pytest.mark.parametrize("before", ["sep=;\n", "\n\r\n", "\ufeffsep=;\r\n"])
def test_lines_before_the_header_of_a_table(before: str, tmp_path: Path) -> None:
    table = f'{before}text;title,\n"{STORY}";Taiz\n'
    assert _texts(tmp_path / "a.csv", table if "sep" in before else table.replace("title,", "title")) == [STORY]


@pytest.mark.parametrize(("said", "charset"), [("utf-8", "cp1251"), ("windows-1251", "utf-8"), ("utf-16", "utf-8-sig")])
def test_a_feed_in_another_charset_than_it_says(said: str, charset: str, tmp_path: Path) -> None:
    feed = f'<?xml version="1.0" encoding="{said}"?><rss><channel><item><description>{RUSSIAN}</description></item></channel></rss>'
    assert _texts(tmp_path / "a.xml", feed.encode(charset)) == [RUSSIAN]


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_feed_of_several_bytes_a_sign_is_read_by_its_entries(charset: str, tmp_path: Path) -> None:
    items = "".join(f"<item><description>{text}</description></item>" for text in (STORY, OTHER))
    feed = f'<?xml version="1.0" encoding="{charset}"?><rss><channel><title>Wire</title>{items}</channel></rss>'
    found = _read(tmp_path / "a.xml", feed.encode(charset))
    assert [(one.text, one.outlet, one.notes) for one in found if isinstance(one, Report)] == [
        (text, "Wire", ("no date on the page",)) for text in (STORY, OTHER)
    ]


@pytest.mark.parametrize("cut", range(4))
def test_a_message_that_is_cut_off_within_its_base64(cut: int, tmp_path: Path) -> None:
    head = b"From: a@b.example\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    packed = base64.encodebytes(f"{STORY} {OTHER}".encode()).rstrip(b"=\n")
    (text,) = _texts(tmp_path / "a.eml", head + packed[: len(packed) - 8 - cut])
    assert text.startswith(f"{STORY} Two mortar rounds") and text in f"{STORY} {OTHER}"


@pytest.mark.parametrize(
    "fault", ["&nbsp;", "AT&T", "\x0b", "5 < 6", "&#0;", "<![CDATA[a & b]]>", "<!-- & -->", "&none;"]
)
def test_a_fault_in_a_feed_costs_none_of_what_follows(fault: str, tmp_path: Path) -> None:
    escaped = f"&lt;p&gt;{STORY.replace(' and ', ' &amp;amp; ')} Caf&amp;eacute; &#8220;Aden&#8221; stood.&lt;/p&gt;"
    items = f"<item><description>{OTHER}</description></item><item><description>{escaped}</description></item>"
    feed = f"<rss><channel><title>{fault}</title>{items}</channel></rss>"
    assert _texts(tmp_path / "a.xml", feed) == [OTHER, f"{STORY.replace(' and ', ' & ')} Café “Aden” stood."]


def test_names_that_a_feed_borrows_from_pages_are_read(tmp_path: Path) -> None:
    item = f"<title>Taiz&nbsp;hit &mdash; AT&T &amp; &none; more</title><link>https://a.example/?a=1&b=2</link><description>{STORY}"
    (report,) = _read(
        tmp_path / "a.xml", f"<rss><channel><title>X</title><item>{item}</description></item></channel></rss>"
    )
    assert isinstance(report, Report)
    assert (report.title, report.url) == ("Taiz hit — AT&T & &none; more", "https://a.example/?a=1&b=2")


@pytest.mark.parametrize("around", ["<div><div>{}</div></div>", "<section><h3>More</h3>{}</section>", "{}"])
def test_what_a_feed_or_a_record_carries_is_read_whole(around: str, tmp_path: Path) -> None:
    """No page stands around it, so that nothing in it is anything else because it stands apart."""
    told = [
        STORY,
        OTHER,
        "The army denied on Saturday that its guns had fired on the village, and asked for an inquiry.",
    ]
    markup = "".join(around.format(f"<p>{text}</p>") for text in told)
    feed = f"<rss><channel><item><description>{html.escape(markup)}</description></item></channel></rss>"
    assert _texts(tmp_path / "a.xml", feed) == ["\n\n".join(told)]
    assert _texts(tmp_path / "a.json", json.dumps({"content": {"rendered": markup}})) == ["\n\n".join(told)]


@pytest.mark.parametrize(
    "before", ["<p class='lead'>", "\n<h2>Taiz</h2>\n<p>", "<!-- wp:paragraph --><p>", "<figure><img/></figure><p>", ""]
)
def test_markup_in_a_record_is_none_of_its_words(before: str, tmp_path: Path) -> None:
    told = f"{STORY}</p><p>{OTHER}</p>" if before else f"{STORY}<br/><br/>{OTHER}"
    assert _texts(tmp_path / "a.json", json.dumps({"text": before + told})) == [f"{STORY}\n\n{OTHER}"]
    words = f"{STORY} <Emphasis added.> {OTHER} x < y, and a <b of it."
    assert _texts(tmp_path / "b.json", json.dumps({"text": words})) == [words]
