"""Archives of many files: what of a damaged one is still read, and what is packed in what."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.reports.made import PAGE, warc
from trucewatch import reports
from trucewatch.nouns import Failure, Report


def _read(path: Path) -> list[Report | Failure]:
    return list(reports.read([path]))


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
