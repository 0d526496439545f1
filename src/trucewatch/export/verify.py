"""Whether a bundle of evidence is as it was made: every file against the hash in the manifest."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from pathlib import Path

import msgspec

from trucewatch.errors import UnreadableError
from trucewatch.export.bundle import FORM, MANIFEST, Manifest, Member
from trucewatch.nouns import Noun
from trucewatch.reports.unpack import DAMAGE

_PIECE = 1 << 20
_LOCAL, _CENTRAL, _END, _END_64, _OFFSET_64 = 30, 46, 22, 76, 12
"""Bytes of a zip beside its files and their names: before each file, for each in the list at the end, after the list; and
what comes to these where the list is longer, or an offset larger, than a plain zip can say."""
_MOST, _FAR = 0xFFFF, 0xFFFFFFFF
_LARGEST = 64 << 20
"""Bytes of a manifest that is read: some hundred thousand files."""


class Verified(Noun):
    """What a bundle was found to be."""

    manifest: str
    """The manifest's SHA-256, to be compared with the one that was noted when the bundle was made."""
    files: int
    """Files that the manifest names."""
    faults: tuple[str, ...]
    """What is not as the manifest says, one a line; none where the bundle is whole."""


def verify(path: Path) -> Verified:
    """Compare a bundle with its manifest; raises UnreadableError for what is no bundle."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _verified(archive, path)
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read: {error.strerror or error}") from error
    except DAMAGE as error:
        raise UnreadableError(f"{path} is no bundle that can be read: {error}") from error


def _verified(archive: zipfile.ZipFile, path: Path) -> Verified:
    names = Counter(archive.namelist())
    if not names[MANIFEST]:
        raise UnreadableError(f"{path} is no bundle: there is no {MANIFEST} in it")
    if archive.getinfo(MANIFEST).file_size > _LARGEST:
        raise UnreadableError(f"{path}: its {MANIFEST} is too large to be one")
    content = archive.read(MANIFEST)
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except msgspec.DecodeError as error:
        raise UnreadableError(f"{path}: its {MANIFEST} cannot be read: {error}") from error
    if manifest.form > FORM:
        raise UnreadableError(f"{path} was made by a newer Trucewatch (form {manifest.form}, known here {FORM})")
    faults = [f"{name}: twice in it" for name, times in names.items() if times > 1]
    faults += [f"{name}: taken out" for name in manifest.files if not names[name]]
    faults += [f"{name}: put in" for name in names if name != MANIFEST and name not in manifest.files]
    for name, known in manifest.files.items():
        if names[name] == 1 and (fault := _fault(archive, name, known)):
            faults.append(f"{name}: {fault}")
    if stray := path.stat().st_size - _known(archive):
        faults.append(f"{abs(stray):,} bytes {'belong to no file in it' if stray > 0 else 'are missing'}")
    digest = hashlib.sha256(content).hexdigest()
    return Verified(manifest=digest, files=len(manifest.files), faults=tuple(faults))


def _known(archive: zipfile.ZipFile) -> int:
    """How many bytes a zip of these files has, if it was made as a bundle is: without comments, extra fields or gaps."""
    size = _END
    for info in archive.infolist():
        size += _LOCAL + _CENTRAL + 2 * len(info.orig_filename.encode()) + info.compress_size
        size += _OFFSET_64 if info.header_offset > _FAR else 0
    return size + (_END_64 if len(archive.infolist()) > _MOST or archive.start_dir > _FAR else 0)


def _fault(archive: zipfile.ZipFile, name: str, known: Member) -> str | None:
    """What is wrong with a file; never more of it is read than the manifest says that it has."""
    digest, left = hashlib.sha256(), known.bytes
    try:
        with archive.open(name) as file:
            while piece := file.read(min(_PIECE, left + 1)):
                left -= len(piece)
                if left < 0:
                    return "changed: longer than it was"
                digest.update(piece)
    except DAMAGE as error:
        return f"changed: {error}"
    if left > 0:
        return "changed: shorter than it was"
    return None if digest.hexdigest() == known.sha256 else "changed"
