"""What was asked of the register: the text in the search, and the filters beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.sent.kinds import Text, View
from queries.households import Filters, Question
from registry.households.rules import STRATA

if TYPE_CHECKING:
    from collections.abc import Mapping

STATUSES: Final = ("tegar", "miskin", "mudah_miskin", "terkeluar")
_CODE_LENGTH: Final = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed into the search, and the filters beside it."""

    text: Text | None = None
    filters: View | None = None

    def read(self) -> tuple[Question, Filters]:
        """The question and the filters in it."""
        return Question.parse(self.text), filters_of(self.filters or {})


def filters_of(query: Mapping[str, object]) -> Filters:
    """The filters in an address, by ``daerah``, ``mukim``, ``status``, ``strata``; what cannot be one is left out."""

    def code(name: str) -> str | None:
        value = str(query.get(name) or "")
        return value if value.isascii() and value.isdigit() and len(value) <= _CODE_LENGTH else None

    status, strata = query.get("status"), query.get("strata")
    return Filters(
        district=code("daerah"),
        mukim=code("mukim"),
        status=status if status in STATUSES else None,
        strata=strata if strata in STRATA else None,
    )
