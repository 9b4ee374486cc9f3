"""The measures of a whole register are those that were worked out elsewhere."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from poverty.areas_file import read_neighbours
from poverty.multidimensional import read_structure
from registry.deliveries.birm import import_birm
from registry.measuring import report

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
    neighbours = read_neighbours(shared_folder / "truth" / "measures" / "neighbours_district.csv")
    with owner_engine.connect() as owner:
        found = report.measure_register(owner, DAY, structures=structures, neighbours=neighbours)
        by_boundaries = report.measure_register(owner, DAY, structures=[])["eb"]["by_area"]
    for part, asked in truth.items():
        assert differences(found[part], asked, part) == []
    raw_rates = {code: one["raw"] for code, one in found["eb"]["by_area"].items()}
    assert {code: one["raw"] for code, one in by_boundaries.items()} == raw_rates
