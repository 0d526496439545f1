"""What a change leaves as it was is not judged again, and the ledger is the same for it."""

from __future__ import annotations

from pathlib import Path

from tests.truces.test_course import TRUCE, UNTIL, shelled
from trucewatch import rulings, truces
from trucewatch.desk import Desk
from trucewatch.ledger import overview
from trucewatch.nouns import Ruling
from trucewatch.rulings import About


def test_after_a_change_a_ledger_is_the_one_that_is_made_anew(tmp_path: Path) -> None:
    path, truce = shelled(tmp_path / "war.desk", [*range(-8, 1), 5, 10, 15, *range(20, 31), 38]), truces.load()[TRUCE]
    with Desk.open(path) as desk:
        seen = [overview(desk, truce, UNTIL)]

        def ruled(ruling: Ruling, *about: About) -> None:
            rulings.judge(desk, ruling, about, rulings.Hand(by="Ana"))

        first, second, third = (desk.incident(row.incident) for row in seen[0].held.breaches[:3])
        changes = [
            lambda: shelled(path, [33]),
            lambda: shelled(path, [5], outlet="Another"),
            lambda: ruled(Ruling.REJECT, About(claims=first.claims)),
            lambda: ruled(Ruling.CORRECT, *rulings.correcting(desk, second.claims[0], "actors", "HTS (SYR REB)")),
            lambda: ruled(Ruling.OVERRULE, *rulings.overruling(truce, "1", third, "disputed")),
            lambda: ruled(Ruling.UNDO, *rulings.undoing(desk, [desk.judgements()[0].id])),
        ]
        for change in changes:
            change()
            seen.append(overview(desk, truce, UNTIL))
            with Desk.open(path) as other:
                anew = overview(other, truce, UNTIL)
            assert seen[-1].held == anew.held
            assert repr(seen[-1].course) == repr(anew.course)
            same = {id(row) for row in seen[-2].held.breaches} & {id(row) for row in seen[-1].held.breaches}
            assert len(same) > 10  # what a change does not touch is not judged again
    assert len({repr(one.held) for one in seen}) == len(changes)  # a mere copy changes nothing, all else does
