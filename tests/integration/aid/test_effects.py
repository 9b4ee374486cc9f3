"""Programmes are judged by what the register decided; of few households nothing is told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from queries import effects
from registry.aid.effects import measure_effects, tellable, windows
from registry.principals import Role
from tests.integration.aid.deliveries import AidDelivery
from tests.world import Served, add_household, add_principal

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from registry.aid.importing import AidReport

_REASSESSED = text("""
    INSERT INTO ekasih.status_decision (household_id, effective_on, decided_by, cause, status, previous_status,
        income_rm, member_count, per_capita_rm, gap_rm, line_id, rule_id, state_code, district_code, mukim_code, strata)
    SELECT d.household_id, '2026-01-10', 'test', 'income_changed', 'terkeluar', d.status,
        d.income_rm + d.member_count * more.rm, d.member_count, d.per_capita_rm + more.rm, 0, d.line_id, d.rule_id,
        d.state_code, d.district_code, d.mukim_code, d.strata
    FROM ekasih.status_decision AS d JOIN ekasih.household AS h ON h.id = d.household_id
    CROSS JOIN LATERAL (SELECT CASE WHEN h.file_no LIKE 'D%' THEN 100 ELSE 20 END + h.id % 7 AS rm) AS more
""")


def test_half_years_that_can_be_judged_are_told_newest_first() -> None:
    assert [w.begins for w in windows(date(2026, 11, 29))] == [
        date(2025, 7, 1), date(2025, 1, 1), date(2024, 7, 1), date(2024, 1, 1),
    ]  # fmt: skip
    assert windows(date(2026, 7, 1))[0].ends == date(2026, 1, 1)
    assert windows(date(2026, 6, 30))[0].begins == date(2025, 1, 1)


def test_a_programme_that_helped_is_found_and_told_to_planners(
    owner: Connection, web: Engine, imported: Callable[..., AidReport]
) -> None:
    delivery = AidDelivery("SATU", "1", made_on="2025-08-01")
    for number in range(60):  # a third of a family's income is no whole sen
        for kind in ("D", "L"):
            add_household(
                owner, f"{kind}{number:04}", name=f"Keluarga {kind} {number}", on_date="2024-06-01", members=3
            )
        delivery.line(f"S{number}", no_kp="", no_fail=f"D{number:04}", nama="", tarikh="2025-02-10")
    owner.execute(_REASSESSED)
    owner.execute(
        text(
            "INSERT INTO ekasih.setting VALUES ('register.as_of', '\"2026-07-10\"')"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        )
    )
    owner.commit()
    imported(delivery)
    measure_effects(owner)
    planner = add_principal(owner, "menteri", Role.PLANNER)
    owner.commit()
    with Served(web=web).reading(planner) as conn:
        (row,) = effects.effects(conn)
    figures = row["figures"]
    assert (row["programme_code"], figures["verdict"], figures["matched_treated"]) == ("SATU-HIDUP", "berkesan", 60)
    assert abs(figures["effect"] - 80) < 3
    assert figures["before"] == pytest.approx([1000 / 3, 1000 / 3], abs=1e-9)
    assert figures["exits"]["left_aided"][0] == 0
    assert figures["exits"]["left_aided"][1] == 1


def test_of_fewer_than_ten_households_nothing_is_told() -> None:
    exits = {"matched": [4, 40], "left_aided": [0.5], "left_others": [0.1], "logrank_chi2": 1.0, "logrank_p": 0.3}
    told = tellable({
        "treated": 7, "controls": 43, "matched_treated": 4, "matched_controls": 40, "effect": 12.0, "se": 1.0,
        "ci": [10.0, 14.0], "detectable": 2.8, "smd": {}, "before": [1.0, 2.0], "reassessed": [0.5, 0.5],
        "control_effective": 12.0, "matched_share": 0.5, "verdict": "tidak_dapat_dinilai",
        "reasons": ["terlalu_sedikit"],
        "exits": exits, "strata": 3,
    })  # fmt: skip
    hidden = ("treated", "matched_treated", "effect", "ci", "before", "reassessed", "matched_share", "strata")
    assert [told[name] for name in hidden] == [None] * len(hidden)
    assert told["exits"]["left_aided"] is None
    assert told["verdict"] == "tidak_dapat_dinilai"
