"""Whom is to be reached by what, and with how much, as the address of the page says it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from dashboard.urlstate import UrlState, choice, code

PATH: Final = "/bagaimana-jika/sasaran"
HOUSEHOLD, HEAD = "isirumah", "orang"
MONTHLY, ONCE = "bulan", "sekali"
PROGRAMME: Final = "p"


@dataclass(frozen=True)
class TargetingView(UrlState):
    """Of which area, by the conditions of what (a programme p1, a target group k1), and how much is given to whom."""

    area: str = code("", pattern=r"MY|\d{2}|\d{4}|C\.[A-Z0-9-]{1,60}", name="in")
    chosen: str = code("", pattern=r"[pk]\d{1,9}", name="sasaran")
    rm: str = code("", pattern=r"[0-9]{1,5}", name="rm")
    each: str = choice(HOUSEHOLD, HEAD, name="setiap")
    pace: str = choice(MONTHLY, ONCE, name="kali")

    @property
    def number(self) -> int:
        """The number of the programme or group that is chosen."""
        return int(self.chosen[1:])

    @property
    def amount(self) -> Decimal:
        """The RM given to each."""
        return Decimal(self.rm or 0)
