"""Files, folders and containers to sources, and a source for every input that can't be read."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
from pathlib import Path

import pytest

from tests.reports.made import warc
from tests.reports.outcomes import outcomes
from trucewatch import reports
from trucewatch.nouns import Failure, Report

STORY = "Shells fell on Taiz on Monday and killed two men, residents said. A third man was wounded in the market."
PAGE = f"<!DOCTYPE html><html><head><title>Shells on Taiz</title></head><body><article><p>{STORY}</p></article></body></html>"


def _read(path: Path, **options: object) -> list[Report | Failure]:
    return list(outcomes([path], reports.ReadOptions(**options)))  # type: ignore[arg-type]


def test_a_folder_is_walked_for_known_suffixes(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.md",
        "inner/c.html",
        "inner/d.htm",
        "e.png",
        "README.md",
        ".git/f.txt",
        "inner/.hidden.txt",
        "LICENSE.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(PAGE if name.endswith(("html", "htm")) else STORY, encoding="utf-8")
    names = [source.name for source in reports.sources([tmp_path])]
    assert names == [str(tmp_path / name) for name in ("a.md", "b.txt", "inner/c.html", "inner/d.htm")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders on this system")
def test_what_can_not_be_read_in_a_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "again").symlink_to(tmp_path)
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "b.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "c.txt").symlink_to(tmp_path / "inner" / "moved.txt")
    os.mkfifo(tmp_path / "d.txt")
    found = outcomes([tmp_path])
    assert isinstance(next(found), Report)
    (tmp_path / "b.txt").unlink()
    assert list(found) == [
        Failure(source=str(tmp_path / "b.txt"), stage="read", reason="no such file or folder"),
        Failure(source=str(tmp_path / "c.txt"), stage="read", reason="no such file or folder"),
        Failure(source=str(tmp_path / "d.txt"), stage="read", reason="neither a file nor a folder"),
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_that_is_closed_says_so(tmp_path: Path) -> None:
    closed = tmp_path / "inner"
    closed.mkdir(mode=0)
    assert _read(tmp_path) == [Failure(source=str(closed), stage="read", reason="cannot be read: Permission denied")]


def test_a_name_that_is_no_utf8_is_written_out(tmp_path: Path) -> None:
    for name in (b"\xde\xd5\xdd.txt", b"\xde.jsonl"):
        content = STORY if name.endswith(b"txt") else json.dumps({"text": STORY}) * 2
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(content, encoding="utf-8")
    story, broken = _read(tmp_path)[::-1]
    assert isinstance(story, Report) and isinstance(broken, Failure)
    assert (story.source, broken.source) == (rf"{tmp_path}/\xde\xd5\xdd.txt", rf"{tmp_path}/\xde.jsonl#1")


def test_urls_and_standard_input_are_not_touched_yet() -> None:
    found = list(reports.sources(["-", "https://a.example/x", "http://a.example/y"]))
    assert [(source.name, source.form) for source in found] == [
        ("-", "stdin"), ("https://a.example/x", "url"), ("http://a.example/y", "url"),
    ]  # fmt: skip


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))
    (report,) = outcomes(["-"])
    assert isinstance(report, Report)
    assert (report.text, report.source) == (STORY, "-")


FEED_ENTRY = f"<item><pubDate>20 Oct 2021</pubDate><description>{STORY}</description></item>"
RECORD = json.dumps({"text": STORY, "date": "2021-10-20", "outlet": "Reuters"})
ANSWER = f"<html><body><h1>Hit</h1><p>20 Oct 2021</p><p>{STORY}</p></body></html>"
ARCHIVE = warc(("https://a.example/1", "text/html", ANSWER.encode())).decode()


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (RECORD, ["-"]),
        (f"{RECORD}\n{RECORD}\n", ["-#1", "-#2"]),
        (f" [{RECORD},\n{RECORD}]", ["-#1", "-#2"]),
        ('{"count": 2, "items": [' + f"{RECORD}, {RECORD}]}}", ["-#1", "-#2"]),
        (f"<rss><channel>{FEED_ENTRY}</channel></rss>", ["-"]),
        (f'Date,Outlet,Text\r\n2021-10-20,Reuters,"{STORY}"\r\n2021-10-20,AFP,"{STORY}"\r\n', ["-#1", "-#2"]),
        (f"sep=;\nDate;Full Text\n20 Oct 2021;{STORY}\n", ["-"]),
        (f"From: a@b.example\nDate: Wed, 20 Oct 2021 09:00:00 +0000\nMIME-Version: 1.0\n\n{STORY}\n", ["-"]),
        (f"From: Desk <a@b.example>\nSubject: Taiz hit\nDate: Wed, 20 Oct 2021 09:00:00 +0000\n\n{STORY}\n", ["-"]),
        (ARCHIVE, ["-"]),
    ],
)
def test_records_feeds_tables_mail_and_archives_on_standard_input(
    monkeypatch: pytest.MonkeyPatch, given: str, names: list[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    found = list(outcomes(["-"]))
    assert all(isinstance(one, Report) and one.published == dt.date(2021, 10, 20) for one in found)
    assert [one.source for one in found] == names


def test_what_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "gone.txt"
    assert _read(path) == [Failure(source=str(path), stage="read", reason="no such file or folder")]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("ftp://host.example/story", "refused: only http and https are fetched, not ftp"),
        ("HTTP://127.0.0.1/story", "refused: 127.0.0.1 is at 127.0.0.1, which is no public address"),
    ],
)
def test_addresses_of_any_scheme_are_no_paths(name: str, reason: str) -> None:
    assert list(outcomes([name])) == [Failure(source=name, stage="read", reason=reason)]


def test_json_lines_with_a_broken_line(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    lines = [
        json.dumps(
            {"id": "one", "title": "Taiz hit", "text": STORY, "outlet": "Tihama Herald", "published": "2022-04-05"}
        ),
        "{broken",
        json.dumps({"html": PAGE, "url": "https://a.example/2022/04/06/taiz", "themes": ["Yemen", "shelling"]}),
        json.dumps({"title": "nothing else"}),
        json.dumps([1]),
    ]
    path.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    one, two, three, four, five = _read(path)
    assert isinstance(one, Report)
    assert (one.source, one.title, one.outlet) == (f"{path}#one", "Taiz hit", "Tihama Herald")
    assert (one.text, one.published) == (STORY, dt.date(2022, 4, 5))
    assert isinstance(two, Failure)
    assert two.source == f"{path}#2"
    assert two.reason.startswith("no valid JSON")
    assert isinstance(three, Report)
    assert (three.regions, three.themes, three.published) == (("Yemen",), ("shelling",), dt.date(2022, 4, 6))
    assert three.outlet == "a.example"
    assert set(three.notes) == {"outlet taken from the page's address", "date taken from the page's address"}
    assert isinstance(four, Failure)
    assert four.reason == "no column that holds a text; name it with --map COLUMN=text. Its columns: title"
    assert isinstance(five, Failure)


def test_records_of_sentences_keep_them_to_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "gold.json"
    sentences = ["Share this: shells fell on\u00a0Taiz.", "By noon two men were dead."]
    path.write_text(
        json.dumps([{"id": "g-1", "date": "2022-04-05", "source": "X Desk", "sentences": sentences}] * 2),
        encoding="utf-8",
    )
    first, second = _read(path)
    assert isinstance(first, Report)
    assert first.text == " ".join(sentences)
    assert (first.outlet, first.published, first.source) == ("X Desk", dt.date(2022, 4, 5), f"{path}#g-1")
    assert first == second


def test_one_record_goes_by_the_name_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps({"title": "T", "text": STORY}), encoding="utf-8")
    (report,) = _read(path)
    assert isinstance(report, Report)
    assert report.source == str(path)


RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Tihama Herald</title><link>https://t.example/</link>
<item><title>Taiz hit</title><link>https://t.example/1</link><dc:creator>Samira al-Qadhi</dc:creator>
<pubDate>Tue, 05 Apr 2022 07:00:00 GMT</pubDate><category>Yemen</category>
<description>Short.</description><content:encoded><![CDATA[<p>{STORY}</p><p>Share this article</p>]]></content:encoded></item>
<item><title>Empty</title><link>https://t.example/2</link></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Horn Reader</title>
<entry><title>Taiz hit</title><link href="https://h.example/1"/><published>2022-04-05T07:00:00Z</published>
<updated>2022-04-06T07:00:00Z</updated><author><name>Y. Berhe</name><email>y@h.example</email></author>
<author>lv@h.example (L. Voss)</author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{STORY}</p></div></content></entry></feed>"""


