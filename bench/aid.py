"""Deliveries of aid: matched, judged and stored, beside a raw COPY of the same lines as text in the same run."""

from __future__ import annotations

import csv
import random
import shutil
import time
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from bench.results import Result, median, told
from registry.aid.importing import AidTerms, import_aid

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import psycopg
    from sqlalchemy import Engine

    from bench.stage import Stage

RATE: Final = 3_000
DELIVERIES: Final = 12
LINES: Final = 5_000
"""Lines of each delivery: a month of one agency."""
_COLUMNS: Final = (
    "no_rujukan", "jenis_baris", "kod_program", "kod_jenis", "no_kp", "no_fail", "nama", "tarikh_lahir", "daerah",
    "tarikh", "amaun", "no_rujukan_asal",
)  # fmt: skip
_PERSONS: Final = text("""
    SELECT p.id_no, h.file_no, p.name, to_char(p.birth_date, 'DD/MM/YYYY') AS born, a.name AS district
    FROM ekasih.person AS p
    JOIN ekasih.household AS h ON h.id = p.household_id
    JOIN ekasih.area AS a ON a.code = h.district_code
    WHERE p.is_head AND length(p.id_no) = 12 AND p.birth_date IS NOT NULL
    ORDER BY h.id LIMIT :count
""")
_REFERENCE: Final = {
    "agensi": ("kod,nama_bm,nama_en,jenis", "UKUR,Agensi ukur,Measured agency,negeri"),
    "program": (
        "kod_agensi,kod_program,nama_bm,nama_en,berkuat_dari,berkuat_hingga,lejar",
        "UKUR,UKUR-HIDUP,Sara hidup,Living,2025-01-01,,tidak",
    ),
    "jenis": (
        "kod_program,kod_jenis,nama_bm,nama_en,keperluan,bentuk,unit_penerima,kekerapan,liputan,unit_kuantiti",
        "UKUR-HIDUP,A,Tunai,Cash,PENDAPATAN,tunai,isi_rumah,bulanan,bulan,",
    ),
    "kadar": (
        "kod_program,kod_jenis,dari,hingga,maksimum_rm,sumber",
        "UKUR-HIDUP,A,2025-01-01,,300,andaian",
    ),
}


def measure(stage: Stage, *, database: str, repeats: int) -> list[Result]:
    """Try a year of deliveries in the register of ``database``; each run beside a COPY of its lines."""
    engine = stage.engine(database)
    folder = _written(engine, stage.home / "aid")
    pairs = [(_tried(engine, folder), _copied(engine, folder)) for _ in range(repeats)]
    engine.dispose()
    shutil.rmtree(folder)
    lines = pairs[0][0][0]
    ours, beside = median([ours[1] for ours, _ in pairs]), median([beside for _, beside in pairs])
    rate = lines / ours
    return [
        Result(
            f"Aid: {lines:,} lines of {DELIVERIES} deliveries, a sixth with typing errors, beside COPY of them as text",
            told(ours), told(beside), f"{ours / beside:.0f} x",
        ),
        Result("Aid: lines a second", f"{rate:,.0f}/s", "", "", f">= {RATE:,}/s", rate >= RATE),
    ]  # fmt: skip


def _tried(engine: Engine, folder: Path) -> tuple[int, float]:
    began = time.perf_counter()
    report = import_aid(engine, folder, terms=AidTerms(actor="bench", trial=True, sample=True))
    spent = time.perf_counter() - began
    lines: int = report.figures["lines"]
    if not report.figures["accepted"]["lines"] > lines * 0.8:
        raise AssertionError(report.summary())
    return lines, spent


def _copied(engine: Engine, folder: Path) -> float:
    columns = ", ".join(f"{name} text" for name in _COLUMNS)
    with engine.connect() as connection:
        driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
        began = time.perf_counter()
        with driver.cursor() as cursor:
            cursor.execute(f"CREATE TEMP TABLE given ({columns}) ON COMMIT DROP".encode())
            for file in sorted(folder.glob("*/bantuan.csv")):
                with cursor.copy("COPY given FROM STDIN WITH (FORMAT csv, HEADER)") as target:
                    target.write(file.read_bytes())
        spent = time.perf_counter() - began
        connection.rollback()
    return spent


def _written(engine: Engine, folder: Path) -> Path:
    """A year of one agency: each month the same families, some of their lines with a slip, a name spelt otherwise."""
    chance = random.Random(1)
    with engine.connect() as connection:
        persons = connection.execute(_PERSONS, {"count": LINES}).all()
    for month in range(1, DELIVERIES + 1):
        rows = [_line(month, number, person, chance) for number, person in enumerate(persons)]
        place = folder / f"{month:02}"
        place.mkdir(parents=True)
        total = sum(Decimal(row[_COLUMNS.index("amaun")]) for row in rows)
        head = ("kod_agensi", "no_penghantaran", "tarikh_jana", "bil_baris", "jumlah_bayar", "jumlah_batal")
        _table(place / "penghantaran.csv", head, [["UKUR", f"2025-{month:02}", "2026-01-05", len(rows), total, 0]])
        _table(place / "bantuan.csv", _COLUMNS, rows)
    (folder / "rujukan").mkdir()
    for name, lines in _REFERENCE.items():
        (folder / "rujukan" / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _line(month: int, number: int, person: Any, chance: random.Random) -> list[str]:
    id_no, file_no, name = person.id_no, person.file_no, person.name
    how = chance.random()
    if how < 0.05:
        place = chance.randrange(6, 11)
        id_no = id_no[:place] + id_no[place + 1] + id_no[place] + id_no[place + 2 :]
        file_no = ""
    elif how < 0.10:
        id_no = ""
    elif how < 0.15:
        name = name[:-2] + name[-1:]
    day = date(2025, month, 1 + number % 28).isoformat()
    return [f"U{month:02}{number:06}", "bayar", "UKUR-HIDUP", "A", id_no, file_no, name, person.born, person.district,
            day, "100.00", ""]  # fmt: skip


def _table(path: Path, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)
