"""All made anew: only what differs is written, and nobody waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from tests.desk.made import V1
from tests.shellings import LINES, derived, groups, report, shelling, store
from trucewatch import derive
from trucewatch.desk import Desk
from trucewatch.desk.derived import Derived


def test_nobody_waits_for_another_thread_that_makes_all_anew(either: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = report(1), report(2, LINES[1])
    store(either, one, shelling(one))
    monkeypatch.setattr(derive.versions, "of_incidents", lambda: "another")
    rebuild = derive.rebuild

    def late(of: Desk) -> derive.Counts:
        with of.writer(V1) as writer:
            writer.store(two, (shelling(two, town=1),))
        with ThreadPoolExecutor(1) as other:
            assert other.submit(derive.catch_up, of).result(timeout=20) is False
        return rebuild(of)

    monkeypatch.setattr(derive, "rebuild", late)
    assert derive.catch_up(either)
    assert len(groups(either)) == 2


def test_a_rebuild_writes_what_is_not_as_it_should_be_and_nothing_else(
    either: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [report(number, LINES[number]) for number in range(3)]
    for of in told:
        store(either, of, shelling(of, town=told.index(of)))
    whole, written, claims = derived(either), list[str](), [one.claims[0] for one in either.incidents()]
    with either.deriving() as broken:
        broken.drop_prints([told[0].id])
        broken.drop_keys([claims[0]])
        broken.replace_incidents(broken.components(claims[1:2]), ())
        broken.replace_stories(broken.stories_of([told[1].id]).values(), ())
    assert derived(either) != whole
    insert = Derived._insert
    monkeypatch.setattr(
        Derived,
        "_insert",
        lambda self, table, made: written.extend([table.name] * len(made)) or insert(self, table, made),
    )
    derive.rebuild(either)
    assert derived(either) == whole
    assert written
    written.clear()
    derive.rebuild(either)
    assert written == ["derivations"]
    assert [one.id for one in either.search("shelled")] == [told[0].id]


def test_what_comes_in_while_a_rebuild_compares_finds_the_desk_free_to_write(
    either: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [report(number, LINES[number]) for number in range(3)]
    store(either, told[0], shelling(told[0]))
    late, differing = told[1:], derive._Whole.differing

    def meanwhile(whole: derive._Whole, of: Derived) -> derive._Other:
        if late:
            one = late.pop()
            store(either, one, shelling(one, town=told.index(one)))
        return differing(whole, of)

    monkeypatch.setattr(derive._Whole, "differing", meanwhile)
    derive.rebuild(either)
    assert not late
    derive.catch_up(either)
    assert len(groups(either)) == 3


@pytest.mark.parametrize("at", range(1, 5))
def test_a_stop_while_all_is_made_anew_loses_nothing(either: Desk, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    told = [report(number, LINES[number]) for number in range(3)]
    for of in told:
        store(either, of, shelling(of, town=told.index(of)))
    before, deriving = derived(either), Desk.deriving
    monkeypatch.setattr(derive.versions, "of_incidents", lambda: "another")
    written: list[None] = []

    @contextmanager
    def stopped(desk: Desk, write: bool = True) -> Iterator[Derived]:
        with deriving(desk, write) as made:
            yield made
            written.extend([None] * write)
            if write and len(written) == at:
                raise KeyboardInterrupt  # before what was written is kept

    monkeypatch.setattr(Desk, "deriving", stopped)
    with pytest.raises(KeyboardInterrupt):
        derive.catch_up(either)
    monkeypatch.setattr(Desk, "deriving", deriving)
    assert derived(either)["derivations"] == before["derivations"]  # the next who comes makes it whole
    assert derive.catch_up(either)
    assert {**derived(either), "derivations": None} == {**before, "derivations": None}
    assert [one.id for one in either.reports()] == [one.id for one in told]
