"""Areas and points as files of geographic tools (GeoPackage, GeoParquet) and as a table with metadata (CSVW)."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import pyarrow.parquet as pq
import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from words import Words

GPKG: Final = "gpkg"
PARQUET: Final = "parquet"
CSVW: Final = "csvw"
KINDS: Final = {
    GPKG: "application/geopackage+sqlite3",
    PARQUET: "application/vnd.apache.parquet",
    CSVW: "application/zip",
}
ENDINGS: Final = {GPKG: "gpkg", PARQUET: "parquet", CSVW: "csvw.zip"}
_WHOLE: Final = ("tegar", "miskin", "jumlah_miskin", "isi_rumah_banci", "tahun_banci", "ketepatan_m", "id")
_REAL: Final = ("kadar", "jurang_rm")
_UNITS: Final = {
    "tegar": "isi rumah", "miskin": "isi rumah", "jumlah_miskin": "isi rumah", "isi_rumah_banci": "isi rumah",
    "kadar": "%", "jurang_rm": "MYR/bulan", "tahun_banci": "tahun",
}  # fmt: skip
_ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)


def frame_of(rows: Sequence[Mapping[str, Any]], shapes: Sequence[bytes | None]) -> gpd.GeoDataFrame:
    """Rows with their shapes (WKB, longitude and latitude); numbers stay whole where one is missing."""
    frame = gpd.GeoDataFrame(list(rows), geometry=shapely.from_wkb(list(shapes)), crs="EPSG:4326")
    for name in frame.columns:
        if name in _WHOLE:
            frame[name] = frame[name].astype("Int64")
        elif name in _REAL:
            frame[name] = frame[name].astype("float64")
        elif name != "geometry":
            frame[name] = frame[name].astype("str" if frame[name].notna().all() else "object")
    return frame


def geopackage(frame: gpd.GeoDataFrame, layer: str, about: Mapping[str, str]) -> bytes:
    """The rows as one layer of a GeoPackage, with what they are as metadata of the layer."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{layer}.gpkg"
        frame.to_file(
            path, layer=layer, driver="GPKG", engine="pyogrio", layer_metadata=dict(about), dataset_metadata=dict(about)
        )
        return path.read_bytes()


def geoparquet(frame: gpd.GeoDataFrame, about: Mapping[str, str]) -> bytes:
    """The rows as GeoParquet, with what they are beside the file's own metadata."""
    written = io.BytesIO()
    frame.to_parquet(written, index=False)
    table = pq.read_table(io.BytesIO(written.getvalue()))
    told = {f"ekasih_{name}".encode(): value.encode() for name, value in about.items()}
    made = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({**(table.schema.metadata or {}), **told}), made)
    return made.getvalue()


def csvw(
    rows: Sequence[Mapping[str, Any]], fields: Sequence[str], name: str, about: Mapping[str, str], words: Words
) -> bytes:
    """A table as CSV with its metadata beside it (Metadata Vocabulary for Tabular Data), in one archive."""
    table = io.StringIO()
    writer = csv.DictWriter(table, fields, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({field: "" if row[field] is None else row[field] for field in fields} for row in rows)
    told = json.dumps(metadata(fields, f"{name}.csv", about, words), ensure_ascii=False, indent=1)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in ((f"{name}.csv", table.getvalue()), (f"{name}.csv-metadata.json", told)):
            archive.writestr(zipfile.ZipInfo(file, _ZIP_DAY), content.encode())
    return made.getvalue()


def metadata(fields: Sequence[str], file: str, about: Mapping[str, str], words: Words) -> dict[str, Any]:
    """What a table is: title, source, licence, notes, and of each column its title, kind and unit."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": words.language}],
        "url": file,
        "dc:title": about["tajuk"],
        "dc:description": about["keterangan"],
        "dc:source": about["sumber"],
        "dc:rights": about["hak"],
        "dc:date": about["setakat"],
        "dc:language": words.language,
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True, "quoteChar": '"', "doubleQuote": True},
        "notes": [{"dc:title": name, "dc:description": value} for name, value in about.items()],
        "tableSchema": {"columns": [_column(field, words) for field in fields], "primaryKey": fields[0]},
    }


def _column(field: str, words: Words) -> dict[str, Any]:
    kind = "integer" if field in _WHOLE else "decimal" if field in _REAL else "string"
    if field == "bulan":
        kind = "gYearMonth"
    column: dict[str, Any] = {
        "name": field,
        "titles": [field],
        "dc:description": words(f"ogc.field_{field}"),
        "datatype": kind,
        "null": [""],
    }
    if field in {"kod", "nama", "bulan"}:
        column["required"] = True
    if field in _UNITS:
        column["schema:unitText"] = _UNITS[field]
    return column
