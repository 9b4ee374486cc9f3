"""Units of what a formula works out: isi_rumah, RM, RM/isi_rumah; shares and plain numbers have none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

Unit = Mapping[str, int]
"""Each unit with its power; empty where there is none."""

NONE: Final[Unit] = {}
_WITHOUT: Final = frozenset({"syer", "tiada"})


def unit_of(text: str) -> Unit:
    """The unit that a text such as ``RM/isi_rumah`` writes."""
    found: Counter[str] = Counter()
    for place, name in enumerate(text.split("/")):
        if name not in _WITHOUT:
            found[name] += -1 if place else 1
    return _kept(found)


def unit_text(unit: Unit) -> str:
    """A unit as it is written; ``tiada`` for none."""
    above = [name for name in sorted(unit) for _ in range(unit[name])]
    below = [name for name in sorted(unit) for _ in range(-unit[name])]
    return "/".join(["*".join(above) or ("1" if below else "tiada"), *below])


def times(one: Unit, other: Unit, *, power: int = 1) -> Unit:
    """The unit of a product; with ``power`` -1, of a quotient."""
    found: Counter[str] = Counter(one)
    for name, count in other.items():
        found[name] += power * count
    return _kept(found)


def _kept(found: Counter[str]) -> Unit:
    return {name: count for name, count in found.items() if count}
