"""Which requests for changes are looked at, as the address says."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.urlstate import UrlState, choice, whole

STATES = ("waiting", "approved", "refused", "stale", "withdrawn")


@dataclass(frozen=True)
class RequestsView(UrlState):
    """Which requests, and which page of them."""

    state: str = choice(STATES[0], *STATES[1:], name="keadaan")
    page: int = whole(1, at_least=1, at_most=500, name="halaman")
