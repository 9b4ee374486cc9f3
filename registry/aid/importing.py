"""Deliveries of aid already given become lines: matched, judged and stored delivery by delivery, or refused whole."""

from __future__ import annotations

import itertools
import json
import time
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry.aid.catalogue import kinds_of
from registry.aid.lines import GIVEN, REQUIRED, TAKEN_BACK, code, read_day, read_line, read_money
from registry.aid.reading import content_key, opened_package
from registry.aid.reference import take_reference
from registry.aid.report import Figures
from registry.aid.storing import Delivery, Growth, known_lines, store
from registry.deliveries.archives import UnreadableDelivery
from registry.deliveries.birm import ImportRunning

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from registry.aid.reading import Table

    Progress = Callable[[str, int, int], None]

AID_LOCK: Final = 7_301_443
"""The advisory lock that an import of aid holds: one at a time, so that references are judged in one order."""
HEAD_COLUMNS: Final = ("kod_agensi", "no_penghantaran", "tarikh_jana", "bil_baris", "jumlah_bayar", "jumlah_batal")

MOST_LINES: Final = 1_000_000
"""How many lines one delivery may have: all of them are held while it is judged."""

_AGENCY = text("SELECT id FROM ekasih.agency WHERE code = :code")
_LOCK = text("SELECT pg_advisory_xact_lock(:key)")
_TRY_LOCK = text("SELECT pg_try_advisory_xact_lock(:key)")
_REPORT = text("UPDATE ekasih.aid_delivery SET report = CAST(:report AS jsonb) WHERE id = :delivery")
_BEFORE = text("SELECT content_key FROM ekasih.aid_delivery WHERE agency_id = :agency AND number = :number")


@dataclass(frozen=True, slots=True, kw_only=True)
class AidTerms:
    """On what terms a delivery of aid comes in."""

    actor: str = "system"
    trial: bool = False
    """Whether all of it is undone once its report is made."""
    agency_id: int | None = None
    """The only agency whose deliveries are taken; none: every one's."""
    may_add_reference: bool = True
    """Whether agencies, programmes and rates that lie beside the deliveries are taken in."""
    sample: bool = False
    upload_id: int | None = None
    """The upload that they came in, where they were sent on screen."""
    waits: bool = True
    """Whether another import is waited for; else this one is refused."""
    finish: Callable[[Connection, dict[str, Any]], None] | None = None
    """Called with the connection and the figures when all is stored, and nothing is certain yet."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A delivery whose head was read."""

    folder: str
    agency: str
    number: str
    made_on: date | None
    head: dict[str, str]
    body: Table | None
    columns: tuple[str, ...]


@dataclass(slots=True)
class AidReport:
    """What became of the deliveries at a path: ``figures`` with the keys of the specification's report."""

    file: str
    figures: dict[str, Any]
    returned: dict[str, tuple[tuple[str, ...], list[dict[str, str]]]] = field(default_factory=dict)
    """By folder, the columns and rows that were held or rejected, each with ``sebab``."""
    seconds: float = 0.0

    def summary(self) -> str:
        """The report for a terminal, a line each."""
        accepted = self.figures["accepted"]
        came = f"{accepted['lines']} lines of aid, RM {accepted['gross_rm']}"
        back = f"{accepted['reversals']} taken back, RM {accepted['reversed_rm']}"
        lines = [f"{came}; {back}; {self.figures['unchanged']} unchanged"]
        for fate in ("held", "rejected", "warnings"):
            told = ", ".join(f"{code} {n}" for code, n in self.figures[fate].items())
            lines.append(f"{fate}: {told or 'none'}")
        lines += [
            f"{delivery['folder']}: {delivery['state']} {delivery.get('reason', '')}".rstrip()
            for delivery in self.figures["deliveries"]
            if delivery["state"] != "processed"
        ]
        return "\n".join(lines)


def import_aid(
    engine: Engine, path: Path, *, terms: AidTerms = AidTerms(), progress: Progress | None = None
) -> AidReport:
    """Import the deliveries of aid at ``path`` in one transaction, in the order in which they were made.

    ``engine`` signs in as the schema's owner. A delivery that cannot be trusted is refused whole, the
    others come in.

    Raises:
        UnreadableDelivery: the path cannot be read, or a delivery is too large; nothing was changed.
        ImportRunning: another import of aid is under way, and ``terms`` do not wait.
        ReferenceDiffers: reference tables beside the deliveries say otherwise than the register; nothing was changed.

    """
    started = time.monotonic()
    figures = Figures()
    with opened_package(path) as package, engine.connect() as connection, connection.begin() as transaction:
        connection.execute(text("SET LOCAL search_path TO ekasih, public"))
        connection.execute(text("SET LOCAL jit = off"))
        if terms.waits:
            connection.execute(_LOCK, {"key": AID_LOCK})
        elif not connection.scalar(_TRY_LOCK, {"key": AID_LOCK}):
            raise ImportRunning
        if package.reference and terms.may_add_reference:
            tables = {name: list(table.rows()) for name, table in package.reference.items()}
            take_reference(connection, tables, actor=terms.actor, sample=terms.sample)
        waiting = sorted((_headed(*found) for found in package.deliveries), key=_order)
        growth = Growth.of(connection)
        for number, delivery in enumerate(waiting, start=1):
            _take(connection, delivery, terms, figures, growth)
            if progress:
                progress(path.name, number, len(waiting))
        report = AidReport(path.name, figures.as_dict(connection), figures.returned)
        if terms.finish:
            terms.finish(connection, report.figures)
        if terms.trial:
            transaction.rollback()
    report.seconds = time.monotonic() - started
    return report


