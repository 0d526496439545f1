"""Damaged files of many reports: whatever is changed in one, it gives reports and failures of one line, and nothing else."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reports.made import STORY
from tests.reports.outcomes import outcomes
from tests.watch.site import feed, sitemap
from trucewatch.errors import UnreadableError
from trucewatch.nouns import Failure, Report
from trucewatch.reports import listings


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("a.txt", STORY)
        out.writestr("b.csv", f'text,date\n"{STORY}",2022-04-05\n')
    return packed.getvalue()


def _tar() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as out:
        for name, content in (("a.txt", STORY), (f"{'long/' * 30}b.csv", f'text,date\n"{STORY}",2022-04-05\n')):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            out.addfile(info, io.BytesIO(content.encode()))
    return packed.getvalue()


POST = {"id": 1, "type": "message", "date": "2022-04-05T07:00:00", "text": [STORY, {"type": "bold", "text": "Now."}]}
EXPORT = (
    '<html><head><title>Exported Data</title></head><body><div class="page_wrap"><div class="page_header">'
    '<div class="text bold">Wire</div></div><div class="message default" id="message1"><div class="body">'
    '<div class="pull_right date details" title="05.04.2022 23:30:00">23:30</div><div class="forwarded body">'
    '<div class="from_name">Herald <span class="date" title="04.04.2022"></span></div>'
    f'<div class="text">{STORY}</div></div></div></div></div></body></html>'
)
MAIL = (
    "From: Herald <a@b.example>\nSubject: =?utf-8?b?VGFpeg==?=\nDate: Tue, 05 Apr 2022 07:00:00 +0300\nMIME-Version: 1.0\n"
    'Content-Type: multipart/mixed; boundary="xx"\n\n--xx\nContent-Type: text/plain; charset=utf-8\n'
    "Content-Transfer-Encoding: quoted-printable\n\n"
    f"{STORY}\n--xx\nContent-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''a%2Epdf\n\nx\n--xx--\n"
)
WHOLE = {
    "a.csv": f'id,text,date\n1,"{STORY}",2022-04-05\n2,"{STORY}",1649142000\n'.encode(),
    "a.jsonl": (json.dumps({"text": STORY, "date": "2022-04-05", "tags": ["a"]}) + "\n").encode() * 2,
    "a.json": json.dumps({"name": "Wire", "type": "public_channel", "id": 7, "messages": [POST, POST]}).encode(),
    "a.eml": MAIL.encode(),
    "a.mbox": (f"From a@b.example Tue Apr  5 07:00:00 2022\n{MAIL}\n" * 2).encode(),
    "a.xml": feed({"https://a.example/1": "Tue, 05 Apr 2022 07:00:00 GMT"}).encode(),
    "a.zip": _zip(),
    "a.tar": _tar(),
    "a.html": EXPORT.encode(),
    "a.txt.gz": gzip.compress(STORY.encode(), mtime=0),
}
LISTS = [
    feed({"https://a.example/1": "Tue, 05 Apr 2022 07:00:00 GMT", "/2": ""}).encode(),
    sitemap({"https://a.example/1": "2022-04-05"}).encode(),
    gzip.compress(sitemap({"https://a.example/map.xml": "2022-04-05"}, "sitemap").encode(), mtime=0),
    b"https://a.example/1\n# none\n",
]


def _damages(raw: bytes) -> st.SearchStrategy[bytes]:
    """The bytes with a few cut out, doubled or replaced by others."""

    def damaged(cuts: list[tuple[int, int, bytes]]) -> bytes:
        changed = raw
        for at, length, new in cuts:
            at %= len(changed) + 1
            changed = changed[:at] + new + changed[at + length :]
        return changed

    cut = st.tuples(st.integers(0, len(raw)), st.integers(0, 40), st.binary(max_size=6) | st.sampled_from(TRICKS))
    return st.lists(cut, max_size=4).map(damaged)


TRICKS = [
    b'"',
    b"\n",
    b"\r",
    b"\0",
    b"\xff\xfe",
    b"{",
    b"[",
    b"--xx\n",
    b"From ",
    b"=?",
    b"&#0;",
    b"<![CDATA[",
    b"\x1f\x8b",
]


@pytest.mark.parametrize("name", WHOLE)
def test_damaged_files(name: str, tmp_path: Path) -> None:
    path = tmp_path / name

    @given(_damages(WHOLE[name]))
    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    def hold(raw: bytes) -> None:
        path.write_bytes(raw)
        for found in outcomes([path]):
            assert isinstance(found, Report | Failure)
            if isinstance(found, Failure):
                assert "\n" not in found.reason
                assert found.reason

    hold()
    path.write_bytes(WHOLE[name])
    assert all(isinstance(found, Report) for found in outcomes([path]))


@pytest.mark.parametrize("number", range(len(LISTS)))
def test_damaged_lists_of_addresses(number: int) -> None:
    @given(_damages(LISTS[number]))
    def hold(raw: bytes) -> None:
        try:
            found = listings.read(raw, "https://a.example/list", 1_000_000)
        except UnreadableError:
            return
        assert all(one.url.startswith(("http://", "https://")) for one in (*found.reports, *found.lists))

    hold()
    assert listings.read(LISTS[number], "https://a.example/list", 1_000_000)
