"""Makes the layer of households in view: clusters or single points, with how many of how many are shown."""

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from layers import numbers
from layers.palettes import STATUS_COLOURS

STATUSES = tuple(STATUS_COLOURS)
POINT_DECIMALS = 6
# A place known no better than this is drawn hollow, so that it is not taken for a doorstep.
APPROXIMATE_ABOVE_M = 500
# Marks nearer than this hide each other, or are too near to be hit.
APART_PIXELS = 36
_WORLD_PIXELS = 256


class PointFrameError(ValueError):
    """The frame of points lacks columns."""


@dataclass(frozen=True, slots=True)
class PointLayer:
    """Households in view as GeoJSON, EPSG:4326. ``total`` are in view, ``shown`` of them are drawn.

    A cluster's properties are ``n``, ``text``, a count for each status and whether all stand ``together`` at
    one place; a single point's are ``n`` 1, ``id``, ``status`` and whether its place is ``approximate``.
    Nothing else leaves the server.
    """

    collection: dict[str, Any]
    shown: int
    total: int
    by_status: dict[str, int]

    @property
    def complete(self) -> bool:
        """Whether every household in view is drawn, by itself or in a cluster."""
        return self.shown >= self.total


def points(frame: pd.DataFrame, *, total: int | None = None) -> PointLayer:
    """Return the layer for one row per cluster or household.

    Columns: ``lon``, ``lat`` (degrees), ``n`` (households there; absent means one each) and for clusters
    the counts ``tegar``, ``miskin``, ``mudah_miskin``, ``terkeluar`` and ``together``; for single households ``id``,
    ``status`` and, where known, ``accuracy_m``. ``total`` is the number of households in view, where
    fewer were fetched. Raises :class:`PointFrameError`, naming every missing column.
    """
    missing = [name for name in ("lon", "lat") if name not in frame]
    if missing:
        raise PointFrameError(f"no column {', '.join(missing)}")
    rows: list[dict[str, Any]] = frame.to_dict(orient="records")  # type: ignore[assignment]
    features = [_feature(row) for row in rows]
    shown = sum(feature["properties"]["n"] for feature in features)
    return PointLayer(
        collection={"type": "FeatureCollection", "features": features},
        shown=shown,
        total=max(shown, total or 0),
        by_status={status: _of_status(features, status) for status in STATUSES},
    )


def standing_apart(frame: pd.DataFrame, *, zoom: float) -> pd.DataFrame:
    """Return the frame of :func:`points`, where marks that would hide each other at a zoom are one cluster.

    A cluster stands where its fullest mark stood, and is ``together`` only where all that it took in was at one place.
    """
    anchors: list[tuple[float, float]] = []
    taken: list[list[int]] = []
    for at, (lon, lat) in enumerate(zip(frame["lon"], frame["lat"], strict=True)):
        x, y = _pixels(float(lon), float(lat), zoom)
        near = (k for k, (ax, ay) in enumerate(anchors) if max(abs(x - ax), abs(y - ay)) < APART_PIXELS)
        if (found := next(near, None)) is None:
            anchors.append((x, y))
            taken.append([at])
        else:
            taken[found].append(at)
    if len(taken) == len(frame):
        return frame
    merged: list[dict[str, Any]] = []
    for places in taken:
        rows: list[dict[str, Any]] = frame.iloc[places].to_dict(orient="records")  # type: ignore[assignment]
        merged.append(rows[0] if len(rows) == 1 else _one_of(rows))
    return pd.DataFrame(merged, columns=frame.columns)


def _one_of(rows: list[dict[str, Any]]) -> dict[str, Any]:
    first = rows[0]
    sums = {name: sum(_whole(row[name]) for row in rows) for name in ("n", *STATUSES)}
    return first | sums | {"id": None, "status": None, "accuracy_m": None, "together": False}


def _pixels(lon: float, lat: float, zoom: float) -> tuple[float, float]:
    """Where a place is drawn, in pixels of the web's Mercator projection."""
    side = _WORLD_PIXELS * 2**zoom
    north = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
    return side * (lon + 180) / 360, side * (0.5 - north / (2 * math.pi))


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    households = _whole(row.get("n")) or 1
    properties = _cluster(row, households) if households > 1 else _household(row)
    place = [round(float(row["lon"]), POINT_DECIMALS), round(float(row["lat"]), POINT_DECIMALS)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": place},
        "properties": properties,
    }


def _cluster(row: dict[str, Any], households: int) -> dict[str, Any]:
    counts = {status: _whole(row.get(status)) for status in STATUSES}
    together = not _missing(row.get("together")) and bool(row["together"])
    return {"n": households, "text": numbers.count(households), "together": together, **counts}


def _household(row: dict[str, Any]) -> dict[str, Any]:
    counted = next((name for name in STATUSES if _whole(row.get(name))), "")
    return {
        "n": 1,
        "id": _text(row.get("id")),
        "status": _text(row.get("status")) or counted,
        "approximate": _whole(row.get("accuracy_m")) > APPROXIMATE_ABOVE_M,
    }


def _text(value: object) -> str:
    if _missing(value):
        return ""
    # a column of whole numbers with gaps arrives as floats
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _whole(value: Any) -> int:
    return 0 if _missing(value) else int(value)


def _missing(value: Any) -> bool:
    # clusters and single households share a frame, so each leaves the other's columns empty
    return value is None or bool(pd.isna(value))


def _of_status(features: list[dict[str, Any]], status: str) -> int:
    return sum(
        int(feature["properties"]["status"] == status)
        if feature["properties"]["n"] == 1
        else feature["properties"][status]
        for feature in features
    )
