"""Tiny census deliveries for tests: sensible rows, of which a claim changes what it is about."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, str]
_INCOMES = ("pendapatan_gaji", "pendapatan_sendiri", "pendapatan_harta", "pendapatan_pindahan")


@dataclass
class Delivery:
    """The rows of the three files of a delivery."""

    isirumah: list[Row] = field(default_factory=list)
    ahli: list[Row] = field(default_factory=list)
    bantuan: list[Row] = field(default_factory=list)

    def household(self, number: str, *, members: int = 2, income: str = "500", **facts: str) -> Delivery:
        """Add a household of Kinta with a head who earns ``income`` and other members who earn nothing."""
        row = {
            "no_isirumah": number,
            "tarikh_banci": "15/06/2026",
            "negeri": "Perak",
            "daerah": "Kinta",
            "strata": "Bandar",
            "mukim": "",
            "kampung_taman": "Batu Gajah",
            "bandar": "Batu Gajah",
            "poskod": "31000",
            "latitud": "4.469",
            "longitud": "101.041",
        }
        self.isirumah.append(row | facts)
        for member in range(1, members + 1):
            self.person(number, member, income=income if member == 1 else "0")
        return self

    def person(self, number: str, member: int, *, income: str = "0", **facts: str) -> Delivery:
        """Add a person; the first is the head."""
        serial = f"{abs(hash((number, member))) % 1000:03d}"
        row = {
            "no_isirumah": number,
            "no_ahli": str(member),
            "nama": f"Orang {number} {member}",
            "no_kp": "",
            "jantina": "Lelaki",
            "tarikh_lahir": "01/01/1980",
            "hubungan": "KIR" if member == 1 else "Anak",
            "etnik": "Melayu",
            "kemahiran": serial,
        } | dict.fromkeys(_INCOMES, "0.00")
        self.ahli.append(row | {"pendapatan_gaji": income} | facts)
        return self

    def write(self, folder: Path, *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
        """Write the files into ``folder``; answers it."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in (("isirumah", self.isirumah), ("ahli", self.ahli), ("bantuan", self.bantuan)):
            if rows or name != "bantuan":
                columns = list(dict.fromkeys(column for row in rows for column in row))
                with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
                    writer = csv.DictWriter(file, columns, delimiter=delimiter, restval="")
                    writer.writeheader()
                    writer.writerows(rows)
        return folder
