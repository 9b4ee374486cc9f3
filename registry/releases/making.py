"""Makes a release: reads closed months and whole years, decides what may be told, writes it once and seals it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from poverty.months import month_before, month_end
from poverty.releases import (
    AGES,
    ALL,
    ETHNICITIES,
    MEASURES,
    STRATA,
    Area,
    Beside,
    Figure,
    Told,
    plan_aid,
    plan_month,
    range_of,
)
from registry.publishing.publish import read_exact
from registry.releases.shapes import boundaries_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from poverty.ranges import Key, Range
    from registry.publishing.figures import Exact

MONTHS: Final = 24
YEARS: Final = 3
_SQL: Final = Path(__file__).with_name("sql")
_TURN: Final = text("SELECT pg_advisory_xact_lock(hashtextextended('ekasih.release', 0))")
_OPEN: Final = text(
    "SELECT id, number, month, state, corrects FROM ekasih.release WHERE state IN ('disediakan', 'sedia')"
)
_LAST: Final = text("""
    SELECT max(m.month) FROM ekasih.headcount_month AS m
    WHERE m.month > coalesce((SELECT max(r.month) FROM ekasih.release AS r), '-infinity')
        AND m.month < date_trunc('month', CAST(:today AS date))
""")
_BEGIN: Final = text("""
    INSERT INTO ekasih.release (number, month) VALUES (ekasih.next_release_number(:month), :month)
    RETURNING id, number, month, state, corrects
""")
_SEAL: Final = text("""
    UPDATE ekasih.release SET state = 'sedia', as_of = :today, census_year = :census_year, boundaries = :boundaries,
        sample = CAST(ekasih.register_state() ->> 'sample' AS boolean), checksum = :checksum
    WHERE id = :id
""")
_NOTE: Final = text("""
    INSERT INTO ekasih.audit_log (actor_id, actor, action, subject, subject_id, after)
    VALUES (ekasih.acting_user(), coalesce(ekasih.acting_login(), 'system'), 'make_release', 'release', :id,
        jsonb_build_object('number', CAST(:number AS text), 'checksum', CAST(:checksum AS text)))
""")
_COLUMNS: Final = {
    "release_area": ("area_code", "parent_code", "name", "shape"),
    "release_count": ("month", "area_code", "cut", "measure", "told", "count", "rate"),
    "release_aid": (
        "year", "programme_code", "programme_ms", "programme_en", "area_code", "told", "households", "amount_rm",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """The number of a release, and how many of its counts are told as numbers, as below 10, and not at all."""

    number: str
    numbers: int
    below: int
    held: int


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What approved releases told, of the same months and years, and the newest of them."""

    counts: Sequence[Any]
    aid: Sequence[Any]
    newest: int | None


def make_release(
    connection: Connection, *, today: date, progress: Callable[[int, int], None] = lambda *_: None
) -> Made | None:
    """Make the release that was asked for, else that of the last closed month; ``None`` where there is nothing to make.

    What approved releases told of earlier months is taken over as it was told. A correction is worked out anew from the
    register as it stands, and tells no more beside what is public already than the rule allows.

    Raises:
        NotProtectable: a small count would follow; nothing is made.

    """
    connection.execute(_TURN)
    begun = connection.execute(_OPEN).one_or_none()
    if begun is not None and begun.state == "sedia":
        return None
    if begun is None:
        month = connection.scalar(_LAST, {"today": today})
        if month is None:
            return None
        begun = connection.execute(_BEGIN, {"month": month}).one()
    places = _rows(connection, "areas")
    areas = [Area(row.code, row.parent_code) for row in places]
    months = [month_before(begun.month, back) for back in range(MONTHS - 1, -1, -1)]
    earlier = _earlier(connection, first_month=months[0], first_year=begun.month.year - YEARS)
    shapes = boundaries_of(connection, _statement("shapes"))
    counts = _counts(connection, begun, places, earlier, progress)
    tables = {
        "release_area": [(row.code, row.parent_code, row.name, shapes.shapes.get(row.code)) for row in places],
        "release_count": counts,
        "release_aid": _aid(connection, begun, areas, earlier),
    }
    for table, rows in tables.items():
        _write(connection, begun.id, table, rows)
    checksum = checksum_of(tables)
    census = max((row.census_year for row in places if row.census_year), default=None)
    connection.execute(
        _SEAL,
        {
            "id": begun.id,
            "today": today,
            "census_year": census,
            "boundaries": shapes.said,
            "checksum": checksum,
        },
    )
    connection.execute(_NOTE, {"id": begun.id, "number": begun.number, "checksum": checksum})
    told = [row[4] for row in counts]
    return Made(begun.number, *(told.count(how) for how in (Told.NUMBER, Told.BELOW, Told.HELD)))


