"""Bundles of evidence: what is in one, that it is the same each time, and that no change goes unseen."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.asking import asked
from tests.brief import made as briefs
from tests.desk.made import day, judgement
from tests.export import made
from trucewatch import brief, rulings, truces
from trucewatch.cli import main
from trucewatch.desk import Desk, IncidentFilter
from trucewatch.errors import DeskError, UnreadableError
from trucewatch.export import bundle
from trucewatch.export.bundle import allows_text
from trucewatch.export.verify import verify
from trucewatch.nouns import Ruling, Status

TABLES = "incidents.jsonl claims.jsonl passages.jsonl reports.jsonl stories.jsonl judgements.jsonl".split()


def packed(path: Path, wanted: IncidentFilter | None = None, with_texts: bool = False) -> bytes:
    """The bundle of a desk's incidents."""
    file = io.BytesIO()
    with Desk.open(path, create=False) as opened:
        view = bundle.of_filter(opened, wanted or IncidentFilter())
        bundle.write(file, opened, view, with_texts=with_texts)
    return file.getvalue()


def files(content: bytes) -> dict[str, bytes]:
    """The files of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lines(content: bytes) -> list[dict[str, object]]:
    """The rows of JSON lines."""
    return [json.loads(line) for line in content.splitlines()]


@pytest.fixture(scope="module")
def content(desk: Path) -> bytes:
    return packed(desk)


def test_a_bundle_holds_the_claims_their_words_and_the_versions(content: bytes) -> None:
    held = files(content)
    assert list(held)[: len(TABLES) + 1] == ["README.txt", *TABLES]
    assert list(held)[-2:] == ["SHA256SUMS", "manifest.json"]
    claims, passages = lines(held["claims.jsonl"]), lines(held["passages.jsonl"])
    assert len(claims) == len(passages) == len(made.TOLD)
    assert claims[0]["coded_by"] == {"code": "1", "tables": "aaa", "model": "mmm"}
    (aircraft,) = [row for row in passages if row["report"] == made.report(0).id]
    assert aircraft["trigger"] == {"start": 0, "end": 6, "text": "Aircra"}
    assert aircraft["sentences"] == [{"start": 0, "end": 35, "text": "Aircraft bombed Ariha."}]
    manifest = json.loads(held["manifest.json"])
    assert manifest["counts"] == {"incidents": 9, "claims": 11, "reports": 11, "judgements": 0, "texts": 2}
    assert set(manifest["files"]) == set(held) - {"manifest.json"}


def test_the_same_desk_gives_the_same_bundle(desk: Path, content: bytes, tmp_path: Path) -> None:
    with asked() as times:
        assert packed(desk) == content
    assert max(times.values()) < 5, times.most_common(3)
    again = made.desk(tmp_path / "again.desk")
    assert packed(again) == content


def test_whole_texts_are_in_it_only_by_leave_or_by_wish(desk: Path, content: bytes) -> None:
    free = {f"texts/{made.report(number).id}.txt" for number in (1, 4)}
    assert {name for name in files(content) if name.startswith("texts/")} == free
    every = files(packed(desk, with_texts=True))
    assert sum(name.startswith("texts/") for name in every) == len(made.TOLD)
    for row in lines(every["reports.jsonl"]):
        text = every[f"texts/{row['id']}.txt"]
        assert row["text_sha256"] == hashlib.sha256(text).hexdigest()
        assert not {"text", "boilerplate", "source"} & set(row)
    assert b"private/inbox" not in b"".join(every.values())


@pytest.mark.parametrize(
    ("note", "leave"),
    [
        (None, False),
        ("© Example 2021. All rights reserved.", False),
        ("This work is in the public domain.", True),
        ("CC BY 4.0", True),
        ("Licensed under CC BY-SA 3.0.", True),
        ("https://creativecommons.org/licenses/by/4.0/", True),
        ("https://creativecommons.org/licenses/by-nc/4.0/", False),
        ("CC BY-NC 4.0", False),
        ("CC-BY-ND", False),
        ("Creative Commons Attribution-NonCommercial 4.0", False),
        ("Creative Commons Attribution 4.0 International", True),
        ("Our texts are in the public domain, photographs are not.", False),
        ("This page may be republished for non-commercial purposes.", False),
        ("Open Government Licence v3.0", True),
    ],
)
def test_leave_is_what_a_note_says_without_a_but(note: str | None, leave: bool) -> None:
    assert allows_text(note) is leave


def test_what_people_ruled_is_in_it_with_what_was_coded(tmp_path: Path) -> None:
    path = made.desk(tmp_path / "judged.desk")
    with Desk.open(path) as opened:
        right = judgement(made.claim(0), ruling=Ruling.CORRECT, field="killed", value='{"low": 6, "high": 6}')
        apart = judgement(made.claim(0), made.claim(1), ruling=Ruling.SAME)
        for one in (right, apart, judgement(made.claim(10), ruling=Ruling.REJECT)):
            rulings.adopt(opened, [one])
    held = files(packed(path, IncidentFilter(place="Ariha")))
    assert [row["ruling"] for row in lines(held["judgements.jsonl"])] == ["correct", "same"]
    (corrected,) = [row for row in lines(held["claims.jsonl"]) if "as_coded" in row]
    assert corrected["claim"]["killed"] == {"low": 6, "high": 6}  # type: ignore[index]
    assert corrected["as_coded"]["killed"] == {"low": 5, "high": 5}  # type: ignore[index]


def test_a_truces_week_holds_its_brief_and_all_that_it_cites(tmp_path: Path) -> None:
    path = briefs.desk(
        tmp_path / "week.desk",
        briefs.told("The army shelled rebels at Ariha on Wednesday, and two died."),
        briefs.told("No air strike fell.", mode="aerial", status=Status.DENIED, outlet="AFP"),
        briefs.told("The army shelled a market the week after.", time=day(2021, 10, 7)),
    )
    file, week = io.BytesIO(), brief.week("2021-W39")
    with Desk.open(path) as opened:
        view = bundle.of_week(opened, truces.load()[briefs.TRUCE], week)
        bundle.write(file, opened, view)
    held = files(file.getvalue())
    assert view.brief is not None
    ids = {row["claim"]["id"] for row in lines(held["claims.jsonl"])}  # type: ignore[index]
    assert {cited.claim for cited in view.brief.cited} <= ids
    (shelling,) = lines(held["incidents.jsonl"])
    assert len(ids) == 2
    assert {row["incident"] for row in lines(held["ledger.jsonl"]) if "incident" in row} == {shelling["id"]}
    assert held["brief.html"].startswith(b"<!")
    assert lines(held["truce.jsonl"])[0]["id"] == briefs.TRUCE
    assert json.loads(held["manifest.json"])["asked"] == {"truce": briefs.TRUCE, "week": "2021-W39"}


def test_of_nothing_no_bundle_is_made(desk: Path) -> None:
    with pytest.raises(DeskError, match="nothing to bundle"):
        packed(desk, IncidentFilter(place="Atlantis"))


def test_a_bundle_may_be_of_incidents_by_id(desk: Path) -> None:
    file = io.BytesIO()
    with Desk.open(desk, create=False) as opened:
        some = [one.id for one in opened.incidents(IncidentFilter(place="Saraqib"))]
        bundle.write(file, opened, bundle.of_ids(opened, [some[0][:5], some[0]]))
    held = files(file.getvalue())
    assert [row["id"] for row in lines(held["incidents.jsonl"])] == some
    assert json.loads(held["manifest.json"])["asked"] == {"incidents": some[0]}


def test_a_desk_that_changes_meanwhile_gives_no_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, on = made.desk(tmp_path / "busy.desk"), rulings.on

    def meddled(*given: Any) -> Any:
        with Desk.open(path) as other:
            rulings.adopt(other, [judgement(made.claim(0), ruling=Ruling.ACCEPT)])
        return on(*given)

    monkeypatch.setattr(rulings, "on", meddled)
    with pytest.raises(DeskError, match="has changed while the bundle was made"):
        packed(path)


# ---------------------------------------------------------------- verified


def repacked(content: bytes, path: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """A zip with its files changed."""
    held = files(content)
    change(held)
    with zipfile.ZipFile(path, "w") as archive:
        for name, piece in held.items():
            archive.writestr(name, piece)
    return path


def test_an_untouched_bundle_is_as_it_was_made(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "whole.zip"
    path.write_bytes(content)
    found = verify(path)
    assert found.faults == ()
    assert found.manifest == hashlib.sha256(files(content)["manifest.json"]).hexdigest()
    assert found.files == len(files(content)) - 1


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda held: held.update({"claims.jsonl": held["claims.jsonl"].replace(b"happened", b"denied  ")}), "changed"),
        (lambda held: held.update({"claims.jsonl": held["claims.jsonl"] + b"{}\n"}), "changed: longer than it was"),
        (lambda held: held.update({"claims.jsonl": held["claims.jsonl"][:-9]}), "changed: shorter than it was"),
        (lambda held: held.pop("claims.jsonl"), "taken out"),
    ],
)
def test_a_changed_file_is_named(
    content: bytes, tmp_path: Path, change: Callable[[dict[str, bytes]], object], fault: str
) -> None:
    assert verify(repacked(content, tmp_path / "changed.zip", change)).faults == (f"claims.jsonl: {fault}",)


def test_a_file_put_in_and_one_that_is_there_twice_are_named(content: bytes, tmp_path: Path) -> None:
    path = repacked(content, tmp_path / "more.zip", lambda held: held.update({"extra.txt": b"more"}))
    assert verify(path).faults == ("extra.txt: put in",)
    path.write_bytes(content)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("claims.jsonl", b"{}\n")
    assert verify(path).faults == ("claims.jsonl: twice in it",)


def test_a_new_manifest_has_another_number(content: bytes, tmp_path: Path) -> None:
    def forge(held: dict[str, bytes]) -> None:
        held["claims.jsonl"] = b"{}\n"
        manifest = json.loads(held["manifest.json"])
        manifest["files"]["claims.jsonl"] = {"sha256": hashlib.sha256(b"{}\n").hexdigest(), "bytes": 3}
        held["manifest.json"] = json.dumps(manifest).encode()

    forged = verify(repacked(content, tmp_path / "forged.zip", forge))
    assert forged.faults == ()
    assert forged.manifest != hashlib.sha256(files(content)["manifest.json"]).hexdigest()


@pytest.mark.parametrize(
    ("made_up", "reason"),
    [
        (b"no zip", "no bundle that can be read"),
        (b"", "no bundle that can be read"),
        ({"a.txt": b"a"}, "there is no manifest.json in it"),
        ({"manifest.json": b"{"}, "cannot be read"),
        ({"manifest.json": b'{"form": 1}'}, "cannot be read"),
    ],
)
def test_what_is_no_bundle_is_told(tmp_path: Path, made_up: bytes | dict[str, bytes], reason: str) -> None:
    path = tmp_path / "none.zip"
    if isinstance(made_up, bytes):
        path.write_bytes(made_up)
    else:
        with zipfile.ZipFile(path, "w") as archive:
            for name, piece in made_up.items():
                archive.writestr(name, piece)
    with pytest.raises(UnreadableError, match=reason):
        verify(path)


def test_bytes_that_belong_to_no_file_are_found(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "stuffed.zip"
    for stuffed in (content + b"more", b"more" + content):
        path.write_bytes(stuffed)
        assert verify(path).faults == ("4 bytes belong to no file in it",)
    path.write_bytes(content)
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"more"
    assert verify(path).faults == ("4 bytes belong to no file in it",)
    with zipfile.ZipFile(path, "w") as archive:
        for name, held in files(content).items():
            archive.writestr(name, held)
            archive.fp.seek(archive.start_dir)  # type: ignore[union-attr]
            archive.fp.write(b"more")  # type: ignore[union-attr]
            archive.start_dir += 4
    assert verify(path).faults == (f"{4 * len(files(content))} bytes belong to no file in it",)


def test_a_flipped_byte_of_any_file_never_passes(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "flipped.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        held = archive.infolist()
        middles = [one.header_offset + 30 + len(one.filename) + one.compress_size // 2 for one in held if one.file_size]
    for at in middles:
        path.write_bytes(content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :])
        with contextlib.suppress(UnreadableError):  # that the manifest cannot be read
            assert verify(path).faults


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bundle_packed_anew_and_damaged_is_told(content: bytes, tmp_path: Path, packing: int) -> None:
    path = tmp_path / "anew.zip"
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, held in files(content).items():
            archive.writestr(name, held)
    whole = path.read_bytes()
    at = whole.index(b"README.txt") + 40
    path.write_bytes(whole[:at] + bytes(0xFF ^ byte for byte in whole[at : at + 20]) + whole[at + 20 :])
    assert any(one.startswith("README.txt: changed") for one in verify(path).faults)
    path.write_bytes(whole.replace(b"README.txt", b"README\xff\xfft"))
    with contextlib.suppress(UnreadableError):
        assert verify(path).faults


def test_a_newer_bundle_is_left_to_a_newer_trucewatch(content: bytes, tmp_path: Path) -> None:
    def newer(held: dict[str, bytes]) -> None:
        held["manifest.json"] = held["manifest.json"].replace(b'"form": 1', b'"form": 9')

    with pytest.raises(UnreadableError, match="made by a newer Trucewatch"):
        verify(repacked(content, tmp_path / "newer.zip", newer))


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="there is no sha256sum")
def test_it_can_be_verified_without_trucewatch(content: bytes, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=tmp_path, check=True)


def test_the_command_makes_and_verifies(desk: Path, tmp_path: Path) -> None:
    def call(*words: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(main, ["bundle", *words])
        return result.exit_code, result.stdout, result.stderr

    path, known = tmp_path / "ariha.zip", ("--desk", str(desk))
    code, made_as, _ = call("--place", "Ariha", "-o", str(path), *known)
    assert code == 0
    code, found, told = call("--verify", str(path))
    assert (code, found) == (0, made_as)
    assert "it is as it was made" in told
    code, _, told = call("--place", "Ariha", "-o", str(path), *known)
    assert code == 1 and "left as it is" in told
    assert call("--place", "Ariha", "-o", str(path), "--force", *known)[:2] == (0, made_as)
    repacked(path.read_bytes(), path, lambda held: held.pop("stories.jsonl"))
    code, found, told = call("--verify", str(path))
    assert code == 1 and found.startswith("stories.jsonl: taken out\n") and "NOT as it was made" in told
    code, _, told = call("--place", "Atlantis", "-o", str(tmp_path / "none.zip"), *known)
    assert code == 1 and "nothing to bundle" in told
    assert not list(tmp_path.glob("none.zip*"))
    assert call(*known)[0] == call("--week", "2021-W39", "-o", "x", *known)[0] == 2
    assert call("i123", "--place", "Ariha", "-o", "x", *known)[0] == call("--verify", "a", "-o", "x")[0] == 2
