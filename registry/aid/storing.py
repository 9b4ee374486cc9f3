"""Stores what was decided on a delivery: lines and what they meet, reversals, rows that wait or go back, double aid."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, text
from sqlalchemy.dialects.postgresql import Range

from registry.aid.fates import ACCEPTED, HELD, REJECTED, REVERSAL, Judged, Original, judge, judge_reversal
from registry.aid.judging import Aided, rows_outside
from registry.aid.models import AidRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    import psycopg
    from sqlalchemy import Connection

    from registry.aid.lines import Line

_SQL = Path(__file__).with_name("sql")


def _statement(name: str) -> Any:
    return text((_SQL / f"{name}.sql").read_text(encoding="utf-8"))


_KNOWN: Final = _statement("known")
_CLAIM: Final = _statement("claim")
_REFUSED: Final = _statement("refused")
_PAIRS: Final = _statement("pairs")
_REVERSE: Final = _statement("reverse")
_HOUSING: Final = _statement("reported_housing")
_DELIVERY: Final = text("""
    INSERT INTO ekasih.aid_delivery (agency_id, number, content_key, folder, made_on, received_by, report, sample,
        upload_id)
    VALUES (:agency, :number, :content_key, :folder, :made_on, :actor, '{}', :sample, :upload) RETURNING id
""")
_KNOWN_LINES: Final = text("SELECT reltuples FROM pg_class WHERE oid = CAST('ekasih.aid_line' AS regclass)")
_ANALYZE: Final = "ANALYZE ekasih.aid_line, ekasih.aid_claim, ekasih.aid_reversal, ekasih.aid_row"
_FEW: Final = 200
_LINE_IDS: Final = text(
    "SELECT nextval(pg_get_serial_sequence('ekasih.aid_line', 'id')) FROM generate_series(1, CAST(:count AS integer))"
)
_STAGE: Final = """
    CREATE TEMP TABLE IF NOT EXISTS judged_line (row_no integer PRIMARY KEY, line_id bigint, reference text,
        kind_id integer, need_code text, exclusive boolean, household_id bigint, person_id bigint, person_key text,
        day date, period daterange, amount_rm numeric(14, 2), quantity numeric, application_no text,
        outside_target boolean, content_key bytea, warnings text[]) ON COMMIT DROP;
    TRUNCATE judged_line
"""
_LOCK: Final = text("""
    SELECT h.id FROM ekasih.household AS h WHERE h.id IN (SELECT household_id FROM judged_line)
    ORDER BY h.id FOR NO KEY UPDATE
""")
_TOLD: Final = text("UPDATE judged_line SET warnings = warnings || CAST(:warning AS text) WHERE row_no = ANY (:rows)")
_OUTSIDE: Final = text("UPDATE judged_line SET outside_target = true WHERE row_no = ANY (:rows)")
_CONDITIONS: Final = text("""
    SELECT j.row_no, c.id
    FROM judged_line AS j
    JOIN ekasih.aid_kind AS k ON k.id = j.kind_id
    CROSS JOIN LATERAL ekasih.conditions_in_force(k.programme_id, j.day) AS c
    ORDER BY c.id, j.row_no
""")
_CONDITION_LISTS: Final = text(
    "SELECT id, conditions FROM ekasih.aid_conditions WHERE id = ANY (CAST(:ids AS integer[]))"
)
_DISTRICTS: Final = text("""
    SELECT raw, array_agg(a.code) AS codes
    FROM unnest(CAST(:names AS text[])) AS raw
    JOIN ekasih.area_alias AS a ON a.level = 'district' AND a.alias = ekasih.area_key(raw)
    GROUP BY raw
""")
_IDS: Final = text("SELECT row_no, id FROM ekasih.aid_line WHERE delivery_id = :delivery")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery as it came; ``rows`` are its cells."""

    agency_id: int
    agency_code: str
    number: str
    folder: str
    made_on: date
    content_key: bytes
    rows: list[dict[str, str]]
    upload_id: int | None = None


