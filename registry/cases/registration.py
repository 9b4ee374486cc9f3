"""Registers the household of a case once it is decided to: household, members, incomes, aid, status, place, flags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geoalchemy2 import WKTElement
from sqlalchemy import text

from registry import audit
from registry.cases.cases import TakeStep, take_step
from registry.cases.draft import LOCATION, NOT_ASKED, DraftMember, Registration, read_draft
from registry.errors import InvalidInput, RegistryError, SetupProblem
from registry.households import rules
from registry.households.checking import registered_among
from registry.households.commands import HouseholdCommand
from registry.households.members import settle_identity_flags
from registry.households.models import AidReceived, Household, Income, Person
from registry.households.moves import UNSTATED_ACCURACY_M
from registry.households.record import Change, on_behalf
from registry.households.saving import settle_location_flags

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from registry.cases.models import CaseFile

_TODAY = text("SELECT current_date")
_AREA = text("""
    SELECT district.state_code, ekasih.in_territory(district.code) AS own,
        CAST(:mukim AS text) IS NULL OR EXISTS (
            SELECT FROM ekasih.area AS m WHERE m.code = :mukim AND m.level = 'mukim' AND m.parent_code = district.code)
            AS mukim_in
    FROM ekasih.area AS district
    WHERE district.code = :district AND district.level = 'district'
""")
_LINE = text("""
    SELECT line_id, rule_id FROM ekasih.lines_in_force(current_date) WHERE state_code = :state AND strata = :strata
""")
_PLACE = text("""
    SELECT ST_AsText(geom) AS point, method, accuracy_m
    FROM ekasih.place_of_address(:state, :district, :mukim, :village, :town, :postcode)