def _headed(folder: str, head: Table | None, body: Table | None) -> _Waiting:
    row = next(iter(head.rows()), {}) if head else {}
    columns = head.columns if head else ()
    return _Waiting(
        folder,
        code(row.get("kod_agensi")),
        code(row.get("no_penghantaran")),
        read_day(row.get("tarikh_jana")),
        row,
        body,
        columns,
    )


def _order(delivery: _Waiting) -> tuple[bool, Any, str, str, str]:
    return (
        delivery.made_on is None,
        delivery.made_on or date.min,
        delivery.agency,
        delivery.number,
        delivery.folder,
    )


def _take(
    connection: Connection, waiting: _Waiting, terms: AidTerms, figures: Figures, growth: Growth
) -> None:
    """Judge and store one delivery; or note why it is refused whole, or that it is known already."""
    agency = connection.scalar(_AGENCY, {"code": waiting.agency})
    if agency is None or terms.agency_id not in (None, agency):
        figures.refused(waiting.folder, waiting.agency, waiting.number, "agensi_tidak_dikenali")
        return
    if not _has_columns(waiting) or waiting.body is None or waiting.made_on is None or not waiting.number:
        figures.refused(waiting.folder, waiting.agency, waiting.number, "lajur_tiada")
        return
    rows = _rows(waiting.folder, waiting.body)
    key = content_key(waiting.head, rows)
    before = connection.scalar(_BEFORE, {"agency": agency, "number": waiting.number})
    if before is not None:
        if bytes(before) == key:
            figures.already(waiting.folder, waiting.agency, waiting.number)
        else:
            figures.refused(waiting.folder, waiting.agency, waiting.number, "penghantaran_bercanggah")
        return
    if not _adds_up(waiting.head, rows):
        figures.refused(waiting.folder, waiting.agency, waiting.number, "jumlah_kawalan")
        return
    kinds = kinds_of(connection, agency)
    lines = [read_line(number, row, kinds, made_on=waiting.made_on) for number, row in enumerate(rows, start=1)]
    known = known_lines(connection, agency, lines)
    delivery = Delivery(
        agency, waiting.agency, waiting.number, waiting.folder, waiting.made_on, key, rows, terms.upload_id
    )
    stored = store(connection, delivery, lines, known, growth=growth, actor=terms.actor, sample=terms.sample)
    told = figures.processed(delivery, waiting.body.columns, stored)
    connection.execute(_REPORT, {"delivery": stored.delivery_id, "report": json.dumps(told)})


def _rows(folder: str, body: Table) -> list[dict[str, str]]:
    """The lines of a delivery.

    Raises:
        UnreadableDelivery: there are more than may be.

    """
    rows = list(itertools.islice(body.rows(), MOST_LINES + 1))
    if len(rows) > MOST_LINES:
        told = f"{folder} has more than {MOST_LINES:,} lines. Nothing was imported. Divide it into several deliveries."
        raise UnreadableDelivery(told, reason="many_lines", folder=folder, most=f"{MOST_LINES:,}")
    return rows


def _has_columns(waiting: _Waiting) -> bool:
    body = waiting.body.columns if waiting.body else ()
    return set(HEAD_COLUMNS) <= set(waiting.columns) and set(REQUIRED) <= set(body)


def _adds_up(head: dict[str, str], rows: list[dict[str, str]]) -> bool:
    """Whether the delivery holds as many rows, and as much given and taken back, as its head says."""
    sums = {GIVEN: Decimal(0), TAKEN_BACK: Decimal(0)}
    for row in rows:
        kind, amount = code(row.get("jenis_baris")).lower(), read_money(row.get("amaun"))
        if kind in sums and amount is not None:
            sums[kind] += amount
    said = [read_money(head[name]) for name in ("bil_baris", "jumlah_bayar", "jumlah_batal")]
    return said == [Decimal(len(rows)), sums[GIVEN], sums[TAKEN_BACK]]


__all__ = ["AidReport", "AidTerms", "UnreadableDelivery", "import_aid"]
