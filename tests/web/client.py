"""A browser without a window or scripts: it keeps cookies, follows nothing by itself, and fills in forms."""

from __future__ import annotations

import http.client
import re
import secrets
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    """Names in small letters; of several cookies, all in one."""
    text: str

    @property
    def onward(self) -> str:
        """Where it leads."""
        return self.headers.get("location", "")


class Client:
    """One browser on one site."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.cookies: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        """Sent with everything."""

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        """A page."""
        return self.call("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str] | None = None, page: str | None = None) -> Answer:
        """A form, with the token of the page that it stands on (else of the path itself)."""
        found = re.search(r'name="csrf" content="(\w*)"', self.get(page or path).text)
        body = urlencode({"csrf": found[1] if found else "", **(fields or {})})
        return self.call("POST", path, body.encode(), {"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, path: str, files: dict[str, bytes], **fields: str) -> Answer:
        """A form with files."""
        found = re.search(r'name="csrf" content="(\w*)"', self.get(path).text)
        bound = secrets.token_hex(8)
        parts = [f'form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
        parts += [f'form-data; name="csrf"\r\n\r\n{found[1] if found else ""}'.encode()]
        parts += [f'form-data; name="files"; filename="{name}"\r\n\r\n'.encode() + raw for name, raw in files.items()]
        body = b"".join(f"--{bound}\r\nContent-Disposition: ".encode() + part + b"\r\n" for part in parts)
        kind = f"multipart/form-data; boundary={bound}"
        return self.call("POST", path, body + f"--{bound}--\r\n".encode(), {"Content-Type": kind})

    def call(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        """Any request."""
        sent = self.headers | (headers or {})
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = http.client.HTTPConnection(urlsplit(self.site).netloc, timeout=60)
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("set-cookie") or []:
            for name, morsel in SimpleCookie(cookie).items():
                self.cookies[name] = morsel.value
                if morsel["max-age"] == "0" or "1970" in morsel["expires"]:
                    del self.cookies[name]
        kept = {name.lower(): value for name, value in answer.headers.items()}
        kept["set-cookie"] = " | ".join(answer.headers.get_all("set-cookie") or [])
        connection.close()
        return Answer(answer.status, kept, text)