@dataclass(slots=True)
class Stored:
    """What became of it: every row's fate, the warnings of accepted rows, and the double aid that was found."""

    delivery_id: int
    judged: list[Judged]
    warnings: dict[int, list[str]] = field(default_factory=dict)
    pairs: list[tuple[str, str, int, str, int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Growth:
    """How many lines the statistics tell of, and how many came since.

    Plans for an empty table are no plans for a full one, and nobody else counts what one transaction stores.
    """

    told: int
    since: int = 0

    @classmethod
    def of(cls, connection: Connection) -> Growth:
        """As the statistics stand."""
        return cls(max(0, int(connection.scalar(_KNOWN_LINES) or 0)))

    def came(self, connection: Connection, lines: int) -> None:
        """Count lines that came, and the tables anew once these are as many as were told of."""
        self.since += lines
        if self.since > max(_FEW, self.told):
            connection.exec_driver_sql(_ANALYZE)
            self.told, self.since = self.told + self.since, 0


def known_lines(connection: Connection, agency_id: int, lines: Sequence[Line]) -> dict[str, Original]:
    """What the agency delivered before under the references of these lines, and of what they take back."""
    asked = sorted({r for line in lines for r in (line.reference, line.original) if r})
    rows = connection.execute(_KNOWN, {"agency": agency_id, "asked": asked})
    return {
        row.reference: Original(
            bytes(row.content_key or b""), row.line_id, row.reversal, row.day, row.amount_rm, row.taken_back
        )
        for row in rows
    }


def store(
    connection: Connection,
    delivery: Delivery,
    lines: Sequence[Line],
    known: Mapping[str, Original],
    *,
    growth: Growth,
    actor: str,
    sample: bool,
) -> Stored:
    """Judge the lines of a delivery and store them, in the caller's transaction."""
    values = {"agency": delivery.agency_id, "number": delivery.number, "content_key": delivery.content_key}
    values |= {"folder": delivery.folder, "made_on": delivery.made_on, "actor": actor, "sample": sample}
    values["upload"] = delivery.upload_id
    delivery_id: int = connection.execute(_DELIVERY, values).scalar_one()
    params = {"agency": delivery.agency_id, "delivery": delivery_id, "actor": actor}
    first = judge(connection, lines, known)
    earlier = [j for j in first if j.fate == REVERSAL and j.line_id is not None]
    _reverse(connection, earlier, params)
    passed = [j for j in first if j.fate == ACCEPTED]
    accepted, refused, warnings = _claim(connection, passed, params, growth)
    own = [j for j in first if j.fate == REVERSAL and j.line_id is None]
    left = [j for j in first if j.fate not in (ACCEPTED, REVERSAL)]
    held = [*(j for j, _ in refused), *(j for j in left if j.fate == HELD)]
    late = _own_reversals(own, _with_ids(connection, accepted, delivery_id), held)
    _reverse(connection, [j for j in late if j.fate == REVERSAL], params)
    judged = [*left, *earlier, *accepted, *(j for j, _ in refused), *late]
    _keep_rows(connection, delivery, judged, params)
    stored = Stored(delivery_id, judged, warnings)
    stored.pairs = _pairs(connection, refused, params)
    return stored


def _claim(
    connection: Connection, passed: Sequence[Judged], params: Mapping[str, Any], growth: Growth
) -> tuple[list[Judged], list[tuple[Judged, list[int]]], dict[int, list[str]]]:
    """Give the lines that passed to the constraint: those it lets in, those it refuses with whose claims, warnings."""
    if not passed:
        return [], [], {}
    warnings = _stage(connection, passed)
    connection.execute(_LOCK)
    told = list(connection.scalars(_HOUSING))
    _warn(connection, warnings, "perumahan_dilaporkan", told)
    outside = _outside_target(connection, passed)
    _warn(connection, warnings, "luar_sasaran", outside)
    connection.execute(_OUTSIDE, {"rows": outside})
    connection.execute(_CLAIM, params)
    growth.came(connection, len(passed))
    found = {row.row_no: row for row in connection.execute(_REFUSED, params)}
    accepted = [j for j in passed if j.line.row_no not in found]
    refused = [
        (replace(j, fate=HELD, code=found[j.line.row_no].code), list(found[j.line.row_no].others))
        for j in passed
        if j.line.row_no in found
    ]
    return accepted, refused, {n: w for n, w in warnings.items() if n not in found}


def _stage(connection: Connection, passed: Sequence[Judged]) -> dict[int, list[str]]:
    """Copy the lines that passed beside the tables; answers the warnings of each."""
    connection.exec_driver_sql(_STAGE)
    ids = connection.scalars(_LINE_IDS, {"count": len(passed)}).all()
    names = sorted({j.line.district for j in passed if j.line.district})
    districts = {row.raw: row.codes for row in connection.execute(_DISTRICTS, {"names": names})}
    warnings: dict[int, list[str]] = {}
    with _cursor(connection).copy("COPY judged_line FROM STDIN") as target:
        for judged, line_id in zip(passed, ids, strict=True):
            line, person, kind = judged.line, judged.found.person, judged.line.kind
            if person is None or kind is None or line.period is None:
                raise AssertionError(judged)
            told = list(judged.found.warnings)
            if line.district and person.district_code not in districts.get(line.district, ()):
                told.append("daerah_tidak_padan")
            if line.late:
                told.append("lewat_dihantar")
            warnings[line.row_no] = told
            target.write_row((
                line.row_no, line_id, line.reference, kind.id, kind.need_code, kind.exclusive, person.household_id,
                person.id, str(person.id) if kind.recipient == "orang" else "", line.day, _range_text(line.period),
                line.amount_rm, line.quantity, line.application_no or None, False, line.content_key, told,
            ))  # fmt: skip
    connection.exec_driver_sql("ANALYZE judged_line")
    return warnings


def _outside_target(connection: Connection, passed: Sequence[Judged]) -> list[int]:
    """The rows whose programme's conditions, as they were on the day of the aid, do not hold by the record as it is."""
    asked: dict[int, list[int]] = {}
    for row_no, conditions in connection.execute(_CONDITIONS):
        asked.setdefault(conditions, []).append(row_no)
    by_row = {judged.line.row_no: judged for judged in passed}
    stored = {row.id: row.conditions for row in connection.execute(_CONDITION_LISTS, {"ids": list(asked)})}
    outside: list[int] = []
    for id_, row_nos in asked.items():
        aided = []
        for row_no in row_nos:
            line, person = by_row[row_no].line, by_row[row_no].found.person
            if person and line.day:
                aided.append(Aided(person.household_id, person.id, line.day))
        outside += [row_nos[place] for place in rows_outside(connection, stored[id_], aided)]
    return outside


def _warn(connection: Connection, warnings: dict[int, list[str]], warning: str, rows: Sequence[int]) -> None:
    if rows:
        connection.execute(_TOLD, {"warning": warning, "rows": list(rows)})
        for row_no in rows:
            warnings[row_no].append(warning)


def _with_ids(connection: Connection, accepted: Sequence[Judged], delivery_id: int) -> list[tuple[Judged, int]]:
    found = connection.execute(_IDS, {"delivery": delivery_id}) if accepted else ()
    ids = {row.row_no: row.id for row in found}
    return [(judged, ids[judged.line.row_no]) for judged in accepted]


def _own_reversals(
    rows: Sequence[Judged], accepted: Sequence[tuple[Judged, int]], held: Iterable[Judged]
) -> list[Judged]:
    """The rows that take back lines of the same delivery, judged after all of these."""
    known = {
        j.line.reference: Original(
            j.line.content_key, line_id, reversal=False, day=j.line.day, amount_rm=j.line.amount_rm, taken_back=False
        )
        for j, line_id in accepted
    }
    known |= {
        j.line.reference: Original(
            j.line.content_key, None, reversal=j.line.reversal, day=None, amount_rm=None, taken_back=False
        )
        for j in held
    }
    gone: set[str] = set()
    judged = []
    for row in rows:
        fate = judge_reversal(row.line, known.get(row.line.original), taken_back=row.line.original in gone)
        if fate.fate == REVERSAL:
            gone.add(row.line.original)
        judged.append(fate)
    return judged


def _reverse(connection: Connection, rows: Sequence[Judged], params: Mapping[str, Any]) -> None:
    if rows:
        values = {
            "line_ids": [j.line_id for j in rows],
            "references": [j.line.reference for j in rows],
            "days": [j.line.day for j in rows],
            "amounts": [j.line.amount_rm for j in rows],
            "row_nos": [j.line.row_no for j in rows],
            "content_keys": [j.line.content_key for j in rows],
        }
        connection.execute(_REVERSE, {**values, **params})


def _keep_rows(connection: Connection, delivery: Delivery, judged: Sequence[Judged], params: Mapping[str, Any]) -> None:
    """Keep the rows that were held or rejected as they came."""
    kept = sorted((j for j in judged if j.fate in (HELD, REJECTED)), key=lambda j: j.line.row_no)
    if not kept:
        return
    connection.execute(insert(AidRow), [_kept(delivery, row, params["delivery"]) for row in kept])


def _kept(delivery: Delivery, judged: Judged, delivery_id: int) -> dict[str, Any]:
    line, found = judged.line, judged.found
    near = found.person or found.nearest
    return {
        "delivery_id": delivery_id,
        "row_no": line.row_no,
        "agency_id": delivery.agency_id,
        "reference": line.reference,
        "content_key": line.content_key,
        "fate": judged.fate,
        "code": judged.code,
        "given": {name: cell for name, cell in delivery.rows[line.row_no - 1].items() if cell},
        "kind_id": line.kind.id if line.kind else None,
        "household_id": near.household_id if near else None,
        "person_id": found.person.id if found.person else None,
        "state_code": near.state_code if near else None,
        "district_code": near.district_code if near else None,
        "reversal": line.reversal,
        "day": line.day,
        "period": _range(line.period) if line.period else None,
        "amount_rm": line.amount_rm,
        "quantity": line.quantity,
        "warnings": list(found.warnings),
    }


def _pairs(
    connection: Connection, refused: Sequence[tuple[Judged, list[int]]], params: Mapping[str, Any]
) -> list[tuple[str, str, int, str, int, str]]:
    found = [(j.line.row_no, claim) for j, claims in refused for claim in claims]
    if not found:
        return []
    values = {"row_nos": [row for row, _ in found], "claim_ids": [claim for _, claim in found]}
    return [tuple(row) for row in connection.execute(_PAIRS, values | dict(params))]


def _range(period: tuple[date, date | None]) -> Range[date]:
    first, last = period
    return Range(first, last + timedelta(days=1) if last else None)


def _range_text(period: tuple[date, date | None]) -> str:
    first, last = period
    return f"[{first},{last or ''}]" if last else f"[{first},)"


def _cursor(connection: Connection) -> psycopg.Cursor[Any]:
    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    return driver.cursor()
