"""Which of the languages, or media types, that somebody likes an answer is written in."""

from __future__ import annotations

from trucewatch.translation import DEFAULT, Language, languages


def negotiated(asked: str | None, kept: str | None, accepted: str) -> Language:
    """The language that was asked for in the address, else the one chosen before, else the browser's."""
    known = languages()
    for code in (asked, kept, *liked(accepted)):
        if code is not None and (found := known.get(code) or known.get(code.partition("-")[0])):
            return found
    return known[DEFAULT]


def liked(header: str) -> list[str]:
    """What a header Accept or Accept-Language names, in small letters, the most wanted first; nothing that is not wanted."""
    weighed = []
    for part in header.split(",")[:20]:
        name, *rest = (word.strip().lower() for word in part.split(";"))
        weight = next((word[2:] for word in rest if word.startswith("q=")), "1")
        try:
            weighed.append((float(weight), name))
        except ValueError:
            continue
    return [name for weight, name in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]
