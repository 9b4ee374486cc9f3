"""Lists in the order of a column, where they are read whole or an index has that order: what it costs does not grow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from dash import html

from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.sent.kinds import RowsAsked
    from words import Words

MOST_SORTED: Final = 2_000
"""A longer list keeps its own order where no index has the one asked for; filters make it shorter."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Order:
    """The column that a list is put in the order of."""

    column: str
    descending: bool = False

    @classmethod
    def asked(cls, request: RowsAsked, known: Iterable[str]) -> Order | None:
        """What a table asks for; ``None`` for the list's own order, or a column that it does not have."""
        first = next(iter(request.sortModel), None)
        if first is None or first.colId not in set(known):
            return None
        return cls(first.colId, first.sort == "desc")


def in_order(rows: Iterable[Row], order: Order, keys: Mapping[str, Callable[[Row], Any]]) -> list[Row]:
    """The rows by what ``keys`` reads of the column; where there is nothing the row is among the last either way."""
    key = keys[order.column]
    held: list[Row] = []
    nothing: list[Row] = []
    for row in rows:
        (nothing if key(row) is None else held).append(row)
    return sorted(held, key=key, reverse=order.descending) + nothing


def sorts(order: Order | None, total: int, indexed: Sequence[str] = ()) -> bool:
    """Whether a list of so many rows is put in the order asked for; ``indexed`` are the columns that an index has."""
    return order is not None and (total <= MOST_SORTED or order.column in indexed)


def not_sorted(order: Order | None, total: int, words: Words, indexed: Sequence[str] = ()) -> Sequence[Component]:
    """What is said where a list is too long for the order asked for; nothing where it is not."""
    if order is None or sorts(order, total, indexed):
        return ()
    return [html.Span(words("list.too_long_to_sort", n=numbers.count(MOST_SORTED)), className="ek-tag")]
