"""No table and no function shows a role anything of a foreign district's persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry.principals import Role
from tests.leaks.conftest import sees_persons
from tests.leaks.world import HERE, THERE

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.leaks.conftest import World

_TABLES = text("""
    SELECT c.relname FROM pg_class AS c
    WHERE c.relnamespace = 'ekasih'::regnamespace AND c.relkind IN ('r', 'v', 'm') ORDER BY c.relname
""")
_PROTECTED = text("SELECT relname FROM pg_class WHERE relnamespace = 'ekasih'::regnamespace AND relrowsecurity")
# sums that may be shown to everyone, or no rows of an area: accounts, what they saw, rules, deliveries, links, words
_SUMS = {
    "area_access", "area_look", "area_pocket",
    "publication", "published_aid", "published_count", "published_fault", "published_project", "published_share",
    "published_value",
    "published_mpi", "published_poverty",
    "report_count", "report_figure", "report_month",
    "published_cross", "published_cross_state",
}  # fmt: skip
# what an agency that sees no persons reads of its own: what it sent, and what became of it
_OF_AGENCY = {
    "aid_application", "aid_delivery", "aid_line", "aid_override", "aid_pair", "aid_reversal", "aid_row",
    "aid_sending", "aid_step",
    "payee_account", "payment_answer", "referral_file", "referral_step",
}  # fmt: skip
# sums of which the rows stay when their households go
_EMPTIED = {
    "aid_area", "headcount", "headcount_month", "measure_month", "mpi_month", "poverty_month", "ticket_month",
    "worklist_count",
}  # fmt: skip
_OF_NO_AREA = {
    "indicator_version",
    "area_neighbour",
    "mpi_structure", "poverty_shown",
    "agency", "aid_conditions", "aid_effect", "aid_kind", "aid_need", "aid_programme", "aid_rate", "aid_transition",
    "api_key", "api_secret", "api_token", "api_use", "connection_key",
    "app_user", "audit_batch", "audit_link", "audit_seal", "boundary_activation", "boundary_upload",
    "case_state", "case_transition", "dear_request",
    "delegation", "delivery", "half_sign_in", "idempotency_key", "known_browser", "line_change", "map_sight", "office",
    "project_rate", "project_transition", "project_type", "project_type_milestone",
    "recovery_code", "role_permission", "search_word", "second_factor", "setting", "sign_in_refusal", "target",
    "target_bits", "target_count", "target_proposal", "target_stale", "target_standing", "target_tree", "user_session",
    "simulation", "simulation_group",
    "referral_transition", "district_office", "portal_day_key", "portal_entry", "portal_proof",
    "article", "article_feedback", "article_miss", "article_read", "article_search", "article_synonym",
    "article_translation", "article_version", "library_file",
    "support_holiday", "support_hours", "ticket_template", "ticket_transition",
    "report", "report_edition", "report_table",
    "release", "release_aid", "release_area", "release_count",
    "saved_view", "saved_home", "presentation",
    "alert", "alert_mark", "alert_period", "alert_receiver", "alert_rule",
}  # fmt: skip


def _rows(connection: Connection, table: str) -> list[str]:
    readable = text("SELECT has_table_privilege(current_user, :name, 'SELECT')")
    if not connection.scalar(readable, {"name": f"ekasih.{table}"}):
        return []
    return sorted(str(row) for (row,) in connection.execute(text(f'SELECT t::text FROM ekasih."{table}" AS t')))


def test_every_protected_table_has_a_foreign_row(whole: World, own_alone: World) -> None:
    empty = set()
    with whole.owner.connect() as both, own_alone.owner.connect() as alone:
        for table in both.scalars(_PROTECTED):
            count = text(f'SELECT count(*) FROM ekasih."{table}"')
            if not both.scalar(count) > alone.scalar(count):
                empty.add(table)
    assert empty - _SUMS - _EMPTIED - _OF_NO_AREA == set()


@pytest.mark.parametrize("role", list(Role))
def test_no_table_shows_a_foreign_row_or_how_many_there_are(whole: World, own_alone: World, role: Role) -> None:
    with whole.owner.connect() as owner:
        tables = list(owner.scalars(_TABLES))
    leaks = {}
    with whole.acting(role) as both, own_alone.acting(role) as alone:
        for table in tables:
            found = _rows(both, table)
            if any(mark in row for row in found for mark in THERE.marks):
                leaks[table] = "foreign words"
            elif table not in _SUMS and found != _rows(alone, table):
                leaks[table] = "the foreign rows make a difference"
            elif role == Role.AGENCY and table in _OF_AGENCY:
                continue
            elif not sees_persons(role) and any(mark in row for row in found for mark in HERE.marks):
                leaks[table] = "persons"
    assert leaks == {}


def test_who_may_see_persons_sees_those_of_the_own_district(whole: World) -> None:
    with whole.acting(Role.OFFICER) as connection:
        assert len([row for row in _rows(connection, "household") if HERE.name in row]) == 3
