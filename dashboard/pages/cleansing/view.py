"""What the cleansing page shows, as its address says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dashboard.components.sortable import order_field
from dashboard.urlstate import UrlState, choice, code, whole

PATH: Final = "/pemutihan"
PAIRS, MERGES, COHORTS = "pasangan", "gabungan", "kohort"
TABS: Final = (PAIRS, MERGES, COHORTS)
PAGE_ROWS: Final = 25
_MOST_PAGES: Final = 4_000
_LARGEST: Final = 999_999_999


@dataclass(frozen=True)
class CleansingView(UrlState):
    """Which part, which kind of pairs, which page in which order, and the pair or the locked figure that is open."""

    tab: str = choice(PAIRS, MERGES, COHORTS, name="bahagian")
    kind: str = choice("", "household", "person", name="jenis")
    district: str = code("", pattern=r"\d{4}", name="in")
    page: int = whole(1, at_least=1, at_most=_MOST_PAGES, name="halaman")
    order: str = order_field("rekod", "skor")
    pair: int = whole(0, at_least=1, at_most=_LARGEST, name="banding")
    cohort: int = whole(0, at_least=1, at_most=_LARGEST, name="senarai")

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.page - 1) * PAGE_ROWS
