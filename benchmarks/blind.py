"""Gold of twelve readers who had seen nothing of what our coder makes of it: reports of agencies, papers, broadcasters, an
encyclopedia and digests of incidents, coded whole.

    python -m benchmarks.blind [--errors]

One part has since been read for errors; the other is the control, whose errors nobody has read: its figures are what to
expect of reports that nobody has seen. ``blind.json`` holds the claims as offsets; the texts (TimeBank, WikiEvents, South
Asian incident digests, VOA; for measuring alone) lie in ``shared/`` beside the repository. A report is its first sixteen sentences.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import re
import sys
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import sentencex

from benchmarks import gate, reports

FILE = Path(__file__).with_name("blind.json")
PARTS = ("read", "control")
CORPORA = gate.GOLD.parent / "corpora"
TIMEBANK = CORPORA / "times" / "timebank.tar.gz"
EVENTS = CORPORA / "events"
WORDS = range(4, 81)
"""Words of a sentence of WikiEvents; what is shorter or longer is no sentence."""
_GLUED = (
    (r" ([.,;:!?)\]%])", r"\1"),
    (r"([(\[$]) ", r"\1"),
    (r" ([’']) (s|t|re|ve|ll|d|m)\b", r"\1\2"),
    (r"(\w) ’ ", r"\1’ "),
    (r"(\w) - (\w)", r"\1-\2"),
    (r"“ ", r"“"),
    (r" ”", r"”"),
    (r"\b([A-Z])\. (?=[A-Z]\.)", r"\1."),
    (r"(\d), (\d{3})\b", r"\1,\2"),
    (r"(\d)\. (\d)", r"\1.\2"),
)
"""How WikiEvents' tokens become words again."""


def gold() -> list[dict[str, Any]]:
    """The reports in the form of ``shared/gold/dev.json``; those whose text is not as it was coded are left out."""
    return [*reports.spelled(json.loads(FILE.read_bytes()), texts())]


def texts() -> dict[str, list[str]]:
    """The sentences of every report at hand, by the id that ``blind.json`` calls it."""
    voa = {name: rows for name, rows in reports.texts().items() if rows}
    return voa | dict(_timebank()) | dict(_wikievents()) | dict(_digests())


def _timebank() -> Iterator[tuple[str, list[str]]]:
    with tarfile.open(TIMEBANK) as archive:
        for member in archive.getmembers():
            held = archive.extractfile(member) if member.name.endswith(".tml") else None
            body = re.search(r"<TEXT>(.*?)</TEXT>", held.read().decode(), re.DOTALL) if held else None
            if not body:
                continue
            plain = html.unescape(re.sub(r"<[^>]+>", "", body[1])).replace("``", '"').replace("''", '"')
            blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", plain)]
            rows = [row.strip() for block in blocks if block for row in sentencex.segment("en", block)]
            name = member.name.rsplit("/", 1)[-1].removesuffix(".tml")
            yield f"tb-{name}", [row for row in rows if len(row.split()) >= WORDS.start][: reports.LONGEST]


def _wikievents() -> Iterator[tuple[str, list[str]]]:
    files = [EVENTS / f"wikievents-{part}.jsonl.gz" for part in ("train", "dev")]
    documents = [json.loads(line) for file in files for line in gzip.decompress(file.read_bytes()).splitlines()]
    for document in documents:
        name = document.get("docid") or document["doc_id"]
        rows = [_joined(row if isinstance(row, str) else row[-1]) for row in document["sentences"]]
        kept = [row for row in rows if len(row.split()) in WORDS][: reports.LONGEST]
        yield f"we-{name}", [row if row[-1] in '.?!"”’' else f"{row}." for row in kept]


def _joined(tokens: str) -> str:
    """A sentence of tokens as it was printed; straight quotation marks open and close in turn."""
    text = " ".join(tokens.split())
    for pattern, with_ in _GLUED:
        text = re.sub(pattern, with_, text)
    first, *parts = text.split('"')
    for number, part in enumerate(parts):
        if number % 2 == 0:
            first = first.rstrip() + (' "' if first.strip() else '"') + part.lstrip()
        else:
            first = first.rstrip() + '"' + (" " if part and part[0] not in ".,;:!?" else "") + part.lstrip()
    return first.strip()


def _digests() -> Iterator[tuple[str, list[str]]]:
    for number, line in enumerate((EVENTS / "satp-train.tsv").read_text("utf-8").splitlines()):
        yield f"sa-{number}", [row.strip() for row in sentencex.segment("en", line.split("\t")[0].strip())]


def main(arguments: Sequence[str] | None = None) -> int:
    """Code the reports and print the scorer's figures, of each part."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--errors", action="store_true", help="list what was missed, invented or mistyped in the part that may be read"
    )
    options = parser.parse_args(arguments)
    if not TIMEBANK.exists():
        print("skipped: the texts (shared/ beside the repository) are not here")
        return 0
    part = {case["id"]: case["part"] for case in json.loads(FILE.read_bytes())}
    cases = gold()
    for name in PARTS:
        its = [case for case in cases if part[case["id"]] == name]
        print(f"{name}:", reports.scored(its, errors=options.errors and name == "read"), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
