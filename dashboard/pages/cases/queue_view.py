"""Which part of the queue of cases is looked at, as its address says."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.urlstate import UrlState, choice, code
from queries.cases import QueueFilters
from registry.cases.models import CHANNELS


@dataclass(frozen=True)
class QueueView(UrlState):
    """Which part of the queue; everything where nothing is chosen."""

    state: str = code("", pattern=r"[a-z_]{1,20}", name="keadaan")
    channel: str = choice("", *CHANNELS, name="saluran")
    mine: str = choice("", "1", name="saya")
    overdue: str = choice("", "1", name="lewat")

    @property
    def filters(self) -> QueueFilters:
        """As the queue is asked for."""
        return QueueFilters(self.state or None, self.channel or None, mine=bool(self.mine), overdue=bool(self.overdue))
