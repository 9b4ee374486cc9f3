"""A table of one's own by groups of the poor, of one day: as tables by two cuts tell them, or as a release did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layers import numbers
from poverty.months import month_before
from queries import cross, reporting
from queries.cross import ALL, STATUS
from registry.reporting.cells import Column, table, told
from registry.reporting.own_tables import COUNTED, measure_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from queries.cross import Cross
    from registry.reporting.cells import Block
    from registry.reporting.figures import Counted
    from registry.reporting.own_tables import OwnTable
    from registry.reporting.scope import Scope


def of_one_day(scope: Scope, spec: OwnTable, title: str, parts: Sequence[Counted]) -> list[Block]:
    """The table; by ethnicity who sees no persons is told of the country and states what the release told."""
    if spec.cut == "age" or (spec.cut == "ethnicity" and not scope.exact and spec.level != "district"):
        return _as_released(scope, spec, title, parts)
    return _crossed(scope, spec, title, parts)


def _as_released(scope: Scope, spec: OwnTable, title: str, parts: Sequence[Counted]) -> list[Block]:
    """Poor and hardcore poor by group of people, as the newest approved release told them."""
    words = scope.words
    measures = [name for name in _measures(spec) if name != "miskin"] or ["poor", "tegar"]
    rows: list[list[Any]] = []
    number, month = "", scope.month
    for part in parts:
        values = {}
        for row in reporting.cuts(scope.conn, area=part.code, month=scope.month):
            if row["cut"].startswith(f"{spec.cut}:"):
                values[row["cut"], row["measure"]] = row["count"]
                number, month = row["number"], row["month"]
        rows += [
            [part.name, numbers.month(month, words), words(f"release.cut_{cut.rpartition(':')[2]}"),
             *(values.get((cut, name)) for name in measures)]
            for cut in sorted({cut for cut, _ in values})
        ]  # fmt: skip
    if not rows:
        return [told(words("report.no_cuts"))]
    columns = _columns(scope, "report.month", measures)
    notes = [words("report.cuts_note", number=number, month=numbers.month(month, words))]
    return [table(title, columns, rows, words, note=_said([*notes, *_untold(scope, spec, measures)]))]


def _crossed(scope: Scope, spec: OwnTable, title: str, parts: Sequence[Counted]) -> list[Block]:
    """Poor households by a cut of households, each area with its sum, as of the day that tables by two cuts are of."""
    words, measures = scope.words, _measures(spec)
    newest = next(row["month"] for row in reporting.months(scope.conn))
    if scope.month != newest:
        return [told(words("report.cut_of_newest", month=numbers.month(newest, words)))]
    areas = [part.code for part in parts]
    found = cross.of_areas(scope.conn, areas=areas, first=spec.cut, second=STATUS, live=scope.exact) if areas else []
    on = next((one.on for one in found), None)
    if on is None:
        return [told(words("report.cut_not_yet"))]
    if not scope.exact and not any(one.rows for one in found) and any(one.at(ALL, ALL) != 0 for one in found):
        return [told(words("report.cut_held_back"))]
    day = numbers.day(on)
    rows: list[list[Any]] = [
        [part.name, day, words(cross.value_word(spec.cut, value)), *(_count(one, value, name) for name in measures)]
        for part, one in zip(parts, found, strict=True)
        for value in (*one.rows, ALL)
    ]
    rounded = any(one.rounded for one in found)
    notes = [
        words("report.cut_rounded" if rounded else "report.cut_unrounded", day=day),
        *([] if scope.exact else [words("report.note_hidden", least=scope.footing.threshold)]),
        *_untold(scope, spec, measures),
    ]
    return [table(title, _columns(scope, "report.on_day", measures), rows, words, note=_said(notes))]


def _measures(spec: OwnTable) -> list[str]:
    """What is told of those that were chosen; where none of them is, all that is."""
    return [name for name in spec.measures if name in COUNTED] or list(COUNTED)


def _count(found: Cross, value: str, measure: str) -> int | None:
    return found.at(value, ALL if measure == "poor" else measure)


def _columns(scope: Scope, when: str, measures: Sequence[str]) -> list[Column]:
    words = scope.words
    counts = (Column(measure_name(name, words), "count") for name in measures)
    return [Column(words("report.area")), Column(words(when)), Column(words("report.group")), *counts]


def _untold(scope: Scope, spec: OwnTable, measures: Sequence[str]) -> list[str]:
    """What was chosen and is not told by this cut: months before, and measures."""
    words, notes = scope.words, []
    if spec.months > 1:
        first, last = (numbers.month(month_before(scope.month, back), words) for back in (spec.months - 1, 1))
        notes.append(words("report.cut_months" if first != last else "report.cut_month", first=first, last=last))
    left = [measure_name(name, words) for name in spec.measures if name not in measures]
    if left:
        notes.append(words("report.cut_measures", names=", ".join(left)))
    return notes


def _said(notes: Iterable[str]) -> str:
    return " ".join(notes)
