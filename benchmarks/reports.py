"""Our own gold: 35 VOA news reports coded whole, 477 claims, to tune on, so that the gold development reports only measure.

    python -m benchmarks.reports [--errors]

``reports.json`` holds the claims as offsets; the texts (VOA, public domain) lie in ``shared/`` beside the repository, as sentences of
``gold/train`` (the eighth that no model is trained on) and of the M2E2 corpus. Coded by one reader each, in the way of the codebook.
What goes on is dated by the report's day here more often than in the development reports, so time tuned on these gains less there.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import gate
from trucewatch.language.words import words

FILE = Path(__file__).with_name("reports.json")
TRAIN = gate.GOLD / "train"
M2E2 = gate.GOLD.parent / "corpora" / "events" / "m2e2-voa.json.gz"
LONGEST = 16
"""Sentences of a report that were coded."""
_DATELINE = re.compile(r"^(?:.{5,140}?-[A-Z][A-Za-z .,']+ ?[—-]+ ?-|[A-Z][^.]{10,120}?-(?=[A-Z\"]))")


def texts() -> dict[str, list[str]]:
    """The sentences of every VOA report at hand, by the id that ``reports.json`` calls it."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(TRAIN.glob("t*.in.txt")):
        for line in file.read_text("utf-8").splitlines():
            if line.startswith("voa") and "\t" in line:
                key, sentence = line.split("\t", 1)
                found[key.rsplit(".", 1)[0]].append(sentence)
    whole: dict[str, list[str]] = defaultdict(list)
    for row in json.loads(gzip.decompress(M2E2.read_bytes())):
        name = "voa" + row["sentence_id"].rsplit("_", 1)[0].removeprefix("VOA_EN_NW_")
        whole[name].append(row["sentence"])
    cleaned = {name: list(_cleaned(rows)) for name, rows in whole.items()}
    return {name: [_closed(s) for s in rows[:LONGEST]] for name, rows in {**cleaned, **found}.items()}


def _cleaned(rows: Sequence[str]) -> Iterator[str]:
    """Without picture captions and single words, the headline and dateline taken off the first sentence."""
    for number, row in enumerate(rows):
        text = re.sub(r"\s+", " ", row.replace("\xa0", " ")).strip()
        if number == 0:
            text = _DATELINE.sub("", text, count=1).strip()
        if not text.startswith("FILE") and 4 <= len(words(text)) <= 70:
            yield text


def _closed(sentence: str) -> str:
    """The corpus lost the full stops."""
    return sentence if sentence.rstrip()[-1] in ".?!\"”’'" else sentence + "."


def gold() -> list[dict[str, Any]]:
    """The reports in the form of ``shared/gold/dev.json``; those whose text is not as it was coded are left out."""
    return [*spelled(json.loads(FILE.read_bytes()), texts())]


def spelled(cases: Iterable[dict[str, Any]], known: Mapping[str, list[str]]) -> Iterator[dict[str, Any]]:
    """Coded reports with the words of their texts, where these are as they were coded."""
    for case in cases:
        sentences = known.get(case["id"], [])
        text = " ".join(sentences)
        if hashlib.sha256(text.encode()).hexdigest()[:16] == case["sha256"]:
            claims = [_spelled(claim, text) for claim in case["claims"]]
            about = {"id": case["id"], "date": case["date"], "source": case.get("source", "VOA"), "title": None}
            yield {**about, "sentences": sentences, "claims": claims}


def _spelled(claim: dict[str, Any], text: str) -> dict[str, Any]:
    """A claim with its words in place of their offsets."""

    def named(part: dict[str, Any]) -> dict[str, Any]:
        start, end = part["text"]
        return {**part, "text": text[start:end]}

    start, end = claim["trigger"]
    sides = {side: [named(entity) for entity in claim[side]] for side in ("actors", "recipients")}
    place = claim["place"] and named(claim["place"])
    return {**claim, **sides, "place": place, "trigger": text[start:end]}


def main(arguments: Sequence[str] | None = None) -> int:
    """Code the reports and print the scorer's figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--errors", action="store_true", help="list what was missed, invented or mistyped")
    options = parser.parse_args(arguments)
    if not M2E2.exists():
        print("skipped: the texts (shared/ beside the repository) are not here")
        return 0
    print(scored(gold(), errors=options.errors))
    return 0


def scored(cases: Sequence[dict[str, Any]], *, errors: bool) -> str:
    """What the scorer prints of our claims on such reports."""
    with tempfile.TemporaryDirectory() as folder:
        file, predictions = Path(folder) / "gold.json", Path(folder) / "predictions.jsonl"
        file.write_text(json.dumps(cases))
        predictions.write_text("".join(json.dumps(claim) + "\n" for claim in gate.coded(cases)))
        return gate.score(predictions, file, errors=errors)


if __name__ == "__main__":
    sys.exit(main())
