"""The command itself: a process that says where it is, lets one browser in, and ends on Ctrl-C."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from tests.web.client import Client
from trucewatch.desk import Desk


def test_serve_lets_one_in_by_its_link_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    Desk.open(tmp_path / "a.desk").close()
    words = ["serve", "--desk", str(tmp_path / "a.desk"), "--port", "0", "--no-open", "--by", "Ada"]
    command = [sys.executable, "-u", "-m", "trucewatch", *words]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert server.stdout is not None and server.stderr is not None
    try:
        found = next(match for line in server.stdout if (match := re.search(r"http://127\.0\.0\.1:\d+/enter\S+", line)))
        parts = urlsplit(found[0])
        client = Client(f"http://{parts.netloc}")
        assert client.get(f"{parts.path}?{parts.query}").status == 303
        assert "Ada" in client.get("/account").text
        assert client.get("/today/truces").status == 200
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 130
        assert "Traceback" not in server.stderr.read()
    finally:
        server.kill()
        server.communicate()
