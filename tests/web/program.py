"""A program that asks the API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from tests.web.conftest import LINK


class Client:
    """A program that is signed in."""

    def __init__(self, site: str) -> None:
        self.site = site
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor())
        self._opener.open(f"{site}/enter?link={LINK}").read()

    def get(self, path: str, **headers: str) -> tuple[int, Any, bytes]:
        """Status, headers and body of an answer."""
        try:
            answer = self._opener.open(Request(self.site + path, headers=headers))
        except HTTPError as refusal:
            return refusal.code, refusal.headers, refusal.read()
        return answer.status, answer.headers, answer.read()

    def json(self, path: str) -> Any:
        """The JSON of an answer that must be good."""
        status, _, body = self.get(path)
        assert status == 200, body
        return json.loads(body)

    def all(self, path: str, limit: int) -> Iterator[dict[str, Any]]:
        """Every item, page by page."""
        joint, cursor = "&" if "?" in path else "?", ""
        while cursor is not None:
            page = self.json(f"{path}{joint}limit={limit}" + (f"&after={cursor}" if cursor else ""))
            assert len(page["items"]) <= limit
            yield from page["items"]
            cursor = page["next"]
