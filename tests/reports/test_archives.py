"""Archives of many files: what of a damaged one is still read, and what is packed in what."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from tests.reports.made import PAGE, STORY, warc
from tests.reports.outcomes import outcomes
from trucewatch import reports
from trucewatch.nouns import Failure, Report
from trucewatch.reports import unpack


def _read(path: Path) -> list[Report | Failure]:
    return list(outcomes([path]))


def _told(found: list[Report | Failure]) -> list[str]:
    """The names of the reports inside of a file, and of each failure its name and its reason."""
    names = [one.source.partition("#")[2] for one in found if one.source]
    return [
        f"{name}: {one.reason}" if isinstance(one, Failure) else name for name, one in zip(names, found, strict=True)
    ]


# ---------------------------------------------------------------- WARC

RECORDS = [warc((f"https://t.example/{number}", "text/html", PAGE.encode())) for number in range(4)]
PACKED = [gzip.compress(record, mtime=0) for record in RECORDS]
FIRST, SECOND, THIRD, LAST = (f"https://t.example/{number}" for number in range(4))
_SHORT = "damaged: shorter than its head says; what follows is read"
_HEADLESS = "the archive is damaged: Invalid WARC header; what follows is read"
_UNPACKED = "the archive is damaged: Gzip decompression error: data error; what follows is read"
_ENDLESS = RECORDS[1].replace(b"Content-Length: 2", b"Content-Length: 99", 1)
_INFO = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:x>\r\nContent-Length: 9000\r\n\r\nsoftware: x\r\n\r\n"


@pytest.mark.parametrize(
    ("name", "raw", "found"),
    [
        ("a.warc", RECORDS[0] + bytes(100_000) + b"".join(RECORDS[1:]), [FIRST, f"byte 0: {_HEADLESS}", SECOND, THIRD, LAST]),
        ("a.warc", b"junk" + RECORDS[2] + b"WARC" + RECORDS[3], [f"byte 0: {_HEADLESS}", THIRD, f"byte 4: {_HEADLESS}", LAST]),
        ("a.warc", RECORDS[0] + _ENDLESS + b"".join(RECORDS[2:]), [FIRST, f"{SECOND}: {_SHORT}", THIRD, LAST]),
        ("a.warc", _INFO + RECORDS[0], [f"<urn:x>: {_SHORT}", FIRST]),
        ("a.warc.gz", PACKED[0] + PACKED[1][:-80] + b"".join(PACKED[2:]), [FIRST, f"byte 0: {_UNPACKED}", THIRD, LAST]),
        ("a.warc.gz", PACKED[0] + b"\x1f\x8b\x08none" + PACKED[3], [FIRST, f"byte 0: {_UNPACKED}", LAST]),
    ],
)  # fmt: skip
def test_behind_a_damaged_stretch_a_web_archive_is_read_on(
    name: str, raw: bytes, found: list[str], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    assert _told(_read(path)) == found


def test_a_web_archive_of_nothing_but_beginnings_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"WARC/1.0\r\nWARC-" * 50_000)
    assert [one.reason for one in _read(path) if isinstance(one, Failure)] == [
        "the archive is damaged: Maximum header length exceeded.; what follows is read",
        "refused: damaged in 1,000 places",
    ]


def test_pages_that_were_put_into_a_web_archive_by_hand(tmp_path: Path) -> None:
    path, page = tmp_path / "a.warc", PAGE.encode()
    head = "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: {}\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n"
    urls = ("https://t.example/a", "urn:text:https://t.example/a")
    path.write_bytes(b"".join(head.format(url, len(page)).encode() + page + b"\r\n\r\n" for url in urls))
    (report,) = _read(path)
    assert isinstance(report, Report)
    assert (report.title, report.text, report.url) == ("Shells on Taiz", STORY, urls[0])


# ---------------------------------------------------------------- WACZ, EPUB


def _zip(path: Path, members: dict[str, bytes], packing: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", packing) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return path


def test_a_wacz_is_read_by_the_web_archives_in_it(tmp_path: Path) -> None:
    listed = json.dumps({"url": FIRST, "text": STORY}).encode() + b"\n"
    crawl = {
        "archive/b.warc": RECORDS[3],
        "archive/a.warc.gz": PACKED[0] + PACKED[1][:-80] + PACKED[2],
        "pages/pages.jsonl": listed,
        "datapackage.json": listed,
        "indexes/index.cdx.gz": b"",
    }
    path = _zip(tmp_path / "crawl.wacz", crawl)
    told = [f"{FIRST}", f"byte 0: {_UNPACKED}", THIRD]
    assert _told(_read(path)) == [*(f"archive/a.warc.gz#{one}" for one in told), f"archive/b.warc#{LAST}"]


def test_a_web_archive_that_is_packed_in_an_archive_is_not_opened(tmp_path: Path) -> None:
    path = _zip(tmp_path / "all.zip", {"a.warc": RECORDS[0]}, zipfile.ZIP_DEFLATED)
    assert _told(_read(path)) == ["a.warc: an archive inside an archive: unpack it first"]


def test_a_web_archive_in_another_packing_than_its_own_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.bz2"
    path.write_bytes(bz2.compress(RECORDS[0]))
    assert _told(_read(path)) == [": packed: unpack it first"]
    inner = {"a.warc.bz2": path.read_bytes(), "b.warc.xz": lzma.compress(RECORDS[0])}
    refused = [f"{name}: an archive inside an archive: unpack it first" for name in inner]
    assert _told(_read(_zip(tmp_path / "all.zip", inner))) == refused


def test_a_collection_of_waczs_says_what_to_do(tmp_path: Path) -> None:
    path = _zip(tmp_path / "all.wacz", {"archive/a.wacz": b"PK", "datapackage.json": b"{}"})
    assert _told(_read(path)) == ["archive/a.wacz: an archive inside an archive: unpack it first"]


def test_an_epub_is_read_by_its_pages(tmp_path: Path) -> None:
    path = _zip(tmp_path / "news.epub", {"mimetype": b"x", "META-INF/container.xml": b"<x/>", "a.xhtml": PAGE.encode()})
    assert _told(_read(path)) == ["a.xhtml"]


_OPF = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:title>Border notes</dc:title><dc:creator>Lena Voss</dc:creator><dc:creator>Border Desk</dc:creator>
<dc:publisher>Border Desk</dc:publisher><dc:date opf:event="modification">2022-01-01</dc:date>
<dc:date opf:event="publication">2021-10-05T00:00:00Z</dc:date><dc:rights>CC BY 4.0</dc:rights></metadata>
<manifest><item id="n" href="nav.xhtml" properties="nav"/><item id="a" href="a.xhtml"/></manifest>
<guide><reference type="cover" href="cover.xhtml#top"/></guide></package>"""


