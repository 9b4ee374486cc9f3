"""The map book: an index map, and a page for each area with its map, numbers and course."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from layers import numbers
from registry.reporting import pictures
from registry.reporting.cells import Column, heading, number, picture, table
from registry.reporting.figures import course, inside

if TYPE_CHECKING:
    from registry.reporting.cells import Block
    from registry.reporting.figures import Counted
    from registry.reporting.scope import Scope

_PAGE_MAP: Final = (720.0, 370.0)
_INSIDE: Final = {"state": "district", "district": "mukim"}


def map_book(scope: Scope, _asked: dict[str, Any]) -> list[Block]:
    """All of the country's states and districts, or of a state's districts: one page an area."""
    words, level = scope.words, scope.inside
    parts = inside(scope, level)
    title = words("report.book_index")
    drawn = pictures.map_svg(scope, level, scope.area, parts, size=_PAGE_MAP)
    said = words("report.map_said", area=scope.name, month=numbers.month(scope.month, words))
    blocks: list[Block] = [heading(title), *([picture(title, drawn, said)] if drawn else []), {"kind": "contents"}]
    pages = [(part, level) for part in parts]
    if scope.level == "country":
        pages = [
            one
            for state in parts
            for one in (
                (state, "state"),
                *((district, "district") for district in inside(scope, "district", within=state.code)),
            )
        ]
    for done, (part, of_level) in enumerate(pages, start=1):
        blocks += _page(scope, part, of_level)
        scope.progress(done, len(pages))
    return blocks


def _page(scope: Scope, own: Counted, level: str) -> list[Block]:
    words = scope.words
    below = _INSIDE[level]
    parts = inside(scope, below, within=own.code)
    drawn = pictures.map_svg(scope, below, own.code, parts, size=_PAGE_MAP)
    said = words("report.map_said", area=own.name, month=numbers.month(scope.month, words))
    hidden = words("report.hidden")
    items = [
        number(words(f"report.{name}"), hidden if value is None else numbers.count(value))
        for name, value in (("poor", own.poor), ("tegar", own.tegar), ("miskin", own.miskin))
    ]
    if own.census:
        items.append(number(words("report.rate"), hidden if own.rate is None else numbers.share(own.rate)))
    columns = [Column(words("report.area")), Column(words("report.tegar"), "count"),
               Column(words("report.miskin"), "count"), Column(words("report.poor"), "count")]  # fmt: skip
    rows = [[part.name, part.tegar, part.miskin, part.poor] for part in parts if part.poor != 0]
    without = len(parts) - len(rows)
    note = words("report.book_without", n=without) if without else ""
    line = pictures.course_svg(scope, course(scope, own.code))
    return [
        {"kind": "page"},
        heading(f"{own.name} ({own.code})", 2 if level == scope.inside else 3),
        {"kind": "numbers", "items": items},
        *([picture(own.name, drawn, said)] if drawn else []),
        *([picture(words("report.trend_title"), line, words("report.trend_said", area=own.name), width=0.4)]
          if line else []),
        {**table(own.name, columns, rows, words, note=note), "columns_of": 2},
    ]  # fmt: skip
