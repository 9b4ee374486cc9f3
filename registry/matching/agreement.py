"""How far two writings of a name agree: the same words in any order, nearly the same, or not."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from enum import Enum
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

_LEFT_OUT: Final = frozenset({
    "BIN", "BINTI", "BINTE", "BT", "BTE", "BTI", "BN", "ANAK", "AK", "AL", "AP", "SO", "DO", "HAJI", "HJ", "HAJAH",
    "HJH", "HAJJAH", "TUAN", "PUAN", "ENCIK", "DATO", "DATUK", "DATIN",
})  # fmt: skip
"""What stands between a name and a father's name, and titles."""
_SPELT: Final[dict[str, str]] = {
    spelling: name
    for name, spellings in {
        "MUHAMMAD": "MOHD MOHAMAD MOHAMMAD MUHAMAD MOHAMED MD MUHD",
        "ABDUL": "ABD",
        "NUR": "NOR NOOR NURUL",
    }.items()
    for spelling in spellings.split()
}
"""Spellings of one name. Fewer than the search for duplicates knows: what is the same here needs no officer's look."""
_PARTICLES: Final = re.compile(r"(?<![A-Z0-9])(A/[LP]|[SD]/O)(?![A-Z0-9])")
_APOSTROPHES: Final = re.compile("['`\u2018\u2019\u00b4]")
_LONG: Final = 12
"""From so many characters on, two slips are let pass."""


class Agreement(Enum):
    """Two names are the same, near, or of two persons; the first two agree."""

    SAME = "same"
    NEAR = "near"
    NONE = "none"

    def __bool__(self) -> bool:
        """Whether they agree."""
        return self is not Agreement.NONE


@lru_cache(maxsize=100_000)
def agreement(one: str, other: str) -> Agreement:
    """How far two writings of a name agree; one that says nothing agrees with none.

    Near: all words of the shorter (two or more) are in the longer; or at most one slip apart (two where the longer text
    has 12 characters or more), as written or with the words sorted. Neighbours that changed places are one slip.
    """
    words, others = name_words(one), name_words(other)
    if not words or not others:
        return Agreement.NONE
    if sorted(words) == sorted(others):
        return Agreement.SAME
    shorter, longer = sorted((words, others), key=len)
    if len(shorter) > 1 and Counter(shorter) <= Counter(longer):
        return Agreement.NEAR
    near = _within(" ".join(words), " ".join(others)) or _within(" ".join(sorted(words)), " ".join(sorted(others)))
    return Agreement.NEAR if near else Agreement.NONE


@lru_cache(maxsize=200_000)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in capitals without accents, spelt one way, without particles and titles."""
    plain = unicodedata.normalize("NFKD", name)
    upper = "".join(c for c in plain if not unicodedata.combining(c)).upper()
    upper = _APOSTROPHES.sub("", upper)
    words = re.findall(r"[^\W_]+", _PARTICLES.sub(" ", upper)) or re.findall(r"[^\W_]+", upper)
    spelt = [_SPELT.get(word, word) for word in words]
    return tuple(word for word in spelt if word not in _LEFT_OUT) or tuple(spelt)


def is_slip(number: str, other: str) -> bool:
    """Whether two numbers of one length differ by one digit, or by two neighbours that changed places."""
    if len(number) != len(other):
        return False
    places = [n for n, pair in enumerate(zip(number, other, strict=True)) if pair[0] != pair[1]]
    if len(places) == 1:
        return True
    if len(places) != 2 or places[1] != places[0] + 1:  # noqa: PLR2004 - two neighbours
        return False
    first, second = places
    return number[first] == other[second] and number[second] == other[first]


def _within(one: str, other: str) -> bool:
    most = 2 if max(len(one), len(other)) >= _LONG else 1
    return OSA.distance(one, other, score_cutoff=most) <= most