def test_an_rss_feed(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(RSS, encoding="utf-8")
    report, failure = _read(path)
    assert isinstance(report, Report)
    assert (report.title, report.byline, report.outlet) == ("Taiz hit", "Samira al-Qadhi", "Tihama Herald")
    assert (report.text, report.published, report.regions) == (STORY, dt.date(2022, 4, 5), ("Yemen",))
    assert report.boilerplate == ("Share this article",)
    assert failure == Failure(source=f"{path}#https://t.example/2", stage="read", reason="an entry without text")


def test_an_atom_feed(tmp_path: Path) -> None:
    path = tmp_path / "feed.atom"
    path.write_text(ATOM, encoding="utf-8")
    (report,) = _read(path)
    assert isinstance(report, Report)
    assert (report.byline, report.outlet, report.url) == ("Y. Berhe, L. Voss", "Horn Reader", "https://h.example/1")
    assert (report.text, report.published, report.notes) == (STORY, dt.date(2022, 4, 5), ("modified 2022-04-06",))


def test_what_programs_for_sites_write_into_feeds(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    foot = (
        "The post &lt;a href='https://t.example/1'&gt;Taiz hit: two killed&lt;/a&gt; appeared first on Tihama Herald."
    )
    path.write_text(
        "<rss><channel><title>Taiz Reader</title><copyright>© 2022 Taiz Reader</copyright><item>"
        "<title type='html'>Taiz&amp;#8217;s market &lt;em&gt;hit&lt;/em&gt;</title><link>https://t.example/1</link>"
        f"<subject>Yemen</subject><description>&lt;p&gt;{STORY}&lt;/p&gt;&lt;p&gt;{foot}&lt;/p&gt;</description>"
        "</item></channel></rss>",
        encoding="utf-8",
    )
    (report,) = _read(path)
    assert isinstance(report, Report)
    assert (report.title, report.text, report.regions) == ("Taiz’s market hit", STORY, ("Yemen",))
    assert (report.outlet, report.original_outlet) == ("Taiz Reader", "Tihama Herald")
    assert report.licence == "© 2022 Taiz Reader"


def test_a_feed_of_many_outlets_puts_their_names_behind_its_titles(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    source = "<source url='https://t.example'>Tihama Herald</source>"
    item = f"<title>Taiz hit - Tihama Herald</title><description>{STORY}</description>{source}"
    path.write_text(f"<rss><channel><title>Taiz</title><item>{item}</item></channel></rss>", encoding="utf-8")
    (report,) = _read(path)
    assert isinstance(report, Report)
    assert (report.title, report.original_outlet) == ("Taiz hit", "Tihama Herald")


def test_a_feed_that_is_cut_off_and_a_date_that_is_none_say_so(tmp_path: Path) -> None:
    feed, record = tmp_path / "cut.xml", tmp_path / "record.json"
    items = (f"<item><pubDate>{day}</pubDate><description>{STORY}" for day in ("Tue, 05 Apr 2022", "soon"))
    feed.write_text("<rss><channel><title>Tihama Herald</title>" + "</description></item>".join(items))
    record.write_text(json.dumps({"text": STORY, "date": "2022-13-45"}))
    found = [one.notes for one in outcomes([feed, record]) if isinstance(one, Report)]
    assert found == [
        (),
        ("the feed is cut off in this entry, or behind it", "no date: soon", "no date on the page"),
        ("no date: 2022-13-45", "no date on the page"),
    ]


def test_entities_of_a_feed_do_not_explode(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    path = tmp_path / "bomb.xml"
    path.write_text(
        f"<?xml version='1.0'?>{bomb}]><rss><channel><item><description>&j;</description></item></channel></rss>"
    )
    (outcome,) = _read(path)
    assert isinstance(outcome, Failure)


@pytest.mark.parametrize("name", ["urlset", "sitemapindex"])
def test_a_sitemap_is_no_report_and_says_who_reads_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / "sitemap.xml"
    path.write_text(
        f'<?xml version="1.0"?><{name}><url><loc>https://t.example/1</loc></url></{name}>', encoding="utf-8"
    )
    reason = "a sitemap, not a report: `trucewatch watch` reads the pages that it lists"
    assert _read(path) == [Failure(source=str(path), stage="read", reason=reason)]


def _warc(*pages: tuple[str, str, bytes]) -> bytes:
    records = []
    for url, kind, body in pages:
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2022-04-06T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:12345678-0000-4000-8000-{abs(hash(url)) % 10**12:012d}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        records.append(head.encode() + http + b"\r\n\r\n")
    return b"".join(records)


PAGES = (
    ("https://t.example/a", "text/html; charset=utf-8", PAGE.encode()),
    ("https://t.example/p.png", "image/png", b"\x89PNG"),
    ("https://t.example/b", "text/html", PAGE.replace("two men", "six men").encode()),
)


@pytest.mark.parametrize("name", ["pages.warc", "pages.warc.gz"])
def test_an_archive(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    raw = _warc(*PAGES)
    path.write_bytes(gzip.compress(raw) if name.endswith("gz") else raw)
    first, second = _read(path)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.url, first.source, first.text) == ("https://t.example/a", f"{path}#https://t.example/a", STORY)
    assert first.published is None
    assert "archived 2022-04-06" in first.notes
    assert "six men" in second.text


def test_an_archive_cut_off_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "cut.warc"
    path.write_bytes(_warc(*PAGES)[:-120])
    *_, last = _read(path)
    assert isinstance(last, Failure)
    assert "cut off" in last.reason


@pytest.mark.parametrize("raw", [b"", b"no archive at all", b"\x1f\x8b\x08\x00broken", b"WARC/1.0\r\n"])
def test_what_is_no_archive(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(raw)
    (outcome,) = _read(path)
    assert isinstance(outcome, Failure)


@pytest.mark.parametrize(
    ("name", "raw"), [("x.json", b"[1,"), ("x.jsonl", b"\n\n"), ("x.json", b""), ("x.rss", b"<rss>"), ("x.json", b"[]")]
)
def test_broken_containers(name: str, raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    (outcome,) = _read(path)
    assert isinstance(outcome, Failure)
    assert "\n" not in outcome.reason


def test_the_samples_are_all_read() -> None:
    samples = Path(__file__).parents[2] / "samples"
    found = list(outcomes(path for path in sorted(samples.glob("*.*")) if path.name != "README.md"))
    assert [report for report in found if isinstance(report, Failure)] == []
    assert len(found) == 6
    for report in found:
        assert isinstance(report, Report)
        assert report.published
        assert report.outlet
        assert report.byline
        assert report.language == "en"
        assert 10 <= report.text.count(". ") + report.text.count(".\n") + 1 <= 40
        furniture = ("subscribe", "newsletter", "donat", "cookies", "all rights reserved", "follow us")
        assert [words for words in furniture if words in report.text.lower()] == []
    republished = [report for report in found if isinstance(report, Report) and report.original_outlet]
    assert [report.original_outlet for report in republished] == ["Orontes Courier"]


@pytest.mark.parametrize(
    "text",
    [
        "Shells, text and tables\n\n" + STORY,
        f"From: Border Desk\nDate: 20 October 2021\n\n{STORY}",
    ],
)
def test_a_text_is_no_table_and_no_message(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    (report,) = _read(path)
    assert isinstance(report, Report)
    assert report.text.endswith(STORY)


def test_a_feed_of_links_that_count_from_its_base_and_of_others_pieces(tmp_path: Path) -> None:
    path = tmp_path / "feed.atom"
    path.write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/blog/">'
        '<title type="html">The &lt;b&gt;Desk&lt;/b&gt;</title>'
        '<entry><title>Hit</title><link href="hit.html"/><source><title>Border Desk</title><id>urn:1</id></source>'
        f"<summary>{STORY}</summary></entry></feed>",
        encoding="utf-8",
    )
    (report,) = _read(path)
    assert isinstance(report, Report)
    assert (report.url, report.outlet, report.original_outlet) == (
        "https://a.example/blog/hit.html", "The Desk", "Border Desk",
    )  # fmt: skip
