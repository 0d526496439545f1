"""Bytes to text: charsets told and guessed, damage noted, and everything that is no text refused."""

from __future__ import annotations

import pytest

from trucewatch.errors import UnreadableError
from trucewatch.reports.decode import decode

RUSSIAN = "Войска обстреляли село утром, сообщили жители. Никто не взял на себя ответственность за нападение."
ARABIC = "قصفت المدفعية القرية صباح السبت، مما أدى إلى مقتل أربعة أشخاص بحسب الدفاع المدني في المنطقة."
TURKISH = "Güney İdlib'de çıkan çatışmalarda üç kişi öldü, dedi bir görevli; ateşkes ağır biçimde çiğnendi."
FRENCH = "L’armée a bombardé le village à l’aube, ont déclaré des témoins ; l’évêque a appelé à une trêve."


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_with_and_without_a_mark(codec: str) -> None:
    text = "Troops left Goris on Friday, officials said."
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (ARABIC, "cp1256"), (FRENCH, "cp1252"), (TURKISH, "cp1254")],
)
def test_old_charsets_are_guessed_and_the_guess_is_noted(text: str, codec: str) -> None:
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert decoded.notes[0].startswith("charset guessed: ")


@pytest.mark.parametrize(("text", "codec"), [(RUSSIAN, "cp1251"), (ARABIC, "cp1256"), (RUSSIAN, "iso8859-5")])
def test_a_declared_charset_needs_no_note(text: str, codec: str) -> None:
    page = f'<html><meta charset="{codec}"><p>{text}</p>'.encode(codec)
    assert text in decode(page).text
    assert decode(page).notes == ()
    assert decode(text.encode(codec), declared=codec).notes == ()


def test_a_wrong_declaration_is_overruled() -> None:
    page = f'<meta charset="utf-8"><p>{RUSSIAN}</p>'.encode("cp1251")
    assert RUSSIAN in decode(page).text
    latin = f'<meta charset="iso-8859-1"><p>{RUSSIAN}</p>'.encode("cp1251")
    assert RUSSIAN in decode(latin).text
    assert decode(latin).notes == ("charset guessed: cp1251 (declared: iso-8859-1)",)


@pytest.mark.parametrize("charset", ["rot13", "utf-7", "unicode_escape", "idna", "hex", "no-such", "base64"])
def test_codecs_that_are_no_charset_of_pages_are_ignored(charset: str) -> None:
    page = f'<meta charset="{charset}"><p>{FRENCH}</p>'.encode("cp1252")
    assert FRENCH in decode(page).text


def test_cut_off_utf8_is_read_to_its_last_whole_character() -> None:
    decoded = decode(RUSSIAN.removesuffix(".").encode()[:-1])
    assert decoded.text == RUSSIAN[:-2]
    assert decoded.notes == ("cut off in the middle of a character",)


def test_damage_in_utf8_is_counted() -> None:
    decoded = decode(RUSSIAN[:20].encode() + b"\xff\xfe" + RUSSIAN[20:].encode())
    assert decoded.charset == "utf-8"
    assert decoded.notes == ("2 damaged characters (utf-8)",)


@pytest.mark.parametrize("raw", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_empty(raw: bytes) -> None:
    with pytest.raises(UnreadableError, match="empty"):
        decode(raw)


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
        (b"\x89PNG\r\n\x1a\n\x00", "a PNG picture"),
        (b"PK\x03\x04\x14\x00", "a zip archive"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"\x00\x00\x00\x18ftypmp42", "a film file"),
        (b"GIF89a\x01", "a GIF picture"),
        (b"text\x00with\x00\x00\x00nul bytes\x00 in it, and no more than that", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        (b"story.txt".ljust(257, b"\x00") + b"ustar\x0000" + bytes(300), "a tar archive, not text or HTML"),
    ],
)
def test_what_is_no_text_is_refused_by_name(raw: bytes, what: str) -> None:
    with pytest.raises(UnreadableError, match=what):
        decode(raw)
