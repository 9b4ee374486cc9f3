"""What a report says of the quality of records, and of what was done in the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from layers import numbers
from queries import quality, reporting
from queries.quality import KINDS
from registry.reporting.cells import SHARE, Column, counts, heading, table, told

if TYPE_CHECKING:
    from registry.reporting.cells import Block
    from registry.reporting.scope import Scope


def quality_block(scope: Scope, _asked: dict[str, Any]) -> list[Block]:
    """Households with a fault of each kind, by area inside."""
    words, title, level = scope.words, scope.words("report.quality_title"), scope.inside
    if scope.exact:
        frame = quality.faults_by_area(scope.conn, level=level, within=scope.area)
        rows = [[row["area_name"], *(int(row[kind]) for kind in KINDS)] for row in frame.to_dict("records")]
        sums = [sum(row[place] for row in rows) for place in range(1, len(KINDS) + 1)]
        note = words("report.quality_exact", day=numbers.day(scope.footing.as_of))
    else:
        found = reporting.figures(scope.conn, subject="fault", month=scope.month, level=level, within=scope.area)
        if not found:
            return [heading(title), told(words("report.no_quality"))]
        values = {(row["area_code"], row["cut"]): row["value"] for row in found}
        names = {row["area_code"]: row["area_name"] for row in found if row["area_code"] != scope.area}
        rows = [[name, *(_whole(values.get((code, kind))) for kind in KINDS)] for code, name in sorted(names.items())]
        sums = [_whole(values.get((scope.area, kind))) for kind in KINDS]
        note = words("report.note_hidden", least=scope.footing.threshold)
    columns = [Column(words("report.area")), *(counts(words(f"report.fault_{kind}")) for kind in KINDS)]
    return [heading(title), table(title, columns, rows, words, total=[words("report.total"), *sums], note=note)]


def shares_block(scope: Scope, _asked: dict[str, Any]) -> list[Block]:
    """The shares of households that indicators of work count, rounded, as the month was told."""
    words, title = scope.words, scope.words("report.shares_title")
    found = reporting.figures(scope.conn, subject="share", month=scope.month, level=scope.inside, within=scope.area)
    rows = [
        [row["area_name"], (row["name_en"] if words.language == "en" else row["name_ms"]) or row["cut"], row["value"]]
        for row in found
    ]
    if not rows:
        return [heading(title), told(words("report.no_quality"))]
    columns = [Column(words("report.area")), Column(words("report.indicator")), Column(words("report.value"), SHARE)]
    return [heading(title), table(title, columns, rows, words, note=words("report.rounded"))]


def audit_block(scope: Scope, _asked: dict[str, Any]) -> list[Block]:
    """What was done in the month, by kind."""
    words, title = scope.words, scope.words("report.audit_title")
    rows: list[list[Any]] = [
        [words(f"audit.action_{row['action']}") if words.has(f"audit.action_{row['action']}") else row["action"],
         row["entries"], row["people"]]
        for row in reporting.audit(scope.conn, month=scope.month)
    ]  # fmt: skip
    columns = [Column(words("report.action")), counts(words("report.entries")), Column(words("report.people"), "count")]
    total = [words("report.total"), sum(row[1] for row in rows), words("report.people_note")]
    return [heading(title), table(title, columns, rows, words, total=total)]


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value).split(".", maxsplit=1)[0])


QUALITY_BLOCKS: Final = {"quality": quality_block, "shares": shares_block, "audit": audit_block}