def test_an_epub_says_whose_it_is_and_of_what_day(tmp_path: Path) -> None:
    own_day = PAGE.replace("<article>", "<article><p>6 October 2021</p>")
    inner = {"a.xhtml": PAGE, "b.xhtml": own_day, "nav.xhtml": "<p>1</p>", "cover.xhtml": "<img>", "z.opf": _OPF}
    path = _zip(tmp_path / "news.epub", {f"OPS/{name}": text.encode() for name, text in inner.items()})
    first, second = [one for one in _read(path) if isinstance(one, Report)]
    assert (first.byline, first.outlet, first.licence) == ("Lena Voss", "Border Desk", "CC BY 4.0")
    assert [str(one.published) for one in (first, second)] == ["2021-10-05", "2021-10-06"]
    assert _told(_read(path)) == ["OPS/a.xhtml", "OPS/b.xhtml"]


@pytest.mark.parametrize(
    "opf", ["", "<package", "<package><metadata/></package>", "<!DOCTYPE a [<!ENTITY b '&b;'>]>&b;"]
)
def test_an_epub_with_a_broken_package_is_still_read(tmp_path: Path, opf: str) -> None:
    path = _zip(tmp_path / "news.epub", {"a.xhtml": PAGE.encode(), "b.opf": opf.encode()})
    assert _told(_read(path)) == ["a.xhtml"]


