"""What the words of time of the gold reports give, and what each policy for events without such words would cost.

    python -m benchmarks.goldtimes

For every gold claim: the words of time of its sentences, the nearest to its trigger first; then, by policy, the time
carried from the sentences before (``default_period``), or the day of the report, which the package never takes.
The gold reports measure alone; no rule is written from them.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import msgspec

from benchmarks import ROOT, SHARED
from trucewatch.claims.timegrammar import Tense
from trucewatch.claims.when import CARRIED_SENTENCES, default_period, find, resolve
from trucewatch.nouns import Period, Status

GOLD = SHARED / "gold"
_TENSES: dict[str, Tense | None] = {"happened": "past", "denied": "past", "ongoing": "present", "expected": "future"}
_PERFECT = re.compile(r"\b(?:has|have|had)\b(?:\s+\w+){0,2}\s*$")


class Case(NamedTuple):
    """A gold claim with its report."""

    written: dt.date | None
    sentences: list[str]
    claim: dict[str, Any]

    @property
    def tense(self) -> Tense | None:
        """The tense that its status goes with."""
        return _TENSES.get(self.claim["status"])


def cases() -> Iterator[Case]:
    """All gold claims."""
    for report in msgspec.json.decode((GOLD / "dev.json").read_bytes()):
        written = dt.date.fromisoformat(report["date"]) if report["date"] else None
        for claim in report["claims"]:
            yield Case(written, report["sentences"], claim)


def told(case: Case, number: int, tense: Tense | None) -> list[tuple[int, Period]]:
    """Where the words of time of a sentence stand, and their periods."""
    sentence = case.sentences[number]
    found = [(words.start, resolve(sentence[words.start : words.end], case.written, tense)) for words in find(sentence)]
    return [(start, resolved.period) for start, resolved in found if resolved]


def by_words(case: Case) -> Period | None:
    """The words nearest to the trigger in its sentence, or else the first of the other mentions."""
    first, *others = case.claim["mentions"]
    at = max(0, case.sentences[first].find(case.claim["trigger"]))
    near = sorted(told(case, first, case.tense), key=lambda there: abs(there[0] - at))
    further = [there for number in others for there in told(case, number, case.tense)]
    return next((period for _, period in [*near, *further]), None)


def by_scene(case: Case) -> Period | None:
    """Words first, then the time carried from the sentences before."""
    own = by_words(case)
    if own:
        return own
    first = case.claim["mentions"][0]
    before = case.sentences[first][: max(0, case.sentences[first].find(case.claim["trigger"]))]
    tense = None if _PERFECT.search(before.lower()) else case.tense
    for number in range(first - 1, max(-1, first - 1 - CARRIED_SENTENCES), -1):
        for _, period in reversed(told(case, number, "past")):
            carried = default_period(Status(case.claim["status"]), tense, case.written, period)
            if carried:
                return carried.period
    return None


def by_report(case: Case) -> Period | None:
    """Words first, then the day of the report: what the package does not do."""
    day = Period(start=case.written, end=case.written, precision="day") if case.written else None
    return by_words(case) or day


def main() -> None:
    """Print the bound that the words set, and the trade-off of the policies."""
    if not GOLD.is_dir():
        sys.exit(f"skipped: no {GOLD.relative_to(ROOT.parent)} beside the repository")
    same = _scorer()
    everything = list(cases())
    timed = [case for case in everything if case.claim.get("time")]
    words = [[told(case, number, case.tense) for number in case.claim["mentions"]] for case in timed]
    reached = sum(
        any(same(_plain(period), case.claim["time"]) for there in sentences for _, period in there)
        for case, sentences in zip(timed, words, strict=True)
    )
    print(
        f"{len(everything)} claims, {len(timed)} with a time; {sum(any(map(any, there)) for there in words)} of these"
    )
    print(f"have words of time in their sentences, and in {reached} one of them gives the gold time")
    for name, policy in (
        ("words", by_words),
        ("words, then the scene", by_scene),
        ("words, then the report's day", by_report),
    ):
        _print(name, policy, everything, same)


def _print(
    name: str, policy: Callable[[Case], Period | None], everything: list[Case], same: Callable[..., bool]
) -> None:
    count: Counter[str] = Counter()
    for case in everything:
        period, gold = policy(case), case.claim.get("time")
        verdict = "right" if gold and same(_plain(period), gold) else "wrong" if gold and period else "none"
        count[verdict if gold else "beyond the gold" if period else "rightly none"] += 1
    share = count["right"] / (count["right"] + count["wrong"] + count["none"])
    print(f"{name:<30} {share:.3f} right ({', '.join(f'{n} {verdict}' for verdict, n in sorted(count.items()))})")


def _plain(period: Period | None) -> dict[str, str] | None:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()} if period else None


def _scorer() -> Callable[..., bool]:
    """``same_time`` of the scorer beside the gold reports."""
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    judge: Callable[..., bool] = module.same_time
    return judge


if __name__ == "__main__":
    main()
