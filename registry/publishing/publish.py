"""Publishes figures: reads the exact ones, leaves out what must stay hidden, replaces what was published before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from queries.quality import KINDS
from registry.measuring.keeping import keep_months
from registry.publishing.crossing import CUTS, CutRow, plan_crosses
from registry.publishing.figures import (
    ALL,
    STRATA,
    AidFigures,
    Counts,
    Exact,
    Place,
    plan_aid,
    plan_counts,
    plan_faults,
    plan_projects,
    plan_shares,
)
from registry.publishing.poverty import publish_measures
from registry.publishing.values import plan_values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date
    from decimal import Decimal

    from sqlalchemy import Connection

    from poverty.disclosure import Cell
    from registry.publishing.figures import Planned

_SQL: Final = Path(__file__).with_name("sql")
_TURN: Final = text("SELECT pg_advisory_xact_lock(hashtextextended('ekasih.publication', 0))")
_STATE: Final = text("""
    SELECT coalesce(CAST(ekasih.register_state() ->> 'as_of' AS date), current_date) AS as_of,
        (SELECT CAST(s.value #>> '{}' AS integer) FROM ekasih.setting AS s WHERE s.key = 'disclosure.threshold')
            AS threshold
""")
_DONE: Final = text("INSERT INTO ekasih.publication (published_at, as_of) VALUES (now(), :as_of) RETURNING id")
_STALE: Final = text("""
    SELECT EXISTS (SELECT FROM ekasih.household)
        AND coalesce((SELECT max(p.published_at) < date_trunc('day', now()) FROM ekasih.publication AS p), true)
""")
_CROSSED: Final = text("SELECT EXISTS (SELECT FROM ekasih.published_cross_state AS s WHERE s.month = :month)")
_TABLES: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "published_count": (("area_code", "month", "cut"), ("tegar", "miskin", "gap_rm")),
    "published_fault": (("area_code", "kind"), ("households",)),
    "published_project": (("area_code", "type_code"), ("projects",)),
    "published_value": (("indicator_code", "area_code", "month"), ("value",)),
    "published_share": (("area_code", "indicator_code"), ("share",)),
    "aid_area": (("area_code", "cut"), ("aided", "never", "households", "amount_rm")),
    "published_aid": (("area_code", "cut"), ("aided", "never", "households", "amount_rm")),
    "household_cut": (("area_code", *CUTS), ("tegar", "miskin")),
    "published_cross": (("area_code", "first", "second"), ("households",)),
    "published_cross_state": (("month",), ("as_of",)),
}


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did: its number, how many counts are shown, how many hidden, what was refused."""

    number: int
    shown: int
    hidden: int
    refused: tuple[str, ...]

    def summary(self) -> str:
        """One line for a terminal."""
        line = f"Publication {self.number}: {self.shown:,} counts shown, {self.hidden:,} hidden"
        return line + "".join(f"; nothing by {name}: a small count would follow" for name in self.refused)


def publish(connection: Connection) -> Published:
    """Publish the figures as they are now, in the caller's transaction; those of before stay until it commits.

    Raises:
        NotProtectable: a small count would follow from the others; what was published before stands.

    """
    connection.execute(_TURN)
    keep_months(connection)
    state = connection.execute(_STATE).one()
    exact = read_exact(connection, this_month=state.as_of.replace(day=1))
    planned = plan_counts(exact)
    hidden_areas = {
        row.area for row in planned.rows if row.month == exact.this_month and row.cut == ALL and row.tegar is None
    }
    faults = read_faults(connection)
    shares = plan_shares(exact.places, read_workloads(connection), hidden_areas=hidden_areas, threshold=exact.threshold)
    _replace(connection, "published_count", planned.rows)
    _replace(connection, "published_value", plan_values(connection, exact.places, sorted(exact.months), planned.rows))
    _replace(
        connection,
        "published_fault",
        ((*cell, count) for cell, count in plan_faults(exact.places, faults, KINDS, threshold=exact.threshold).items()),
    )
    _replace(connection, "published_share", ((*cell, share) for cell, share in shares.items()))
    projects = {(row.area_code, row.type_code): int(row.projects) for row in _rows(connection, "projects")}
    _replace(connection, "published_project", ((*cell, count) for cell, count in plan_projects(projects).items()))
    aid = [AidFigures(*row) for row in _rows(connection, "aid", as_of=state.as_of)]
    _replace(connection, "aid_area", aid)
    _replace(connection, "published_aid", plan_aid(exact.places, aid))
    publish_measures(connection, planned.rows)
    _publish_cuts(connection, planned, exact, as_of=state.as_of, hidden_areas=hidden_areas)
    number = int(connection.execute(_DONE, {"as_of": state.as_of}).scalar_one())
    hidden = sum(row.tegar is None for row in planned.rows)
    return Published(number, len(planned.rows) - hidden, hidden, tuple(planned.refused))


def publish_if_stale(connection: Connection) -> Published | None:
    """Publish unless it was done today, or there is nobody on the register."""
    return publish(connection) if connection.scalar(_STALE) else None


def _publish_cuts(
    connection: Connection, planned: Planned, exact: Exact, *, as_of: date, hidden_areas: Collection[str]
) -> None:
    """Keep the figures by cuts; for everybody once a month, so that two publications tell nothing of what changed."""
    rows = [CutRow(*row) for row in _rows(connection, "cuts", as_of=as_of)]
    _replace(connection, "household_cut", rows)
    if connection.scalar(_CROSSED, {"month": exact.this_month}):
        return
    strata = {row.cut: f"strata:{row.cut}" for row in planned.rows if row.cut in STRATA}
    held = {
        (row.area, strata.get(row.cut, row.cut))
        for row in planned.rows
        if row.month == exact.this_month and row.tegar is None
    }
    shown = plan_crosses(rows, hidden_areas=hidden_areas, held=held, threshold=exact.threshold)
    _replace(connection, "published_cross", shown)
    _replace(connection, "published_cross_state", [(exact.this_month, as_of)])


def read_faults(connection: Connection) -> dict[tuple[str, str], int]:
    """The exact number of households with a fault of each kind by (area, kind)."""
    return {(row.area_code, row.kind): int(row.households) for row in _rows(connection, "faults")}


def read_workloads(connection: Connection) -> dict[str, dict[str, Any]]:
    """The exact number of households of each district, and how many of them each indicator of shares counts."""
    return {row.area_code: dict(row._mapping) for row in _rows(connection, "workloads")}  # noqa: SLF001 - public


def read_exact(connection: Connection, *, this_month: date) -> Exact:
    """The exact figures, as the owner of the register reads them."""
    threshold = connection.execute(_STATE).one().threshold
    places = [Place(row.code, row.level, row.parent_code) for row in _rows(connection, "areas")]
    states = {place.code for place in places if place.level == "state"}
    now = _summed(((row.area_code, row.cut, row.tegar, row.miskin) for row in _rows(connection, "counts_now")), states)
    months: dict[date, list[Any]] = {row.month: [] for row in _rows(connection, "months")}
    gaps: dict[date, dict[tuple[str, str], Decimal]] = {month: {} for month in months}
    for row in _rows(connection, "counts_months"):
        months[row.month].append((row.area_code, row.cut, row.tegar, row.miskin))
        kept = gaps[row.month]
        kept[row.area_code, row.cut] = row.gap_rm
        if row.area_code in states:
            kept["MY", row.cut] = kept.get(("MY", row.cut), 0) + row.gap_rm
    counted = {month: _summed(rows, states) for month, rows in months.items() if month < this_month}
    told: dict[date, dict[Cell, tuple[int, int] | None]] = defaultdict(dict)
    for row in _rows(connection, "told", this_month=this_month):
        told[row.month][row.area_code, row.cut] = None if row.tegar is None else (row.tegar, row.miskin)
    return Exact(places, this_month, now, counted, gaps, threshold, told)


def _summed(rows: Iterable[tuple[str, str, int, int]], states: set[str]) -> Counts:
    """The counts by (area, cut), with the country as the sum of its states."""
    found: Counts = {}
    country: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for area, cut, tegar, miskin in rows:
        found[area, cut] = (tegar, miskin)
        if area in states:
            country[cut][0] += tegar
            country[cut][1] += miskin
    found |= {("MY", cut): (tegar, miskin) for cut, (tegar, miskin) in country.items()}
    return found


def _rows(connection: Connection, name: str, **params: object) -> Sequence[Any]:
    return connection.execute(text((_SQL / f"{name}.sql").read_text(encoding="utf-8")), params).all()


def _replace(connection: Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Make a table hold exactly these rows, touching only what differs."""
    keys, values = _TABLES[table]
    columns, key = ", ".join((*keys, *values)), ", ".join(keys)
    fresh = f"fresh_{table}"
    connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {fresh} (LIKE ekasih.{table} INCLUDING INDEXES) ON COMMIT DROP")
    raw: Any = connection.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(f"COPY {fresh} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    pairs = " AND ".join(f"f.{name} = t.{name}" for name in keys)
    new = ", ".join(f"{name} = excluded.{name}" for name in values)
    was, now = (", ".join(f"{alias}.{name}" for name in values) for alias in ("t", "excluded"))
    for statement in (
        f"ANALYZE {fresh}",
        # names of our own tables and columns, none of them given
        f"DELETE FROM ekasih.{table} AS t WHERE NOT EXISTS (SELECT FROM {fresh} AS f WHERE {pairs})",  # noqa: S608
        f"""INSERT INTO ekasih.{table} AS t ({columns}) SELECT {columns} FROM {fresh}
            ON CONFLICT ({key}) DO UPDATE SET {new} WHERE ({was}) IS DISTINCT FROM ({now})""",  # noqa: S608
        f"DROP TABLE {fresh}",
    ):
        connection.exec_driver_sql(statement)
