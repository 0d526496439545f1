"""Bytes to text: byte-order mark, UTF-8, declared charset, detection; anything that is no text is refused."""

from __future__ import annotations

import codecs
import re

from trucewatch.errors import UnreadableError
from trucewatch.nouns import Noun

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a zip archive or an office file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"RIFF", "a sound or film file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or film file"),
)
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
_LATIN = frozenset({"iso8859-1", "cp1252", "ascii", "iso8859-15"})
_SAMPLE = 1 << 16


class Decoded(Noun):
    """The text of an input, and how it was come by."""

    text: str
    charset: str
    notes: tuple[str, ...] = ()


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """Decode `raw`; `declared` is the charset of an HTTP header. Raises UnreadableError for binary or empty input."""
    if not raw.strip():
        raise UnreadableError("empty: there is no text in it")
    for mark, charset in _MARKS:
        if raw.startswith(mark):
            return _lossy(raw[len(mark) :], charset)
    _refuse_binary(raw)
    if (unmarked := _wide_without_mark(raw)) is not None:
        return _lossy(raw, unmarked)
    if b"\x00" in raw[:_SAMPLE] or _controls(raw[:_SAMPLE]) > 0.05:
        raise UnreadableError("binary: it holds bytes that no text has")
    return _utf8(raw) or _narrow(raw, declared or _declared(raw))


def wide(sample: bytes) -> str | None:
    """The charset of two or four bytes a sign, with or without a mark before it, in which a text begins; None for others."""
    if sample.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return _wide_without_mark(sample)


def _refuse_binary(raw: bytes) -> None:
    head = raw[:64]
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise UnreadableError(f"{what}, not text or HTML")
    if raw[257:262] == b"ustar":
        raise UnreadableError("a tar archive, not text or HTML")
    if head[4:8] == b"ftyp":
        raise UnreadableError("a film file, not text or HTML")


def _wide_without_mark(raw: bytes) -> str | None:
    """UTF-16 without a mark has a NUL in every second byte of Latin text."""
    sample = raw[:2000]
    if len(sample) < 4:
        return None
    even, odd = sample[::2].count(0) / len(sample[::2]), sample[1::2].count(0) / len(sample[1::2])
    if odd > 0.6 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.05 else None


def _controls(sample: bytes) -> float:
    return sum(byte < 32 and byte not in b"\t\n\r\f\v\x1b" for byte in sample) / max(len(sample), 1)


def _lossy(raw: bytes, charset: str) -> Decoded:
    text = raw.decode(charset, errors="replace")
    if not text.strip("\x00 \t\r\n\ufeff"):
        raise UnreadableError("empty: there is no text in it")
    lost = text.count("\ufffd")
    return Decoded(text=text, charset=charset, notes=(f"{lost} damaged characters ({charset})",) if lost else ())


def _utf8(raw: bytes) -> Decoded | None:
    """The text as UTF-8, also where it is cut off in its last character or damaged here and there."""
    try:
        return Decoded(text=raw.decode("utf-8"), charset="utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(raw) - 3 and error.reason.startswith("unexpected end"):
            text = raw[: error.start].decode("utf-8")
            return Decoded(text=text, charset="utf-8", notes=("cut off in the middle of a character",))
    text = raw.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    sound = sum(character > "\x7f" for character in text) - lost
    # A few broken bytes among many sound sequences: damage. The other way round it is another charset.
    if sound > 4 * lost:
        return Decoded(text=text, charset="utf-8", notes=(f"{lost} damaged characters (utf-8)",))
    return None


def _declared(raw: bytes) -> str | None:
    found = _DECLARED.search(raw[:4096])
    return found[1].decode("ascii", "replace") if found else None


def _codec(charset: str | None) -> str | None:
    """The codec of a charset that pages may use; "rot13", "utf-7" and the like are none."""
    from resiliparse.parse.encoding import map_encoding_to_html5

    name = map_encoding_to_html5(charset, fallback_utf8=False) if charset else None
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None


def _narrow(raw: bytes, declared: str | None) -> Decoded:
    """The text in a one-byte or East Asian charset: the declared one unless detection contradicts a mere Latin default."""
    from resiliparse.parse.encoding import detect_encoding

    said, guessed = _codec(declared), _codec(detect_encoding(_telling(raw))) or "cp1252"
    if said and said != "utf-8" and not (said in _LATIN and guessed not in _LATIN | {"utf-8"}):
        try:
            return Decoded(text=raw.decode(said), charset=said)
        except UnicodeDecodeError:
            pass
    if guessed == "utf-8":
        guessed = "cp1252"  # it is no UTF-8, or we would not be here
    note = f"charset guessed: {guessed}" + (f" (declared: {declared})" if declared else "")
    return Decoded(text=raw.decode(guessed, errors="replace"), charset=guessed, notes=(note,))


def _telling(raw: bytes) -> bytes:
    """The stretches around bytes above 127: markup and plain ASCII tell a detector nothing."""
    stretches = re.findall(rb"[^<>]{0,20}[\x80-\xff][^<>]{0,60}", raw[: 1 << 20])
    return b" ".join(stretches[:400]) or raw[:_SAMPLE]
