"""A state office decides on targets that are proposed from inside its state; nothing outside the state moves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from layers.numbers import MALAYSIA
from queries import kpi
from registry import db
from registry.errors import NotFound, NotPermitted
from registry.kpi.target_proposals import Sideways, approve, effects_of, may_propose, propose_sideways, refuse
from registry.kpi.target_states import TargetBasisChanged
from registry.kpi.target_trees import ShareOut, TargetsNotShared, Tree, share_out_sample
from registry.principals import Principal, Role
from registry.refusals import OwnTargetProposal, ReasonMissing, TargetsDoNotAddUp, refusals_named
from registry.status.months import close_months
from tests.world import add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from poverty.kpi.cascade import How
    from registry.kpi.target_trees import Path

DUE = date(2030, 12, 31)
LAST = datetime.now(MALAYSIA).date().replace(day=1) - timedelta(days=1)
STAND = text("""
    SELECT area_code, target FROM ekasih.target
    WHERE indicator_code = 'tegar' AND due_on = :due AND length(area_code) < 5 AND (target <> 0 OR baseline <> 0)
""")
VERSIONS = text("SELECT * FROM ekasih.target_tree WHERE indicator_code = 'tegar' ORDER BY version")
LOG = text("SELECT action FROM ekasih.audit_log WHERE action LIKE '%targets' ORDER BY id LIMIT 3")
HALF = date(2028, 6, 30)


def office(owner: Connection, login: str, state: str) -> Principal:
    every = text("SELECT code FROM area WHERE level = 'district' AND state_code = :state ORDER BY code")
    return add_principal(owner, login, Role.STATE_OFFICE, *owner.scalars(every, {"state": state}))


@pytest.fixture
def people(owner: Connection) -> dict[str, Principal]:
    """Perak's office twice, Sarawak's, who lead two districts of Perak, and one of each other role over all of it."""
    for number, district in enumerate(["0803"] * 4 + ["0805"] * 2 + ["1308"] * 2):
        add_household(owner, f"A{number}", income=100 + 10 * number, district=district)
    close_months(owner)
    found = {
        "perak": office(owner, "ujian.perak", "08"),
        "perak too": office(owner, "ujian.perak.dua", "08"),
        "sarawak": office(owner, "ujian.sarawak", "13"),
        "kinta": add_principal(owner, "ujian.kinta", Role.COORDINATOR, "0803"),
        "kangsar": add_principal(owner, "ujian.kangsar", Role.COORDINATOR, "0805"),
    }
    for role in (Role.PLANNER, Role.NATIONAL, Role.OFFICER, Role.ENUMERATOR, Role.AGENCY, Role.COUNCIL, Role.AUDITOR):
        found[role] = add_principal(owner, f"ujian.{role}", role)
    owner.commit()
    return found


def shared_out(owner: Connection, *, target: str = "4", how: How = "syer", path: Path | None = None) -> None:
    """The country's shared out: with 4, 3 for Perak (2 in Kinta, 1 in Kuala Kangsar) and 1 for Sarawak."""
    tree = Tree(indicator_code="tegar", due_on=DUE, seen_version=0)
    asked = ShareOut(tree=tree, baseline_on=LAST, target=Decimal(target), how=how, reason="Sasaran", path=path)
    with Session(owner) as session:
        share_out_sample(session, asked)
        session.commit()


def proposed(web: Engine, who: Principal, area: str, target: str) -> int:
    asked = Sideways(
        area_code=area, indicator_code="tegar", due_on=DUE, target=Decimal(target), reason="Kemampuan daerah"
    )
    with db.writing(web, who) as session:
        return propose_sideways(session, asked) or 0


def standing(owner: Connection) -> dict[str, int]:
    """The targets of states and districts; those of the mukim of a district add up to its own by the database."""
    owner.rollback()
    return {code: int(target) for code, target in owner.execute(STAND, {"due": DUE})}