""")
_FACTS = text("""
    SELECT facts.*,
        CASE WHEN known.there IS NULL THEN facts.household_no END AS free_file_no,
        coalesce(facts.census_date, facts.visited_on, current_date)
            + make_interval(months => (SELECT CAST(value #>> '{}' AS integer) FROM ekasih.setting
                                       WHERE key = 'review.months')) AS next_review_on
    FROM (
        SELECT w.delivery_id, w.household_no,
            ekasih.read_date(w.payload -> 'isirumah' ->> 'tarikh_banci') AS census_date,
            nullif(btrim(w.payload -> 'isirumah' ->> 'pemberi_maklumat'), '') AS informant,
            (SELECT CAST(max(s.at) AS date) FROM ekasih.case_step AS s WHERE s.case_id = c.id AND s.action = 'visit')
                AS visited_on
        FROM ekasih.case_file AS c
        LEFT JOIN ekasih.held_household AS w ON w.id = c.held_id
        WHERE c.id = :case_id
    ) AS facts
    LEFT JOIN LATERAL (SELECT true AS there WHERE ekasih.district_of_file(facts.household_no) IS NOT NULL) AS known
        ON true
""")
_LOCK_NUMBER = text("SELECT pg_advisory_xact_lock(hashtextextended('id_no ' || :id_no, 0))")
_NAME_KEY = text("SELECT ekasih.name_key(:name)")
_REFRESH = text("SELECT ekasih.refresh_household(:id)")
_SAME = text("""
    SELECT h.id FROM ekasih.held_household AS w JOIN ekasih.household AS h ON h.file_no = w.conflicting_file_no
    WHERE w.id = :held_id
""")


class RecordElsewhere(RegistryError):
    """The registered household that this one is the same as belongs to another office, which alone may join them."""

    key = "case_record_elsewhere"


class NotRegisterable(InvalidInput):
    """The case's form lacks what a household cannot be registered without, or holds what cannot be so."""

    key = "case_not_registerable"


def decide_case(session: Session, command: TakeStep) -> CaseFile:
    """Take a step that may decide a case, and do what follows: a case that becomes active has its household registered.

    A form is not sent in before it says what a household cannot be registered without.

    Raises:
        NotRegisterable: the form cannot become a household; the step is not taken.
        RecordElsewhere: the household that it is the same as is another office's.
        RegistryError: what :func:`registry.cases.cases.take_step` raises.

    """
    with session.begin_nested():
        case = take_step(session, command)
        if command.action == "submit":
            _must_be_whole(session, case)
        if command.action == "same":
            case.household_id = _registered_one(session, case)
        elif case.state == "active" and case.household_id is None:
            complete_case(session, case)
        session.flush()
        session.refresh(case)
    return case


def _must_be_whole(session: Session, case: CaseFile) -> None:
    _form, problems = read_draft(case.draft, today=session.execute(_TODAY).scalar_one(), whole=True)
    if problems:
        raise NotRegisterable(problems)


def complete_case(session: Session, case: CaseFile) -> int:
    """Register the household of a case from its form, with its first decision; answers the household's id.

    Raises:
        NotRegisterable: problems by ``<part>.<field>`` or ``<member>.<field>``; a number registered elsewhere is
            ``id_no_taken``.
        SetupProblem: no poverty line is in force.
        TooManyChecks: who acts has looked up too many persons today.

    """
    today: date = session.execute(_TODAY).scalar_one()
    form, problems = read_draft(case.draft, today=today, whole=True)
    state, area_problems = _state_of(session, form)
    problems |= area_problems
    if not problems:  # nobody is looked up for a form that is refused all the same
        problems = _taken(session, case, form.members)
    if problems:
        raise NotRegisterable(problems)
    household = _household(session, case, form, state=state, today=today)
    session.add(household)
    session.flush()
    people = _people(session, household, form.members)
    _aid(session, household, form, people)
    session.execute(_REFRESH, {"id": household.id})
    with on_behalf(session):  # the case tells how it came about
        change = Change(session, HouseholdCommand(household_id=household.id, version=1))
    change.decide("registered")
    change.keep_place()
    settle_location_flags(change)
    for person in people.values():
        settle_identity_flags(change, person)
    case.household_id = household.id
    audit.record(
        session,
        "register_household",
        subject="household",
        subject_id=household.id,
        district_code=household.district_code,
        after={"case": case.number, "file_no": household.file_no, "members": len(people), "status": household.status},
    )
    return household.id


def _registered_one(session: Session, case: CaseFile) -> int:
    found = session.scalar(_SAME, {"held_id": case.held_id})
    if found is None:
        raise RecordElsewhere
    return int(found)


def _state_of(session: Session, form: Registration) -> tuple[str, rules.Problems]:
    """The state of the declared district, and the problems of the declared area."""
    values = {"district": form.location["district_code"], "mukim": form.location["mukim_code"]}
    area = session.execute(_AREA, values).one_or_none()
    if area is None:
        problem = "required" if values["district"] is None else "area_unknown"
        return "", {f"{LOCATION}.district_code": problem}
    if not area.own:
        return area.state_code, {f"{LOCATION}.district_code": "outside_territory"}
    return area.state_code, {} if area.mukim_in else {f"{LOCATION}.mukim_code": "mukim_elsewhere"}


def _taken(session: Session, case: CaseFile, members: Sequence[DraftMember]) -> rules.Problems:
    """Members whose number is registered already; two cases with one number wait for each other."""
    numbers = {member.key: rules.identity(member.values["id_no"])[0] for member in members}
    asked = sorted(filter(None, numbers.values()))
    for number in asked:
        session.execute(_LOCK_NUMBER, {"id_no": number})
    taken = registered_among(session, asked, purpose="decide", case_id=case.id)
    return {f"{key}.id_no": "id_no_taken" for key, number in numbers.items() if number in taken}


def _household(session: Session, case: CaseFile, form: Registration, *, state: str, today: date) -> Household:
    """The household's row; what follows from its members is worked out once they are there."""
    place = _place(session, form, state=state)
    line = session.execute(_LINE, {"state": state, "strata": form.location["strata"]}).one_or_none()
    if line is None:
        raise SetupProblem(f"No poverty line is in force on {today:%d/%m/%Y}.")
    facts = session.execute(_FACTS, {"case_id": case.id}).one()
    asked = {name: value for name, value in form.location.items() if name not in NOT_ASKED}
    head = next(member for member in form.members if member.is_head)
    return Household(
        **asked,
        **form.dwelling,
        **form.assets,
        **place,
        file_no=facts.free_file_no or case.number,
        delivery_id=facts.delivery_id,
        registered_on=today,
        census_date=facts.census_date,
        informant=case.reporter_name or facts.informant,
        updated_by=str(session.scalar(text("SELECT ekasih.acting_login()"))),
        state_code=state,
        phone_key=rules.digits(asked["phone"]),
        head_name=head.values["name"],
        head_sex=head.values["sex"],
        ethnicity="other",
        member_count=len(form.members),
        age_unknown=len(form.members),
        **dict.fromkeys(("age_0_14", "age_15_64", "age_65_over"), 0),
        **dict.fromkeys(("income_rm", "per_capita_rm", "gap_rm", "food_gap_rm", "gap_share"), 0),
        status="terkeluar",
        line_id=line.line_id,
        rule_id=line.rule_id,
        last_visit_on=facts.visited_on or facts.census_date,
        next_review_on=facts.next_review_on,
    )


def _place(session: Session, form: Registration, *, state: str) -> dict[str, Any]:
    """Where the house is: where it was seen, else the best that its address leads to."""
    location = form.location
    if location["longitude"] is not None and location["latitude"] is not None:
        point, method, accuracy = (
            f"POINT({location['longitude']!r} {location['latitude']!r})",
            "manual",
            location["accuracy_m"] or UNSTATED_ACCURACY_M,
        )
    else:
        asked = {name: location[name] for name in ("village", "town", "postcode")}
        found: Row[Any] | None = session.execute(
            _PLACE, asked | {"state": state, "district": location["district_code"], "mukim": location["mukim_code"]}
        ).one_or_none()
        if found is None:
            raise SetupProblem("The boundaries of states and districts are not loaded.")
        point, method, accuracy = found.point, found.method, found.accuracy_m
    return {"geom": WKTElement(point, srid=4326), "geom_method": method, "geom_accuracy_m": accuracy}


def _people(session: Session, household: Household, members: Sequence[DraftMember]) -> dict[str, Person]:
    """The members with their incomes, by their keys in the form; the head is number one."""
    people = {}
    for number, member in enumerate(sorted(members, key=lambda one: not one.is_head), start=1):
        values = {name: rules.tidy(value) if isinstance(value, str) else value for name, value in member.values.items()}
        values["id_no"], values["id_kind"] = rules.identity(member.values["id_no"])
        people[member.key] = Person(
            **values,
            household_id=household.id,
            district_code=household.district_code,
            member_no=number,
            is_head=member.is_head,
            name_key=str(session.scalar(_NAME_KEY, {"name": values["name"]})),
        )
        session.add(people[member.key])
        session.flush()
        session.add_all(
            Income(person_id=people[member.key].id, source=source, amount_rm=amount)
            for source, amount in member.income.items()
            if amount > 0
        )
    session.flush()
    return people


def _aid(session: Session, household: Household, form: Registration, people: dict[str, Person]) -> None:
    for aid in form.aid:
        values = {name: value for name, value in aid.items() if name not in {"key", "member"}}
        person = people.get(aid["member"] or "")
        session.add(AidReceived(household_id=household.id, person_id=person.id if person else None, **values))
    session.flush()
