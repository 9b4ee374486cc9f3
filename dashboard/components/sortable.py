"""Tables in the order of a column: in the browser where a list is whole on the page, by address where it has pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from dash import html

from dashboard.components.aria import aria
from dashboard.components.columns import choosable
from dashboard.components.sorting import MOST_SORTED, Order, in_order, not_sorted, sorts
from dashboard.components.tables import STEP, column_head, ruled
from dashboard.urlstate import choice
from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dash.development.base_component import Component

    from words import Words

Row = TypeVar("Row")
_DOWN = "-"


def order_field(*columns: str, name: str = "susun") -> Any:
    """A field of an address: which column a list is in the order of, with a minus in front where it descends."""
    return choice("", *columns, *(f"{_DOWN}{column}" for column in columns), name=name)


def order_of(written: str) -> Order | None:
    """The order that such a field says; ``None`` for the list's own."""
    return Order(written.removeprefix(_DOWN), written.startswith(_DOWN)) if written else None


def page_of(
    read: Callable[[int, int], tuple[Sequence[Row], int]],
    order: Order | None,
    keys: Mapping[str, Callable[[Row], Any]],
    *,
    start: int,
    rows: int,
    by_index: Callable[[int, int], Sequence[Row]] | None = None,
) -> tuple[list[Row], int]:
    """A page of a list in the order asked for, and the list's total; ``read`` takes a limit and an offset.

    A list that is too long to be put in order is read by an index that has the order, where there is one; else it
    keeps its own.
    """
    found, total = read(rows, 0 if by_index else start)
    if by_index and total > MOST_SORTED:
        return list(by_index(rows, start)), total
    if order is None or not sorts(order, total):
        return list(found), total
    whole, total = read(MOST_SORTED, 0)
    return in_order(whole, order, keys)[start : start + rows], total


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of a list with pages: the column of each (empty where it cannot be sorted by), and where it leads.

    ``written`` is the order that the address says, ``address`` the address of another one, ``total`` how many rows
    there are.
    """

    columns: Sequence[str]
    written: str
    address: Callable[[str], str]
    total: int

    def drawn(self, head: Sequence[str], words: Words) -> list[Component]:
        """The heads as links: the first press ascends, the second descends, the third is the list's own order."""
        order = order_of(self.written) if self.total <= MOST_SORTED else None
        return [self._head(name, column, order, words) for name, column in zip(head, self.columns, strict=True)]

    def note(self, words: Words) -> Sequence[Component]:
        """What is said where the list is too long for the order asked for."""
        return not_sorted(order_of(self.written), self.total, words)

    def _head(self, name: str, column: str, order: Order | None, words: Words) -> Component:
        if not column:
            return column_head(name)
        here = order is not None and order.column == column
        down = here and order is not None and order.descending
        following = "" if down else f"{_DOWN}{column}" if here else column
        link = html.A(
            name,
            href=self.address(following),
            className="ek-sort",
            title=words("list.sort"),
            **STEP,
        )
        marked: Any = aria(sort="descending" if down else "ascending") if here else {}
        return column_head(link, **marked)


def sortable(
    head: Sequence[str],
    rows: Sequence[Sequence[Any]],
    words: Words,
    *,
    name: str,
    label: str,
    fixed: int = 0,
    total: int | None = None,
) -> Component:
    """A list that is whole on the page: a press on a head sorts it there. The last ``fixed`` columns hold no values.

    ``name`` is that of :func:`~dashboard.components.columns.choosable`. A list with a ``total`` of which the page has
    a part only is not sorted, for the first of it may be elsewhere.
    """
    if total is not None and total > len(rows):
        note = words("list.too_long_to_sort", n=numbers.count(len(rows)))
        table = choosable(name, head, ruled(head, rows, label=label, named=True), words)
        return html.Div([html.P(note, className="ek-footnote"), table])
    heads = pressed_heads(head, words, fixed=fixed)
    return choosable(name, head, ruled(head, rows, label=label, named=True, heads=heads), words)


def pressed_heads(head: Sequence[str], words: Words, *, fixed: int = 0) -> list[Component]:
    """Heads that sort a list where it stands, but for the last ``fixed`` ones."""
    last = len(head) - fixed
    return [_in_browser(name, words) if place < last else column_head(name) for place, name in enumerate(head)]


def ordered(
    head: Sequence[str], rows: Sequence[Sequence[Any]], words: Words, *, name: str, label: str, by: Heads
) -> Component:
    """A page of a list whose heads lead to the same list in their order; ``name`` as in :func:`sortable`."""
    table = choosable(name, head, ruled(head, rows, label=label, named=True, heads=by.drawn(head, words)), words)
    note = by.note(words)
    return html.Div([html.P(note, role="status"), table]) if note else table


def _in_browser(name: str, words: Words) -> Component:
    pressed: dict[str, Any] = {"data-ek-order": "1"}
    return column_head(html.Button(name, type="button", className="ek-sort", title=words("list.sort"), **pressed))
