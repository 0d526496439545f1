"""Stories: copies are found however titled, cut or added to; what only resembles them stays apart."""

from __future__ import annotations

import datetime as dt
import random
import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.nouns import Report, Story
from trucewatch.reports.syndication import (
    WINDOW,
    Print,
    copies,
    keys,
    print_of,
    sought,
    sought_at_any_time,
    stories,
)

DAY = dt.date(2021, 10, 1)
NEXT = DAY + dt.timedelta(days=1)


def prose(words: int, seed: int) -> str:
    """Made-up text: words of a made-up vocabulary, another for each seed, in paragraphs of 40."""
    chance = random.Random(seed)
    vocabulary = ["".join(chance.choices(string.ascii_lowercase, k=chance.randint(2, 9))) for _ in range(400)]
    text = chance.choices(vocabulary, k=words)
    return "\n\n".join(" ".join(text[i : i + 40]) + "." for i in range(0, words, 40))


def cut(text: str, paragraphs: int) -> str:
    return "\n\n".join(text.split("\n\n")[:paragraphs])


def printed(text: str, order: int = 0, **fields: object) -> Print:
    return print_of(Report(**{"id": f"r{order}", "text": text, "published": DAY} | fields), order)  # type: ignore[arg-type]


def meet(new: Print, old: Print) -> bool:
    """Whether an older print is found by what is sought for a new one."""
    kept = {*keys(old)}
    return not kept.isdisjoint(sought(new)) or any(one.startswith(sought_at_any_time(new)) for one in kept)


def grouped(*prints: Print) -> list[tuple[str, ...]]:
    return [story.reports for story in stories(prints)]


WIRE = prose(480, seed=1)


def test_a_wire_text_cut_short_with_another_title_and_a_paragraph_added_is_one_story() -> None:
    wire = printed(WIRE, 0, outlet="Wire", title="Shells fall on the town")
    short = cut(WIRE, 5) + "\n\n" + prose(40, seed=2)
    copy = printed(short, 1, outlet="Daily", title="Eastern front: a quiet week ends", published=NEXT)
    assert grouped(wire, copy) == [("r0", "r1")]


def test_a_follow_up_by_the_same_agency_on_the_next_day_is_another_story() -> None:
    wire = printed(WIRE, 0, outlet="Wire", title="Shells fall on the town")
    later = prose(200, seed=3) + "\n\n" + "\n\n".join(WIRE.split("\n\n")[5:])
    after = printed(later, 1, outlet="Wire", title="Shells fall on the town again", published=NEXT)
    assert grouped(wire, after) == [("r0",), ("r1",)]


def test_a_follow_up_that_repeats_the_whole_text_of_the_day_before_is_another_story() -> None:
    wire = printed(WIRE, 0, outlet="Wire")
    after = printed(prose(200, seed=3) + "\n\n" + WIRE, 1, outlet="Wire", published=NEXT)
    assert grouped(wire, after) == [("r0",), ("r1",)]


def test_the_same_addition_by_another_outlet_is_a_copy() -> None:
    wire = printed(WIRE, 0, outlet="Wire")
    copy = printed(prose(200, seed=3) + "\n\n" + WIRE, 1, outlet="Daily", published=NEXT)
    assert grouped(wire, copy) == [("r0", "r1")]


def test_a_heavier_rewriting_counts_as_a_copy_where_it_credits_the_first_outlet() -> None:
    half = cut(WIRE, 6) + "\n\n" + prose(240, seed=4)
    wire = printed(WIRE, 0, outlet="Wire")
    assert not copies(wire, printed(half, 1, outlet="Daily"))
    assert copies(wire, printed(half, 1, outlet="Daily", original_outlet="Wire"))


def test_a_copy_that_credits_its_source_a_day_later_is_one() -> None:
    wire = printed(WIRE, 0, outlet="Wire")
    credited = printed(cut(WIRE, 6), 1, outlet="Daily", original_outlet="Wire", published=NEXT)
    assert grouped(wire, credited) == [("r0", "r1")]


