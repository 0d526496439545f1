"""A network of its own with a name server that lies, where the real fetcher meets the real resolver.

Run by ``test_addresses.py`` in a namespace of the kernel, as its root: the loopback device has a public address there,
on which a web server stands, and private addresses have one that nobody may reach. Prints what became of each fetch.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from trucewatch.errors import FetchError
from trucewatch.reports import ReadOptions
from trucewatch.reports.fetch import fetch

PUBLIC = "93.184.216.34"
NAMES: dict[str, list[list[str]]] = {
    "good.test": [[PUBLIC]],
    "rebind.test": [[PUBLIC], ["127.0.0.1"]],
    "flip.test": [[PUBLIC], ["169.254.169.254"]],
    "both.test": [[PUBLIC, "10.0.0.7"]],
    "inner.test": [["127.0.0.1"]],
    "cgnat.test": [["100.64.0.1"]],
    "mapped.test": [["::ffff:127.0.0.1"]],
    "nat64.test": [["64:ff9b::7f00:1"]],
    "six.test": [["::1"]],
}
"""Each name with its answers, one after the other; the last one stays."""
FETCHES = [
    "http://good.test/page", "http://rebind.test/page", "http://rebind.test/page", "http://both.test/page", "http://inner.test/page",
    "http://cgnat.test/page", "http://mapped.test/page", "http://nat64.test/page", "http://six.test/page", "http://inner.test./page",
    "http://good.test/to?http://127.0.0.1/page", "http://good.test/to?http://inner.test/page", "http://good.test/to?http://[::1]/page",
    "http://good.test/to?http://2130706433/page", "http://good.test/to?//0x7f.1/page", "http://good.test/to?http://flip.test/page",
    "http://good.test/to?http://flip.test/page", "http://gone.test/page",
]  # fmt: skip
asked: list[str] = []
"""Requests that came to a private address."""


class Public(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path, _, target = self.path.partition("?")
        self.send_response(302 if path == "/to" else 200)
        if target:
            self.send_header("Location", unquote(target))
        self.end_headers()
        self.wfile.write(b"public")

    def log_message(self, format: str, *args: Any) -> None:
        return


class Private(Public):
    def do_GET(self) -> None:
        asked.append(self.path)
        super().do_GET()


class SixServer(ThreadingHTTPServer):
    address_family = socket.AF_INET6


def _records(name: str, kind: int) -> list[bytes]:
    """The answer to one question: addresses of IPv4 (kind 1) or IPv6 (kind 28)."""
    answers = NAMES.get(name, [])
    family, wanted = (socket.AF_INET, kind == 1) if kind in (1, 28) else (socket.AF_INET, False)
    family = socket.AF_INET6 if kind == 28 else family
    found = [address for address in (answers[0] if answers else []) if (":" in address) == (kind == 28)]
    if wanted and len(answers) > 1:
        answers.pop(0)
    return [
        b"\xc0\x0c" + kind.to_bytes(2, "big") + b"\0\1\0\0\0\0" + len(raw).to_bytes(2, "big") + raw
        for raw in (socket.inet_pton(family, address) for address in found)
    ]


def _serve_names(server: socket.socket) -> None:
    while True:
        question, client = server.recvfrom(512)
        labels, at = [], 12
        while question[at]:
            labels.append(question[at + 1 : at + 1 + question[at]].decode())
            at += 1 + question[at]
        name, kind = ".".join(labels).lower(), int.from_bytes(question[at + 1 : at + 3], "big")
        records = _records(name, kind)
        code = 0 if name in NAMES else 3
        head = question[:2] + bytes([0x81, 0x80 | code, 0, 1, 0, len(records), 0, 0, 0, 0])
        server.sendto(head + question[12 : at + 5] + b"".join(records), client)


def _set_up(folder: Path) -> None:
    """The addresses and the name server of this network."""
    names = folder / "resolv.conf"
    names.write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    for command in (
        ["ip", "link", "set", "lo", "up"],
        ["ip", "address", "add", f"{PUBLIC}/32", "dev", "lo"],
        ["ip", "address", "add", "169.254.169.254/32", "dev", "lo"],
        ["mount", "--bind", str(names), "/etc/resolv.conf"],
    ):
        subprocess.run(command, check=True, capture_output=True)
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))
    threading.Thread(target=_serve_names, args=(server,), daemon=True).start()
    servers = [ThreadingHTTPServer((PUBLIC, 80), Public), SixServer(("::1", 80), Private)]
    servers += [ThreadingHTTPServer((host, 80), Private) for host in ("127.0.0.1", "169.254.169.254")]
    for one in servers:
        threading.Thread(target=one.serve_forever, daemon=True).start()


def _outcome(url: str) -> str:
    try:
        return fetch(url, ReadOptions(fetch_seconds=10)).content.decode()
    except FetchError as error:
        return str(error)


if __name__ == "__main__":
    _set_up(Path(sys.argv[1]))
    outcomes = [[url, _outcome(url)] for url in FETCHES]
    print(json.dumps({"outcomes": outcomes, "asked": asked}))
