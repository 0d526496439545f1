"""Countries as datasets call them."""

from __future__ import annotations

import re

from trucewatch import codebook

_BRACKETS = re.compile(r"(.*) \((.*)\)")
_OWN = {
    "Bosnia-Herzegovina": "BIH",
    "Macedonia, FYR": "MKD",
    "Serbia (Yugoslavia)": "SRB",
    "Yemen (North Yemen)": "YEM",
    "Kingdom of eSwatini (Swaziland)": "SWZ",
}
"""What these datasets alone write, or write with two names of which the codebook knows one for another country."""


class Countries:
    """Finds the code of a country's name, and keeps those that it did not find."""

    def __init__(self) -> None:
        self._codes: dict[str, str | None] = {}

    def code(self, name: str) -> str | None:
        """The ISO 3166 alpha-3 code; None where the codebook does not know the name."""
        if name not in self._codes:
            self._codes[name] = _OWN.get(name) or _found(name)
        return self._codes[name]

    @property
    def unknown(self) -> list[str]:
        """The names for which there was no code."""
        return sorted(name for name, code in self._codes.items() if code is None)


def _found(name: str) -> str | None:
    """The country of a name, else of what stands before its brackets ("Myanmar (Burma)"), else within them."""
    parts = _BRACKETS.fullmatch(name)
    for words in (name, *(parts.groups() if parts else ())):
        word = codebook.load().find_country(words)
        if word is not None and word.kind == "name":
            return word.country
    return None
