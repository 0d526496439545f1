"""Stories: which copies are found, what is wrongly taken for one, and how the cost grows.

    python -m benchmarks.stories

Real reports (VOA's, of the M2E2 corpus in ``shared/`` beside the repository, measured on only) are cut, added to and followed up; the
scale is measured on made-up words, one text in four a copy.
"""

from __future__ import annotations

import datetime as dt
import gzip
import itertools
import json
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence

from benchmarks import SHARED
from trucewatch.nouns import Report
from trucewatch.reports.syndication import Print, copies, keys, print_of, sought, stories

VOA = SHARED / "corpora" / "events" / "m2e2-voa.json.gz"
DAY = dt.date(2020, 1, 1)
NEXT = DAY + dt.timedelta(days=1)
SHORTEST = 150
"""Words of a report that is cut."""
ADDED = 40
"""Words of another report that are added to a copy."""
SIZES = (10_000, 30_000, 100_000)


def main() -> int:
    """Print the tables."""
    if VOA.exists():
        found()
    else:
        print("copies skipped: the reports (shared/corpora beside the repository) are not here")
    scale()
    return 0


def found() -> None:
    """Which cut copies are found, and which follow-ups are wrongly taken for copies."""
    texts = reports()
    prints = [_print(text, at, "VOA", DAY) for at, text in enumerate(texts)]
    print(f"{len(texts)} reports, {sum(len(text.split()) for text in texts) / len(texts):.0f} words in the mean")
    print(f"stories in them as they are: {len(list(stories(prints)))}")
    long = [(at, text) for at, text in enumerate(texts) if len(text.split()) >= SHORTEST]
    print(
        f"\nof {len(long)}, cut and {ADDED} words of another added, by another outlet a day later\nkept  found  sharing a key"
    )
    for share in (0.2, 0.3, 0.4, 0.5, 0.7):
        pairs = [(prints[at], _copy(text, texts[at - 1], share)) for at, text in long]
        hits = sum(copies(one, other) for one, other in pairs) / len(pairs)
        keyed = sum(bool({*keys(one)} & {*sought(other)}) for one, other in pairs) / len(pairs)
        print(f"{share:.0%}   {hits:6.1%}  {keyed:6.1%}")
    print("\nfollow-ups by the same outlet a day later\nrepeated  taken for a copy")
    for share in (0.2, 0.4, 0.5, 0.6, 0.8):
        pairs = [(prints[at], _follow_up(text, texts[at - 1], share)) for at, text in long]
        print(f"{share:.0%}       {sum(copies(one, other) for one, other in pairs) / len(pairs):6.1%}")


def scale() -> None:
    """Seconds and stories for more and more prints."""
    print("\nprints    made/s  grouped in s  stories  µs a print")
    for size in SIZES:
        started = time.process_time()
        prints = list(made(size))
        made_in = time.process_time() - started
        started = time.process_time()
        count = sum(1 for _ in stories(prints))
        took = time.process_time() - started
        print(f"{size:>7,} {size / made_in:>8,.0f} {took:>12.1f} {count:>9,} {1e6 * took / size:>10.0f}", flush=True)


def reports() -> list[str]:
    """The texts of the corpus."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in json.loads(gzip.decompress(VOA.read_bytes())):
        found[row["sentence_id"].rsplit("_", 1)[0]].append(row["sentence"])
    return ["\n\n".join(sentences) for sentences in found.values()]


def made(size: int) -> Iterator[Print]:
    """Prints of 150 made-up words, forty reports a day; one in four is a copy of the last day's, cut by a third."""
    chance = random.Random(size)
    vocabulary = [f"w{rank}" for rank in range(20_000)]
    frequency = list(
        itertools.accumulate(1 / (rank + 10) for rank in range(20_000))
    )  # as unequal as those of a language
    texts: list[list[str]] = []
    for at in range(size):
        copied = texts and chance.random() < 0.25
        text = chance.choice(texts[-40:])[:100] if copied else chance.choices(vocabulary, cum_weights=frequency, k=150)
        if not copied:
            texts.append(text)
        yield _print(" ".join(text), at, f"outlet {chance.randrange(50)}", DAY + dt.timedelta(days=at // 40))


def _copy(text: str, other: str, share: float) -> Print:
    words = text.split()
    kept = [*words[: int(len(words) * share)], *other.split()[:ADDED]]
    return _print(" ".join(kept), 1, "Daily", NEXT)


def _follow_up(text: str, other: str, share: float) -> Print:
    words = text.split()
    told: Sequence[str] = [*other.split()[: int(len(words) * (1 - share))], *words[-int(len(words) * share) :]]
    return _print(" ".join(told), 1, "VOA", NEXT)


def _print(text: str, order: int, outlet: str, day: dt.date) -> Print:
    return print_of(Report(id=f"{order}", text=text, outlet=outlet, published=day), order)


if __name__ == "__main__":
    raise SystemExit(main())
