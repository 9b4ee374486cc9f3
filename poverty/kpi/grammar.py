"""Reads a formula into its tree, by the grammar of the language alone: what the names mean is for the checks.

The open brackets are kept on a list of our own, so no formula, however nested, comes near Python's limit of recursion.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal, cast

from poverty.kpi.refused import FormulaRefused
from poverty.kpi.signs import Sign, signs
from poverty.kpi.tree import YEAR_TO_DATE, Ago, Chosen, Joined, Negated, Node, Number, Reference, Total

MOST_LEVELS: Final = 20
CHOOSING: Final = ("min", "max", "coalesce")
FUNCTIONS: Final = (*CHOOSING, "ago", "total")
_LEAST_PARTS: Final = 2
_TIMES: Final = ("*", "/")
_PLUS: Final = ("+", "-")

Rest = list[tuple[str, int, Node]]


@dataclass(slots=True)
class _Level:
    """What is open: the formula itself, a bracket, or a call with the parts that it has so far.

    ``terms`` are finished products of the sum that is being read, ``factors`` those of its last product; ``joint`` is
    the mark before the operand that comes next, ``minuses`` how many signs stand directly before it.
    """

    opened: Sign
    name: str = ""
    parts: list[Node] = field(default_factory=list)
    terms: Rest = field(default_factory=list)
    factors: Rest = field(default_factory=list)
    joint: Sign | None = None
    minuses: int = 0

    def take(self, node: Node) -> None:
        for _ in range(self.minuses):
            node = Negated(node)
        self.minuses = 0
        mark, place = (self.joint.text, self.joint.position) if self.joint else ("", 0)
        if mark in _TIMES:
            self.factors.append((mark, place, node))
        else:
            self.end_product()
            self.factors = [(mark, place, node)]

    def end_product(self) -> None:
        if self.factors:
            mark, place, _ = self.factors[0]
            self.terms.append((mark, place, _joined(self.factors)))
            self.factors = []

    def end_sum(self) -> Node:
        self.end_product()
        node = _joined(self.terms)
        self.terms, self.joint = [], None
        return node


def _joined(found: Rest) -> Node:
    first = found[0][2]
    return Joined(first, tuple(found[1:])) if len(found) > 1 else first


class _Reader:
    def __init__(self, formula: str) -> None:
        self.signs = signs(formula)
        self.place = 0
        self.levels = [_Level(self.signs[0])]
        self.too_deep: Sign | None = None
        self.unknown: Sign | None = None

    @property
    def sign(self) -> Sign:
        return self.signs[self.place]

    def wrong(self) -> FormulaRefused:
        return FormulaRefused("sintaks", self.sign.position, self.sign.text)

    def next(self, kind: str, *texts: str) -> Sign:
        """The sign here, which must be of that kind; steps past it."""
        sign = self.sign
        if sign.kind != kind or (texts and sign.text not in texts):
            raise self.wrong()
        self.place += 1
        return sign

    def is_mark(self, *texts: str) -> bool:
        return self.sign.kind == "mark" and self.sign.text in texts

    def read(self) -> Node:
        while True:
            self.operand()
            while self.is_mark(")"):
                self.close()
            if self.sign.kind == "end":
                break
            self.join()
        if len(self.levels) > 1:
            raise self.wrong()
        tree = self.levels[0].end_sum()
        if self.too_deep:
            raise FormulaRefused("terlalu_dalam", self.too_deep.position, self.too_deep.text, most=str(MOST_LEVELS))
        if self.unknown:
            raise FormulaRefused(
                "fungsi_tidak_dikenali", self.unknown.position, self.unknown.text, known=", ".join(FUNCTIONS)
            )
        return tree

    def operand(self) -> None:
        """Everything up to an operand that is whole: signs, brackets and calls that open, then a number or a name."""
        while True:
            level = self.levels[-1]
            if self.is_mark("-"):
                level.minuses += 1
                self.deepen(self.next("mark"))
            elif self.is_mark("("):
                self.open(_Level(self.next("mark")))
            elif self.sign.kind == "number":
                level.take(Number(Decimal(self.next("number").text)))
                return
            else:
                name = self.next("name")
                if not self.is_mark("("):
                    level.take(self.reference(name))
                    return
                self.next("mark")
                if name.text in {"ago", "total"}:
                    self.deepen(name, more=1)
                    level.take(self.over_months(name))
                    return
                self.open(_Level(name, name.text))
                if name.text not in CHOOSING:
                    self.unknown = self.unknown or name
                    if self.is_mark(")"):
                        # a call of nothing: what it would take is not known, so that is not what is wrong with it
                        self.levels[-1].take(Number(Decimal(0)))
                        return

    def join(self) -> None:
        """The mark between two operands, or the comma between two parts of a call."""
        level = self.levels[-1]
        if level.name and self.is_mark(","):
            self.next("mark")
            level.parts.append(level.end_sum())
        else:
            level.joint = self.next("mark", *_PLUS, *_TIMES)

    def open(self, level: _Level) -> None:
        self.levels.append(level)
        self.deepen(level.opened)

    def close(self) -> None:
        if len(self.levels) == 1:
            raise self.wrong()
        level = self.levels[-1]
        node = level.end_sum()
        if level.name in CHOOSING:
            parts = (*level.parts, node)
            if len(parts) < _LEAST_PARTS:
                raise self.wrong()
            node = Chosen(cast("Literal['min', 'max', 'coalesce']", level.name), parts, level.opened.position)
        self.next("mark", ")")
        self.levels.pop()
        self.levels[-1].take(node)

    def deepen(self, sign: Sign, more: int = 0) -> None:
        """A minus and a bracket are a level each: the grammar nests the one like the other."""
        depth = len(self.levels) - 1 + more + sum(level.minuses for level in self.levels)
        if depth > MOST_LEVELS and self.too_deep is None:
            self.too_deep = sign

    def reference(self, name: Sign) -> Reference:
        filters: list[tuple[str, tuple[str, ...]]] = []
        if self.is_mark("["):
            while not filters or self.is_mark(","):
                self.next("mark", "[", ",")
                filters.append(self.filter())
            self.next("mark", "]")
        return Reference(name.text, tuple(filters), name.position)

    def filter(self) -> tuple[str, tuple[str, ...]]:
        name = self.next("name").text
        self.next("mark", "=")
        values = [self.value()]
        while self.is_mark("|"):
            self.next("mark")
            values.append(self.value())
        return name, tuple(values)

    def value(self) -> str:
        sign = self.sign
        if sign.kind == "number" and "." not in sign.text:
            return self.next("number").text
        return self.next("name").text

    def over_months(self, call: Sign) -> Ago | Total:
        reference = self.reference(self.next("name"))
        self.next("mark", ",")
        sign = self.sign
        if call.text == "total" and sign.kind == "name" and sign.text == YEAR_TO_DATE:
            self.next("name")
            self.next("mark", ")")
            return Total(reference, YEAR_TO_DATE, sign.position)
        if "." in sign.text:
            raise self.wrong()
        months = int(self.next("number").text)
        self.next("mark", ")")
        return Ago(reference, months, sign.position) if call.text == "ago" else Total(reference, months, sign.position)


@lru_cache(maxsize=500)
def read_formula(formula: str) -> Node:
    """The tree of a formula; one that is asked for again, of every area and month, is kept.

    Raises:
        FormulaRefused: what the signs or the grammar do not allow: ``terlalu_panjang``, ``sintaks``,
            ``nombor_terlalu_besar``, ``terlalu_dalam``, ``fungsi_tidak_dikenali``; the first in this order.

    """
    return _Reader(formula).read()
