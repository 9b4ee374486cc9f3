"""Brings numbers and addresses into the form in which they are compared."""

from __future__ import annotations

import re
from typing import Final

_STREETS: Final[dict[str, str]] = {
    "JLN": "JALAN", "LRG": "LORONG", "LOR": "LORONG", "KG": "KAMPUNG", "KPG": "KAMPUNG", "KAMPONG": "KAMPUNG",
    "TMN": "TAMAN", "TAMN": "TAMAN", "BLK": "BLOK", "BLOCK": "BLOK", "SG": "SUNGAI", "BT": "BATU", "NO": "",
    "NOMBOR": "",
    "PT": "", "LOT": "",
}  # fmt: skip
_COMMON: Final = frozenset({*_STREETS, *_STREETS.values(), "JALAN", "LORONG", "KAMPUNG", "TAMAN"})
MYKAD_LENGTH: Final = 12


def address_key(address: str | None, village: str | None = None) -> str:
    """The words of an address, spelt one way and sorted; empty for none."""
    text = re.sub(r"[^A-Z0-9]+", " ", f"{address or ''} {village or ''}".upper())
    words = (_STREETS.get(word, word) for word in text.split())
    return " ".join(sorted({word.lstrip("0") or word for word in words if word}))


def telling_address_words(address: str) -> tuple[str, ...]:
    """The words of an address to look it up by: without street, village and the like, words before numbers."""
    words = [word.lstrip("0") or word for word in re.findall(r"[A-Z0-9]+", address.upper())]
    telling = [word for word in words if word not in _COMMON]
    return tuple(sorted(dict.fromkeys(telling), key=lambda word: (word.isdigit(), -len(word))))


def near_numbers(number: str) -> tuple[str, ...]:
    """A MyKad number, then every number one slip away from it: a digit typed wrong, or two that changed places.

    A number of another form has no slips that could be told from another number, so it stands alone.
    """
    if len(number) != MYKAD_LENGTH or not number.isdigit():
        return (number,)
    found = dict.fromkeys([number])
    for place in range(MYKAD_LENGTH - 1):
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        found[swapped] = None
    for place in range(MYKAD_LENGTH):
        for digit in "0123456789":
            found[number[:place] + digit + number[place + 1 :]] = None
    return tuple(found)
