"""Step 1, the report: a digest is several reports in one. Each entry, headed by a country ("SYRIA: ...") or by where it was written
("KABUL, Afghanistan (AP) - ..."), is read by itself, and lends no other its parties, places and days. So is each of a live blog,
headed by a clock ("14:05 GMT"), but that all of it plays where the whole does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from trucewatch.claims.truecasing import CLOCK
from trucewatch.codebook import Codebook
from trucewatch.nouns import Passage, Report

MOST = 60  # entries of a digest; of more it is read as one report, for each costs a look at the whole text
_HEAD = re.compile(
    r"\W{0,4}(?:(?P<country>[A-Z][a-z]+(?: (?:of the |of |and )?[A-Z][a-z]+){0,2})(?=:| \(|\Z)"
    r"|(?P<place>[A-Z][A-Z .'’]{2,30}(?:, [A-Z][\w.]*(?: [A-Z]\w+){0,2})?))"
    r"(?: ?\([\w /.-]{2,30}\))?(?::\s| ?[-–—_]{1,2}\s|:?\Z)"
)
"""A country before a colon or alone in its line; a place in capitals also before a dash, and its country and an agency may
stand behind it."""
_CLOCK = re.compile(rf"{CLOCK}\.?\s*\Z")
_FEWEST = 3  # clocks of a live blog
_ANY = re.compile(r"[^\n]")


def entries(report: Report, passages: Sequence[Passage], codebook: Codebook) -> list[tuple[Report, Sequence[Passage]]]:
    """The entries of a digest in order, each a report in which all other text is blanked; one where no two countries, nor three
    clocks, head them."""
    clocks = [at for at, one in enumerate(passages) if _CLOCK.match(report.text[one.start : one.end])]
    if _FEWEST <= len(clocks) <= MOST:
        return [(report, passages[begin:end]) for begin, end in pairwise(sorted({0, *clocks, len(passages)}))]
    heads = {at: country for at, one in enumerate(passages) if (country := _country(report, one, codebook))}
    if len({*heads.values()}) < 2 or len(heads) > MOST:
        return [(report, passages)]
    return [_entry(report, passages[begin:end]) for begin, end in pairwise(sorted({0, *heads, len(passages)}))]


def _country(report: Report, passage: Passage, codebook: Codebook) -> str | None:
    """The country with which a passage is headed, or in which the place lies that it was written from."""
    head = _HEAD.match(report.text, passage.start, passage.end)
    words = (head["country"] or head["place"]).split(",") if head else ()
    named = (codebook.find_country(part.strip().title()) for part in reversed(words))
    return next((word.country for word in named if word and word.kind in ("name", "capital")), None)


def _entry(report: Report, passages: Sequence[Passage]) -> tuple[Report, Sequence[Passage]]:
    """Some passages as a report of their own: all text before them is blanked, so that characters keep their places."""
    start, end = passages[0].start, passages[-1].end
    text = _ANY.sub(" ", report.text[:start]) + report.text[start:end]
    return msgspec.structs.replace(report, text=text), passages
