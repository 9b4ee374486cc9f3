"""Tiny deliveries of aid for tests: sensible rows, of which a claim changes what it is about."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

Row = dict[str, str]
REFERENCE: dict[str, list[Row]] = {
    "agensi": [
        {"kod": code, "nama_bm": code, "nama_en": code, "jenis": "negeri"} for code in ("SATU", "DUA")
    ],
    "program": [
        {"kod_agensi": agency, "kod_program": f"{agency}-{need}", "nama_bm": need, "nama_en": need,
         "berkuat_dari": "2025-01-01", "berkuat_hingga": "", "lejar": "tidak"}
        for agency in ("SATU", "DUA") for need in ("HIDUP", "RUMAH", "SEKOLAH")
    ],
    "jenis": [
        {"kod_program": f"{agency}-{name}", "kod_jenis": "A", "nama_bm": name, "nama_en": name, "keperluan": need,
         "bentuk": "tunai", "unit_penerima": who, "kekerapan": "bulanan", "liputan": cover, "unit_kuantiti": ""}
        for agency in ("SATU", "DUA")
        for name, need, who, cover in (
            ("HIDUP", "PENDAPATAN", "isi_rumah", "bulan"), ("RUMAH", "RUMAH", "isi_rumah", "seumur"),
            ("SEKOLAH", "SEKOLAH", "orang", "tahun"),
        )
    ],
    "kadar": [
        {"kod_program": "SATU-HIDUP", "kod_jenis": "A", "dari": "2025-01-01", "hingga": "", "maksimum_rm": "300",
         "sumber": "andaian"},
    ],
}  # fmt: skip


@dataclass
class AidDelivery:
    """A delivery of an agency; ``head`` overrides what its first table says."""

    agency: str
    number: str
    made_on: str = "2026-07-01"
    rows: list[Row] = field(default_factory=list)
    head: Row = field(default_factory=dict)

    def line(self, reference: str, **facts: str) -> AidDelivery:
        """Add a line: RM 100 of June 2026 to the head of the first family."""
        row = {
            "no_rujukan": reference, "jenis_baris": "bayar", "kod_program": f"{self.agency}-HIDUP", "kod_jenis": "A",
            "no_kp": "700101-08-5001", "no_fail": "", "nama": "Ali bin Abu", "tarikh_lahir": "", "daerah": "Kinta",
            "tarikh": "2026-06-10", "tempoh_mula": "", "tempoh_tamat": "", "amaun": "100.00", "kuantiti": "",
            "no_rujukan_asal": "",
        }  # fmt: skip
        self.rows.append(row | facts)
        return self

    def tables(self) -> dict[str, list[Row]]:
        """The two tables, with control totals that fit."""
        sums = {
            kind: sum((Decimal(r["amaun"]) for r in self.rows if r["jenis_baris"] == kind), Decimal(0))
            for kind in ("bayar", "batal")
        }
        head = {
            "kod_agensi": self.agency, "no_penghantaran": self.number, "tarikh_jana": self.made_on,
            "bil_baris": str(len(self.rows)), "jumlah_bayar": str(sums["bayar"]), "jumlah_batal": str(sums["batal"]),
        }  # fmt: skip
        return {"penghantaran": [head | self.head], "bantuan": self.rows}


def write(folder: Path, deliveries: Iterable[AidDelivery], reference: Mapping[str, list[Row]]) -> Path:
    """Write deliveries and reference tables into ``folder``; answers it."""
    for delivery in deliveries:
        for name, rows in delivery.tables().items():
            _table(folder / delivery.agency / delivery.number / f"{name}.csv", rows)
    for name, rows in reference.items():
        _table(folder / "rujukan" / f"{name}.csv", rows)
    return folder


def _table(path: Path, rows: list[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