# ---------------------------------------------------------------- tar


def _tar(path: Path, members: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> Path:
    how: Any = {".tar": "w", ".bz2": "w:bz2", ".xz": "w:xz"}.get(path.suffix, "w:gz")
    with tarfile.open(path, how, format=form) as out:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            out.addfile(info, io.BytesIO(content))
    return path


MEMBERS = {
    "b/c.html": PAGE.encode(),
    "a.jsonl": json.dumps({"id": "one", "text": STORY}).encode() + b"\n{broken\n",
    f"{'long/' * 60}é.txt": STORY.encode(),
    "picture.png": b"\x89PNG" * 1000,
    "._a.txt": b"of a Mac",
}


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tgz", "a.tar.bz2", "a.tar.xz"])
@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT], ids=["pax", "gnu"])
def test_a_tar_archive_is_read_like_a_zip(name: str, form: int, tmp_path: Path) -> None:
    page, one, two, long = _told(_read(_tar(tmp_path / name, MEMBERS, form)))
    assert (page, one, long) == ("b/c.html", "a.jsonl#one", f"{'long/' * 60}é.txt")
    assert two.startswith("a.jsonl#2: no valid JSON")


def test_names_in_a_tar_archive_lead_nowhere_and_steer_no_terminal(tmp_path: Path) -> None:
    names = ["../../slipped.txt", "/slipped.txt", "a\x1b[31m\n\u202e.txt"]
    (tmp_path / "in").mkdir()
    path = _tar(tmp_path / "in" / "slip.tar", dict.fromkeys(names, STORY.encode()))
    with tarfile.open(path, "a") as out:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        out.addfile(link)
    assert _told(_read(path)) == [*names[:2], r"a\x1b[31m\n\u202e.txt"]
    assert not list(tmp_path.rglob("slipped.txt"))


def test_a_name_without_end_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    name = "a" * 900_000 + ".txt"
    path.write_bytes(_head(len(name), tarfile.GNUTYPE_LONGNAME) + name.encode() + bytes(-len(name) % 512) + _GOOD)
    (report,) = _read(path)
    assert report.source == f"{path}#{'a' * 1000}"


def test_archives_in_a_tar_archive_are_not_opened_but_for_web_archives(tmp_path: Path) -> None:
    inner = {"a.tar": _tar(tmp_path / "in.tar", MEMBERS).read_bytes(), "b.csv.gz": b"\x1f\x8b", "c.warc": RECORDS[0]}
    refused = [f"{name}: an archive inside an archive: unpack it first" for name in inner]
    assert _told(_read(_tar(tmp_path / "out.tar", inner))) == [*refused[:2], f"c.warc#{FIRST}"]
    assert _told(_read(_tar(tmp_path / "out.tgz", inner))) == refused


def _head(size: int, kind: bytes = tarfile.REGTYPE, name: str = "a.txt") -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(tarfile.GNU_FORMAT)


@pytest.mark.parametrize(
    ("records", "name"), [("18 path=other.txt\n", "other.txt"), ("2 18 path=other.txt\n", "a.txt")]
)
def test_a_record_of_a_tar_archive_within_another_is_none(records: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(_head(len(records), tarfile.XHDTYPE) + records.encode().ljust(512, b"\0") + _GOOD)
    assert _told(_read(path)) == [name]


_GOOD = _head(len(STORY)) + STORY.encode().ljust(512, b"\0")
_BIG = _head(20, tarfile.XHDTYPE) + b"29 size=9000000000000000000\n".ljust(512, b"\0")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (_GOOD + b"x" * 512 + _GOOD, "the archive is damaged: invalid header"),
        (_GOOD + _head(5)[:300], "the archive is damaged: truncated header"),
        (_GOOD + _head(5000, name="a.png") + b"Shells", "cut off: the archive ends in it"),
        (_GOOD + _head(2**62, name="a.png") + b"x", "cut off: the archive ends in it"),
        (_GOOD + _BIG + _head(5, name="a.png") + b"x", "cut off: the archive ends in it"),
        (_GOOD + _head(2_000_000, tarfile.GNUTYPE_LONGNAME), "refused: a file's head of more than a million bytes"),
        (_GOOD + _head(2_000_000, tarfile.XHDTYPE), "refused: a file's head of more than a million bytes"),
        (_GOOD + _head(-(2**60)), "the archive is damaged: a file of less than no bytes"),
    ],
)
@pytest.mark.parametrize("name", ["a.tar", "a.tgz"])
def test_a_damaged_tar_archive(name: str, raw: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(raw) if name.endswith("gz") else raw)
    first, last = _read(path)
    assert isinstance(first, Report) and isinstance(last, Failure)
    assert last.reason == reason


