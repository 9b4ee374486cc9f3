"""Loads what the project ships about the country: areas and their names, addresses, statistics, lines, indicators."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pandas as pd
from sqlalchemy import bindparam, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from geo.names import REFERENCE, load_alias_book, load_areas
from geo.normalising import sql_expression
from registry.areas.models import Area, AreaAlias, AreaStatistic, GeocodePlace, PostcodeState
from registry.status.models import ClassificationRule, Indicator, PovertyLine, Setting

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from registry.base import Base

_CHECKSUM = "reference.sha256"
_COUNTRY = "MY"
_STATISTICS = {
    "census_2020": ("census_2020_district.csv", "district_code", 2020),
    "dosm_poverty": ("poverty_district.csv", "district_code", None),
    "dosm_poverty_state": ("poverty_state.csv", "state_code", None),
    "dosm_poverty_national": ("poverty_national.csv", None, None),
    "dosm_income": ("income_district.csv", "district_code", None),
    "dosm_amenities": ("amenities_district.csv", "district_code", None),
}
_NOT_MEASURES = {"state", "district", "year", "state_code", "district_code", "household_size_avg"}


def load_reference(connection: Connection, *, folder: Path = REFERENCE) -> None:
    """Bring the reference tables to what ``folder`` holds; quick where nothing has changed since the last time.

    Lines, rules and indicators that are there already are left as they are: an administrator may have
    edited them. ``area_key()`` is made anew with the aliases, because both come from the same spelling rules.
    """
    checksum = _checksum(folder)
    if connection.scalar(select(Setting.value).where(Setting.key == _CHECKSUM)) == checksum:
        return
    connection.execute(
        text(
            "CREATE OR REPLACE FUNCTION ekasih.area_key(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT"
            f" PARALLEL SAFE AS $key$ SELECT {sql_expression('name')} $key$".replace(":", r"\:")
        )
    )
    _load_areas(connection, folder)
    _load_addresses(connection, folder)
    _load_statistics(connection, folder)
    _add_missing(connection, PovertyLine, _poverty_lines(folder))
    if connection.scalar(select(ClassificationRule.id).limit(1)) is None:
        connection.execute(insert(ClassificationRule).values(effective_from="2000-01-01", rule="per_capita"))
    _add_missing(connection, Indicator, json.loads((folder / "indicators.json").read_text(encoding="utf-8")))
    connection.execute(
        insert(Setting)
        .values(key=_CHECKSUM, value=checksum)
        .on_conflict_do_update(index_elements=["key"], set_={"value": checksum})
    )


def _checksum(folder: Path) -> str:
    digest = hashlib.sha256(sql_expression("name").encode())
    for path in sorted(folder.rglob("*.csv")) + sorted(folder.rglob("*.json")):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def _load_areas(connection: Connection, folder: Path) -> None:
    areas = load_areas(folder)[["code", "level", "name", "parent_code", "state_code"]].replace("", None)
    statement = insert(Area)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["code"], set_={"name": statement.excluded.name}),
        _records(areas),
    )
    aliases = load_alias_book(folder).frame().rename(columns={"alias_normalised": "alias"})
    _replace(connection, AreaAlias, aliases[["level", "state_code", "alias", "code"]])


def _load_addresses(connection: Connection, folder: Path) -> None:
    postcodes = _read(folder / "gazetteer" / "postcodes.csv")[["postcode", "state_code"]].drop_duplicates()
    _replace(connection, PostcodeState, postcodes)
    connection.execute(delete(GeocodePlace))
    places = _read(folder / "geocode.csv").astype({"lat": float, "lon": float, "accuracy_m": int})
    places = places.assign(name=places["name_normalised"])
    point = func.ST_SetSRID(func.ST_MakePoint(bindparam("lon"), bindparam("lat")), 4326)
    connection.execute(
        GeocodePlace.__table__.insert().values(geom=point),  # type: ignore[attr-defined]
        _records(places[["kind", "name", "state_code", "district_code", "lat", "lon", "accuracy_m"]]),
    )


def _load_statistics(connection: Connection, folder: Path) -> None:
    frames = []
    for source, (file, key, year) in _STATISTICS.items():
        table = _read(folder / "statistics" / file)
        table = table.assign(
            area_code=table[key] if key else _COUNTRY, year=table["year"] if year is None else str(year)
        )
        measures = [column for column in table.columns if column not in _NOT_MEASURES | {"area_code"}]
        long = table.melt(id_vars=["area_code", "year"], value_vars=measures, var_name="measure", value_name="value")
        frames.append(long.assign(source=source.removesuffix("_state").removesuffix("_national")))
    every = pd.concat(frames, ignore_index=True).dropna(subset=["value"])
    _replace(
        connection, AreaStatistic, every[["area_code", "source", "measure", "year", "value"]].astype({"year": int})
    )


def _poverty_lines(folder: Path) -> list[dict[str, Any]]:
    """Rows of ``poverty_lines.csv``; the file's state 00 is Malaysia."""
    lines = _read(folder / "poverty_lines.csv").rename(
        columns={
            "pgk_household": "pgk_household_rm",
            "food_household": "food_household_rm",
            "pgk_per_capita": "pgk_per_capita_rm",
            "food_per_capita": "food_per_capita_rm",
        }
    )
    return _records(lines.assign(state_code=lines["state_code"].replace("00", _COUNTRY)))


def _add_missing(connection: Connection, model: type[Base], rows: list[dict[str, Any]]) -> None:
    connection.execute(insert(model).on_conflict_do_nothing(), rows)


def _replace(connection: Connection, model: type[Base], frame: pd.DataFrame) -> None:
    connection.execute(delete(model))
    connection.execute(insert(model), _records(frame))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dictionaries with ``None`` where there is nothing."""
    rows: list[dict[str, Any]] = frame.astype(object).where(frame.notna(), None).to_dict("records")  # type: ignore[assignment]
    return rows


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8")
