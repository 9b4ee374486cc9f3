"""A small world of aid: two agencies that give a need each month, a house, and families in Kinta."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry.aid.importing import AidReport, AidTerms, import_aid
from tests.integration.aid.deliveries import REFERENCE, AidDelivery, write
from tests.world import add_household

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Connection, Engine


@pytest.fixture
def families(owner: Connection) -> dict[str, int]:
    """Two families of Kinta, by file number; their heads have numbers."""
    found = {}
    for number, (name, id_no) in enumerate([("Ali bin Abu", "700101085001"), ("Siti binti Kassim", "710202085002")], 1):
        file_no = f"K000{number}"
        found[file_no] = add_household(owner, file_no, name=name)
        owner.execute(
            text("UPDATE ekasih.person SET id_no = :id_no, id_kind = 'mykad' WHERE is_head AND household_id = :id"),
            {"id_no": id_no, "id": found[file_no]},
        )
    owner.commit()
    return found


@dataclass
class Importer:
    """Imports deliveries one after the other, each from a folder of its own."""

    engine: Engine
    folder: Path
    count: int = field(default=0)

    def __call__(self, *deliveries: AidDelivery, **terms: object) -> AidReport:
        self.count += 1
        path = write(self.folder / str(self.count), deliveries, REFERENCE)
        return import_aid(self.engine, path, terms=AidTerms(**terms))  # type: ignore[arg-type]


@pytest.fixture
def imported(owner_engine: Engine, tmp_path: Path) -> Callable[..., AidReport]:
    """Imports deliveries, with the reference tables of two agencies beside them."""
    return Importer(owner_engine, tmp_path)
