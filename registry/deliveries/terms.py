"""On what terms a delivery comes in: for whom, under which name, for good or only to see what would become of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry.errors import RegistryError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

# what the delivery declares, and where the records are that it has changed or would change
_OUTSIDE: Final = text("""
    SELECT count(DISTINCT row_no) FROM (
        SELECT f.row_no, f.district_code FROM fate AS f
        UNION ALL
        SELECT f.row_no, h.district_code FROM fate AS f JOIN ekasih.household AS h ON h.id = f.registered_id
        UNION ALL
        SELECT a.row_no, b.district_code FROM before AS b JOIN accepted AS a ON a.id = b.id
    ) AS told
    WHERE told.district_code IS NOT NULL AND told.district_code <> ALL (CAST(:within AS text[]))
""")


class OutsideTerritory(RegistryError):
    """The delivery tells of households outside the area of who sent it; nothing was imported."""

    key = "outside_territory"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a delivery is imported."""

    trial: bool = False
    """Whether all of it is undone once its report is made."""
    within: tuple[str, ...] | None = None
    """The districts that it may tell of; ``None`` is every one."""
    name: str = ""
    """What the file was called where it came from."""
    look: Callable[[Connection, str], None] | None = None
    """Called with the connection and the delivery's checksum when all is stored and nothing is certain yet."""

    def require_within(self, connection: Connection) -> None:
        """Refuse a delivery that tells of other districts.

        Raises:
            OutsideTerritory: it does.

        """
        if self.within is None:
            return
        outside = connection.scalar(_OUTSIDE, {"within": list(self.within)})
        if outside:
            raise OutsideTerritory(households=f"{outside:,}")

    def require_known_within(self, figures: dict[str, Any]) -> None:
        """Refuse the report of a delivery that was imported before where it tells of other districts.

        Raises:
            OutsideTerritory: it does.

        """
        if self.within is None:
            return
        told = {**figures.get("by_district", {}), **figures.get("apart_by_district", {})}
        outside = set(told) - set(self.within)
        if outside:
            households = sum(sum(figures["by_district"].get(code, {}).values()) for code in outside)
            raise OutsideTerritory(households=f"{max(1, households):,}")
