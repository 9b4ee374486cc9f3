"""Reads the codes of areas in the forms that public files use into our own."""

from __future__ import annotations

import re

DUN_COUNTS = {
    "01": 56, "02": 36, "03": 45, "04": 28, "05": 36, "06": 42, "07": 40, "08": 59, "09": 15, "10": 56, "11": 32,
    "12": 73, "13": 82,
}  # fmt: skip
"""State seats of each state, numbered from N.01 in each; the federal territories have none."""
PARLIAMENT_COUNT = 222

_FORMS = {
    "country": re.compile(r"MY", re.IGNORECASE),
    "state": re.compile(r"0*(\d{1,2})"),
    "district": re.compile(r"(?:(\d{1,2})[_\-.](\d{1,2})|(\d{1,2})(\d{2}))"),
    "mukim": re.compile(r"(\d{5,6})"),
    "parliament": re.compile(r"P[. ]?0*(\d{1,3})(?:\s.*)?", re.IGNORECASE),
    "catchment": re.compile(r"C\.[A-Z0-9\-]+", re.IGNORECASE),
}
_DUN = re.compile(r"0*(\d{1,2})[_\- ]N[. ]?0*(\d{1,2})(?:\s.*)?", re.IGNORECASE)
_DUN_ALONE = re.compile(r"N[. ]?0*(\d{1,2})(?:\s.*)?", re.IGNORECASE)


def area_code(text: str, *, level: str, state_code: str | None = None) -> str | None:
    """Our code for a code as written in a file, or None where it is not one of the level's forms.

    State ``8`` → ``08``; district ``8_3``, ``803``, ``0803`` → ``0803``; mukim ``080305``; parliament ``P.066``,
    ``P66``, ``P.066 Batu Gajah`` → ``P.066``; DUN ``8_N.33``, or ``N.33`` with ``state_code`` → ``08-N.33``.
    """
    text = text.strip().removesuffix(".0")
    if level == "dun":
        return _dun(text, state_code)
    found = _FORMS[level].fullmatch(text)
    return _settled(found, level) if found else None


def seat_codes(level: str) -> frozenset[str]:
    """Every seat there is: P.001 … P.222 for parliament, 01-N.01 … for DUN."""
    if level == "parliament":
        return frozenset(f"P.{number:03d}" for number in range(1, PARLIAMENT_COUNT + 1))
    return frozenset(f"{state}-N.{number:02d}" for state, count in DUN_COUNTS.items() for number in range(1, count + 1))


def seat_name(text: str) -> str:
    """Name of a seat without its number: ``P.066 Batu Gajah`` → ``Batu Gajah``."""
    return re.sub(r"^[PN][. ]?\d{1,3}\s+", "", text.strip(), flags=re.IGNORECASE)


def _settled(found: re.Match[str], level: str) -> str:
    match level:
        case "state":
            return found[1].zfill(2)
        case "district":
            return f"{(found[1] or found[3]).zfill(2)}{(found[2] or found[4]).zfill(2)}"
        case "mukim":
            return found[1].zfill(6)
        case "parliament":
            return f"P.{int(found[1]):03d}"
        case _:
            return found[0].upper()


def _dun(text: str, state_code: str | None) -> str | None:
    found = _DUN.fullmatch(text)
    if found:
        return f"{found[1].zfill(2)}-N.{int(found[2]):02d}"
    alone = _DUN_ALONE.fullmatch(text)
    return f"{state_code}-N.{int(alone[1]):02d}" if alone and state_code else None
