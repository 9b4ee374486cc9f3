"""A structure of multidimensional poverty is added as a version, by administrators, and never for a closed month."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text

from queries import measures
from registry.errors import InvalidInput, NotPermitted
from registry.measuring.models import MpiStructure
from registry.measuring.structures import SHIPPED, AddStructure, add_structure, read_file
from registry.principals import Role
from tests.world import Served, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from registry.principals import Principal

RAW: dict[str, dict[str, Any]] = json.loads(SHIPPED.read_text(encoding="utf-8"))


def asked(code: str = "ekasih-2", reason: str = "Titik potong baharu", **changes: Any) -> AddStructure:
    return AddStructure(code, RAW["ekasih-1"] | {"k": "1/4", "valid_from": "2099-01-01"} | changes, reason)


@pytest.fixture
def served(owner: Connection, web: Engine) -> tuple[Served, Principal, Principal]:
    administrator = add_principal(owner, "pentadbir", Role.ADMINISTRATOR)
    planner = add_principal(owner, "menteri", Role.PLANNER)
    owner.execute(
        text("""
            INSERT INTO ekasih.headcount_month (area_code, month, strata, status, households, persons, gap_rm)
            VALUES ('0803', '2026-09-01', 'urban', 'miskin', 1, 4, 10)
        """)
    )
    owner.commit()
    return Served(web=web), administrator, planner


def test_the_shipped_structures_are_there_and_everybody_reads_them(
    served: tuple[Served, Principal, Principal],
) -> None:
    world, _, planner = served
    with world.reading(planner) as conn:
        assert set(measures.structures(conn)) == set(RAW)
        assert {row["code"] for row in measures.structure_rows(conn) if row["computable"]} == {"ekasih-1"}


def test_a_version_is_added_and_audited_and_the_old_one_stays(
    owner: Connection, served: tuple[Served, Principal, Principal]
) -> None:
    world, administrator, _ = served
    with world.writing(administrator) as session:
        add_structure(session, asked())
    rows = dict(owner.execute(select(MpiStructure.code, MpiStructure.added_by)).all())
    assert rows["ekasih-2"] == "pentadbir"
    assert set(RAW) < set(rows)
    told = owner.execute(text("SELECT after FROM ekasih.audit_log WHERE action = 'add_mpi_structure'")).scalar_one()
    assert told["code"] == "ekasih-2"


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        (asked("ekasih-1"), {"file": "mpi_taken"}),
        (asked(valid_from="2026-09-30"), {"file": "mpi_closed"}),
        (asked(reason=" "), {"reason": "required"}),
        (asked(k="1/0"), {"file": "mpi_fraction"}),
        (asked(dimensions=RAW["ekasih-1"]["dimensions"][:3]), {"file": "mpi_whole"}),
        (asked("Besar"), {"file": "mpi_code"}),
        (asked(valid_from="esok"), {"file": "mpi_form"}),
    ],
)
def test_what_cannot_be_a_version_is_refused_with_why(
    served: tuple[Served, Principal, Principal], command: AddStructure, problem: dict[str, str]
) -> None:
    world, administrator, _ = served
    with pytest.raises(InvalidInput) as refused, world.writing(administrator) as session:
        add_structure(session, command)
    assert refused.value.problems == problem


def test_nobody_else_adds_one(served: tuple[Served, Principal, Principal]) -> None:
    world, _, planner = served
    with pytest.raises(NotPermitted), world.writing(planner) as session:
        add_structure(session, asked())


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"a": 1}', "{" * 50_000])
def test_a_file_that_is_none_is_refused(content: str) -> None:
    with pytest.raises(InvalidInput):
        read_file(content)
