"""Our own gold reports can be put together again from their texts."""

from __future__ import annotations

import json

import pytest

from benchmarks import reports

pytestmark = pytest.mark.skipif(
    not reports.M2E2.exists(), reason="the texts (shared/ beside the repository) are not here"
)


def test_every_report_has_the_text_that_was_coded() -> None:
    assert [case["id"] for case in reports.gold()] == [case["id"] for case in json.loads(reports.FILE.read_bytes())]


def test_offsets_are_those_of_the_words() -> None:
    claims = [claim for case in reports.gold() for claim in case["claims"]]
    entities = [entity for claim in claims for entity in claim["actors"] + claim["recipients"]]
    assert all(claim["trigger"].strip() == claim["trigger"] != "" for claim in claims)
    assert all(entity["text"].strip() == entity["text"] != "" for entity in entities)
