"""What each block of a report's layout says: from its figures to headings, numbers, drawings and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from layers import numbers
from poverty.months import month_before
from queries import lines, reporting
from registry.reporting import pictures
from registry.reporting.aid_blocks import AID_BLOCKS
from registry.reporting.cells import RATE, TEXT, Column, counts, heading, money, number, picture, table, told
from registry.reporting.figures import course, inside, whole
from registry.reporting.kpi_blocks import KPI_BLOCKS
from registry.reporting.map_book import map_book
from registry.reporting.own_blocks import own_table
from registry.reporting.quality_blocks import QUALITY_BLOCKS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from registry.reporting.cells import Block
    from registry.reporting.figures import Counted
    from registry.reporting.scope import Scope

    Write = Callable[[Scope, dict[str, Any]], list[Block]]

_LEAST_RANKED: Final = 30
"""Households that a rate must be of to be ranked."""


def numbers_block(scope: Scope, _asked: dict[str, Any]) -> list[Block]:
    """The numbers of the area side by side."""
    words = scope.words
    own = whole(scope, inside(scope, scope.inside))
    hidden = words("report.hidden")
    items = [
        number(words(f"report.{name}"), hidden if value is None else numbers.count(value))
        for name, value in (("poor", own.poor), ("tegar", own.tegar), ("miskin", own.miskin))
    ]
    if own.census:
        items.append(number(words("report.rate"), hidden if own.rate is None else numbers.share(own.rate)))
    gap = hidden if own.gap_rm is None else numbers.money_short(own.gap_rm, words=words)
    items.append(number(words("report.gap"), gap, words("report.gap_note")))
    if own.poor is not None and own.poor_ago:
        change = (own.poor - own.poor_ago) / own.poor_ago
        items.append(number(words("report.in_year"), numbers.change(change), words("report.in_year_note")))
    return [{"kind": "numbers", "items": items}]


def map_block(scope: Scope, asked: dict[str, Any]) -> list[Block]:
    """The map of the areas inside."""
    words, level = scope.words, str(asked.get("level", scope.inside))
    parts = inside(scope, level)
    drawn = pictures.map_svg(scope, level, scope.area, parts)
    title = words("report.map_title", measure=words(f"measure.{pictures.measure_of(parts).key}"))
    if not drawn:
        return [heading(title), told(words("report.no_map"))]
    said = words("report.map_said", area=scope.name, month=numbers.month(scope.month, words))
    return [heading(title), picture(title, drawn, said)]


def trend_block(scope: Scope, _asked: dict[str, Any]) -> list[Block]:
    """The course of the last two years, drawn and as a table."""
    words, moments = scope.words, course(scope)
    title = words("report.trend_title")
    drawn = pictures.course_svg(scope, moments)
    said = words("report.trend_said", area=scope.name)
    columns = [
        Column(words("report.month")), Column(words("report.tegar"), "count"), Column(words("report.miskin"), "count"),
        Column(words("report.poor"), "count"), Column(words("report.gap_month"), "rm"),
    ]  # fmt: skip
    rows = [[numbers.month(one.month, words), one.tegar, one.miskin, one.poor, one.gap_rm] for one in reversed(moments)]
    first = moments[0].month if moments else scope.month
    breaks = lines.breaks(scope.conn, since=first, until=scope.month)
    note = words("report.trend_breaks", n=len(breaks)) if breaks else ""
    return [
        heading(title),
        *([picture(title, drawn, said, width=0.5)] if drawn else []),
        table(title, columns, rows, words, note=note),
    ]


def areas_block(scope: Scope, asked: dict[str, Any]) -> list[Block]:
    """The areas inside with their counts and what they add up to."""
    words, level = scope.words, str(asked.get("level", scope.inside))
    parts = inside(scope, level)
    title = words(f"report.areas_{level}")
    return [heading(title), areas_table(scope, title, parts, whole(scope, parts))]


def areas_table(scope: Scope, title: str, parts: Sequence[Counted], own: Counted) -> Block:
    """The table of areas: counts, the rate where the census is known, a year before, RM to the line."""
    words = scope.words
    known = any(part.census for part in parts)
    columns = [
        Column(words("report.area"), TEXT), counts(words("report.tegar")), counts(words("report.miskin")),
        counts(words("report.poor")),
        *([counts(words("report.census")), Column(words("report.rate"), RATE, over=(3, 4))] if known else []),
        counts(words("report.poor_ago")), money(words("report.gap_month")),
    ]  # fmt: skip

    def row(one: Counted) -> list[Any]:
        rate = [one.census, one.rate] if known else []
        return [one.name, one.tegar, one.miskin, one.poor, *rate, one.poor_ago, one.gap_rm]

    total = row(own._replace(name=words("report.total")))
    return table(title, columns, [row(part) for part in parts], words, total=total, note=_few(scope))


def ranking_block(scope: Scope, asked: dict[str, Any]) -> list[Block]:
    """The areas of a level with the highest shares of poor households."""
    words, level = scope.words, str(asked.get("level", scope.inside))
    known = [part for part in inside(scope, level) if part.rate is not None and (part.poor or 0) >= _LEAST_RANKED]
    known.sort(key=lambda part: (-(part.rate or 0), part.code))
    title = words(f"report.ranking_{level}")
    columns = [
        Column(words("report.place"), "count"), Column(words("report.area")), Column(words("report.poor"), "count"),
        Column(words("report.census"), "count"), Column(words("report.rate"), RATE, over=(2, 3)),
    ]  # fmt: skip
    rows = [
        [place, part.name, part.poor, part.census, part.rate]
        for place, part in enumerate(known[: int(asked.get("rows", 10))], start=1)
    ]
    note = words("report.ranking_note", least=_LEAST_RANKED)
    return [heading(title), table(title, columns, rows, words, note=note)]


def strata_block(scope: Scope, _asked: dict[str, Any]) -> list[Block]:
    """The poor of the area by strata."""
    words, title = scope.words, scope.words("report.strata_title")
    columns = [Column(words("report.group")), counts(words("report.tegar")), counts(words("report.miskin")),
               counts(words("report.poor"))]  # fmt: skip
    rows, level = [], scope.inside
    for strata in ("urban", "rural"):
        own = whole(scope, inside(scope, level, strata=strata), strata=strata)
        rows.append([words(f"strata.{strata}"), own.tegar, own.miskin, own.poor])
    own = whole(scope, inside(scope, level))
    total = [words("report.total"), own.tegar, own.miskin, own.poor]
    return [heading(title), table(title, columns, rows, words, total=total, note=_few(scope))]


def cuts_block(scope: Scope, _asked: dict[str, Any]) -> list[Block]:
    """Who the poor are, as the newest approved release told: it is protected together with all other releases."""
    words, title = scope.words, scope.words("report.cuts_title")
    found = reporting.cuts(scope.conn, area=scope.area, month=scope.month)
    if not found:
        return [heading(title), told(words("report.no_cuts"))]
    columns = [Column(words("report.group")), Column(words("report.poor"), "count"),
               Column(words("report.tegar"), "count")]  # fmt: skip
    values = {(row["cut"], row["measure"]): row for row in found}
    cuts = sorted({row["cut"] for row in found}, key=lambda cut: (cut.count(":"), cut))
    rows = []
    for cut in cuts:
        pair = [values.get((cut, measure)) for measure in ("poor", "tegar")]
        rows.append([words(f"release.cut_{cut.rpartition(':')[2]}"), *(one and one["count"] for one in pair)])
    note = words("report.cuts_note", number=found[0]["number"], month=numbers.month(found[0]["month"], words))
    return [heading(title), table(title, columns, rows, words, note=note)]


def notes_block(scope: Scope, _asked: dict[str, Any]) -> list[Block]:
    """How to read the figures, and what they do not say."""
    words = scope.words
    said = [
        words("report.note_register"),
        *(
            [words("report.note_exact")]
            if scope.exact
            else [
                words("report.note_told", snapshot=scope.snapshot),
                words("report.note_hidden", least=scope.footing.threshold),
            ]
        ),
        words("report.note_before", month=numbers.month(month_before(scope.month, 12), words)),
    ]
    return [heading(words("report.notes_title")), *map(told, said)]


def _few(scope: Scope) -> str:
    return "" if scope.exact else scope.words("report.note_hidden", least=scope.footing.threshold)


BLOCKS: Final[dict[str, Write]] = {
    "numbers": numbers_block,
    "map": map_block,
    "trend": trend_block,
    "areas": areas_block,
    "ranking": ranking_block,
    "strata": strata_block,
    "cuts": cuts_block,
    "notes": notes_block,
    "map_book": map_book,
    "own": own_table,
    **AID_BLOCKS,
    **KPI_BLOCKS,
    **QUALITY_BLOCKS,
}
"""What a layout can name."""