def test_a_heavier_rewriting_counts_as_a_copy_under_the_same_title() -> None:
    half = cut(WIRE, 6) + "\n\n" + prose(240, seed=4)
    wire = printed(WIRE, 0, outlet="Wire", title="Shells fall on the quiet town")
    assert copies(wire, printed(half, 1, outlet="Daily", title="Shells fall on the quiet TOWN!"))
    assert not copies(wire, printed(half, 1, outlet="Daily", title="Ministers meet in the capital"))


def test_a_digest_of_many_stories_joins_none_of_them() -> None:
    wires = [printed(prose(200, seed=seed), seed, outlet=f"Wire {seed}") for seed in range(10, 18)]
    digest = printed("\n\n".join(prose(200, seed=seed) for seed in range(10, 18)), 99, outlet="Digest")
    assert len(grouped(*wires, digest)) == 9


def test_a_form_filled_in_each_day_is_a_story_each_day() -> None:
    form = prose(200, seed=5).replace(".", " {} shells, {} flights, {} dead.")
    days = [
        printed(form.format(*range(at * 40, at * 40 + 30)), at, outlet=f"Outlet {at}", published=DAY + dt.timedelta(at))
        for at in range(3)
    ]
    assert len(grouped(*days)) == 3
    assert len(grouped(*days, printed(form.format(*range(40, 70)), 9, outlet="Daily", published=NEXT))) == 3


def test_the_very_same_text_years_later_is_the_same_story() -> None:
    later = DAY.replace(year=2023)
    assert grouped(printed(WIRE, 0, outlet="Wire"), printed(WIRE, 1, outlet="Daily", published=later)) == [("r0", "r1")]


def test_a_text_that_is_merely_much_alike_years_later_is_not() -> None:
    later = DAY.replace(year=2023)
    assert len(grouped(printed(WIRE, 0), printed(cut(WIRE, 11), 1, published=later))) == 2


def test_a_short_text_is_copied_on_its_day_only() -> None:
    quiet = "Nothing was heard along the line tonight."
    assert len(grouped(printed(quiet, 0, outlet="A"), printed(quiet, 1, outlet="B"))) == 1
    assert len(grouped(printed(quiet, 0, outlet="A"), printed(quiet, 1, outlet="B", published=NEXT))) == 2


def test_a_whole_brief_is_one_story_whenever_it_is_printed() -> None:
    brief = (
        "Shelling killed five civilians in the city of Taiz on Saturday, medics said, hours after the United Nations "
        "envoy had urged both sides to keep to the two-month truce."
    )
    for day in (DAY, NEXT, DAY.replace(year=2023), None):
        told = printed(brief, 0, outlet="A"), printed(brief, 1, outlet="B", published=day)
        assert len(grouped(*told)) == 1
        assert copies(*told)
    other = printed(brief.replace("five", "six"), 1, outlet="B", published=NEXT)
    assert len(grouped(printed(brief, 0, outlet="A"), other)) == 2


