"""Static files: our own, and MapLibre's out of its wheel, each under an address that changes with its content."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).with_name("static")
FOREIGN = {"maplibre-gl.js": "maplibre/srcjs", "maplibre-gl.css": "maplibre/srcjs"}
"""Files of other packages: name, and the folder in which the package has it."""
FOREVER = "public, max-age=31536000, immutable"


@functools.cache
def static(name: str) -> str:
    """The address of a static file: ``/static/desk.css?v=1a2b3c4d``. Raises LookupError where there is none."""
    path = _path(name)
    if path is None:
        raise LookupError(f"no static file is called {name!r}")
    return f"/static/{name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"


class Assets(StaticFiles):
    """What is served under ``/static``."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    def lookup_path(self, path: str) -> tuple[str, object]:  # type: ignore[override]
        """Find a file, also one of another package."""
        foreign = _path(path) if path in FOREIGN else None
        return (str(foreign), foreign.stat()) if foreign else super().lookup_path(path)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file; a browser keeps it for good where its address says which version it is."""
        response = await super().get_response(path, scope)
        versioned = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = FOREVER if versioned else "no-cache"
        return response


def _path(name: str) -> Path | None:
    if name in FOREIGN:
        package, _, folder = FOREIGN[name].partition("/")
        # Found, not imported: only its JavaScript is of use here.
        found = importlib.util.find_spec(package)
        if found is None or found.origin is None:
            return None
        path = Path(found.origin).parent / folder / name
    else:
        path = FOLDER / name
    return path if path.is_file() else None
