"""Every named statement, asked by every role about its own and a foreign district, tells nothing of foreign persons."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from dashboard.pages.start.reading import KINDS
from queries.statements import FOLDER, statement
from registry.principals import Role
from registry.publishing.publish import publish
from tests.leaks.conftest import sees_persons
from tests.leaks.world import HERE, THERE, Place, numbers_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, TextClause

    from tests.leaks.conftest import World

NAMES = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.sql"))
# what may be shown to everyone is published, without small counts
_SUMS = {
    "boards/shares",
    "kpi/targets",
    "published/areas",
    "published/cuts",
    "published/faults",
    "published/history",
    "published/months",
    "published/shares",
    "published/values",
    "reporting/areas",
    "reporting/figures",
    "reporting/history",
    "reporting/months",
}
# an agency sees no persons of the register; it reads whom it pays, and that a need that it met is met by another
_OF_AGENCY = {
    "deliveries/aid_received", "given_aid/pairs", "given_aid/sent_line", "given_aid/sent_lines", "ledger/payments",
    "referrals/file", "referrals/files", "referrals/one", "referrals/record", "referrals/rows", "referrals/steps",
}  # fmt: skip
# names, settings and places, zeros for what is exact, and what is published
_TELLING_PLANNERS = {
    # names, boundaries and lines; the tile of households is empty
    "ogc/area_tile", "ogc/areas", "ogc/household_tile", "ogc/in_box", "ogc/line",
    "applications/counts", "applications/kinds", "applications/names", "areas/counts",
    "areas_compared/access", "areas_compared/expected", "areas_compared/rates",
    "boundaries/catchments", "boundaries/names",
    "boundaries/remade", "boundaries/set_on", "boundaries/sets", "boundaries/states", "cards/states", "cases/counts",
    "cohorts/areas", "cross/published", "cross/state",
    "articles/found", "articles/one", "articles/shelf", "articles/version", "articles/versions", "articles/work",
    "alerts/rules", "alerts/waiting", "boards/areas", "boards/shares", "deliveries/districts",
    "given_aid/held_of_household", "programmes/agencies",
    "programmes/conditions", "programmes/list", "programmes/needs", "programmes/offices", "programmes/one",
    "programmes/open", "programmes/rates",
    "finding/areas", "finding/likeness", "intake/counts", "intake/districts", "households/area_name",
    "deliveries/programmes", "households/districts", "households/mukims", "households/places_near", "jobs/worker",
    "kpi/public", "kpi/targets", "kpi/versions", "published/months",
    "measures/kept", "measures/published", "measures/structures",
    "lines/adoptions", "lines/breaks", "lines/figures", "lines/history", "lines/rules", "map/areas", "map/areas_month",
    "map/box", "map/footing", "map/lineage", "map/states", "offices/votes", "oversight/areas", "oversight/settings",
    "oversight/state_names", "points/inside", "published/areas", "published/history",
    "projects/rates", "projects/terms", "projects/types", "published/shares", "reach/areas", "releases/told",
    "reporting/areas", "reporting/exact", "reporting/reports",
    "quality/areas", "inquiries/counted", "referrals/areas", "referrals/counts", "referrals/receivers",
    "simulations/areas", "simulations/lines",
    "support/counts", "support/holidays", "support/hours", "support/places",
    "targets/choices", "targets/mukims", "targets/names",
}  # fmt: skip
# before anybody has signed in: accounts by their name or by a token, the state of the register
_ANONYMOUS = {
    "accounts/demo_logins", "accounts/half_sign_in", "accounts/principal", "accounts/register_state",
    "accounts/session", "accounts/sign_in",
}  # fmt: skip


def asked_about(place: Place, numbers: dict[str, int]) -> dict[str, Any]:
    """A value for every parameter that a statement has."""
    corners = [(-0.2, -0.2), (0.2, -0.2), (0.2, 0.2), (-0.2, 0.2), (-0.2, -0.2)]
    ring = [(place.longitude + east, place.latitude + north) for east, north in corners]
    word = place.name[:-1]
    return {
        "z": 0, "x": 0, "y": 0, "layer": "kawasan", "told": "[]", "tolerance": 0.01, "after": 0,
        "on_date": date(2026, 10, 31), "also_retired": True,
        "report": None, "table_id": None, "hash": "0" * 64, "id": 1, "subject": "share",
        "application": f"B{numbers['application']:08}", "project": f"P{numbers['project']:08}",
        "type_code": None, "contractor": None, "under_way": None, "of_office": None,
        "indicators": ["belanja", "naik_rm300"],
        "slug": "status-isi-rumah", "screen": "", "asked": "daftar", "reader": "ms", "shelf_kind": "",
        "version_number": 1, "library_file": 1,
        "conditions": "[]",
        "scenario": '{"lines": [{"state": "MY", "strata": "all", "pgk_pct": "60"}]}', "way": "in",
        "which": "terbuka", "scope": "open", "alerts": [1], "months": [date(2026, 1, 1)],
        "after_day": None, "after_share": None, "after_rm": None, "after_id": None, "alike_from": 0.4,
        "about": None, "after_key": None, "before_id": None, "descending": False, "order": "name",
        "agency": None, "on_day": date(2026, 1, 1), "programme": numbers["programme"],
        "aid_row": numbers["aid_row"], "found_month": datetime.now(UTC).date().replace(day=1),
        "referral_no": f"R{numbers['referral']:08}", "referral_file": numbers["referral_file"],
        "release_no": "2026-01.1", "intake_reference": f"D-{place.district}-AAAA", "form_kind": "", "after_calm": False,
        "after_due": date(2000, 1, 1), "after_form": 0, "after_inquiry": 0, "before_day": None, "before_form": 0,
        "ticket_no": f"T{numbers['ticket']:08}", "ticket_picture": numbers["ticket_picture"], "ticket_list": "terbuka",
        "after_at": None, "since_month": date(2026, 1, 1), "by_place": True,
        "referral_list": "kepada", "round_no": f"PB{numbers['round']:06}", "standing": "", "finding": "",
        "one_household": None, "by_mukim": True, "office": f"PA{place.district}",
        "figure": "miskin", "within_mukim": "", "after_household": 0, "direction": "kepada",
        "reason": None, "reference": f"{place.name}1".upper(), "sending": numbers["sending"], "after_code": "",
        "area": place.district, "areas": [place.district], "candidate": numbers["pair"],
        "card_id": None, "request_id": numbers["card_request"],
        "own": False, "case_id": numbers["case"], "look": "register",
        "digits": 4, "inside": 4, "first": "ethnicity", "second": "status",
        "boundary_upload": None, "former_set": 1, "plain": 0.01,
        "catchment": None, "cell": 0.01, "change": numbers["line_change"], "channel": None, "code": place.district,
        "cohort": numbers["cohort"], "codes": [place.district, "PA0803", "PA0805"], "target_group": numbers["target"],
        "file_id": numbers["answer_file"], "list_id": numbers["payment_list"], "before": None, "after_office": "",
        "after_case": "", "programme_code": f"PA{place.district}", "year": datetime.now(UTC).year,
        "basis": "household", "cut": "all", "gap_month": date(2026, 1, 1), "live": True,
        "district": place.district, "done": None, "due_on": None, "dun": None,
        "east": place.longitude + 0.2, "file_no": None,
        "first_month": date(2020, 1, 1), "household": numbers["household"],
        "job_states": ["waiting", "running", "failed", "done", "cancelled"], "id_no": place.id_no, "kind": None,
        "known_on": datetime.now(UTC), "last_month": date(2030, 1, 1), "latitude": place.latitude, "level": "mukim",
        "levels": ["mukim"], "likeness": 0.3, "list": "due", "login": "leak.officer", "longitude": place.longitude,
        "layout": "birm",
        "measures": ["exits", "registered_new", "with_point"], "figure_keys": ["tegar"], "figure_sums": ["households"],
        "figure_statuses": ["tegar"], "figure_strata": [""],
        "mark_limit": 500, "name_limit": 500,
        "households": "[]", "kinds": [kind.name for kind in KINDS], "meeting": numbers["meeting"],
        "mine": False, "month": date(2026, 1, 1), "mukim": None, "north": place.latitude + 0.2, "number": None,
        "overdue": False, "parliament": None, "person": None, "phone": None,
        "photo": numbers["photo"], "role": "", "row_limit": 500, "row_offset": 0,
        "silent_seconds": 60, "since": date(2020, 1, 1), "until": date(2030, 1, 1),
        "shape": json.dumps({"type": "Polygon", "coordinates": [ring]}), "south": place.latitude - 0.2, "state": None,
        "status": None,
        "states": [place.district[:2]], "statuses": None, "strata": None, "upload": numbers["upload"],
        "ticked": [numbers["household"]], "token_hash": b"", "unplaced": False, "user_id": 1,
        "valid_on": date(2030, 1, 1), "wanted": "a", "west": place.longitude - 0.2, "whole": word,
        "within": place.district, "word_1": word, "word_2": None, "word_3": None, "year_ago": date(2025, 1, 1),
    }  # fmt: skip


def answered(connection: Connection, asked: TextClause, given: dict[str, Any]) -> str:
    """What a statement tells; nothing where the database refuses it."""
    try:
        with connection.begin_nested():
            rows = connection.execute(asked, {name: given[name] for name in asked._bindparams}).all()
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) != "42501":
            raise
        return "refused"
    return "\n".join(sorted(map(str, rows)))


def leaks(whole: World, own_alone: World, role: Role, statements: dict[str, TextClause]) -> dict[str, str]:
    """What is wrong with what each statement tells a role, about its own district and about a foreign one."""
    with whole.owner.connect() as owner:
        own, foreign = (asked_about(place, numbers_of(owner, place)) for place in (HERE, THERE))
    found = {}
    with whole.acting(role) as both, own_alone.acting(role) as alone:
        for name, asked in statements.items():
            here, there = (answered(both, asked, given) for given in (own, foreign))
            if any(mark in here + there for mark in THERE.marks):
                found[name] = "foreign words"
            elif role == Role.AGENCY and name in _OF_AGENCY:
                continue
            elif role == Role.AGENCY and name.startswith("applications/"):
                continue  # what was routed to it
            elif not sees_persons(role) and any(mark in here for mark in HERE.marks):
                found[name] = "persons"
            elif name in _SUMS:
                continue
            elif here != answered(alone, asked, own):
                found[name] = "the foreign rows make a difference"
            elif there != answered(alone, asked, foreign):
                found[name] = "it tells whether there is anything elsewhere"
    return found


@pytest.mark.parametrize("role", list(Role))
def test_no_statement_tells_of_foreign_persons(whole: World, own_alone: World, role: Role) -> None:
    assert leaks(whole, own_alone, role, {name: statement(name) for name in NAMES if name not in _ANONYMOUS}) == {}


def test_every_statement_that_tells_a_planner_anything_is_known(whole: World) -> None:
    # one that tells figures belongs to what bench.attack puts together
    with whole.owner.begin() as owner:
        given = asked_about(HERE, numbers_of(owner, HERE))
        publish(owner)
    with whole.acting(Role.PLANNER) as connection:
        said = {name: answered(connection, statement(name), given) for name in NAMES if name not in _ANONYMOUS}
    assert {name for name, told in said.items() if told not in {"", "refused"}} == _TELLING_PLANNERS


def test_statements_do_tell_an_officer_of_the_own_district(whole: World) -> None:
    with whole.owner.connect() as owner:
        given = asked_about(HERE, numbers_of(owner, HERE))
    with whole.acting(Role.OFFICER) as connection:
        telling = {
            name for name in NAMES
            if any(mark in answered(connection, statement(name), given) for mark in HERE.marks)
        }  # fmt: skip
    assert telling >= {
        "households/record", "households/search", "applications/one", "applications/rows", "applications/steps",
        "cases/one", "worklists/rows", "points/in_view",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("planted", "why"),
    [
        ("string_agg(head_name, ' ')", "foreign words"),
        ("count(*)", "the foreign rows make a difference"),
        ("count(*) FILTER (WHERE district_code = :district)", "it tells whether there is anything elsewhere"),
    ],
)
def test_a_planted_leak_is_found(whole: World, own_alone: World, planted: str, why: str) -> None:
    body = f"SELECT ({planted})::text FROM ekasih.household".replace(":district", "$1")
    for served in (whole, own_alone):
        with served.owner.begin() as owner:
            owner.execute(
                text(
                    "CREATE OR REPLACE FUNCTION ekasih.leaky(asked text) RETURNS text LANGUAGE sql SECURITY DEFINER"
                    f" AS $leak${body}$leak$; GRANT EXECUTE ON FUNCTION ekasih.leaky(text) TO app_web"
                )
            )
    found = leaks(whole, own_alone, Role.PLANNER, {"leaky": text("SELECT ekasih.leaky(:district)")})
    assert found == {"leaky": why}
