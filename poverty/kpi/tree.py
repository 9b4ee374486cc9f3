"""The tree of a formula: what the grammar makes and what checks, values and sentences walk through.

Sums and products hold all their parts side by side, so a tree is never deeper than its formula is nested.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

Filters = tuple[tuple[str, tuple[str, ...]], ...]

YEAR_TO_DATE: Final = "ytd"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Reference:
    """A base measure, perhaps of some households alone; ``position`` is the sign's place in the formula, from 0."""

    name: str
    filters: Filters = ()
    position: int = field(default=0, compare=False)

    @property
    def key(self) -> str:
        """How the figure that is meant is written, the same for every way of asking for it."""
        if not self.filters:
            return self.name
        wanted = sorted((name, "|".join(sorted(set(values)))) for name, values in self.filters)
        return f"{self.name}[{','.join(f'{name}={values}' for name, values in wanted)}]"


@dataclass(frozen=True, slots=True)
class Ago:
    """A stock as it was at the end of the month so many months before."""

    reference: Reference
    months: int
    position: int = field(default=0, compare=False)

    @property
    def key(self) -> str:
        """How the figure that is meant is written."""
        return f"ago({self.reference.key},{self.months})"


@dataclass(frozen=True, slots=True)
class Total:
    """A flow over the last months, or over the fiscal year so far (``ytd``)."""

    reference: Reference
    months: int | Literal["ytd"]
    position: int = field(default=0, compare=False)

    @property
    def key(self) -> str:
        """How the figure that is meant is written."""
        return f"total({self.reference.key},{self.months})"


@dataclass(frozen=True, slots=True)
class Negated:
    """A value with its sign turned."""

    of: Node


@dataclass(frozen=True, slots=True)
class Joined:
    """Values joined from left to right by plus and minus, or by times and over; each with its sign and its place."""

    first: Node
    rest: tuple[tuple[str, int, Node], ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The values that are joined."""
        return (self.first, *(node for _, _, node in self.rest))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The least, the greatest, or the first that is there, of values."""

    how: Literal["min", "max", "coalesce"]
    parts: tuple[Node, ...]
    position: int = field(default=0, compare=False)


Figure = Reference | Ago | Total
"""What is read from the register; its ``key`` says which."""
Node = Number | Figure | Negated | Joined | Chosen


def figures(node: Node) -> Iterator[Figure]:
    """What a formula reads, from left to right."""
    match node:
        case Reference() | Ago() | Total():
            yield node
        case Negated(of):
            yield from figures(of)
        case Joined() | Chosen():
            for part in node.parts:
                yield from figures(part)
        case Number():
            pass


def reference_of(figure: Figure) -> Reference:
    """The base measure that a figure is of."""
    return figure if isinstance(figure, Reference) else figure.reference
