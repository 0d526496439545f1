"""The speed benchmark's own parts; nothing is timed here, so that a busy machine fails no test."""

from __future__ import annotations

from benchmarks.speed import work, yardstick
from benchmarks.texts import texts


def test_texts_reach_the_number_of_sentences_that_was_asked_for() -> None:
    _, reports = texts(200)
    assert 150 <= sum(map(len, reports)) <= 250
    assert all(sentence.strip() for sentences in reports for sentence in sentences)


def test_the_yardstick_gives_a_rate() -> None:
    assert yardstick([["Two people were killed in Kandahar."]]) > 0


def test_a_process_counts_its_sentences_and_claims() -> None:
    told = [["Turkish warplanes bombed the town of Ras al-Ain on Tuesday."]] * 2
    run = work(told)
    assert run.sentences == 1  # the first report only warms up
    assert run.claims >= 1
    assert run.peak > 0
