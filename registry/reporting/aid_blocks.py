"""What a report says of aid and of projects: exact where the persons may be seen, else as the month was told."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from layers import numbers
from queries import reach, reporting
from registry.reporting.cells import Column, heading, table, told

if TYPE_CHECKING:
    from decimal import Decimal

    from registry.reporting.cells import Block
    from registry.reporting.scope import Scope

_FIGURES: Final = ("aided", "households", "amount_rm")
_KINDS: Final = {"aided": "count", "households": "count", "amount_rm": "rm"}


def aid_block(scope: Scope, asked: dict[str, Any]) -> list[Block]:
    """Aid of twelve months in the area by programme, need or agency."""
    words, by = scope.words, str(asked.get("by", "programme"))
    title = words(f"report.aid_{by}")
    rows: list[list[Any]] = []
    if scope.exact:
        for row in reach.by_cut(scope.conn, area=scope.area, live=True):
            if row["kind"] == by:
                name = row["name_en"] if words.language == "en" else row["name_ms"]
                rows.append([name or row["cut"], row["aided"], row["households"], row["amount_rm"]])
    else:
        rows = [
            [name, *(values.get(figure) for figure in _FIGURES)]
            for (cut, name), values in _told(scope, "aid", scope.level).get(scope.area, {}).items()
            if cut.partition(":")[0] == by
        ]
        rows.sort(key=lambda row: (-(row[3] or 0), row[0]))
    if not rows:
        return [heading(title), told(words("report.no_aid"))]
    columns = [Column(words(f"report.{by}")), *(Column(words(f"report.{one}"), _KINDS[one]) for one in _FIGURES)]
    return [heading(title), table(title, columns, rows, words, note=_note(scope))]


def aid_areas_block(scope: Scope, _asked: dict[str, Any]) -> list[Block]:
    """Aid of twelve months by area inside."""
    words, level = scope.words, scope.inside
    if level == "mukim":
        return []
    title = words("report.aid_areas")
    figures = (*_FIGURES, "never")
    if scope.exact:
        frame = reach.by_area(scope.conn, level=level, within=scope.area, cut="all", live=True)
        rows = [[row["area_name"], *(row[one] for one in figures)] for row in frame.to_dict("records")]
    else:
        found = reporting.figures(scope.conn, subject="aid", month=scope.month, level=level, within=scope.area)
        values: dict[str, dict[str, Decimal | None]] = defaultdict(dict)
        names = {}
        for row in found:
            if row["cut"] == "all" and row["area_code"] != scope.area:
                values[row["area_code"]][row["figure"]] = row["value"]
                names[row["area_code"]] = row["area_name"]
        rows = [[names[code], *(values[code].get(one) for one in figures)] for code in sorted(values)]
    if not rows:
        return [heading(title), told(words("report.no_aid"))]
    kinds = {**_KINDS, "never": "count"}
    columns = [Column(words("report.area")), *(Column(words(f"report.{one}"), kinds[one]) for one in figures)]
    return [heading(title), table(title, columns, rows, words, note=_note(scope))]


def projects_block(scope: Scope, _asked: dict[str, Any]) -> list[Block]:
    """Projects by type, rounded for everybody, as the month was told."""
    words, title = scope.words, scope.words("report.projects_title")
    rows = [
        [name, values.get("projects")]
        for (_cut, name), values in _told(scope, "project", scope.level).get(scope.area, {}).items()
    ]
    if not rows:
        return [heading(title), told(words("report.no_projects"))]
    columns = [Column(words("report.project_type")), Column(words("report.projects"), "count")]
    return [heading(title), table(title, columns, rows, words, note=words("report.rounded"))]


def _told(scope: Scope, subject: str, level: str) -> dict[str, dict[tuple[str, str], dict[str, Decimal | None]]]:
    """What was told of a subject by area, by its cut and the name of that; figures by name."""
    found: dict[str, dict[tuple[str, str], dict[str, Decimal | None]]] = defaultdict(lambda: defaultdict(dict))
    for row in reporting.figures(scope.conn, subject=subject, month=scope.month, level=level, within=scope.area):
        name = row["name_en"] if scope.words.language == "en" else row["name_ms"]
        found[row["area_code"]][row["cut"], name or row["cut"]][row["figure"]] = row["value"]
    return found


def _note(scope: Scope) -> str:
    if scope.exact:
        return scope.words("report.aid_exact", day=numbers.day(scope.footing.as_of))
    return scope.words("report.rounded")


AID_BLOCKS: Final = {"aid": aid_block, "aid_areas": aid_areas_block, "projects": projects_block}
