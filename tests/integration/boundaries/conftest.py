"""A register with people who change boundaries and others who may not, and files of boundaries."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely

from queries import boundaries
from registry import db
from registry.areas.boundaries import BUNDLED, load_bundled
from registry.areas.uploads import Stated, ask_activation, ask_check, keep_upload
from registry.principals import Principal, Role
from registry.uploads.taking_in import Upload
from tests.jobs import work_until_idle
from tests.world import add_principal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sqlalchemy import Engine

    from tests.databases import Databases

FACTS = {"level": "catchment", "source": "Pejabat Uji", "licence": "CC BY 4.0", "dated": date(2026, 1, 1)}


@dataclass(frozen=True)
class Bench:
    """Administrators of the country and of Perak, an officer and a planner, on a register with a home of its own."""

    home: Path
    owner: Engine
    web: Engine
    administrator: Principal
    of_perak: Principal
    officer: Principal
    planner: Principal

    def send(self, content: bytes, *, who: Principal | None = None, name: str = "sempadan.geojson") -> int:
        """Send a file as somebody."""
        acting = who or self.administrator
        upload = Upload(length=len(content), name=name, stream=io.BytesIO(content))
        return keep_upload(self.home, lambda: db.writing(self.web, acting), upload)

    def check(self, upload: int, *, who: Principal | None = None, **said: Any) -> dict[str, Any]:
        """Say what a file is, have it checked, and answer what is known of it then."""
        with db.writing(self.web, who or self.administrator) as session:
            ask_check(session, upload, Stated(**({**FACTS, "accuracy_m": 50} | said)))
        self.work()
        return self.found(upload)

    def activate(self, upload: int, *, partial: bool = False, who: Principal | None = None) -> dict[str, Any]:
        """Have a checked file made active."""
        with db.writing(self.web, who or self.administrator) as session:
            ask_activation(session, upload, partial=partial)
        self.work()
        return self.found(upload)

    def work(self) -> None:
        """Let the worker do what was asked for."""
        work_until_idle(self.owner, self.home)

    def found(self, upload: int, *, who: Principal | None = None) -> dict[str, Any]:
        """What somebody sees of an upload."""
        with db.reading(self.web, who or self.administrator) as connection:
            found = boundaries.upload(connection, upload)
        assert found is not None
        return found

    def active(self, level: str, *, who: Principal | None = None) -> dict[str, Any]:
        """The active set of a level, as somebody sees it."""
        with db.reading(self.web, who or self.administrator) as connection:
            return next(row for row in boundaries.sets(connection) if row["level"] == level and row["active"])

    def left(self) -> list[str]:
        """The files that are kept of uploads."""
        return sorted(path.name for path in (self.home / "boundary-uploads").glob("*"))


@pytest.fixture(scope="session")
def bundled_files(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the files that browsers draw the bundled boundaries from: packed once, copied for each test."""
    home = tmp_path_factory.mktemp("bundled")
    name = databases.create(databases.template())
    engine = databases.engine(name)
    with engine.begin() as connection:
        load_bundled(connection, home=home)
    engine.dispose()
    databases.drop(name)
    return home


@pytest.fixture
def bench(owner_engine: Engine, web: Engine, tmp_path: Path, bundled_files: Path) -> Bench:
    shutil.copytree(bundled_files, tmp_path, dirs_exist_ok=True)
    with owner_engine.begin() as connection:
        return Bench(
            tmp_path,
            owner_engine,
            web,
            add_principal(connection, "pentadbir", Role.ADMINISTRATOR),
            add_principal(connection, "pentadbir.perak", Role.ADMINISTRATOR, "08"),
            add_principal(connection, "pegawai", Role.OFFICER, "0803"),
            add_principal(connection, "perancang", Role.PLANNER),
        )


def geojson(frame: gpd.GeoDataFrame) -> bytes:
    """A file of shapes."""
    return frame.to_json().encode()


def catchment(*box: float, code: str = "C.PPKB-BATU-GAJAH") -> bytes:
    """A file of one catchment."""
    shape = shapely.box(*(box or (101.0, 4.4, 101.1, 4.5)))
    return geojson(gpd.GeoDataFrame({"code": [code], "name": ["Uji"]}, geometry=[shape], crs="EPSG:4326"))


def bundled(level: str) -> gpd.GeoDataFrame:
    """The bundled set of a level."""
    with gzip.open(BUNDLED / f"{level}.geojson.gz") as file:
        return gpd.read_file(file.read())


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of files."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return whole.getvalue()


def shapefile(frame: gpd.GeoDataFrame, folder: Path, *, without: str = "") -> bytes:
    """A zipped shapefile."""
    folder.mkdir()
    frame.to_file(folder / "daerah.shp")
    return zipped({f"peta/{path.name}": path.read_bytes() for path in folder.iterdir() if path.suffix != without})


def features(*geometries: dict[str, Any], **properties: Any) -> bytes:
    """A GeoJSON of raw geometries."""
    made = [{"type": "Feature", "properties": properties, "geometry": geometry} for geometry in geometries]
    return json.dumps({"type": "FeatureCollection", "features": made}).encode()
