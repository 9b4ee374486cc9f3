"""Finds which area each feature of a boundary file is, by its code or by its name, and tells what is left over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from geo.codes import area_code, seat_codes, seat_name
from geo.coverage import REST, WGS84, multipolygons

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pandas as pd

    from geo.names import AliasBook

CODE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "country": ("code",),
    "state": ("code_state", "state_code", "kod_negeri", "code"),
    "district": ("code_state_district", "district_code", "kod_daerah", "code"),
    "mukim": ("mukim_code", "kod_mukim", "code"),
    "parliament": ("code_parlimen", "parliament_code", "kod_parlimen", "parlimen", "code"),
    "dun": ("code_state_dun", "dun_code", "kod_dun", "code", "code_dun", "dun"),
    "catchment": ("catchment_code", "code"),
}
NAME_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "country": ("country", "negara", "name", "nama"),
    "state": ("state", "negeri", "name", "nama", "shapename"),
    "district": ("district", "daerah", "name", "nama", "shapename"),
    "mukim": ("mukim", "subdistrict", "name", "nama", "shapename"),
    "parliament": ("parlimen", "parliament", "name", "nama", "shapename"),
    "dun": ("dun", "name", "nama", "shapename"),
    "catchment": ("catchment", "kawasan", "name", "nama"),
}


class NoIdentifyingColumnError(ValueError):
    """The file has no column that says which area a feature is."""


@dataclass(frozen=True)
class Unmatched:
    """A feature whose area is not known, with the areas of the most alike names, best first."""

    row: int
    """Place of the feature in the file, from 1."""
    name: str
    suggestions: tuple[tuple[str, str], ...]
    """(code, name) of areas it may be."""


@dataclass(frozen=True)
class Matching:
    """Which areas a file holds, and what is wrong with it."""

    frame: gpd.GeoDataFrame
    """code, name, parent_code (may be empty), state_code, MultiPolygons in EPSG:4326; one row a code, by code."""
    unmatched: tuple[Unmatched, ...]
    duplicates: tuple[str, ...]
    """Codes of which the file has several features; their parts are joined."""
    missing: tuple[str, ...]
    """Codes of the level that no feature leads to."""

    @property
    def complete(self) -> bool:
        """Whether every area of the level is there and every feature was understood."""
        return not (self.unmatched or self.missing)


def match_areas(
    frame: gpd.GeoDataFrame, *, level: str, book: AliasBook, parents: gpd.GeoDataFrame | None = None
) -> Matching:
    """Areas of ``level`` in a file read by ``read_boundaries``.

    A code column (DOSM's names, ours, or ``code``) is believed where it holds a code that exists; else the name is
    looked up within the state and district that the file states, or within those of ``parents`` (code and polygons
    of the level above) in which the feature lies. A mukim level may lack mukim for which no polygon exists: missing
    are then those of ``book`` all the same, and the caller decides.

    Raises:
        NoIdentifyingColumnError: there is neither a code nor a name column.
    """
    columns = {str(column).lower(): str(column) for column in frame.columns}
    if not any(name in columns for name in (*CODE_COLUMNS[level], *NAME_COLUMNS[level])):
        raise NoIdentifyingColumnError(
            f"no column says which {level} a feature is; name it one of: "
            f"{', '.join(dict.fromkeys((*CODE_COLUMNS[level], *NAME_COLUMNS[level])))}"
        )
    lower = frame.rename(columns={original: name for name, original in columns.items()})
    expected = expected_codes(level, book)
    states = _states(lower, book)
    codes = _by_code(lower, level=level, known=expected | _rests(level, book), states=states)
    above = _parents_of(lower, level=level, book=book, states=states, parents=parents)
    names = _texts(lower, NAME_COLUMNS[level])
    codes = [
        code or _by_name(name, level=level, book=book, parent=parent, state=state)
        for code, name, parent, state in zip(codes, names, above, states, strict=True)
    ]
    return _result(lower, codes, level=level, book=book, names=names, above=above, expected=expected)


def expected_codes(level: str, book: AliasBook) -> frozenset[str]:
    """Codes of every area of a level; none for catchments, of which there may be any number."""
    if level in {"parliament", "dun"}:
        return seat_codes(level)
    if level == "catchment":
        return frozenset()
    return frozenset(code for (of_level, _, _), code in book.codes.items() if of_level == level)


def _rests(level: str, book: AliasBook) -> frozenset[str]:
    """Parts of districts without a mukim: known, though never missed."""
    return (
        frozenset(f"{district}{REST}" for district in expected_codes("district", book))
        if level == "mukim"
        else frozenset()
    )


def _texts(frame: gpd.GeoDataFrame, columns: Sequence[str]) -> list[str]:
    """The first of the columns that exists, as text; empty where a value is missing."""
    for column in columns:
        if column in frame.columns:
            values: pd.Series = frame[column]
            return ["" if missing else str(value).strip() for value, missing in zip(values, values.isna(), strict=True)]
    return [""] * len(frame)


def _states(frame: gpd.GeoDataFrame, book: AliasBook) -> list[str | None]:
    codes = _texts(frame, CODE_COLUMNS["state"][:-1])
    names = _texts(frame, NAME_COLUMNS["state"][:2])
    return [
        area_code(code, level="state") or book.code(name, level="state")
        for code, name in zip(codes, names, strict=True)
    ]


def _by_code(
    frame: gpd.GeoDataFrame, *, level: str, known: frozenset[str], states: Sequence[str | None]
) -> list[str | None]:
    codes: list[str | None] = [None] * len(frame)
    for column in CODE_COLUMNS[level]:
        if column not in frame.columns:
            continue
        for row, text in enumerate(_texts(frame, (column,))):
            code = area_code(text, level=level, state_code=states[row])
            if codes[row] is None and code and (code in known or level == "catchment"):
                codes[row] = code
    return codes


def _parents_of(
    frame: gpd.GeoDataFrame,
    *,
    level: str,
    book: AliasBook,
    states: Sequence[str | None],
    parents: gpd.GeoDataFrame | None,
) -> list[str | None]:
    """Code of the area above each feature, as the file states it, else as the map shows it."""
    if level in {"country", "state", "catchment"}:
        return [""] * len(frame)
    if level == "district":
        stated = list(states)
    elif level == "mukim":
        districts = _texts(frame, NAME_COLUMNS["district"][:2])
        stated = [
            book.code(name, level="district", parent=state) for name, state in zip(districts, states, strict=True)
        ]
    elif level == "parliament":
        stated = ["MY"] * len(frame)
    else:
        seats = _texts(frame, CODE_COLUMNS["parliament"][:-1])
        stated = [area_code(seat, level="parliament") for seat in seats]
    if parents is None or all(stated):
        return stated
    shown = _parents_on_map(frame, parents)
    return [said or seen for said, seen in zip(stated, shown, strict=True)]


def _parents_on_map(frame: gpd.GeoDataFrame, parents: gpd.GeoDataFrame) -> list[str]:
    inside = shapely.point_on_surface(shapely.make_valid(frame.geometry.to_numpy()))
    nearest = shapely.STRtree(parents.geometry.to_numpy()).query_nearest(inside, all_matches=False)
    codes = parents["code"].to_numpy()[nearest[1]]
    return [str(code) for code in codes]


def _by_name(name: str, *, level: str, book: AliasBook, parent: str | None, state: str | None) -> str | None:
    """Within the parent, else the one area of that name in the state, else in the country."""
    if not name:
        return None
    if level in {"parliament", "dun"}:
        return book.code(seat_name(name), level=level, parent=state)
    if parent is not None and (code := book.code(name, level=level, parent=parent)):
        return code
    state = state or (parent[:2] if parent else None)
    candidates = [code for code in book.candidates(name, level=level) if state is None or code.startswith(state)]
    return candidates[0] if len(candidates) == 1 else None


def _result(
    frame: gpd.GeoDataFrame,
    codes: Sequence[str | None],
    *,
    level: str,
    book: AliasBook,
    names: Sequence[str],
    above: Sequence[str | None],
    expected: frozenset[str],
) -> Matching:
    rows_of: dict[str, list[int]] = {}
    for row, found in enumerate(codes):
        if found:
            rows_of.setdefault(found, []).append(row)
    ordered = sorted(rows_of)
    polygons = frame.geometry.to_numpy()
    joined = [_joined(polygons[rows_of[code]]) for code in ordered]
    first = {code: rows_of[code][0] for code in ordered}
    matched = gpd.GeoDataFrame(
        {
            "code": ordered,
            "name": [book.names.get(code) or seat_name(names[first[code]]) or code for code in ordered],
            "parent_code": [_parent_code(code, level, above[first[code]]) for code in ordered],
            "state_code": [_state_code(code, frame, first[code], book) for code in ordered],
        },
        geometry=multipolygons(joined) if joined else [],
        crs=WGS84,
    )
    return Matching(
        frame=matched,
        unmatched=tuple(
            Unmatched(row + 1, names[row], _suggestions(names[row], level=level, book=book, parent=above[row]))
            for row, found in enumerate(codes)
            if not found
        ),
        duplicates=tuple(code for code in ordered if len(rows_of[code]) > 1),
        missing=tuple(sorted(expected - set(ordered))),
    )


def _joined(polygons: np.ndarray) -> shapely.Geometry:
    return polygons[0] if len(polygons) == 1 else shapely.union_all(shapely.make_valid(polygons))


def _parent_code(code: str, level: str, above: str | None) -> str:
    match level:
        case "district":
            return code[:2]
        case "mukim":
            return code[:4]
        case "state" | "parliament" | "catchment":
            return "MY"
        case _:
            return above or ""


def _state_code(code: str, frame: gpd.GeoDataFrame, row: int, book: AliasBook) -> str:
    if code[:2].isdigit():
        return code[:2]
    return _states(frame.iloc[[row]], book)[0] or ""


def _suggestions(name: str, *, level: str, book: AliasBook, parent: str | None) -> tuple[tuple[str, str], ...]:
    scoped = book.suggest(name, level=level, parent=parent) if parent is not None else ()
    return tuple((code, book.names[code]) for code in scoped or book.suggest(name, level=level))