def test_a_state_office_sees_the_effect_of_a_districts_proposal_and_approves_it(
    people: dict[str, Principal], web: Engine, owner: Connection
) -> None:
    shared_out(owner)
    first = {"MY": 4, "08": 3, "13": 1, "0803": 2, "0805": 1, "1308": 1}
    assert standing(owner) == first
    proposal = proposed(web, people["kinta"], "0803", "1")
    with db.writing(web, people["perak"]) as session:
        told = {one.area_code: (one.before, one.after) for one in effects_of(session, proposal)}
    assert told.items() >= {"0803": (2, 1), "0805": (1, 2)}.items()
    assert all(area.startswith("08") and area != "08" for area in told)
    assert standing(owner) == first
    with db.writing(web, people["perak"]) as session:
        assert approve(session, proposal) == 1
    assert standing(owner) == first | {"0803": 1, "0805": 2}
    last = owner.execute(VERSIONS).all()[-1]
    assert (last.version, last.pins, last.decided_by) == (2, {"0803": 1}, people["perak"].user_id)
    assert (last.before["0803"], last.after["0803"], last.after["13"], last.after["MY"]) == ("2", "1", "1", "4")
    assert last.before.keys() == last.after.keys()
    assert owner.scalars(LOG).all() == ["propose_targets", "share_targets", "approve_targets"]
    # what was set by hand stands; another proposal of its neighbour has nowhere to go
    beside = proposed(web, people["kangsar"], "0805", "1")
    with pytest.raises(TargetsNotShared), db.writing(web, people["perak too"]) as session:
        approve(session, beside)
    with db.writing(web, people["perak too"]) as session:
        with pytest.raises(ReasonMissing):
            refuse(session, beside, reason=" ")
        refuse(session, beside, reason="Kinta sudah ditetapkan")
    assert standing(owner) == first | {"0803": 1, "0805": 2}


def test_a_state_office_proposes_for_its_state_and_all_inside_it_and_for_nothing_else(
    people: dict[str, Principal], web: Engine
) -> None:
    may = {"perak": {"08", "0803", "080301"}, "sarawak": {"13", "1308"}, "kinta": {"0803", "080301"}, "planner": set()}
    for name, areas in may.items():
        with db.reading(web, people[name]) as connection:
            asked = ("MY", "08", "0803", "080301", "13", "1308", "C.PPKB-BATU-GAJAH")
            assert {area for area in asked if may_propose(connection, area)} == areas, name


def test_nobody_else_decides_nor_finds_it_and_who_proposes_never_decides(
    people: dict[str, Principal], web: Engine, owner: Connection
) -> None:
    shared_out(owner)
    of_district = proposed(web, people["kinta"], "0803", "1")
    of_state = proposed(web, people["perak"], "08", "2")
    own = proposed(web, people["perak"], "0805", "2")
    for name, who in people.items():
        with db.reading(web, who) as connection:
            found = {row["id"] for row in kpi.proposals(connection)}
            trees = text("SELECT * FROM ekasih.target_tree_of(:proposal)")
            told = [bool(connection.execute(trees, {"proposal": one}).all()) for one in (of_district, of_state, own)]
        mine = {"perak": {of_district, of_state, own}, "perak too": {of_district, own}, "kinta": {of_district}}
        assert found == mine.get(name, set()), name
        assert told == [name.startswith("perak"), False, name.startswith("perak")], name
        for proposal in (of_district, of_state, own):
            if name.startswith("perak") and proposal != of_state:
                continue
            for step in (approve, effects_of):
                with pytest.raises((NotFound, NotPermitted)), db.writing(web, who) as session:
                    step(session, proposal)
            with pytest.raises((NotFound, NotPermitted)), db.writing(web, who) as session:
                refuse(session, proposal, reason="Tidak")
    with pytest.raises(OwnTargetProposal), db.writing(web, people["perak"]) as session:
        approve(session, own)
    with db.writing(web, people["perak too"]) as session:
        assert approve(session, own) == 1
    assert standing(owner) == {"MY": 4, "08": 3, "13": 1, "0803": 1, "0805": 2, "1308": 1}