def test_an_alert_that_comes_every_hour_is_a_story_a_day_and_soon_told() -> None:
    alert = "Air raid alert in Kharkiv oblast. Go to the nearest shelter."
    alerts = [
        printed(alert, at, outlet=f"Channel {at % 50}", published=DAY + dt.timedelta(at // 200)) for at in range(2000)
    ]
    other = printed("Air raid alert in Kharkiv oblast. Go to the nearest shelter!", 2000, published=DAY)
    started = time.process_time()
    assert [len(its) for its in grouped(*alerts, other)] == [201, *[200] * 9]
    assert time.process_time() - started < 5  # one by one, each with each, it took minutes


def test_a_copy_without_a_date_is_found() -> None:
    assert grouped(printed(WIRE, 0, outlet="A"), printed(cut(WIRE, 8), 1, outlet="B", published=None)) == [("r0", "r1")]


def test_accents_case_and_the_way_numbers_are_parted_do_not_matter() -> None:
    text = "Más de 5.000 personas huyeron de la región tras los ataques, según la agencia."
    other = "mas de 5,000 personas huyeron de la REGION tras los ataques según la agencia"
    assert printed(text).minhash == printed(other).minhash
    assert printed(text).figures == ("5000",)


@pytest.mark.parametrize("text", ["", "No", "No word", "…", "停火在星期二开始"])
def test_any_text_has_a_print(text: str) -> None:
    assert grouped(printed(text)) == [("r0",)]


def test_the_chain_starts_with_the_credited_outlet_and_goes_by_date() -> None:
    late = printed(WIRE, 0, outlet="Daily", original_outlet="Wire", published=NEXT, original_published=DAY)
    early = printed(cut(WIRE, 10), 1, outlet="Evening")
    first = printed(WIRE, 2, outlet="Wire")
    assert list(stories([late, early, first])) == [Story(id="r0", reports=("r2", "r1", "r0"), outlet="Wire")]


def test_two_copies_share_a_key_and_other_texts_hardly_ever_do() -> None:
    for seed in range(20):
        text = prose(400, seed=seed)
        copy = printed(cut(text, 5) + "\n\n" + prose(40, seed=seed + 100))
        assert meet(copy, printed(text))
        assert not meet(printed(text), printed(prose(400, seed=seed + 1)))


@pytest.mark.parametrize("days", [None, -7, -1, 0, 1, 7])
def test_a_copy_is_found_from_either_side_of_the_days_around_it(days: int | None) -> None:
    text = prose(400, seed=1)
    for start in range(30):
        day = DAY + dt.timedelta(days=start)
        one = printed(text, published=day)
        copy = printed(text + prose(40, seed=2), published=None if days is None else day + dt.timedelta(days=days))
        assert meet(one, copy)
        assert meet(copy, one)


def test_reports_of_other_months_that_share_a_phrase_are_not_gone_through_for_each_new_one() -> None:
    phrase = prose(60, seed=1)
    old = [printed(phrase + prose(60, seed=at + 2), at, published=DAY - at * WINDOW) for at in range(100)]
    new = printed(phrase + prose(60, seed=200), 200)
    assert any(meet(new, one) for one in old)
    assert sum(meet(new, one) for one in old) < 10
    assert meet(printed(phrase + prose(60, seed=101), 201, published=DAY + 100 * WINDOW), new) is False
    assert meet(printed(WIRE, 1, published=DAY + 100 * WINDOW), printed(WIRE, 0))  # the very same words


_lead = st.integers(1, 12)
_one = st.builds(
    lambda seed, paragraphs, days, outlet, added: (
        cut(prose(480, seed), paragraphs) + "\n\n" + prose(added, seed + 50),
        {"published": DAY + dt.timedelta(5 * days) if days < 4 else None, "outlet": outlet},
    ),
    st.integers(0, 2),
    _lead,
    st.integers(0, 4),
    st.sampled_from(["A", "B", None]),
    st.integers(1, 80),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(_one, min_size=2, max_size=9), st.randoms(use_true_random=False))
def test_stories_are_the_same_in_any_order_and_when_reports_are_added_to_what_shares_a_key(
    made: list[tuple[str, dict[str, object]]], chance: random.Random
) -> None:
    prints = [printed(text, order, **fields) for order, (text, fields) in enumerate(made)]
    whole = list(stories(prints))
    assert sorted(report for story in whole for report in story.reports) == sorted(one.report for one in prints)
    shuffled = prints[:]
    chance.shuffle(shuffled)
    assert list(stories(shuffled)) == whole
    new, old = prints[-1], prints[:-1]
    near = {one.report for one in old if meet(new, one)}
    touched = {report for story in stories(old) if near & {*story.reports} for report in story.reports}
    again = list(stories([one for one in old if one.report in touched] + [new]))
    assert [story for story in whole if new.report in story.reports] == [
        story for story in again if new.report in story.reports
    ]
