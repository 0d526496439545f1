"""The long reports that we wrote to train on: every coded span stands in its sentence, every group names lines of one report."""

from __future__ import annotations

from pathlib import Path

import pytest

from trucewatch import codebook

WRITTEN = Path(__file__).parent.parent / "training" / "written"
TEXTS = sorted(WRITTEN.glob("*.in.txt"))


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.name.removesuffix(".in.txt"))
def test_lines_and_groups_fit_their_texts(file: Path) -> None:
    book = codebook.load()
    stem = file.name.removesuffix(".in.txt")
    rows = [row.split("\t", 1) for row in file.read_text("utf-8").splitlines() if not row.startswith("## ")]
    sentences = dict(rows)
    assert len(sentences) == len(rows)
    coded = [row.split("\t") for row in (WRITTEN / f"{stem}.tsv").read_text("utf-8").splitlines()]
    for key, trigger, kind, status, *roles, _ in coded:
        type_, _, mode = kind.partition("/")
        spans = [part for cell in roles if cell != "-" for part in cell.split(" ; ")]
        assert not [part for part in (trigger, *spans) if part not in sentences[key]], key
        assert status in "HOEPD", key
        assert type_ in book.types, key
        assert not mode or kind in book.modes, key
    for row in (WRITTEN / f"{stem}.same").read_text("utf-8").splitlines():
        report, lines = row.split("\t")
        assert {coded[int(line) - 1][0].rpartition(".")[0] for line in lines.split(",")} == {report}
