"""What aid reached whom adds up to a recount for who sees persons, and is rounded for everybody else."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from poverty.disclosure import rounded_count
from queries import reach
from registry.principals import Role
from registry.publishing.publish import publish
from tests.integration.aid.deliveries import AidDelivery
from tests.world import Served, add_household, add_principal

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from registry.aid.importing import AidReport

    Imported = Callable[..., AidReport]


@pytest.fixture
def published(owner: Connection, families: dict[str, int], imported: Imported) -> dict[str, int]:
    """Two families aided of fourteen; one line was taken back, one is of long ago."""
    for number in range(12):
        add_household(owner, f"K1{number:03}", name=f"Tanpa Bantuan {number}")
    owner.execute(
        text(
            "INSERT INTO ekasih.setting VALUES ('register.as_of', '\"2026-07-10\"')"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        )
    )
    owner.commit()
    siti = {"no_kp": "710202085002", "nama": "Siti binti Kassim"}
    imported(
        AidDelivery("SATU", "1")
        .line("S1")
        .line("S2", tarikh="2026-05-10")
        .line("S3", tarikh="2025-03-10", amaun="200.00", **siti)
        .line("S4", tarikh="2026-04-10")
    )
    imported(AidDelivery("SATU", "2").line("B", jenis_baris="batal", no_rujukan_asal="S4", tarikh="2026-06-01"))
    publish(owner)
    owner.commit()
    return families


def test_who_sees_persons_reads_exact_figures(owner: Connection, web: Engine, published: dict[str, int]) -> None:
    del published
    officer = add_principal(owner, "pegawai", Role.OFFICER, "0803")
    owner.commit()
    with Served(web=web).reading(officer) as conn:
        (row,) = [r for r in reach.by_cut(conn, area="0803", live=True) if r["cut"] == "all"]
        assert (row["aided"], row["never"], row["amount_rm"]) == (1, 12, Decimal(200))
        areas = reach.by_area(conn, level="district", within="08", cut="need:PENDAPATAN", live=True)
        assert dict(zip(areas["area_code"], areas["aided"], strict=True))["0803"] == 1
        assert reach.by_cut(conn, area="0805", live=True) == []


def test_everybody_else_reads_them_rounded_and_none_of_a_few(
    owner: Connection, web: Engine, published: dict[str, int]
) -> None:
    del published
    planner = add_principal(owner, "menteri", Role.PLANNER)
    owner.commit()
    with Served(web=web).reading(planner) as conn:
        (row,) = [r for r in reach.by_cut(conn, area="0803", live=False) if r["cut"] == "all"]
        assert (row["aided"], row["never"], row["amount_rm"]) == (None, 10, None)
        assert reach.by_cut(conn, area="0803", live=True) == []


@pytest.mark.parametrize(
    ("count", "shown"), [(None, None), (0, None), (9, None), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20)]
)
def test_a_count_is_to_the_nearest_five_and_none_is_below_ten(count: int | None, shown: int | None) -> None:
    assert rounded_count(count) == shown
