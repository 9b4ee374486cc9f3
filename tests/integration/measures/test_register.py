"""The measures of a whole register are those that were worked out elsewhere."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from poverty.multidimensional import read_structure
from registry.deliveries.birm import import_birm
from registry.measuring import report
from registry.measuring.neighbour_files import read_neighbours
from registry.measuring.reading import read_day

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

DAY = date(2026, 10, 1)


def differences(found: Any, asked: Any, where: str = "") -> list[str]:
    """Where two reports differ by more than a billionth."""
    if isinstance(asked, list) and isinstance(found, list):
        found, asked = dict(enumerate(found)), dict(enumerate(asked))
    if isinstance(asked, dict) and isinstance(found, dict):
        once = [f"{where}.{key} is there once" for key in set(found) ^ set(asked)]
        inside = (differences(found[key], asked[key], f"{where}.{key}") for key in set(found) & set(asked))
        return once + [line for lines in inside for line in lines]
    if isinstance(asked, float) and isinstance(found, float):
        return [] if abs(found - asked) <= 1e-9 * max(1.0, abs(asked)) else [f"{where}: {found} for {asked}"]
    return [] if found == asked else [f"{where}: {found} for {asked}"]


@pytest.fixture
def truth(shared_folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared_folder / "truth" / "measures.json").read_text(encoding="utf-8"))
    return found["perak"]


def test_the_measures_of_perak_are_the_truth(owner_engine: Engine, shared_folder: Path, truth: dict[str, Any]) -> None:
    import_birm(owner_engine, shared_folder / "register" / "perak.zip", received_on=DAY)
    raw = json.loads((shared_folder / "truth" / "measures" / "mpi_structures.json").read_text(encoding="utf-8"))
    structures = [read_structure(code, one) for code, one in raw.items()]
    with owner_engine.connect() as owner:
        day = read_day(owner, DAY)
        bases, survey = report.census(owner), report.survey_of(owner, DAY)
    neighbours = read_neighbours(shared_folder / "truth" / "measures" / "neighbours_district.csv")
    assert differences(report.by_area(day, bases), truth["by_area"]) == []
    assert differences(report.theil(day.households), truth["theil"]) == []
    assert differences(report.deprivation(day, structures), truth["mpi"]) == []
    assert differences(report.tercicir(day.households, bases, survey), truth["tercicir"]) == []
    assert differences(report.smoothed(day.households, neighbours), truth["eb"]) == []
