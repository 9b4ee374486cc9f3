"""Cuts a formula into its signs: names, numbers and marks, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, cast

from poverty.kpi.refused import FormulaRefused

MOST_SIGNS: Final = 500
MOST_BEFORE_POINT: Final = 12
MOST_AFTER_POINT: Final = 6
# only what is written here, in ASCII: \d and \s know digits and blanks of other scripts
_SIGN: Final = re.compile(
    r"(?P<blank>[ \t\r\n]+)|(?P<name>[a-z][a-z0-9_]*)|(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<mark>[-+*/(),=|\[\]])"
)


Kind = Literal["name", "number", "mark", "end"]


@dataclass(frozen=True, slots=True)
class Sign:
    """A name, a number or a mark; ``end`` closes the formula and has no text."""

    kind: Kind
    text: str
    position: int


def signs(formula: str) -> list[Sign]:
    """The signs of a formula without its blanks, an ``end`` last.

    Raises:
        FormulaRefused: ``terlalu_panjang``, ``sintaks`` for a sign that means nothing, ``nombor_terlalu_besar``.

    """
    if len(formula) > MOST_SIGNS:
        raise FormulaRefused("terlalu_panjang", MOST_SIGNS, str(len(formula)), most=str(MOST_SIGNS))
    found: list[Sign] = []
    place = 0
    while place < len(formula):
        match = _SIGN.match(formula, place)
        if match is None:
            raise FormulaRefused("sintaks", place, formula[place])
        if match.lastgroup != "blank":
            found.append(Sign(cast("Kind", match.lastgroup), match.group(), place))
        place = match.end()
    for sign in found:
        if sign.kind == "number" and _is_too_long(sign.text):
            raise FormulaRefused(
                "nombor_terlalu_besar",
                sign.position,
                sign.text,
                before=str(MOST_BEFORE_POINT),
                after=str(MOST_AFTER_POINT),
            )
    return [*found, Sign("end", "", len(formula))]


def _is_too_long(number: str) -> bool:
    before, _, after = number.partition(".")
    return len(before) > MOST_BEFORE_POINT or len(after) > MOST_AFTER_POINT
