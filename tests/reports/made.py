"""Files of every kind, made on the spot."""

from __future__ import annotations

from collections.abc import Sequence

STORY = "Shells fell on Taiz on Monday and killed two men, residents said. A third man was wounded in the market."
PAGE = f"<!DOCTYPE html><html><head><title>Shells on Taiz</title></head><body><article><p>{STORY}</p></article></body></html>"

Words = tuple[float, float, float, str]
"""Where words stand on a page (points from its left and lower edge), how large they are, and the words."""


def pdf(pages: Sequence[Sequence[Words]], *, encrypted: bool = False) -> bytes:
    """A PDF of A4 pages in Helvetica."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, words in enumerate(pages):
        drawn = "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET" for x, y, size, text in words)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    objects.append("<< /CreationDate (D:20220405070000Z) /Title (untitled) >>")
    info = len(objects)
    extra = ""
    if encrypted:
        mark = "<" + "00" * 32 + ">"
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /O {mark} /U {mark} /P -4 >>")
        extra = f" /Encrypt {len(objects)} 0 R /ID [<00> <00>]"
    raw, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(raw))
        raw += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R /Info {info} 0 R{extra} >>\n"
    )
    return raw + f"{trailer}startxref\n{len(raw)}\n%%EOF\n".encode()


def lines(text: str, top: float = 780, size: float = 11, width: int = 80) -> list[Words]:
    """The words of a paragraph, broken to lines of a width in characters."""
    rows, row = [], ""
    for word in text.split():
        if len(row) + len(word) >= width:
            rows.append(row)
            row = ""
        row = f"{row} {word}".strip()
    return [(70, top - 1.3 * size * number, size, one) for number, one in enumerate([*rows, row])]


def warc(*pages: tuple[str, str, bytes]) -> bytes:
    """The records of archived answers: address, media type, body."""
    return b"".join(
        warc_record(
            url, f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        )
        for url, kind, body in pages
    )


def warc_record(url: str, answer: bytes) -> bytes:
    """The record of what a server answered."""
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2022-04-06T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-0000-4000-8000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"
