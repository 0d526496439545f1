"""Sentences that know their template and values: English as it always was, and all that another language needs."""

from __future__ import annotations

import datetime as dt

import msgspec

from trucewatch.english import Reasoned, Said, instead, joined, rendered, said, stated
from trucewatch.nouns import Period, Status

DAY = dt.date(2021, 9, 30)


class Row(Reasoned):
    reason: str
    number: int = 0


def test_values_stand_in_english_as_a_sentence_has_them() -> None:
    period = Period(start=DAY, end=dt.date(2021, 10, 2), precision="span")
    assert (
        said("{when}, by {who}", when=period, who=("A", "B", "A")) == "between 30 Sep 2021 and 2 Oct 2021, by A and B"
    )
    assert said("{day}: {n} of {what}", day=DAY, n=1234, what=Status.DENIED) == "30 Sep 2021: 1,234 of denied"
    assert [said("{n} days", "one day", n=n) for n in (1, 2)] == ["one day", "2 days"]


def test_remarks_are_one_sentence_and_their_templates_are_known() -> None:
    sides = tuple(
        said("{value} ({n} claims)", "{value} ({n} claim)", value=value, n=n) for value, n in (("x", 1), ("y", 2))
    )
    whole = stated(
        said("in {zone}", zone="Syria"),
        joined(said("{n} sources", "one source", n=1), said("as is told")),
        said("disputed: {sides}", sides=sides),
    )
    assert whole == "In Syria; one source, as is told; disputed: x (1 claim); y (2 claims)."
    assert list(dict.fromkeys(whole.keys)) == [
        "in {zone}", "{n} sources", "as is told", "disputed: {sides}", "{value} ({n} claims)",
    ]  # fmt: skip


def test_english_may_have_words_of_its_own() -> None:
    by = instead("by A against B", said("{who} → {whom}", who=("A",), whom=("B",)))
    assert by == "by A against B" and list(by.keys) == []
    assert list(rendered("Status", "How it stands").keys) == ["How it stands"]


def test_a_record_has_its_reason_as_plain_english_and_knows_more() -> None:
    row = Row(reason=stated(said("in {zone}", zone="Syria")))
    assert type(row.reason) is str and row.reason == row.worded("reason") == "In Syria."
    assert msgspec.json.encode(row) == b'{"reason":"In Syria."}'
    assert row == Row(reason="In Syria.") == msgspec.json.decode(msgspec.json.encode(row), type=Row)
    assert not isinstance(Row(reason="In Syria.").worded("reason"), Said)
