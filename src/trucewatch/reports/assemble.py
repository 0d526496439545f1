"""Parts and facts to a Report: story text, id, language, notes, and what the caller's options override."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence

import msgspec

from trucewatch.checked import Checked
from trucewatch.errors import UnreadableError
from trucewatch.nouns import Report
from trucewatch.reports import lines, signs
from trucewatch.reports.apart import STORY, TITLE, Part
from trucewatch.reports.blocks import Block
from trucewatch.reports.facts import Facts, gather, merge
from trucewatch.reports.hygiene import key, one_line, tidy
from trucewatch.reports.settle import settle

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_OPENING = 3
"""A dateline opens one of the first paragraphs: a standfirst may stand over it."""
_SHORT = 1_000
"""Characters: what a server says in the place of a page is shorter."""
_FEW_WORDS = 6
"""A line of so many words counts as a sentence where nothing on the page has a full stop."""


class ReadOptions(Checked):
    """What the caller knows or allows; a date or an outlet given here overrides the page and is noted."""

    date: dt.date | None = None
    outlet: str | None = None
    max_bytes: int = 20_000_000
    """Largest single text or page, in bytes."""
    page_seconds: float = 10.0
    """Time for a page that looks hostile, which is read in a process of its own."""
    fetch_seconds: float = 20.0
    """Time for a whole download, redirects included."""
    columns: tuple[tuple[str, str], ...] = ()
    """Of records in JSON, CSV and Parquet: a column and the field that it fills, besides those of ``columns.csv``."""
    allow_private: bool = False
    """Also fetch from private and loopback addresses (for tests and intranets)."""


EVERYTHING = ReadOptions()
"""The defaults: nothing is overridden."""


def assemble(parts: Sequence[Part], known: Facts, options: ReadOptions) -> Report:
    """The report of a sorted page; raises UnreadableError where it tells no story."""
    parts = _without_dateline(parts)
    text = story([part for part in parts if part.kind == STORY])
    if not text:
        raise UnreadableError("no story found: nothing in it reads like a sentence")
    said = gather(fact for part in _title_first(parts) for fact in part.facts)
    if said.original_outlet and _HOST.fullmatch(known.original_outlet or ""):
        known = msgspec.structs.replace(known, original_outlet=None)  # a line that names it says more than its address
    facts = settle(merge(known, said), parts)
    if facts.title and len(text) < _SHORT and signs.keeps_out(facts.title):
        raise UnreadableError(f"no story found: the server gave no page but {facts.title!r}")
    facts = overridden(facts, options)
    if any(map(signs.asks_a_fee, (part.because for part in parts))):
        facts = msgspec.structs.replace(
            facts, notes=(*facts.notes, "the page asks for a fee: its story may be cut short")
        )
    return msgspec.structs.replace(
        build(text, facts),
        boilerplate=tuple(
            raw for part in parts if part.kind not in (STORY, TITLE) and any(map(str.isalnum, raw := part.block.raw))
        ),
    )


def build(text: str, facts: Facts) -> Report:
    """A report of `text` and `facts` as they are, with id and notes; its language is not told yet."""
    notes = list(facts.notes)
    if facts.published is None:
        notes.append("no date on the page")
    if facts.modified is not None and facts.modified != facts.published:
        notes.append(f"modified {facts.modified.isoformat()}")
    told = {name: value for name, value in msgspec.structs.asdict(facts).items() if name in Report.__struct_fields__}
    told |= {"id": report_id(text, facts.outlet, facts.published), "text": text, "notes": tuple(dict.fromkeys(notes))}
    return Report(**told)


def report_id(text: str, outlet: str | None, published: dt.date | None) -> str:
    """First 16 hex digits of the SHA-256 of text, outlet and published date, parted by a unit separator."""
    parts = (text, outlet or "", published.isoformat() if published else "")
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:16]


def _title_first(parts: Sequence[Part]) -> list[Part]:
    """The parts with what stands over the title put last: there a page shows today's date, not its own."""
    at = next((i for i, part in enumerate(parts) if part.kind == TITLE), 0)
    return [*parts[at:], *parts[:at]]


def _without_dateline(parts: Sequence[Part]) -> list[Part]:
    """The parts with "GENEVA (Reuters) - " cut from the first paragraph into a part of its own."""
    kept = list(parts)
    for at in [i for i, part in enumerate(kept) if part.kind == STORY][:_OPENING]:
        block = kept[at].block
        opening, agency, date = lines.dateline(block.text)
        if not opening:
            continue
        fact = lines.Fact(field="agency", values=(agency,) if agency else (), date=date)
        story = msgspec.structs.replace(block, text=block.text[len(opening) :].lstrip())
        kept[at : at + 1] = [
            Part(block=Block(raw=opening, text=opening), kind="dateline", facts=(fact,)),
            Part(block=story, kind=STORY),
        ]
        break
    return kept


def story(parts: Sequence[Part]) -> str:
    """The text of the parts of a story; empty where it holds no sentence. Entries of one list stand on lines, paragraphs apart."""
    if not any(part.block.is_prose or part.block.size >= _FEW_WORDS for part in parts):
        return ""
    text = ""
    for before, part in zip([None, *parts[:-1]], parts, strict=True):
        listed = before is not None and before.block.tag == part.block.tag == "item"
        text += ("\n" if listed else "\n\n" if text else "") + part.block.text
    return text


def overridden(facts: Facts, options: ReadOptions) -> Facts:
    """The facts with the caller's date and outlet in place of the page's, and a note that says so."""
    notes = list(facts.notes)
    if options.date is not None:
        was = f" (on the page: {facts.published.isoformat()})" if facts.published not in (None, options.date) else ""
        notes.append(f"date given with the call{was}")
    if options.outlet is not None:
        other = facts.outlet if facts.outlet and key(facts.outlet) != key(options.outlet) else None
        notes.append("outlet given with the call" + (f" (on the page: {other})" if other else ""))
    return msgspec.structs.replace(
        facts,
        published=options.date or facts.published,
        outlet=one_line(tidy(options.outlet or "")) or facts.outlet,
        notes=tuple(notes),
    )