def checksum_of(tables: Mapping[str, Iterable[Sequence[object]]]) -> str:
    """The SHA-256 of all figures of a release, in the order of their keys; anybody can work it out from its files."""
    digest = hashlib.sha256()
    for table in ("release_count", "release_aid"):
        for line in sorted(json.dumps([None if one is None else str(one) for one in row]) for row in tables[table]):
            digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _counts(
    connection: Connection,
    begun: Any,
    places: Sequence[Any],
    earlier: _Earlier,
    progress: Callable[[int, int], None],
) -> list[tuple[Any, ...]]:
    """The counts of 24 months as they are told, with those of the last by strata, ethnicity and age."""
    exact = read_exact(connection, this_month=month_before(begun.month, -1))
    areas = [Area(row.code, row.parent_code) for row in places]
    census = {row.code: row.census_households or 0 for row in places}
    taken = defaultdict(list)
    if begun.corrects is None:
        for row in earlier.counts:
            if row.release_id == earlier.newest and row.cut == ALL:
                taken[row.month].append((row.month, row.area_code, row.cut, row.measure, row.told, row.count, row.rate))
    found: list[tuple[Any, ...]] = []
    months = [month_before(begun.month, back) for back in range(MONTHS - 1, -1, -1)]
    for number, month in enumerate(months, start=1):
        if month in taken and month != begun.month:
            found += taken[month]
        elif month in exact.months:
            last = month == begun.month
            counts, cuts = _of_month(connection, exact, month, groups=last)
            figures = plan_month(areas, counts, cuts=cuts, census=census, beside=_beside(connection, month, earlier))
            found += [
                (month, key[1], key[2], key[0], how, count, rate) for key, how, count, rate in map(_plain, figures)
            ]
        progress(number, MONTHS)
    return found


def _plain(figure: Figure) -> tuple[Key, str, int | None, Decimal | None]:
    return figure.key, figure.told.value, figure.number, figure.rate


def _of_month(
    connection: Connection, exact: Exact, month: date, *, groups: bool
) -> tuple[dict[Key, int], tuple[str, ...]]:
    """Poor and hardcore poor by (measure, area, cut), and the cuts that states have."""
    pairs = dict(exact.months[month])
    cuts: tuple[str, ...] = (*STRATA, *ETHNICITIES, *AGES) if groups else ()
    if groups:
        country: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for row in _rows(connection, "groups", last_day=month_end(month)):
            pairs[row.area_code, row.cut] = (row.tegar, row.miskin)
            country[row.cut][0] += row.tegar
            country[row.cut][1] += row.miskin
        pairs |= {("MY", cut): (tegar, miskin) for cut, (tegar, miskin) in country.items()}
        cuts = tuple(cut for cut in cuts if cut not in ETHNICITIES or _adds_up(pairs))
    counts: dict[Key, int] = {}
    for (area, cut), (tegar, miskin) in pairs.items():
        counts["poor", area, cut], counts["tegar", area, cut] = tegar + miskin, tegar
    return counts, cuts


def _adds_up(pairs: Mapping[tuple[str, str], tuple[int, int]]) -> bool:
    """Whether ethnicities are together what the month was closed with: records joined since are no longer two."""
    states = {area for area, _ in pairs if len(area) == 2}  # noqa: PLR2004 - the country and states
    return all(
        pairs.get((area, ALL), (0, 0))[place] == sum(pairs.get((area, cut), (0, 0))[place] for cut in ETHNICITIES)
        for area in states
        for place in range(2)
    )


