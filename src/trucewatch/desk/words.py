"""Full-text search: the words of reports, folded, and found wherever they stand, inside longer words too.

SQLite has an index of trigrams of its own (FTS5). For PostgreSQL each trigram is written as a number into an
array with an inverted index: its own index of trigrams is an extension that a server may not have.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sql
from sqlalchemy.dialects import postgresql

from trucewatch.codebook import fold
from trucewatch.desk.schema import reports
from trucewatch.errors import WrongCallError
from trucewatch.nouns import Report

GRAM = 3
_QUOTED = re.compile(r'"([^"]*)"|(\S+)')

report_words = sql.table(
    "report_words",
    sql.column("report", sql.Integer),
    sql.column("words", sql.Text),
    sql.column("trigrams", postgresql.ARRAY(sql.Integer)),
)
_docsizes = sql.table("report_words_docsize", sql.column("id", sql.Integer))
_INDEXED = {
    name: sql.select(column).where(column.in_(sql.bindparam("numbers", expanding=True)))
    for name, column in (("sqlite", _docsizes.c.id), ("postgresql", report_words.c.report))
}
"""Which reports are in the index; SQLite's own keeps their sizes under their numbers."""


def folded(text: str) -> str:
    """A text as it is searched in: lower case, without accents and marks, each word after a space."""
    # Past the cache of `fold`, which is for names: texts would fill it.
    return f" {fold.__wrapped__(text)}"


def keys(query: str) -> list[str]:
    """What must all be found: the words of a query, or several at once between quotation marks.

    Raises WrongCallError where one is shorter than three letters, which no index of trigrams can find.
    """
    found = [fold(quoted or word) for quoted, word in _QUOTED.findall(query)]
    kept = [key for key in found if key]
    short = [key for key in kept if len(key) < GRAM]
    if short or not kept:
        shown = f"{short[0]!r} is too short: " if short else ""
        raise WrongCallError(
            f"{shown}a search takes words of at least {GRAM} letters; put short ones in quotation marks "
            "together with their neighbours"
        )
    return kept


def index(connection: sql.Connection, numbered: Iterable[tuple[int, Report]]) -> None:
    """Add those reports to the index, each under its number, that are not in it."""
    every = dict(numbered)
    fresh = every.keys() - set(indexed(connection, every))
    words = [(number, folded(f"{every[number].title or ''}\n{every[number].text}")) for number in sorted(fresh)]
    if not words:
        return
    if connection.dialect.name == "sqlite":
        rows = [{"number": number, "words": text} for number, text in words]
        connection.execute(sql.text("INSERT INTO report_words (rowid, words) VALUES (:number, :words)"), rows)
    else:
        more = [{"report": number, "words": text, "trigrams": trigrams(text)} for number, text in words]
        connection.execute(sql.insert(report_words), more)


def indexed(connection: sql.Connection, numbers: Iterable[int]) -> Iterator[int]:
    """Which of these reports are in the index."""
    return connection.execute(_INDEXED[connection.dialect.name], {"numbers": list(numbers)}).scalars()


def clear(connection: sql.Connection) -> None:
    """Empty the index."""
    sqlite = "INSERT INTO report_words (report_words) VALUES ('delete-all')"
    connection.execute(sql.text(sqlite if connection.dialect.name == "sqlite" else "DELETE FROM report_words"))


def matching(dialect: str, wanted: Sequence[str]) -> sql.ColumnElement[bool]:
    """Whether a report holds all of these folded words."""
    if dialect == "sqlite":
        phrases = " AND ".join(f'"{word}"' for word in wanted)
        found = sql.text("SELECT rowid FROM report_words WHERE report_words MATCH :phrases")
        return reports.c.number.in_(found.bindparams(phrases=phrases).columns(sql.column("rowid")).subquery().select())
    every = sorted({gram for word in wanted for gram in trigrams(word)})
    held = sql.and_(
        report_words.c.trigrams.contains(every),
        *(report_words.c.words.contains(word, autoescape=True) for word in wanted),
    )
    return reports.c.number.in_(sql.select(report_words.c.report).where(held))


def trigrams(text: str) -> list[int]:
    """The different runs of three characters of a folded text, each as a number of 32 bits with a sign."""
    grams = {text[at : at + GRAM] for at in range(len(text) - GRAM + 1)}
    return sorted(zlib.crc32(gram.encode("utf-8", "surrogatepass")) - 2**31 for gram in grams)


def excerpt(text: str, wanted: Sequence[str]) -> str:
    """The first sentence of a text that holds the first of the words that any sentence holds; else its beginning."""
    sentences = [line for line in _sentences(text) if line]
    for word in wanted:
        for sentence in sentences:
            if word in folded(sentence):
                return sentence
    return sentences[0] if sentences else ""


def _sentences(text: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.!?؟。])\s+|\n+", text):
        yield " ".join(sentence.split())
