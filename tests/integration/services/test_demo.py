"""The sample register: invented, plausible, the same for the same seed, and never laid over a real one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry.demo import load_demo
from registry.demo.deliveries import write_deliveries
from registry.demo.loading import RegisterInUse
from registry.services.recount import recount
from tests.world import add_household

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

DAY = date(2026, 11, 23)


def _silent(_step: str, _done: int, _total: int) -> None:
    pass


def test_a_sample_register_is_national_adds_up_and_has_two_years_of_months(
    owner_engine: Engine, owner: Connection
) -> None:
    load_demo(owner_engine, households=600, seed=5, progress=_silent, today=DAY)
    assert 590 <= owner.scalar(text("SELECT count(*) FROM household")) <= 600
    assert owner.scalar(text("SELECT count(DISTINCT state_code) FROM household")) >= 14
    assert owner.scalar(text("SELECT count(DISTINCT month) FROM headcount_month")) == 23
    assert owner.scalar(text("SELECT (register_state() ->> 'sample')::boolean"))
    assert owner.scalar(text("SELECT count(*) FROM app_user WHERE demo")) == 4
    assert owner.scalar(text("SELECT count(*) FROM target WHERE NOT sample")) == 0
    shares = dict(owner.execute(text("SELECT status, count(*) FROM household GROUP BY status")).all())
    assert all(shares.get(status, 0) > 30 for status in ("tegar", "miskin", "terkeluar"))
    assert recount(owner) == []


def test_no_number_in_it_can_be_anyones(owner_engine: Engine, owner: Connection) -> None:
    load_demo(owner_engine, households=100, seed=5, progress=_silent, today=DAY)
    serials = owner.scalars(text("SELECT DISTINCT substr(id_no, 9, 1) FROM person")).all()
    assert list(serials) == ["9"]


def test_a_sample_is_not_laid_over_a_register_in_use(owner_engine: Engine, owner: Connection) -> None:
    add_household(owner, "A")
    owner.commit()
    with pytest.raises(RegisterInUse):
        load_demo(owner_engine, households=10, seed=1, progress=_silent, today=DAY)


def test_the_same_seed_makes_the_same_files_and_another_makes_others(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_deliveries(tmp_path / name, households=200, seed=seed, today=DAY, progress=_silent)
    read = {name: (tmp_path / name / "00" / "ahli.csv").read_bytes() for name in "abc"}
    assert read["a"] == read["b"]
    assert read["a"] != read["c"]
