"""A register with people who send deliveries, and the app that they send them to."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from registry import db
from registry.deliveries.uploads import ask, keep_upload
from registry.principals import Principal, Role
from registry.uploads.taking_in import Upload
from tests.integration.deliveries.deliveries import Delivery
from tests.jobs import carry_out_deliveries
from tests.world import add_principal

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine


@dataclass(frozen=True)
class Office:
    """A state office of Perak, one of Selangor and an administrator, on a register with a home of its own."""

    home: Path
    owner: Engine
    web: Engine
    perak: Principal
    selangor: Principal
    administrator: Principal
    officer: Principal

    def send(self, content: bytes, *, who: Principal | None = None, name: str = "contoh.zip") -> int:
        """Send a file as somebody."""
        acting = who or self.perak
        upload = Upload(length=len(content), name=name, stream=io.BytesIO(content))
        return keep_upload(self.home, lambda: db.writing(self.web, acting), upload)

    def carry_out(self, upload: int, what: str, *, who: Principal | None = None) -> int:
        """Ask for a trial or an import, and let the worker do it."""
        with db.writing(self.web, who or self.perak) as session:
            ask(session, upload, what)
        return self.work()

    def work(self) -> int:
        """Let the worker do what waits; how many deliveries were imported."""
        return carry_out_deliveries(self.owner, self.home)


@pytest.fixture
def office(owner_engine: Engine, web: Engine, tmp_path: Path) -> Office:
    with owner_engine.begin() as connection:
        return Office(
            tmp_path,
            owner_engine,
            web,
            add_principal(connection, "perak", Role.STATE_OFFICE, "08"),
            add_principal(connection, "selangor", Role.STATE_OFFICE, "10"),
            add_principal(connection, "pentadbir", Role.ADMINISTRATOR),
            add_principal(connection, "pegawai", Role.OFFICER, "0803"),
        )


def packed(files: dict[str, bytes]) -> bytes:
    """A zip of files."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return whole.getvalue()


def delivery_of(folder: Path, *households: str) -> Delivery:
    """A small delivery: sound households, one with an income that is no number."""
    made = Delivery()
    for number in households or ("A1", "A2", "A3"):
        made.household(number)
    made.household("B1", income="banyak")
    return made


@pytest.fixture
def small(tmp_path: Path) -> bytes:
    """Three households of Kinta that come in, and one that is rejected."""
    folder = delivery_of(tmp_path).write(tmp_path / "fail")
    return packed({path.name: path.read_bytes() for path in folder.iterdir()})
