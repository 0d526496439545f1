"""Our own gold reports, and those that were coded blind, can be put together again from their texts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks import blind, reports

pytestmark = pytest.mark.skipif(
    not reports.M2E2.exists(), reason="the texts (shared/ beside the repository) are not here"
)


@pytest.fixture(scope="module", params=[(reports.FILE, reports.gold), (blind.FILE, blind.gold)], ids=["own", "blind"])
def read(request: pytest.FixtureRequest) -> tuple[list[str], list[dict[str, Any]]]:
    """The reports that were coded, by id, and those that were put together."""
    file, gold = request.param
    return [case["id"] for case in json.loads(file.read_bytes())], gold()


def test_every_report_has_the_text_that_was_coded(read: tuple[list[str], list[dict[str, Any]]]) -> None:
    coded, found = read
    assert [case["id"] for case in found] == coded


def test_offsets_are_those_of_the_words(read: tuple[list[str], list[dict[str, Any]]]) -> None:
    claims = [claim for case in read[1] for claim in case["claims"]]
    entities = [entity for claim in claims for entity in claim["actors"] + claim["recipients"]]
    assert all(claim["trigger"].strip() == claim["trigger"] != "" for claim in claims)
    assert all(entity["text"].strip() == entity["text"] != "" for entity in entities)
