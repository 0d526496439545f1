"""Files that unpack without end, are cut off, or break their parser: each is a Failure, and the next input is read."""

from __future__ import annotations

import functools
import gzip
import io
import itertools
import json
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.reports.made import PAGE, STORY, lines, pdf, warc, warc_record
from tests.reports.outcomes import outcomes
from trucewatch import reports
from trucewatch.errors import UnreadableError
from trucewatch.nouns import Failure, Report
from trucewatch.reports import isolate, unpack
from trucewatch.reports.warc import warc_entries

PAGES = (
    ("https://t.example/a", "text/html; charset=utf-8", PAGE.encode()),
    ("https://t.example/p.png", "image/png", b"\x89PNG" + bytes(300)),
    ("https://t.example/b", "text/html", PAGE.replace("two men", "six men").encode()),
)
_SECONDS = 30.0
"""On a busy machine; what is to fail has 3 seconds for each page, and what is to be read the usual 10."""


def _outcomes(path: Path, **options: object) -> list[Report | Failure]:
    """What comes of a file; that the next one is read after it is seen to."""
    good = path.parent / "z-good.txt"
    good.write_text(STORY, encoding="utf-8")
    began = time.monotonic()
    *found, after = outcomes([path, good], reports.ReadOptions(**options))  # type: ignore[arg-type]
    assert time.monotonic() - began < _SECONDS
    assert isinstance(after, Report)
    assert after.source == str(good)
    return found


def _failure(path: Path, **options: object) -> Failure:
    (failure,) = _outcomes(path, page_seconds=3, **options)
    assert isinstance(failure, Failure), failure
    assert "\n" not in failure.reason
    return failure