def test_a_tar_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "FREE_IN_ALL", 50_000_000)
    path = _tar(tmp_path / "bomb.tgz", {"a.txt": STORY.encode(), "b.png": b" " * 55_000_000, "c.txt": STORY.encode()})
    reason = "refused: it unpacks to far more than an honest archive of its size"
    assert [one.reason for one in _read(path) if isinstance(one, Failure)] == [reason]


# ---------------------------------------------------------------- xz


def test_an_xz_file_of_several_streams(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.xz"
    path.write_bytes(lzma.compress(STORY[:50].encode()) + bytes(8) + lzma.compress(STORY[50:].encode()) + bytes(4))
    (report,) = _read(path)
    assert isinstance(report, Report)
    assert report.text == STORY


def test_an_xz_file_that_asks_for_gigabytes(tmp_path: Path) -> None:
    raw = bytearray(lzma.compress(STORY.encode(), check=lzma.CHECK_NONE))
    start, end = 12, 12 + (raw[12] + 1) * 4  # the head of its first block, which ends with its checksum
    raw[raw.index(b"\x21\x01", start, end) + 2] = 40  # a dictionary of 4 GB
    raw[end - 4 : end] = struct.pack("<I", zlib.crc32(raw[start : end - 4]))
    path = tmp_path / "a.txt.xz"
    path.write_bytes(raw)
    reason = "the archive is damaged: Memory usage limit exceeded"
    assert _read(path) == [Failure(source=str(path), stage="read", reason=reason)]


# ---------------------------------------------------------------- folders


def test_what_may_hold_reports_and_is_not_read_says_so(tmp_path: Path) -> None:
    for name in ("a.doc", "b.RAR", "c.xlsx", "d.png", "~$e.docx"):
        (tmp_path / name).write_bytes(b"x")
    assert [one.reason for one in _read(tmp_path) if isinstance(one, Failure)] == [
        "a .doc file is not read: save it as .docx",
        "a .rar file is not read: save it as .zip",
        "a .xlsx file is not read: save it as .csv",
    ]


def test_a_folder_without_a_file_that_is_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    reason = "no file in this folder is of a kind that is read"
    assert _read(tmp_path) == [Failure(source=str(tmp_path), stage="read", reason=reason)]


def test_a_copy_of_a_site_is_read_by_its_pages(tmp_path: Path) -> None:
    names = ["Who fired?.txt", "index.html?p=5", "story.php?id=7", "story.shtml"]
    for name in names:
        (tmp_path / name).write_text(PAGE)
    assert [source.name for source in reports.sources([tmp_path])] == [f"{tmp_path}/{name}" for name in names]


def test_the_texts_of_a_crawl_and_an_address_that_steers(tmp_path: Path) -> None:
    body = STORY.encode()
    text = b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://t.example/\x1b[31m\r\nContent-Type: text/plain\r\n"
    path = tmp_path / "a.warc.wet.gz"
    path.write_bytes(gzip.compress(text + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(body), body)))
    (report,) = _read(tmp_path)
    assert isinstance(report, Report)
    assert (report.text, report.url, report.source) == (
        STORY,
        "https://t.example/[31m",
        f"{path}#https://t.example/[31m",
    )
