"""Deliveries of aid come out to the last line as their truth says; the same again changes nothing."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from registry.aid.importing import AidTerms, import_aid
from registry.deliveries.birm import import_birm

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

TRUTH = (
    "accepted", "unchanged", "held", "rejected", "warnings", "deliveries", "by_programme", "by_district", "double_aid"
)  # fmt: skip


def test_the_deliveries_of_a_year_come_out_as_their_truth_says(owner_engine: Engine, shared_folder: Path) -> None:
    import_birm(owner_engine, shared_folder / "register" / "perak.zip", received_on=date(2026, 11, 1))
    path = shared_folder / "register" / "bantuan_perak.zip"
    truth = json.loads(path.with_name("bantuan_perak.truth.json").read_text(encoding="utf-8"))
    figures = import_aid(owner_engine, path, terms=AidTerms(trial=False)).figures
    assert {key: figures[key] for key in TRUTH} == {key: truth[key] for key in TRUTH}
    again = import_aid(owner_engine, path).figures
    assert again["accepted"]["lines"] == 0
    assert {d["state"] for d in again["deliveries"]} == {"already", "refused"}