def test_the_database_sets_nothing_outside_the_state_nor_another_value_than_was_approved(
    people: dict[str, Principal], web: Engine, owner: Connection
) -> None:
    shared_out(owner)
    proposal = proposed(web, people["kinta"], "0803", "1")
    setting = text("SELECT ekasih.set_targets_inside(:proposal, :version, CAST(:given AS jsonb))")
    right = '{"0803": ["1", null], "0805": ["2", null]}'
    with pytest.raises(NotPermitted), db.writing(web, people["perak"]) as session, refusals_named(session):
        session.execute(setting, {"proposal": proposal, "version": 1, "given": right})
    approved = text("UPDATE ekasih.target_proposal SET state = 'approved' WHERE id = :proposal")
    wrong: dict[str, type[Exception]] = {
        '{"0803": ["0", null], "0805": ["3", null]}': NotPermitted,
        '{"0803": ["1", null], "1308": ["2", null]}': NotPermitted,
        '{"0803": ["1", null], "08": ["2", null]}': NotPermitted,
        '{"0803": ["1", null]}': TargetsDoNotAddUp,
    }
    for given, refused in wrong.items():
        with pytest.raises(refused), db.writing(web, people["perak"]) as session, refusals_named(session):
            session.execute(approved, {"proposal": proposal})
            session.execute(setting, {"proposal": proposal, "version": 1, "given": given})
            session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    assert standing(owner) == {"MY": 4, "08": 3, "13": 1, "0803": 2, "0805": 1, "1308": 1}


def test_proposals_of_two_states_are_decided_apart_and_the_countrys_makes_both_void(
    people: dict[str, Principal], web: Engine, owner: Connection
) -> None:
    shared_out(owner)
    made = proposed(web, people["kinta"], "0803", "1"), proposed(web, people["sarawak"], "1308", "0")
    again = proposed(web, people["kangsar"], "0805", "0")
    with db.writing(web, people["perak"]) as session:
        assert approve(session, made[0]) == 1
    with db.writing(web, people["perak"]) as session:
        assert approve(session, again) is None
    second = add_principal(owner, "ujian.sarawak.dua", Role.STATE_OFFICE, *people["sarawak"].territory)
    owner.commit()
    with db.writing(web, second) as session:
        # what was approved in Perak moved nothing here; but one district alone cannot take less than its state
        with pytest.raises(TargetsNotShared):
            approve(session, made[1])
        refuse(session, made[1], reason="Tiada daerah lain")


def test_figures_that_have_changed_are_begun_anew_by_who_holds_the_country(
    people: dict[str, Principal], web: Engine, owner: Connection
) -> None:
    shared_out(owner)
    proposal = proposed(web, people["kinta"], "0803", "1")
    owner.execute(
        text("""
        UPDATE headcount_month SET households = households + 1
        WHERE area_code LIKE '0805%' AND status = 'tegar' AND households > 0
    """)
    )
    owner.commit()
    with pytest.raises(TargetBasisChanged), db.writing(web, people["perak"]) as session:
        approve(session, proposal)
    assert standing(owner)["0803"] == 2


def test_a_way_by_steps_is_followed_inside_as_far_as_the_countrys(
    people: dict[str, Principal], web: Engine, owner: Connection
) -> None:
    shared_out(owner, how="keperluan", path=("berperingkat", ((HALF, Decimal(6)),)))
    before = standing(owner)
    proposal = proposed(web, people["kinta"], "0803", str(before["0803"] + 1))
    with db.writing(web, people["perak"]) as session:
        assert approve(session, proposal) == 1
    assert standing(owner) == before | {"0803": before["0803"] + 1, "0805": before["0805"] - 1}
    ways = owner.execute(
        text("SELECT way, points FROM target WHERE area_code = '0803' AND due_on = :due"), {"due": DUE}
    )
    halfway = (4 + before["0803"] + 1) / Decimal(2)
    assert ways.one() == ("berperingkat", [[HALF.isoformat(), f"{halfway.normalize():f}"]])
