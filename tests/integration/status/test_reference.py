"""The reference tables: complete, loaded once, and never at the cost of what an administrator has edited."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry.areas.reference import load_reference

if TYPE_CHECKING:
    from sqlalchemy import Connection


def _load_again(owner: Connection) -> None:
    owner.execute(text("DELETE FROM setting WHERE key = 'reference.sha256'"))
    load_reference(owner)


@pytest.mark.parametrize(("level", "areas"), [("country", 1), ("state", 16), ("district", 160)])
def test_the_whole_country_is_there(owner: Connection, level: str, areas: int) -> None:
    assert owner.scalar(text("SELECT count(*) FROM area WHERE level = :level"), {"level": level}) == areas


def test_every_district_has_an_area_for_households_without_a_mukim(owner: Connection) -> None:
    without = text("""
        SELECT d.code FROM area AS d LEFT JOIN area AS m ON m.code = d.code || '00' AND m.parent_code = d.code
        WHERE d.level = 'district' AND m.code IS NULL
    """)
    assert owner.scalars(without).all() == []


def test_every_state_and_strata_has_a_line_in_force(owner: Connection) -> None:
    lines = owner.execute(text("SELECT state_code, strata FROM lines_in_force(current_date)")).all()
    assert len(set(lines)) == 32


def test_the_line_of_2024_is_loaded_for_malaysia_and_not_in_force(owner: Connection) -> None:
    found = text("SELECT state_code, effective_from FROM poverty_line WHERE survey_year = 2024")
    assert {tuple(row) for row in owner.execute(found)} == {("MY", None)}


def test_the_sabah_line_of_2022_is_the_published_one(owner: Connection) -> None:
    found = text("SELECT DISTINCT food_per_capita_rm FROM lines_in_force('2025-01-01') WHERE state_code = '12'")
    assert Decimal("288.00") in owner.scalars(found).all()


def test_what_has_not_changed_is_not_loaded_again(owner: Connection) -> None:
    owner.execute(text("DELETE FROM postcode_state"))
    load_reference(owner)
    assert owner.scalar(text("SELECT count(*) FROM postcode_state")) == 0


def test_loading_again_brings_back_what_is_missing(owner: Connection) -> None:
    before = owner.scalar(text("SELECT count(*) FROM area_statistic"))
    owner.execute(text("DELETE FROM area_statistic WHERE source = 'census_2020'"))
    _load_again(owner)
    assert owner.scalar(text("SELECT count(*) FROM area_statistic")) == before


def test_loading_again_leaves_what_an_administrator_edited(owner: Connection) -> None:
    owner.execute(text("UPDATE poverty_line SET effective_from = '2026-01-01' WHERE survey_year = 2024"))
    owner.execute(text("UPDATE setting SET value = '36' WHERE key = 'review.months'"))
    owner.execute(text("UPDATE indicator SET name_en = 'Ours' WHERE code = 'tegar'"))
    _load_again(owner)
    assert owner.scalar(text("SELECT effective_from::text FROM poverty_line WHERE survey_year = 2024")) == "2026-01-01"
    assert owner.scalar(text("SELECT value FROM setting WHERE key = 'review.months'")) == 36
    assert owner.scalar(text("SELECT name_en FROM indicator WHERE code = 'tegar'")) == "Ours"


def test_every_district_of_the_census_has_its_households(owner: Connection) -> None:
    found = text("""
        SELECT count(*) FROM area_statistic
        WHERE source = 'census_2020' AND measure = 'household_total' AND value > 0 AND length(area_code) = 4
    """)
    # four districts were made after the census of 2020
    assert owner.scalar(found) >= 156