@functools.cache
def _zeros(megabytes: int) -> bytes:
    """A gzip file of so many MB of blanks, about a thousandth as large."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as out:
        for _ in range(megabytes):
            out.write(b" " * 1_000_000)
    return packed.getvalue()


# ---------------------------------------------------------------- gzip


@pytest.mark.parametrize(
    "name", ["a.txt.gz", "a.html.gz", "a.json.gz", "a.jsonl.gz", "a.csv.gz", "a.mbox.gz", "a.xml.gz"]
)
def test_a_gzip_bomb(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    head = {"a.csv.gz": b'text\n"', "a.mbox.gz": b"From a@b.example Tue Apr  5 07:00:00 2022\n\n"}.get(name, b"")
    path.write_bytes(gzip.compress(head) + _zeros(55))
    assert _failure(path).reason.startswith(("larger than", "refused: it unpacks", "no valid row"))


def test_a_gzip_file_that_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl.gz"
    lines = "".join(json.dumps({"text": f"{number}. {STORY}"}) + "\n" for number in range(800))
    path.write_bytes(gzip.compress(lines.encode())[:-100])
    *read, last = _outcomes(path)
    assert len(read) > 5
    assert all(isinstance(one, Report) for one in read)
    assert last == Failure(source=str(path), stage="read", reason="cut off: the archive ends in it")


@pytest.mark.parametrize("raw", [b"", b"\x1f\x8b", b"no gzip", gzip.compress(b"x" * 100, mtime=0)[:15] + b"\xff" * 20])
def test_what_is_no_gzip(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.txt.gz"
    path.write_bytes(raw)
    _failure(path)


# ---------------------------------------------------------------- lists


@pytest.mark.parametrize("name", ["a.json.gz", "a.jsonl.gz"])
def test_a_record_that_is_small_until_it_is_parsed(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(b'{"text": "x", "more": [' + b"[]," * 1_000_000 + b"[]]}\n"))
    assert _failure(path).reason == "refused: a record of more than 1,000,000 values"


def test_a_list_of_which_much_memory_may_be_made_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    raw = b",".join(json.dumps({"id": one, "text": STORY}).encode() + b"\n" * 600_000 for one in ("a", "b"))
    path.write_bytes(b"[" + raw + b"]")
    assert isolate.looks_heavy(path.read_bytes())
    assert [one.source for one in _outcomes(path)] == [f"{path}#a", f"{path}#b"]


# ---------------------------------------------------------------- zip


def _zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return path


def test_a_zip_archive_is_read_like_a_folder(tmp_path: Path) -> None:
    many = json.dumps({"id": "one", "text": STORY}) + "\n{broken\n"
    members = {
        "b/c.html": PAGE.encode(),
        "a.jsonl": many.encode(),
        "README.md": b"none",
        "d.png": b"\x89PNG",
        ".e.txt": b"x",
    }
    path = _zip(tmp_path / "all.zip", members)
    one, two, three = _outcomes(path)
    assert isinstance(one, Report)
    assert isinstance(two, Failure)
    assert isinstance(three, Report)
    assert [one.source, two.source, three.source] == [f"{path}#a.jsonl#one", f"{path}#a.jsonl#2", f"{path}#b/c.html"]


def test_a_name_that_leads_out_of_a_zip_archive_leads_nowhere(tmp_path: Path) -> None:
    path = _zip(tmp_path / "out.zip", {"../evil.txt": STORY.encode()})
    (report,) = _outcomes(path)
    assert isinstance(report, Report)
    assert report.source == f"{path}#../evil.txt"
    assert list(tmp_path.rglob("evil*")) == []


def test_a_zip_bomb_of_one_file(tmp_path: Path) -> None:
    path = _zip(tmp_path / "bomb.zip", {"a.jsonl": b" " * 55_000_000})
    assert _failure(path).reason == "refused: it unpacks to far more than an honest archive of its size"


def test_a_zip_bomb_of_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "FREE_IN_ALL", 50_000_000)
    path = _zip(tmp_path / "bomb.zip", {f"{number:03}.txt": b" " * 12_000_000 for number in range(6)})
    found = _outcomes(path)
    reasons = [one.reason for one in found if isinstance(one, Failure)]
    assert len(reasons) == len(found) == 6
    assert reasons[0] == "empty: there is no text in it"
    assert reasons[-1].startswith("refused: it unpacks")


def test_archives_in_archives_are_not_opened(tmp_path: Path) -> None:
    inner = _zip(tmp_path / "inner.zip", {"a.txt": STORY.encode()}).read_bytes()
    members = {
        "a.zip": inner,
        "b.txt.gz": gzip.compress(STORY.encode()),
        "c.warc": warc(*PAGES),
        "d.txt": STORY.encode(),
    }
    *refused, last = _outcomes(_zip(tmp_path / "outer.zip", members))
    assert {one.reason for one in refused if isinstance(one, Failure)} == {
        "an archive inside an archive: unpack it first"
    }
    assert len(refused) == 3
    assert isinstance(last, Report)


def test_zip_names_that_lead_elsewhere_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    names = ["../../slipped.txt", "/slipped.txt"]
    path = _zip(tmp_path / "in" / "slip.zip", dict.fromkeys(names, STORY.encode()))
    assert [one.source for one in _outcomes(path)] == [f"{path}#{name}" for name in names]  # read, as any other
    assert not list(tmp_path.rglob("slipped.txt"))


@pytest.mark.parametrize("keep", [0, 4, 100, -10])
def test_a_zip_archive_that_is_cut_off(keep: int, tmp_path: Path) -> None:
    path = _zip(tmp_path / "cut.zip", {"a.txt": STORY.encode(), "b.txt": STORY.encode()})
    path.write_bytes(path.read_bytes()[:keep])
    assert _failure(path).reason.startswith("the archive is damaged")


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_file_of_any_packing(packing: int, tmp_path: Path) -> None:
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w", packing) as archive:
        archive.writestr("a.txt", STORY * 50)
    raw = bytearray(path.read_bytes())
    raw[45:72:3] = bytes(0xFF ^ byte for byte in raw[45:72:3])
    path.write_bytes(raw)
    assert _failure(path).reason.startswith("the archive is damaged")


def test_a_damaged_name_costs_its_file_alone(tmp_path: Path) -> None:
    path = _zip(tmp_path / "bad.zip", {"ä.txt": STORY.encode(), "b.txt": STORY.encode()})
    raw = path.read_bytes()
    path.write_bytes(raw.replace("ä".encode(), b"\xff\xff", 1))  # before the file, and not in the list at the end
    other, damaged = _outcomes(path)
    assert isinstance(other, Report)
    assert isinstance(damaged, Failure)
    assert damaged.reason.startswith("cannot be unpacked")


def test_a_zip_archive_with_a_damaged_and_a_locked_file(tmp_path: Path) -> None:
    path = _zip(tmp_path / "bad.zip", {"a.txt": STORY.encode() * 50, "b.txt": STORY.encode(), "c.txt": STORY.encode()})
    raw = bytearray(path.read_bytes())
    raw[60] ^= 0xFF  # in the packed bytes of the first file
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.index(mark, raw.index(mark) + 4)  # the second file's heads say that it is encrypted
        raw[at + flags] |= 1
    path.write_bytes(raw)
    first, second, third = _outcomes(path)
    assert isinstance(first, Failure)
    assert first.reason.startswith("the archive is damaged")
    assert isinstance(second, Failure)
    assert second.reason.startswith("cannot be unpacked")
    assert isinstance(third, Report)


# ---------------------------------------------------------------- WARC


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_an_archive_cut_off_anywhere_says_so(packed: bool) -> None:
    single = [gzip.compress(warc(page)) if packed else warc(page) for page in PAGES]
    whole, ends = b"".join(single), list(itertools.accumulate(map(len, single)))
    for cut in range(1, len(whole), 7):
        if any(end - 4 <= cut <= end for end in ends):
            continue  # between two records nothing is lost
        pages: list[str | bytes] = []
        said = False
        try:
            for entry in warc_entries(io.BytesIO(whole[:cut]), 1_000_000):
                if entry is not None and entry.form == "broken":
                    said = True
                    assert entry.name != "None", cut
                elif entry is not None:
                    pages.append(entry.content)
        except UnreadableError:
            said = True
        assert said, cut
        assert pages == [PAGE, PAGES[2][2].decode()][: len(pages)], cut
        assert len(pages) >= sum(end <= cut for end in (ends[0], ends[2])), cut


@pytest.mark.parametrize("name", ["cut.warc", "cut.warc.gz"])
def test_an_archive_that_is_cut_off_is_a_failure(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    records = [gzip.compress(warc(page)) if name.endswith("gz") else warc(page) for page in PAGES]
    path.write_bytes(b"".join(records)[:-120])
    first, *rest = _outcomes(path)
    assert isinstance(first, Report)
    assert isinstance(rest[0], Failure)
    assert rest[0].reason == "cut off: the archive ends in it"


def test_an_archived_bomb_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "bomb.warc.gz"
    bomb = warc(("https://t.example/bomb", "text/html", b" " * 30_000_000))
    path.write_bytes(gzip.compress(warc(PAGES[0])) + gzip.compress(bomb) + gzip.compress(warc(PAGES[2])))
    first, second, third = _outcomes(path)
    assert isinstance(first, Report)
    assert second == Failure(
        source=f"{path}#https://t.example/bomb", stage="read", reason="larger than 20,000,000 bytes"
    )
    assert isinstance(third, Report)


def test_an_archived_answer_that_is_itself_packed_without_end(tmp_path: Path) -> None:
    body = _zeros(55)
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + body
    path = tmp_path / "inner.warc"
    path.write_bytes(warc_record("https://t.example/x", http) + warc(PAGES[0]))
    first, second = _outcomes(path)
    assert isinstance(first, Failure)
    assert first.reason == "larger than 20,000,000 bytes"
    assert isinstance(second, Report)


@pytest.mark.parametrize("packing", ["Content-Encoding: gzip", "Content-Encoding: zstd", "Transfer-Encoding: chunked"])
def test_an_archived_answer_that_is_not_packed_as_its_head_says(packing: str, tmp_path: Path) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{packing}\r\n\r\n".encode()
    path = tmp_path / "said.warc"
    damaged = warc_record("https://t.example/x", head + b"\x28\xb5\x2f\xfd\x04\x58\x00\x00")
    plain = warc_record("https://t.example/y", head + PAGE.encode())
    path.write_bytes(damaged + plain + warc(PAGES[0]))
    first, second, third = _outcomes(path)
    assert first == Failure(
        source=f"{path}#https://t.example/x", stage="read", reason="binary: it holds bytes that no text has"
    )
    assert isinstance(second, Report)
    assert (second.text, second.url) == (STORY, "https://t.example/y")
    assert isinstance(third, Report)


def test_a_feed_in_an_archive_is_no_page(tmp_path: Path) -> None:
    feed = f"<rss><channel><item><description>{STORY}</description></item></channel></rss>"
    path = tmp_path / "crawl.warc"
    path.write_bytes(warc(("https://t.example/rss", "text/xml", feed.encode()), PAGES[0]))
    (only,) = _outcomes(path)
    assert only.source == f"{path}#{PAGES[0][0]}"


# ---------------------------------------------------------------- Parquet


def test_a_table_that_unpacks_without_end(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "bomb.parquet"
    word = arrow.DictionaryArray.from_arrays(arrow.array([0] * 30, arrow.int32()), arrow.array([" " * 25_000_000]))
    parquet.write_table(arrow.table({"text": word}), path, compression="zstd")
    assert path.stat().st_size < 1_000_000
    found = _outcomes(path, page_seconds=3)
    assert found
    assert all(isinstance(one, Failure) for one in found)


# ---------------------------------------------------------------- PDF


def test_a_pdf(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    path = tmp_path / "paper.pdf"
    second = "Two mortar rounds hit the market of Hodeidah on Friday. Nobody was hurt, a shopkeeper said to the Herald."
    running = [(70, 815, 9, "Tihama Herald Weekly"), (280, 30, 9, "1")]
    first_page = [
        (70, 780, 18, "Shells on Taiz"),
        (70, 755, 11, "5 April 2022"),
        *lines(STORY, 730),
        *lines(second, 680),
    ]
    second_page = [*lines("The army denied on Saturday that its guns had fired.", 780), *running]
    path.write_bytes(pdf([[*running, *first_page], second_page]))
    (report,) = _outcomes(path)
    assert isinstance(report, Report)
    assert report.title == "Shells on Taiz"
    assert report.text == f"{STORY}\n\n{second}\n\nThe army denied on Saturday that its guns had fired."
    assert str(report.published) == "2022-04-05"
    assert "PDF of 2 pages, made 2022-04-05" in report.notes
    assert {"Tihama Herald Weekly", "1"} <= set(report.boilerplate)


HOSTILE_PDF = {
    "junk": b"%PDF-1.7\n" + b"\xff\x00junk" * 5000,
    "cut": pdf([lines(STORY)])[:300],
    "pictures": pdf([[], []]),
    "locked": pdf([lines(STORY)], encrypted=True),
    "loop": pdf([lines(STORY)]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"),
    "book": pdf([lines(STORY)] * 301),
    "deep": b"%PDF-1.4\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\ntrailer\n<< /Root 1 0 R >>\n",
    "count": pdf([[]]).replace(b"/Count 1", b"/Count 999999999"),
}


@pytest.mark.parametrize("name", HOSTILE_PDF)
def test_a_hostile_pdf(name: str, tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(HOSTILE_PDF[name])
    _failure(path)


def test_a_pdf_that_unpacks_without_end(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    bomb = zlib.compress(b"BT (a) Tj ET " * 4_000_000, 1)
    plain = b"<< /Length 0 >>\nstream\n\nendstream"
    packed = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(bomb), bomb)
    path = tmp_path / "bomb.pdf"
    path.write_bytes(pdf([[]]).replace(plain, packed))
    _failure(path)
