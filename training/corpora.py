"""Readers: each corpus of ../shared/corpora as a list of Examples, re-cut to the package's own words."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from labels import DEPRELS, FRAMES, NAME_TAGS, SHARED, UPOS
from trucewatch.language.words import words as cut

CORPORA = SHARED / "corpora"
_REL = {"obl:npmod": "obl:unmarked", "obl:tmod": "obl:unmarked", "nmod:npmod": "nmod:unmarked"}


@dataclass
class Event:
    """One coded event: trigger word, labels, and arcs (role index, word)."""

    word: int
    type: int
    mode: int
    status: int
    arcs: list[tuple[int, int]] = field(default_factory=list)
    group: int = -1
    """Events of one text with the same group tell of one event."""


class Soft(NamedTuple):
    """What a teacher says of a sentence of W words: probabilities, half precision."""

    types: NDArray[np.float16]  # (W, types and none)
    status: NDArray[np.float16]  # (W, statuses)
    modes: NDArray[np.float16]  # (W, modes and none)
    triggers: NDArray[np.int64]  # (T,) the words that may be triggers
    roles: NDArray[np.float16]  # (roles, T, W) of these


@dataclass
class Example:
    """One sentence with whatever its corpus labels; None where it labels nothing."""

    words: list[str]
    upos: list[int] | None = None
    heads: list[int] | None = None  # len(words) stands for the root
    rels: list[int] | None = None
    names: list[int] | None = None
    frames: list[int] | None = None
    events: list[Event] | None = None
    preds: list[tuple[int, list[tuple[int, int]]]] | None = None  # PropBank: predicate, arcs (role index, word)
    facts: list[tuple[int, bool]] | None = None
    """Predicates that are said to be real, or not (factuality corpora)."""
    soft: Soft | None = None
    text: str = ""
    grouped: bool = False
    """Whether the events of its text are grouped by event."""


def conllu(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    rows: list[list[str]] = []
    name = ""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# sent_id"):
                name = line.split("=", 1)[1].strip()
            elif not line.strip():
                if rows:
                    yield name, rows
                rows = []
            elif line[0] != "#":
                cells = line.rstrip("\n").split("\t")
                if cells[0].isdigit():
                    rows.append(cells)
    if rows:
        yield name, rows


def parsed(path: Path) -> dict[str, Example]:
    """A UD treebank; `dep` where a relation is outside our inventory."""
    out = {}
    for name, rows in conllu(path):
        rels = [_REL.get(r[7], r[7]) for r in rows]
        out[name] = Example(
            words=[r[1] for r in rows],
            upos=[UPOS.index(r[3]) if r[3] in UPOS else UPOS.index("X") for r in rows],
            heads=[len(rows) if r[6] == "0" else int(r[6]) - 1 for r in rows],
            rels=[DEPRELS.index(r if r in DEPRELS else "dep") for r in rels],
            text=name,
        )
    return out


def tags(kinds: Iterable[str | None], begins: Iterable[bool]) -> list[int]:
    """Entity kinds per word (None outside) and whether one begins there -> BIO tag indices."""
    out, before = [], None
    for kind, begin in zip(kinds, begins, strict=True):
        out.append(0 if kind is None else NAME_TAGS.index(("B-" if begin or kind != before else "I-") + kind))
        before = kind
    return out


ANY_OUTSIDE, UNKNOWN = -2, -1
"""Name targets of corpora that label only PER, LOC and ORG: "no such name here" and "not said"."""


def partial(kinds: list[str], begins: list[bool]) -> list[int]:
    """Names of a corpus without demonyms and times: what lies outside may be one of those."""
    known = [k if k in ("PER", "LOC", "ORG") else None for k in kinds]
    return [tag or (UNKNOWN if kind else ANY_OUTSIDE) for tag, kind in zip(tags(known, begins), kinds, strict=True)]


def add_uner(examples: dict[str, Example], path: Path) -> None:
    """Universal NER over EWT: names for sentences that are parsed already (same words)."""
    name, rows = "", []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            if line.startswith("# sent_id"):
                name = line.split("=", 1)[1].strip()
            elif not line.strip():
                example = examples.get(name)
                if example and len(rows) == len(example.words):
                    example.names = partial([t[2:] for t in rows], [t[0] == "B" for t in rows])
                rows = []
            elif line[0] != "#":
                rows.append(line.split("\t")[2].strip())


def add_propbank(examples: dict[str, Example], path: Path) -> None:
    """PropBank arguments as arcs from a predicate to the head word of each argument."""
    role = {"ARG0": 0, "ARG1": 1, "ARG2": 1, "ARGM-LOC": 2, "ARGM-TMP": 3}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            example = examples.get(row["id"])
            if not example or row["words"] != example.words or example.heads is None:
                continue
            example.preds = []
            for pred in row["preds"]:
                arcs = []
                for label, start, end in pred["spans"]:
                    head = span_head(example.heads, start, end)
                    if label in role and head is not None:
                        arcs.append((role[label], head))
                example.preds.append((pred["i"], arcs))


def span_head(heads: list[int], start: int, end: int) -> int | None:
    """The first word of start..end whose head lies outside."""
    return next((i for i in range(start, end) if not start <= heads[i] < end), None)


def recut(tokens: list[str], spread: list[str | None], begins: list[bool]) -> Example:
    """Cut each foreign token to our words; entity kinds go to every part."""
    out: list[str] = []
    kinds: list[str | None] = []
    edges: list[bool] = []
    for token, kind, begin in zip(tokens, spread, begins, strict=True):
        for i, (a, b) in enumerate(cut(token)):
            out.append(token[a:b])
            kinds.append(kind)
            edges.append(begin and i == 0)
    return Example(words=out, names=tags(kinds, edges))


def gmb_rows(path: Path) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """The sentences of the Groningen Meaning Bank: number, and (token, name tag) pairs."""
    number = 0
    rows: list[tuple[str, str]] = []
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as lines:
        for cells in [*csv.reader(lines), ["Sentence: 0", "", "", ""]]:
            if cells[0].startswith("Sentence:"):
                if rows:
                    yield number, rows
                number, rows = int(cells[0].split(":")[1]), []
            if cells[0] != "Sentence #" and len(cells) == 4 and cells[1]:
                rows.append(({"``": '"', "''": '"'}.get(cells[1], cells[1]), cells[3]))


def gmb(path: Path) -> list[Example]:
    """Groningen Meaning Bank: silver names and times of VOA news."""
    kinds = {"per": "PER", "geo": "LOC", "gpe": "NORP", "org": "ORG", "tim": "TIME"}
    out = []
    for _, rows in gmb_rows(path):
        out.append(recut([t for t, _ in rows], [kinds.get(k[2:]) for _, k in rows], [k[0] == "B" for _, k in rows]))
    return [e for e in out if 3 <= len(e.words) <= 100]


def wikigold(path: Path) -> list[Example]:
    out, rows = [], []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            if not line.strip():
                if rows:
                    example = recut([w for w, _ in rows], [None] * len(rows), [False] * len(rows))
                    if len(example.words) == len(rows):
                        example.names = partial([t[2:] for _, t in rows], [False] * len(rows))
                        out.append(example)
                rows = []
            elif not line.startswith("-DOCSTART"):
                word, tag = line.split()
                rows.append((word, tag))
    return [e for e in out if len(e.words) >= 3]


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def re3d(folder: Path) -> list[Example]:
    from trucewatch.language.words import sentences

    kinds = {
        "Organisation": "ORG",
        "Location": "LOC",
        "Person": "PER",
        "Nationality": "NORP",
        "Temporal": "TIME",
    }
    out = []
    for part in sorted(folder.iterdir()):
        if not part.is_dir():
            continue
        spans: dict[str, list[tuple[int, int, str]]] = {}
        for row in _rows(part / "entities.json"):
            if (row["type"] in kinds and row["value"][:1].isupper()) or row["type"] == "Temporal":
                spans.setdefault(row["documentId"], []).append(
                    (row["begin"], row["end"], kinds.get(row["type"], "TIME"))
                )
        for doc in _rows(part / "documents.json"):
            for a, b in sentences(doc["text"]):
                at = [(a + x, a + y) for x, y in cut(doc["text"][a:b])]
                kind: list[str | None] = [None] * len(at)
                begin = [False] * len(at)
                for s, e, k in sorted(spans.get(doc["_id"], []), key=lambda t: t[0] - t[1]):
                    inside = [i for i, (x, y) in enumerate(at) if x >= s and y <= e]
                    if inside and all(kind[i] is None for i in inside):
                        for i in inside:
                            kind[i], begin[i] = k, i == inside[0]
                if 3 <= len(at) <= 100:
                    out.append(Example(words=[doc["text"][x:y] for x, y in at], names=tags(kind, begin)))
    return out


def maven(path: Path) -> list[Example]:
    """MAVEN triggers of Wikipedia sentences; the label sits on the last word of a trigger."""
    out = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            words: list[str] = []
            last: list[int] = []
            for token in row["tokens"]:
                words += [token[a:b] for a, b in cut(token)]
                last.append(len(words) - 1)
            frames = [0] * len(words)
            for event in row["events"]:
                frames[last[event["end"] - 1]] = FRAMES.index(event["event_type"]) + 1
            if 3 <= len(words) <= 100:
                out.append(Example(words=words, frames=frames))
    return out


def factuality(path: Path) -> list[Example]:
    """Predicates with a judgement from -3 (certainly did not happen) to 3 (certainly did); those near 0 are left out."""
    out: dict[str, Example] = {}
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            example = out.setdefault(row["text"], Example(words=row["text"].split(" "), facts=[]))
            assert example.facts is not None
            example.facts += [(t["span1"][0], t["label"] > 0) for t in row["targets"] if abs(t["label"]) >= 1]
    return [e for e in out.values() if e.facts and len(e.words) <= 80]


def other_kinds() -> list[list[str]]:
    """Sentences of encyclopedia, weblogs, newsgroups, letters, interviews and speeches: what short news is not like."""
    ewt = parsed(CORPORA / "syntax/ewt-train.conllu.gz")
    running = [e for name, e in ewt.items() if name.startswith(("weblog", "newsgroup", "email"))]
    gum = parsed(CORPORA / "syntax/gum-nonnc-train.conllu.gz").values()
    return [e.words for e in (*running, *gum, *maven(CORPORA / "events/maven-union.jsonl.gz"))]


def first_stage() -> dict[str, list[Example]]:
    """Corpora of the first stage by task group."""
    ewt = parsed(CORPORA / "syntax/ewt-train.conllu.gz")
    add_uner(ewt, CORPORA / "names/uner-train.iob2.gz")
    add_propbank(ewt, CORPORA / "srl/ewt-train.jsonl.gz")
    gum = parsed(CORPORA / "syntax/gum-nonnc-train.conllu.gz")
    return {
        "syntax": [e for e in [*ewt.values(), *gum.values()] if len(e.words) <= 100],
        "names": gmb(CORPORA / "names/gmb.csv.gz"),
        "names-small": wikigold(CORPORA / "names/wikigold.conll.gz") + re3d(CORPORA / "names/re3d"),
        "frames": maven(CORPORA / "events/maven-union.jsonl.gz"),
    }
