"""Uploads: reports that a coder has as files, read as the command ``read`` reads them."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

import msgspec
from fastapi import APIRouter
from starlette.datastructures import UploadFile
from starlette.responses import Response

from trucewatch import run
from trucewatch.reports import Source, sources, unpack
from trucewatch.reports.sources import FORMS, broken, form
from trucewatch.run import Options, Outcome
from trucewatch.web.refusals import UNFIT, Refused, day
from trucewatch.web.view import CoderView, View, given_back

router = APIRouter()

FILES = 100
"""Of one upload, at most."""
_AT_WORK = threading.Lock()


@router.get("/upload")
def choose(view: CoderView) -> Response:
    """The form."""
    return _page(view)


@router.post("/upload")
@given_back(lambda view, fault: _page(view, fault=fault))
def take(view: CoderView) -> Response:
    """Read, code, store and merge what was chosen; one upload at a time, for coding takes all there is."""
    files = [one for one in view.form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    view.act, view.about = "upload", ", ".join(_name(one) for one in files)[:1000]
    if not 0 < len(files) <= FILES:
        raise Refused(UNFIT, "Choose between 1 and 100 files.")
    options = Options(date=day(view.field("date"), UNFIT), outlet=view.field("outlet")[:200] or None, jobs=2)
    if not _AT_WORK.acquire(blocking=False):
        raise Refused(429, "Another upload is being read. Try again in a minute.")
    try:
        with tempfile.TemporaryDirectory() as folder:
            # In processes of their own, so that no report can take the server down with it.
            outcomes = list(run.keep(_sources(files, Path(folder)), view.desk, options))
    finally:
        _AT_WORK.release()
    return _page(view, outcomes)


def _sources(files: Iterable[UploadFile], folder: Path) -> Iterator[Source]:
    """What is in the files, by the names that they were chosen by: they are kept under names of ours."""
    for number, one in enumerate(files):
        name = _name(one)
        if form(name) is None:
            yield broken(name, f"only these are read: {', '.join(sorted(FORMS))}")
            continue
        path = folder / f"{number}{_ending(name)}"
        with one.file, path.open("xb") as kept:
            shutil.copyfileobj(one.file, kept)
        for source in sources([path]):
            yield msgspec.structs.replace(source, name=source.name.replace(str(path), name))


def _ending(name: str) -> str:
    """By which it is known what a file holds; ``form`` knows it."""
    plain = unpack.plain_name(name)
    return PurePosixPath(plain).suffix + name.lower()[len(plain) :]


def _name(file: UploadFile) -> str:
    """The last part of a file's name, of whatever system."""
    last = PureWindowsPath(file.filename or "").name
    return "".join(sign for sign in last if sign.isprintable())[:200] or "?"


def _page(view: View, outcomes: Iterable[Outcome] = (), fault: str = "") -> Response:
    return view.page(
        "upload.html",
        status=UNFIT if fault else 200,
        fault=fault,
        outcomes=list(outcomes),
        forms=",".join(sorted(FORMS)),
        megabytes=view.settings.upload // 1_000_000,
    )
