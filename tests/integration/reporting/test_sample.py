"""The sample register holds reports and tables, each of them marked as made up, and filled once."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from registry.accounts.users import create_demo_users
from registry.demo.reports import load_reports
from registry.publishing.publish import publish
from registry.status.months import close_months
from tests.world import add_household

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_MADE = text("SELECT report, exact, content FROM ekasih.report_edition ORDER BY id")


def test_the_sample_register_holds_editions_and_shared_tables(
    owner: Connection, owner_engine: Engine, cluster: Any
) -> None:
    for number in range(12):
        add_household(owner, f"S{number:03}", income=1500, on_date="2026-07-10")
    close_months(owner, up_to=date(2026, 10, 20))
    publish(owner)
    create_demo_users(owner)
    owner.commit()
    for _ in range(2):
        load_reports(owner_engine, home=cluster.home)
    made = owner.execute(_MADE).all()
    assert {row.report for row in made} == {"menteri", "program", "negeri", "buku_peta", "daerah", "jadual"}
    assert len(made) == 8
    assert {row.report for row in made if not row.exact} >= {"menteri"}
    assert all(json.loads(row.content)["blocks"] for row in made)
    tables = owner.execute(text("SELECT name, shared FROM ekasih.report_table")).all()
    assert len(tables) == 2
    assert all(row.shared and "contoh" in row.name for row in tables)
