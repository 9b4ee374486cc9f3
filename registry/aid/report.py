"""Counts what became of deliveries of aid, with the keys of the specification's report."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry.aid.fates import ACCEPTED, HELD, REJECTED, REVERSAL, UNCHANGED

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.aid.storing import Delivery, Stored

REASON: Final = "sebab"
_FIGURES = text(Path(__file__).with_name("sql").joinpath("figures.sql").read_text(encoding="utf-8"))
_CODES = text("SELECT id, code FROM ekasih.agency")


@dataclass(slots=True)
class Figures:
    """The counts of one run, filled in delivery by delivery."""

    fates: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    gross_rm: Decimal = Decimal(0)
    reversed_rm: Decimal = Decimal(0)
    deliveries: list[dict[str, Any]] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    pairs: list[tuple[str, str, int, str, int, str]] = field(default_factory=list)
    returned: dict[str, tuple[tuple[str, ...], list[dict[str, str]]]] = field(default_factory=dict)

    def refused(self, folder: str, agency: str, number: str, reason: str) -> None:
        """A delivery of which nothing was stored."""
        self._note(folder, agency, number, "refused", reason=reason)

    def already(self, folder: str, agency: str, number: str) -> None:
        """A delivery that was received before."""
        self._note(folder, agency, number, "already")

    def processed(self, delivery: Delivery, columns: tuple[str, ...], stored: Stored) -> dict[str, Any]:
        """A delivery that was judged row by row; answers what is reported of it."""
        fates = Counter(judged.fate for judged in stored.judged)
        self.fates += fates
        for judged in stored.judged:
            amount = judged.line.amount_rm or Decimal(0)
            if judged.fate == HELD and judged.code:
                self.held[judged.code] += 1
            elif judged.fate == REJECTED and judged.code:
                self.rejected[judged.code] += 1
            elif judged.fate == ACCEPTED:
                self.gross_rm += amount
            elif judged.fate == REVERSAL:
                self.reversed_rm += amount
        for warnings in stored.warnings.values():
            self.warnings.update(warnings)
        self.ids.append(stored.delivery_id)
        self.pairs.extend(stored.pairs)
        back = [
            delivery.rows[judged.line.row_no - 1] | {REASON: judged.code or ""}
            for judged in sorted(stored.judged, key=lambda judged: judged.line.row_no)
            if judged.fate in (HELD, REJECTED)
        ]
        if back:
            self.returned[delivery.folder] = ((*(c for c in columns if c != REASON), REASON), back)
        return self._note(delivery.folder, delivery.agency_code, delivery.number, "processed", fates=fates)

    def as_dict(self, connection: Connection) -> dict[str, Any]:
        """The report; amounts are text with two decimals."""
        by_programme: dict[str, dict[str, Any]] = {}
        by_district: dict[str, dict[str, Any]] = {}
        for row in connection.execute(_FIGURES, {"deliveries": self.ids}):
            place = by_district.setdefault(row.district_code, {}) if row.district_code else by_programme
            place[row.programme] = {
                "lines": row.lines,
                "gross_rm": _rm(row.gross_rm),
                "reversed_rm": _rm(row.reversed_rm),
                "net_rm": _rm(row.gross_rm - row.reversed_rm),
                "households": row.households,
            }
        return {
            "lines": self.fates.total(),
            "accepted": {
                "lines": self.fates[ACCEPTED],
                "gross_rm": _rm(self.gross_rm),
                "reversals": self.fates[REVERSAL],
                "reversed_rm": _rm(self.reversed_rm),
                "net_rm": _rm(self.gross_rm - self.reversed_rm),
            },
            "unchanged": self.fates[UNCHANGED],
            "held": dict(sorted(self.held.items())),
            "rejected": dict(sorted(self.rejected.items())),
            "warnings": dict(sorted(self.warnings.items())),
            "deliveries": self.deliveries,
            "by_programme": by_programme,
            "by_district": by_district,
            "double_aid": self._double_aid(connection),
        }

    def _double_aid(self, connection: Connection) -> dict[str, Any]:
        codes = {row.id: row.code for row in connection.execute(_CODES)}
        listed = sorted(
            [file_no, need, codes[standing], stands, codes[other], held]
            for file_no, need, standing, stands, other, held in self.pairs
        )
        digest = hashlib.sha256("".join("|".join(pair) + "\n" for pair in listed).encode()).hexdigest()
        return {"pairs": len(listed), "sha256": digest, "list": listed}

    def _note(
        self, folder: str, agency: str, number: str, state: str, *, reason: str = "", fates: Counter[str] | None = None
    ) -> dict[str, Any]:
        told: dict[str, Any] = {"folder": folder, "agency": agency, "number": number, "state": state}
        if reason:
            told["reason"] = reason
        if fates is not None:
            told |= {"lines": fates.total(), "accepted": fates[ACCEPTED], "reversals": fates[REVERSAL]}
            told |= {"unchanged": fates[UNCHANGED], "held": fates[HELD], "rejected": fates[REJECTED]}
        self.deliveries.append(told)
        return told


def _rm(amount: Decimal) -> str:
    return f"{amount:.2f}"
