"""Reads rates of areas and who is whose neighbour from tables, and reports what there is to be said of them."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from poverty.pockets import Pocket, find_pockets
from poverty.small_areas import empirical_bayes, spatial_empirical_bayes
from poverty.unregistered import compared

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path

TOO_FEW: Final = "terlalu_sedikit"
_VALUES: Final = ("kod", "nilai", "isi_rumah")
_NEIGHBOURS: Final = ("kod", "jiran")


class UnreadableAreas(ValueError):
    """The table lacks a column, or a line of it cannot be read; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class AreaValue:
    """The rate of an area in per cent and its households; none where it is not known."""

    value: float | None
    households: int | None


def read_values(path: Path) -> dict[str, AreaValue]:
    """The areas of a table with the columns kod, nilai (in per cent) and isi_rumah; either may be empty.

    Raises:
        UnreadableAreas: it is no such table.

    """
    found: dict[str, AreaValue] = {}
    for line, row in _rows(path, _VALUES):
        code = row["kod"]
        if not code:
            raise UnreadableAreas(f"Line {line}: the code of the area (kod) is missing.")
        if code in found:
            raise UnreadableAreas(f"Line {line}: {code} stands in the table twice. Leave one of them.")
        households = _number(line, "isi_rumah", row["isi_rumah"], lambda number: number >= 0 and number == int(number))
        value = _number(line, "nilai", row["nilai"], lambda number: 0 <= number <= 100)  # noqa: PLR2004 - per cent
        found[code] = AreaValue(value, None if households is None else int(households))
    if not found:
        raise UnreadableAreas("The table has no row.")
    return found


def read_neighbours(path: Path) -> dict[str, set[str]]:
    """The neighbours of a table with the columns kod and jiran; whoever has a neighbour is one.

    Raises:
        UnreadableAreas: it is no such table.

    """
    found: dict[str, set[str]] = {}
    for line, row in _rows(path, _NEIGHBOURS):
        code, other = row["kod"], row["jiran"]
        if not code or not other:
            raise UnreadableAreas(f"Line {line}: an area and its neighbour (kod, jiran) are needed.")
        if code == other:
            raise UnreadableAreas(f"Line {line}: {code} cannot be a neighbour of itself.")
        found.setdefault(code, set()).add(other)
        found.setdefault(other, set()).add(code)
    return found


def report(areas: Mapping[str, AreaValue], neighbours: Mapping[str, Collection[str]]) -> dict[str, Any]:
    """What is to be said of rates of areas: pockets, rates of small areas, and how many households are expected."""
    values = {code: area.value for code, area in sorted(areas.items()) if area.value is not None}
    counted = {code: n for code in values if (n := areas[code].households)}
    pockets = find_pockets(values, neighbours)
    smoothed = _smoothed(values, counted, neighbours)
    found: Mapping[str, Pocket] = pockets.areas if pockets else {}
    return {
        "areas": len(values),
        "reason": None if pockets else TOO_FEW,
        "moran_I": pockets.moran_i if pockets else None,
        "expected_I": pockets.expected_i if pockets else None,
        "labels_lisa": dict(pockets.labels[0]) if pockets else None,
        "labels_gi": dict(pockets.labels[1]) if pockets else None,
        "by_area": {
            code: {"value": value, **_pocket(found.get(code)), **smoothed["by_area"].get(code, _NO_RATE)}
            for code, value in values.items()
        },
        "eb_mean": smoothed["mean"],
        "eb_variance": smoothed["a"],
        "tercicir": {code: _expected(values[code], n) for code, n in counted.items()},
    }


_NO_RATE: Final = {"eb": None, "eb_spatial": None}


def _pocket(found: Pocket | None) -> dict[str, Any]:
    if found is None:
        return dict.fromkeys(("lisa_I", "lisa_p", "lisa", "gi_z", "gi_p", "gi"))
    return {
        "lisa_I": found.lisa_i,
        "lisa_p": found.lisa_p,
        "lisa": found.lisa,
        "gi_z": found.gi_z,
        "gi_p": found.gi_p,
        "gi": found.gi,
    }


def _smoothed(
    values: Mapping[str, float], counted: Mapping[str, int], neighbours: Mapping[str, Collection[str]]
) -> dict[str, Any]:
    codes = list(counted)
    places = {code: place for place, code in enumerate(codes)}
    events = [values[code] / 100 * counted[code] for code in codes]
    bases = list(counted.values())
    around = [[places[one] for one in neighbours.get(code, ()) if one in places] for code in codes]
    whole = empirical_bayes(events, bases)
    local = spatial_empirical_bayes(events, bases, around)
    rates = zip(codes, whole.smoothed, local.smoothed, strict=True)
    return {
        "mean": whole.mean,
        "a": whole.a,
        "by_area": {code: {"eb": rate, "eb_spatial": near} for code, rate, near in rates},
    }


def _expected(value: float, households: int) -> dict[str, Any]:
    found = compared(value / 100, households, None)
    return {
        "rate": value / 100,
        "households": households,
        "expected": found.expected,
        "low": found.lower,
        "high": found.upper,
    }


def _rows(path: Path, columns: Collection[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a table with their numbers, the cells of these columns without blanks around."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableAreas(
            f"It is no table that can be read: {type(error).__name__}. Give a CSV in UTF-8."
        ) from error
    reader = csv.DictReader(text.splitlines())
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        raise UnreadableAreas(f"The table lacks {', '.join(missing)}. Add the columns and ask again.")
    for row in reader:
        if None in row or None in row.values():
            raise UnreadableAreas(f"Line {reader.line_num}: it has not as many cells as the head. Correct it.")
        yield reader.line_num, {name: row[name].strip() for name in columns}


def _number(line: int, name: str, written: str, holds: Callable[[float], bool]) -> float | None:
    if not written:
        return None
    try:
        number = float(written)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or not holds(number):
        raise UnreadableAreas(f"Line {line}: {name} cannot be {written}. Correct it and ask again.")
    return number
