"""The parts that a report's content is made of: tables of cells, each with its value and as it is written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from words import Words

Block = dict[str, Any]
Value = str | int | float | Decimal | None
TEXT, COUNT, RM, SHARE, NUMBER, RATE = "text", "count", "rm", "share", "number", "rate"
_ADDS: Final = frozenset({COUNT, RM})


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called and of what kind; ``over`` are the columns that a rate divides, by their places."""

    name: str
    kind: str = TEXT
    adds: bool = False
    over: tuple[int, int] | None = None

    def plain(self) -> Block:
        """The column as content keeps it."""
        return {"name": self.name, "kind": self.kind, "adds": self.adds, "over": list(self.over or ())}


def counts(name: str) -> Column:
    """A column of counts, which add up."""
    return Column(name, COUNT, adds=True)


def money(name: str) -> Column:
    """A column of RM, which add up."""
    return Column(name, RM, adds=True)


def cell(value: Value, kind: str, words: Words, *, hidden: str | None = None) -> list[Any]:
    """A cell: its value as JSON keeps it, and as it is written; without a value hidden, or as ``hidden`` says."""
    if value is None:
        return [None, words("report.hidden_short") if hidden is None else hidden]
    if isinstance(value, str):
        return [value, value]
    written = _written(value, kind)
    if kind == COUNT:
        return [int(value), written]
    return [f"{value:f}" if isinstance(value, Decimal) else repr(round(float(value), 10)), written]


def _written(value: float | Decimal, kind: str) -> str:
    match kind:
        case "count":
            return numbers.count(value)
        case "rm":
            return numbers.money(value, sen=False)
        case "share" | "rate":
            return numbers.share(value)
        case _:
            return numbers.decimal(value)


def table(
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    words: Words,
    *,
    total: Sequence[Value] | None = None,
    note: str = "",
) -> Block:
    """A table; ``total`` is its last line, told by itself, and a formula in a workbook where the parts add up to it."""
    kinds = [one.kind for one in columns]
    return {
        "kind": "table",
        "title": title,
        "columns": [one.plain() for one in columns],
        "rows": [[cell(value, kind, words) for value, kind in zip(row, kinds, strict=True)] for row in rows],
        "total": None
        if total is None
        else [cell(value, kind, words) for value, kind in zip(total, kinds, strict=True)],
        "note": note,
    }


def heading(text: str, level: int = 2) -> Block:
    """A heading, of which bookmarks are made."""
    return {"kind": "heading", "level": level, "text": text}


def told(text: str) -> Block:
    """A paragraph."""
    return {"kind": "text", "text": text}


def picture(title: str, svg: str, said: str, *, width: float = 1.0) -> Block:
    """A drawing in lines, with what it shows in words; ``width`` is its share of the page's."""
    return {"kind": "picture", "title": title, "svg": svg, "said": said, "width": width}


def number(name: str, written: str, note: str = "") -> Block:
    """One of the numbers that stand side by side."""
    return {"name": name, "value": written, "note": note}
