"""The languages of pages and briefs: English text is the key, and a folder of TOML files for each language holds the rest.

An entry is a text, or a table by CLDR's plural categories (``one``, ``few``, ``many``, ``other`` ...) that the value
``n`` chooses from. English has a folder too: for plurals, and for the words that codes stand for.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

from babel import Locale, dates, lists, numbers

from trucewatch import codebook
from trucewatch.english import SENTENCE, WORDS, Said
from trucewatch.nouns import Period
from trucewatch.truces.terms import Moment

FOLDER = Path(__file__).with_name("languages")
DEFAULT = "en"
REGIONS = {"en": "en_GB", "pt": "pt_PT"}
"""Where the bare language would write as another country does than its texts: days, numbers, names of countries."""
DOTTED = ("az", "tr")
"""Languages whose "i" keeps its dot as a capital."""

_NAMED_OTHERWISE = dict(
    pair.split("=")
    for pair in "COD=CD COG=CG CIV=CI CZE=CZ HKG=HK KNA=KN LCA=LC MAC=MO MMR=MM PSE=PS TLS=TL TUR=TR VAT=VA VCT=VC".split()
)
"""Countries to which the codebook gives another English name than CLDR does."""

Entry = str | Mapping[str, str]


class Language:
    """One language: its words, and how it writes dates and numbers."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.locale = Locale.parse(REGIONS.get(code, code))
        self.name = self.capital(self.locale.get_language_name(code) or code)
        """In the language itself."""
        self.direction = self.locale.text_direction
        """``ltr`` or ``rtl``."""

    @functools.cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Its texts, by the English ones; read when a page is first shown in it."""
        found: dict[str, Entry] = {}
        for path in sorted((FOLDER / self.code).glob("*.toml")):
            found |= tomllib.loads(path.read_text(encoding="utf-8"))
        return found

    def t(self, text: str, said_of: str = "", /, **values: object) -> str:
        """A text in this language, or as it stands where it has not been translated.

        ``t("{n} reports", n=3)``: ``n`` chooses the plural; whole numbers are written as the language writes them.
        ``t("open", "truce")``: the entry ``open (truce)``, else that of ``open``, which may be said of something else.
        """
        entry = self.entries.get(f"{text} ({said_of})") or self.entries.get(text, text)
        if not isinstance(entry, str):
            n = values.get("n", 0)
            form = self.locale.plural_form(n if isinstance(n, (int, float)) else 0)
            entry = entry.get(form) or entry["other"]
        if not values:
            return entry
        return entry.format_map({name: self._written(value) for name, value in values.items()})

    def knows(self, text: str) -> bool:
        """Whether a text of the core can be said in this language as a whole."""
        keys = text.keys if isinstance(text, Said) else (text,)
        return self.code == DEFAULT or all(key in self.entries for key in keys)

    def said(self, text: str) -> str:
        """A text of the core: ``Inside ⟨Idlib⟩; one source.`` Its names are set apart, for they run as they are written."""
        if not isinstance(text, Said):
            return self.t(text)
        if self.code == DEFAULT:
            return str(text)
        mark = self.t(", ", "remarks") if text.template == WORDS else self.t("; ")
        values = {name: self._told(value, mark) for name, value in text.values.items()}
        words = self.t(self._marked(text.template), **values)
        words = words.replace("→", "←") if self.direction == "rtl" else words
        if text.template != SENTENCE:
            return words
        # A day may end with a full stop of its own: "6 бер. 2020 р."
        ended = words.removesuffix(self.stop) if self.stop and words.endswith(self.stop * 2) else words
        return self.capital(ended)

    def capital(self, text: str) -> str:
        """A text as it stands at the head of something: with a capital letter, where its script has them."""
        first = (
            "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}" if text[:1] == "i" and self.code in DOTTED else text[:1].title()
        )
        return first + text[1:]

    @property
    def comma(self) -> str:
        """What parts a list."""
        return self.t(", ")

    @property
    def colon(self) -> str:
        """What stands before what is told."""
        return self.t(": ")

    @property
    def stop(self) -> str:
        """What ends a sentence."""
        return self.t(SENTENCE, words="")

    def listed(self, names: Iterable[str]) -> str:
        """``A, B and C``, each once."""
        return lists.format_list(list(dict.fromkeys(names)), locale=self.locale)

    def number(self, value: float) -> str:
        """``1,234`` or ``0.25``."""
        return numbers.format_decimal(value, locale=self.locale)

    def percent(self, share: float) -> str:
        """``25 %``, of a share between 0 and 1."""
        return numbers.format_percent(share, locale=self.locale)

    def span(self, low: str, high: str) -> str:
        """``24–99``, of two numbers as they are written; from left to right, as numbers are, in every language."""
        return self._set_apart(f"{low}–{high}")

    def date(self, day: dt.date, form: str = "yMMMd") -> str:
        """``28 Nov 2026``; ``form`` is another of CLDR's skeletons: ``yMMMEd``, ``MMMd`` ..."""
        return dates.format_skeleton(form, day, locale=self.locale)

    def moment(self, at: dt.datetime) -> str:
        """Day and time, in UTC."""
        at = at.astimezone(dt.UTC)
        clock = dates.format_skeleton("Hm", at, tzinfo=dt.UTC, locale=self.locale)
        return self.clocked(at.date(), f"{clock} UTC")

    def clocked(self, day: dt.date, clock: str) -> str:
        """A day and a time of it: ``28 Nov 2026, 12:00``."""
        written = str(dates.get_datetime_format("medium", self.locale))
        return written.replace("'", "").format(clock, self.date(day))

    def at(self, moment: Moment) -> str:
        """When a truce begins or ends, no finer than it is known: ``6 Mar 2020, 00:01``, ``March 2020``."""
        if moment.clock is not None:
            return self.clocked(moment.first, f"{moment.clock:%H:%M}")
        if moment.first == moment.last:
            return self.date(moment.first)
        return self.date(moment.first, "yMMMM" if moment.first.month == moment.last.month else "y")

    def period(self, period: Period | None) -> str:
        """A claim's or incident's time, no finer than it is known: ``September 2021``, ``28–30 Sep 2021``."""
        if period is None:
            return self.t("day unknown")
        if period.precision == "year" and period.start.year == period.end.year:
            return self.date(period.start, "y")
        if period.precision == "month" and (period.start.year, period.start.month) == (
            period.end.year,
            period.end.month,
        ):
            return self.date(period.start, "yMMMM")
        if period.start == period.end:
            return self.date(period.start)
        written = dates.format_interval(period.start, period.end, "yMMMd", locale=self.locale)
        return re.sub(r"\d+–\d+", lambda days: self._set_apart(days[0]), written)

    def dated(self, text: str) -> str:
        """A text in which days are written as 2021-09-30, with each as this language writes it."""
        return re.sub(r"\d{4}-\d\d-\d\d", lambda day: self.date(dt.date.fromisoformat(day[0])), text)

    def country(self, code: str) -> str:
        """A country's name, of its code in the codebook; any other code as it stands."""
        known = codebook.load().countries.get(code)
        if known is None:
            return self.t(code)
        letters = _NAMED_OTHERWISE.get(code) or _territories().get(codebook.fold(known.name), "")
        return str(self.locale.territories.get(letters, known.name)) if self.code != DEFAULT else known.name

    def _set_apart(self, text: str) -> str:
        return f"\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if self.direction == "rtl" else text

    def _marked(self, template: str) -> str:
        """A template; one that has no entry, for it has no words, with the marks of this language."""
        if template in self.entries:
            return template
        return template.replace(", ", self.comma).replace(": ", self.colon).replace("; ", self.t("; "))

    def _told(self, value: object, mark: str) -> object:
        """A value of a text of the core, with a mark between remarks; a number is left to choose the plural."""
        match value:
            case Said():
                return self.said(value)
            case tuple() if any(isinstance(one, Said) for one in value):
                return mark.join(map(self.said, value))
            case tuple():
                return self.listed(map(self._named, value))
            case Period():
                return self.period(value)
            case Moment():
                return self.at(value)
            case dt.date():
                return self.date(value)
            case Fraction():
                return self.percent(float(value))
            case enum.Enum():
                return self.t(value.value)
            case str():
                return self._named(value)
        return value

    def _named(self, name: str) -> str:
        """A country's name in this language; any other without the article that English gives it, turning nothing around it."""
        found = codebook.load().find_country(name)
        called = (
            self.country(found.country) if found and found.kind == "name" else self.dated(name.removeprefix("the "))
        )
        return f"\N{FIRST STRONG ISOLATE}{called}\N{POP DIRECTIONAL ISOLATE}"

    def _written(self, value: object) -> str:
        return self.number(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)


@functools.cache
def languages() -> dict[str, Language]:
    """All languages of the interface, by code; English first, the others by their own names."""
    known = [Language(folder.name) for folder in FOLDER.iterdir() if folder.is_dir()]
    return {one.code: one for one in sorted(known, key=lambda one: (one.code != DEFAULT, one.name.casefold()))}


@functools.cache
def _territories() -> dict[str, str]:
    """CLDR's two letters of each territory, by its English name as the codebook folds names."""
    return {codebook.fold(name): code for code, name in Locale("en").territories.items() if len(code) == 2}
