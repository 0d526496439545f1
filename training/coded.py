"""Sentences coded by us besides those of gold/train.

`written/` holds long reports that we wrote and coded ourselves, in the files and the form of gold/train.

`coded/` says of sentences of others which events they tell of, by word numbers, without the texts: `gmb.tsv` of the
Groningen Meaning Bank (VOA news, public domain), `ewt.tsv` of weblogs and newsgroups of English-EWT (CC BY-SA 4.0),
`second.tsv` of long reports of gold/train, read a second time by one who had not seen how they are coded there. One line
an event: sentence, trigger, TYPE/mode, status (H happened, O ongoing, E expected, P possible, D denied), actors,
recipients, place, time, source. A span is "first-last" of the sentence's words as `words` cuts them, several are parted
by spaces, "-" is none. A sentence without events has one line with "-" alone.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path

import gold
from corpora import CORPORA, gmb_rows
from labels import MODES, ROLES, TYPES
from trucewatch.language.words import words as cut

HERE = Path(__file__).parent


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


def gmb_texts() -> dict[str, str]:
    """Every sentence of the Groningen Meaning Bank by its number, as running text."""
    out = {}
    for number, rows in gmb_rows(CORPORA / "names/gmb.csv.gz"):
        # cut once first, so that the words are those that the model reads
        out[str(number)] = plain([token[a:b] for token, _ in rows for a, b in cut(token)])
    return out


def ewt_texts() -> dict[str, str]:
    """Every sentence of the training part of English-EWT by its place in the file."""
    with gzip.open(CORPORA / "syntax/ewt-train.conllu.gz", "rt", encoding="utf-8") as lines:
        texts = [line.removeprefix("# text = ").strip() for line in lines if line.startswith("# text = ")]
    return {str(number): text for number, text in enumerate(texts)}


def gold_texts() -> dict[str, str]:
    """Every sentence of gold/train by its text and its place there."""
    out: dict[str, str] = {}
    places: Counter[str] = Counter()
    for sentence in gold.read():
        out[f"{sentence.text_id}.{places[sentence.text_id]}"] = sentence.text
        places[sentence.text_id] += 1
    return out


TEXTS = {"gmb": gmb_texts, "ewt": ewt_texts, "second": gold_texts}


def written() -> list[gold.Sentence]:
    """The reports that we wrote, in the form of gold.read()."""
    return gold.read(HERE / "written")


def others() -> list[gold.Sentence]:
    """The sentences of others that we coded, in the form of gold.read()."""
    return [sentence for corpus in TEXTS for sentence in numbered(corpus)]


def numbered(corpus: str) -> list[gold.Sentence]:
    """The coded sentences of a corpus of others."""
    known = TEXTS[corpus]()
    out: dict[str, gold.Sentence] = {}
    for row in (HERE / "coded" / f"{corpus}.tsv").read_text("utf-8").splitlines():
        key, *cells = row.split("\t")
        sentence = out.setdefault(key, gold.Sentence(f"{corpus}{key}", known[key], cut(known[key])))
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
        gold.STATUS[status],
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
