"""Sentences coded by us besides those of gold/train: events by word numbers, without the texts themselves.

`coded/gmb.tsv` says of sentences of the Groningen Meaning Bank (VOA news, public domain) which events they tell of. One
line an event: sentence number, trigger, TYPE/mode, status (H happened, O ongoing, E expected, P possible, D denied),
actors, recipients, place, time, source. A span is "first-last" of the sentence's words as `plain` and `words` cut it,
several are parted by spaces, "-" is none. A sentence without events has one line with "-" alone.
"""

from __future__ import annotations

import re
from pathlib import Path

import gold
from corpora import CORPORA, gmb_rows
from labels import MODES, ROLES, STATUSES, TYPES
from trucewatch.language.words import words as cut

FILE = Path(__file__).with_name("coded") / "gmb.tsv"
STATUS = dict(zip("HOEPD", range(len(STATUSES)), strict=True))


def plain(tokens: list[str]) -> str:
    """Tokens as running text."""
    text = re.sub(r" ([.,;:!?%)])", r"\1", " ".join(tokens))
    text = re.sub(r"([($]) ", r"\1", text)
    text = re.sub(r" ('s|'re|'ve|'ll|'d|'m|n't|')(?= |$|[.,])", r"\1", text).replace(" - ", "-")
    out, opened = "", False
    for part in re.split(r'(\s*"\s*)', text):
        opened ^= part.strip() == '"'
        out += part if part.strip() != '"' else ' "' if opened else '" '
    return re.sub(r" +", " ", out).replace('" .', '".').replace('" ,', '",').strip()


def texts() -> dict[int, str]:
    """Every sentence of the corpus by its number."""
    out = {}
    for number, rows in gmb_rows(CORPORA / "names/gmb.csv.gz"):
        # cut once first, so that the words are those that the model reads
        out[number] = plain([token[a:b] for token, _ in rows for a, b in cut(token)])
    return out


def read(file: Path = FILE) -> list[gold.Sentence]:
    """The coded sentences, in the form of gold.read()."""
    known = texts()
    out: dict[int, gold.Sentence] = {}
    for row in file.read_text("utf-8").splitlines():
        number, *cells = row.split("\t")
        text = known[int(number)]
        sentence = out.setdefault(int(number), gold.Sentence(f"gmb{number}", text, cut(text)))
        if len(cells) > 1:
            sentence.lines.append(line(sentence, cells))
    return list(out.values())


def line(sentence: gold.Sentence, cells: list[str]) -> gold.Line:
    """One event of a sentence from its cells: trigger, type, status and the five roles."""
    trigger, kind, status, *roles = cells
    type_, _, mode = kind.partition("/")
    return gold.Line(
        characters(sentence, trigger),
        TYPES.index(type_) + 1,
        MODES.index(kind) + 1 if mode else 0,
        STATUS[status],
        [
            (role, *characters(sentence, span))
            for role, cell in zip(range(len(ROLES)), roles, strict=True)
            for span in cell.split(" ")
            if span != "-"
        ],
    )


def characters(sentence: gold.Sentence, span: str) -> tuple[int, int]:
    """ "3-5" to the characters from word 3 to word 5."""
    first, last = map(int, span.split("-"))
    return sentence.at[first][0], sentence.at[last][1]
