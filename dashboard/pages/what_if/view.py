"""What is supposed, as the page's address says it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from dashboard.urlstate import UrlState, choice, code, whole
from poverty.lines import Rule
from poverty.simulation import SOURCES, Benefit, LineShift, Raise, Scenario

PATH: Final = "/bagaimana-jika"
MAP_ROUTE: Final = "/muat-turun/bagaimana-jika"
SHARES: Final = {"pgk": (-50, 100), "makanan": (-50, 100), "punca_pc": (-100, 200)}
"""What is typed in per cent, from where to where."""
AMOUNTS: Final = {
    "pgk_org": (-500, 500), "pgk_ir": (-2000, 2000), "makanan_org": (-500, 500), "makanan_ir": (-2000, 2000),
    "punca_rm": (0, 2000), "anak_rm": (0, 1000),
}  # fmt: skip
"""What is typed in RM."""
CHOICES: Final = ("negeri", "strata", "kaedah", "punca", "anak_miskin")
FIELDS: Final = (*SHARES, *AMOUNTS, "anak_umur", *CHOICES)
"""All that is supposed, by the names of the address."""
SLID: Final = ("pgk", "makanan", "punca_rm", "punca_pc", "anak_rm", "anak_umur")


def _number(name: str) -> Any:
    return code("", pattern=r"-?[0-9]{1,4}", name=name)


@dataclass(frozen=True)
class WhatIfView(UrlState):
    """What is supposed, of which area, and which list is open."""

    area: str = code("", pattern=r"MY|\d{2}|\d{4}|C\.[A-Z0-9-]{1,60}", name="in")
    negeri: str = code("", pattern=r"\d{2}")
    strata: str = choice("", "urban", "rural")
    pgk: str = _number("pgk")
    pgk_org: str = _number("pgk_org")
    pgk_ir: str = _number("pgk_ir")
    makanan: str = _number("makanan")
    makanan_org: str = _number("makanan_org")
    makanan_ir: str = _number("makanan_ir")
    kaedah: str = choice("", *Rule)
    punca: str = choice("", *SOURCES)
    punca_rm: str = _number("punca_rm")
    punca_pc: str = _number("punca_pc")
    anak_rm: str = _number("anak_rm")
    anak_umur: int = whole(7, at_least=1, at_most=18)
    anak_miskin: str = choice("", "1")
    senarai: str = choice("", "in", "out")
    selepas: int = whole(0, at_least=0, at_most=999_999_999)
    banding: str = code("", pattern=r"\d{1,9}(-\d{1,9}){0,3}")

    def amount(self, name: str) -> Decimal:
        """What is typed into a field, within its bounds; nothing is 0."""
        low, high = (SHARES | AMOUNTS)[name]
        typed = int(getattr(self, name) or 0)
        return Decimal(min(max(typed, low), high))

    @property
    def scenario(self) -> Scenario:
        """What is supposed."""
        shift = LineShift(
            state=self.negeri or "MY",
            strata=self.strata or "all",
            pgk_pct=self.amount("pgk"),
            food_pct=self.amount("makanan"),
            pgk_household=self.amount("pgk_ir"),
            food_household=self.amount("makanan_ir"),
            pgk_per_capita=self.amount("pgk_org"),
            food_per_capita=self.amount("makanan_org"),
        )
        more = self.amount("punca_rm"), self.amount("punca_pc")
        raises = (Raise(self.punca, *more),) if self.punca and any(more) else ()
        paid = Benefit(self.amount("anak_rm"), self.anak_umur, bool(self.anak_miskin))
        return Scenario(
            lines=(shift,) if shift.amounts else (),
            rule=Rule(self.kaedah) if self.kaedah else None,
            income=raises,
            benefit=paid if paid.rm else None,
        )

    @property
    def compared(self) -> tuple[int, ...]:
        """The scenarios that are put side by side, each once."""
        return tuple(dict.fromkeys(int(number) for number in self.banding.split("-") if number))