def _beside(connection: Connection, month: date, earlier: _Earlier) -> Beside:
    """What else is known of a month: told by approved releases, and read exactly by planners."""
    ranges: dict[Key, list[Range]] = defaultdict(list)
    ways: dict[Key, set[str]] = defaultdict(set)
    for row in earlier.counts:
        if row.month == month:
            key = (row.measure, row.area_code, row.cut)
            ranges[key].append(range_of(Told(row.told), row.count))
            ways[key].add(row.told)
    held = {key for key, told in ways.items() if Told.HELD in told and Told.NUMBER not in told}
    read = {
        (measure, row.area_code, row.cut)
        for row in _rows(connection, "read_by_planners", month=month)
        for measure in (*MEASURES, "miskin")
    }
    return Beside(ranges, held, read or None)


def _aid(connection: Connection, begun: Any, areas: Sequence[Area], earlier: _Earlier) -> list[tuple[Any, ...]]:
    """The aid of the last whole years by programme; of a year that an approved release told, as it told it."""
    last = begun.month.year - 1 if begun.month.month < 12 else begun.month.year  # noqa: PLR2004 - December ends a year
    first = last - YEARS + 1
    found: list[tuple[Any, ...]] = []
    taken = set()
    if begun.corrects is None:
        for row in earlier.aid:
            if row.release_id == earlier.newest and first <= row.year <= last:
                taken.add(row.year)
                found.append(tuple(row)[1:])
    ranges: dict[tuple[int, str], dict[Key, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in earlier.aid:
        ranges[row.year, row.programme_code]["aid", row.area_code].append(row)
    given: dict[tuple[int, str, str, str], dict[str, Any]] = defaultdict(dict)
    for row in _rows(connection, "aid_years", first_year=first, last_year=last):
        if row.year not in taken:
            given[row.year, row.code, row.name_ms, row.name_en][row.area_code] = row
    for (year, *programme), rows in sorted(given.items()):
        households = {area: int(row.households) for area, row in rows.items()}
        amounts = {area.code: rows[area.code].amount_rm if area.code in rows else Decimal(0) for area in areas}
        known = _aid_beside(ranges[year, programme[0]], households)
        found += [
            (year, *programme, one.area, one.told.value, one.households, one.amount_rm)
            for one in plan_aid(areas, households, amounts, beside=known)
        ]
    return found


def _aid_beside(earlier: Mapping[Key, Sequence[Any]], households: Mapping[str, int]) -> Beside:
    """What was told of a programme's year before; where its money was told, the count is taken as known."""
    ranges: dict[Key, list[Range]] = defaultdict(list)
    for key, rows in earlier.items():
        for row in rows:
            ranges[key].append(range_of(Told(row.told), row.households))
            if row.amount_rm is not None:
                exact = households.get(str(key[1]), 0)
                ranges[key].append((exact, exact))
    return Beside(ranges)


def _earlier(connection: Connection, *, first_month: date, first_year: int) -> _Earlier:
    counts = _rows(connection, "earlier", first_month=first_month)
    aid = _rows(connection, "earlier_aid", first_year=first_year)
    return _Earlier(counts, aid, max((row.release_id for row in counts), default=None))


def _statement(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def _rows(connection: Connection, name: str, **params: object) -> Sequence[Any]:
    return connection.execute(text(_statement(name)), params).all()


def _write(connection: Connection, release: int, table: str, rows: Iterable[Sequence[object]]) -> None:
    columns = ", ".join(("release_id", *_COLUMNS[table]))
    fresh = f"fresh_{table}"
    # a table that policies guard takes no COPY
    connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {fresh} (LIKE ekasih.{table}) ON COMMIT DROP")
    raw: Any = connection.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(f"COPY {fresh} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row((release, *row))
    # names of our own tables and columns, none of them given
    connection.exec_driver_sql(f"INSERT INTO ekasih.{table} ({columns}) SELECT {columns} FROM {fresh}")  # noqa: S608
    connection.exec_driver_sql(f"DROP TABLE {fresh}")
