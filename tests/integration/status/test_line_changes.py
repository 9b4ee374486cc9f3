"""Changes of the line and the rule: foreseen without writing, made as foreseen, by those who may alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from registry.errors import InvalidInput, NotFound, NotPermitted, StaleRecord
from registry.principals import Principal, Role
from registry.status.changes import AdoptLine, Change, SetRule
from registry.status.classification import adopt_line, set_rule
from registry.status.effects import effect_of, foresee
from registry.status.line_changes import LineChangeUnderWay, ask, carry_out, decide_due, withdraw
from registry.status.lines import AddLine, add_line, remove_line
from registry.status.models import LineChange
from registry.status.recount import recount
from tests.world import Served, add_household, add_principal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

SINCE = date(2025, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Office(Served):
    """An administrator of the country, one of Perak and a planner, on a register with households of two states."""

    owner: Engine
    administrator: Principal
    of_perak: Principal
    planner: Principal

    def foreseen(self, change: Change) -> Any:
        with self.reading(self.administrator) as connection:
            return foresee(connection, change)

    def made(self, change: Change) -> LineChange:
        """Ask for a change as the administrator, and make it as the worker does."""
        with self.writing(self.administrator) as session:
            asked = ask(session, change)
        carry_out(self.owner, asked)
        return self.change(asked)

    def change(self, number: int) -> LineChange:
        with Session(self.owner) as session:
            return session.get_one(LineChange, number)

    def count(self, query: str) -> Any:
        with self.owner.connect() as connection:
            return connection.scalar(text(query))


@pytest.fixture
def office(owner_engine: Engine, web: Engine) -> Office:
    with owner_engine.begin() as connection:
        for number, (income, members, strata) in enumerate(
            [(8000, 4, "urban"), (900, 4, "urban"), (1500, 1, "rural"), (2300, 4, "rural"), (3000, 4, "urban")]
        ):
            for district in ("0803", "1208"):
                add_household(connection, f"L{district}{number}", district=district, income=income, members=members,
                              strata=strata)  # fmt: skip
        connection.execute(text("UPDATE household SET exited_on = '2025-03-01', exit_reason = 'other' "
                                "WHERE file_no = 'L08030'"))  # fmt: skip
        return Office(
            web=web,
            owner=owner_engine,
            administrator=add_principal(connection, "pentadbir", Role.ADMINISTRATOR),
            of_perak=add_principal(connection, "pentadbir.perak", Role.ADMINISTRATOR, "08"),
            planner=add_principal(connection, "perancang", Role.PLANNER),
        )


def figures(**given: Any) -> AddLine:
    """Figures of Perak for 2023 that can be meant."""
    values: dict[str, Any] = {
        "survey_year": 2023, "state_code": "08", "strata": "urban", "published_on": date(2024, 2, 1),
        "source": "DOSM", "pgk_household_rm": Decimal(3200), "food_household_rm": Decimal(1500),
        "pgk_per_capita_rm": Decimal(900), "food_per_capita_rm": Decimal(420),
    }  # fmt: skip
    return AddLine(**values | given)


def added(office: Office, **given: Any) -> int:
    with office.writing(office.administrator) as session:
        return add_line(session, figures(**given))


def test_what_is_foreseen_is_what_is_done(office: Office) -> None:
    added(office)
    change = AdoptLine(2023, SINCE)
    foreseen = office.foreseen(change)
    made = office.made(change)
    assert made.state == "done"
    assert effect_of(made.outcome or []) == foreseen
    assert (made.households, made.moved) == (foreseen.households, foreseen.moved) == (2, 1)
    assert office.count("SELECT sum(gap_rm) FROM household WHERE exited_on IS NULL") == foreseen.cost(after=True)
    with office.owner.connect() as connection:
        assert recount(connection) == []


rules = some.builds(
    SetRule,
    effective_from=some.dates(date(2000, 1, 1), date(2026, 1, 1)),
    rule=some.sampled_from(["per_capita", "household_or_per_capita"]),
    vulnerable_urban_rm=some.none() | some.decimals(1, 9000, places=2),
    vulnerable_rural_rm=some.none() | some.decimals(1, 9000, places=2),
)
years = some.builds(
    AdoptLine,
    survey_year=some.sampled_from([2014, 2016, 2019, 2022, 2024]),
    effective_from=some.dates(date(2000, 1, 1), date(2028, 1, 1)),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=some.lists(rules | years, min_size=1, max_size=3), incomes=some.lists(some.integers(0, 9000), max_size=4)
)
def test_whatever_changes_come_after_another_each_is_foreseen_and_adds_up(
    owner: Connection, changes: list[Change], incomes: list[int]
) -> None:
    nested = owner.begin_nested()
    for number, income in enumerate(incomes):
        add_household(owner, f"H{number}", income=income, members=1 + number, strata=("urban", "rural")[number % 2])
    with Session(bind=owner, join_transaction_mode="create_savepoint") as session:
        for change in changes:
            foreseen = foresee(owner, change, everywhere=True)
            report = adopt_line(session, change) if isinstance(change, AdoptLine) else set_rule(session, change)
            kept = session.scalars(text("SELECT outcome FROM line_change ORDER BY id DESC LIMIT 1")).one()
            if change.effective_from <= report.as_of:
                assert effect_of(kept) == foreseen
                assert report.households == foreseen.households
            assert recount(owner) == []
    nested.rollback()


def test_foreseeing_writes_nothing_and_takes_no_lock_that_a_save_waits_for(office: Office) -> None:
    added(office)
    before = office.count("SELECT count(*) FROM audit_log"), office.count("SELECT count(*) FROM line_change")
    with office.reading(office.administrator) as connection:
        foresee(connection, AdoptLine(2023, SINCE))
        locks = text("""
            SELECT DISTINCT mode FROM pg_locks AS l JOIN pg_class AS c ON c.oid = l.relation
            WHERE l.pid = pg_backend_pid() AND c.relnamespace = 'ekasih'::regnamespace
        """)
        assert connection.scalars(locks).all() == ["AccessShareLock"]
        assert connection.scalar(text("SELECT pg_current_xact_id_if_assigned()")) is None
    assert before == (office.count("SELECT count(*) FROM audit_log"), office.count("SELECT count(*) FROM line_change"))


def test_the_decisions_name_the_line_as_their_cause_and_who_asked(office: Office) -> None:
    added(office)
    office.made(AdoptLine(2023, SINCE))
    query = (
        "SELECT string_agg(DISTINCT cause || ' ' || decided_by, ',') FROM status_decision WHERE decided_by <> 'test'"
    )
    assert office.count(query) == "line_changed pentadbir"
    actions = (
        "SELECT string_agg(action || ' ' || actor, ', ' ORDER BY id) FROM audit_log WHERE subject = 'poverty_line'"
    )
    assert office.count(actions) == "add_line pentadbir, ask_line_change pentadbir, adopt_line pentadbir"


def test_a_line_that_counts_from_a_day_to_come_decides_on_that_day(office: Office) -> None:
    added(office)
    tomorrow = office.count("SELECT current_date + 1")
    made = office.made(AdoptLine(2023, tomorrow))
    assert (made.state, made.households) == ("adopted", 0)
    assert decide_due(office.owner) == 0
    with office.owner.begin() as connection:
        connection.execute(text("UPDATE poverty_line SET effective_from = current_date WHERE survey_year = 2023"))
        connection.execute(text("UPDATE line_change SET effective_from = current_date"))
    assert decide_due(office.owner) == 1
    done = office.change(made.id)
    assert (done.state, done.households, done.moved) == ("done", 2, 1)
    assert decide_due(office.owner) == 0


def test_a_figure_that_was_published_late_leaves_the_day_of_the_others(office: Office) -> None:
    added(office)
    office.made(AdoptLine(2023, SINCE))
    added(office, state_code="12")
    office.made(AdoptLine(2023, date(2025, 3, 1)))
    days = "SELECT array_agg(effective_from ORDER BY state_code) FROM poverty_line WHERE survey_year = 2023"
    assert office.count(days) == [SINCE, date(2025, 3, 1)]


def test_of_two_years_from_the_same_day_the_later_survey_counts(office: Office) -> None:
    added(office)
    office.made(AdoptLine(2023, date(2024, 1, 1)))
    found = """SELECT survey_year FROM lines_in_force('2025-01-01') AS l JOIN poverty_line AS p ON p.id = l.line_id
        WHERE l.state_code = '08' AND l.strata = 'urban'"""
    assert office.count(found) == 2023


def test_one_change_at_a_time_and_it_can_be_taken_back_until_it_is_made(office: Office) -> None:
    with office.writing(office.administrator) as session:
        first = ask(session, SetRule(SINCE, rule="household_or_per_capita"))
    with pytest.raises(LineChangeUnderWay), office.writing(office.administrator) as session:
        ask(session, AdoptLine(2022, SINCE))
    with office.writing(office.administrator) as session:
        withdraw(session, first)
    assert carry_out(office.owner, first) is None
    assert office.change(first).state == "withdrawn"
    assert office.count("SELECT count(*) FROM status_decision WHERE cause = 'rule_changed'") == 0
    with pytest.raises(StaleRecord), office.writing(office.administrator) as session:
        withdraw(session, first)


def test_who_has_lost_the_right_meanwhile_changes_nothing(office: Office) -> None:
    with office.writing(office.administrator) as session:
        asked = ask(session, SetRule(SINCE, rule="household_or_per_capita"))
    with office.owner.begin() as connection:
        connection.execute(text("UPDATE app_user SET active = false WHERE login = 'pentadbir'"))
    with pytest.raises(NotPermitted):
        carry_out(office.owner, asked)
    refused = office.change(asked)
    assert (refused.state, refused.problem) == ("failed", "not_permitted")
    assert office.count("SELECT count(*) FROM classification_rule") == 1


def test_a_change_that_breaks_off_leaves_nothing_and_stays_asked_for(office: Office) -> None:
    with office.writing(office.administrator) as session:
        asked = ask(session, SetRule(SINCE, rule="household_or_per_capita"))

    def struck(_session: object, _report: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_out(office.owner, asked, finish=struck)
    assert office.change(asked).state == "waits"
    assert office.count("SELECT count(*) FROM status_decision WHERE cause = 'rule_changed'") == 0
    assert carry_out(office.owner, asked) is not None


def others(office: Office) -> Iterator[Principal]:
    yield office.of_perak
    yield office.planner


def test_nobody_else_may_change_or_foresee_or_see_the_counts(office: Office) -> None:
    added(office)
    made = office.made(AdoptLine(2023, SINCE))
    for who in others(office):
        for attempt in (
            lambda session: ask(session, SetRule(SINCE)),
            lambda session: add_line(session, figures(strata="rural")),
            lambda session: remove_line(session, 1),
            lambda session: withdraw(session, made.id),
        ):
            with pytest.raises(NotPermitted), office.writing(who) as session:
                attempt(session)
        for statement in (
            "SELECT * FROM ekasih.what_if('{}')",
            "SELECT * FROM ekasih.standing_supposed('{}')",
            "SELECT ekasih.add_line('{}')",
            "SELECT ekasih.remove_line(1)",
            "UPDATE ekasih.poverty_line SET effective_from = current_date",
            f"""INSERT INTO ekasih.line_change (kind, command, effective_from, asked_by, asked_as)
                VALUES ('set_rule', '{{}}', current_date, {who.user_id}, '{who.login}')""",
        ):
            with pytest.raises(ProgrammingError), office.writing(who) as session:
                session.execute(text(statement))
        with office.reading(who) as connection:
            assert connection.scalar(text("SELECT count(*) FROM ekasih.line_change")) == 0
            known = connection.execute(text("SELECT kind, asked_by, touched FROM ekasih.line_history()")).all()
        assert [tuple(row) for row in known] == [("adopt_line", "pentadbir", True)]


def test_nobody_asks_in_the_name_of_another(office: Office) -> None:
    statement = text("""
        INSERT INTO ekasih.line_change (kind, command, effective_from, asked_by, asked_as)
        VALUES ('set_rule', '{}', current_date, ekasih.acting_user(), 'orang lain')
    """)
    with pytest.raises(ProgrammingError), office.writing(office.administrator) as session:
        session.execute(statement)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (AdoptLine(1990, SINCE), "survey_year"),
        (AdoptLine(2022, date(1999, 12, 31)), "effective_from"),
        (AdoptLine(2022, date(2099, 1, 1)), "effective_from"),
        (SetRule(SINCE, rule="kaki_langit"), "rule"),
        (SetRule(SINCE, vulnerable_urban_rm=Decimal(-1)), "vulnerable_urban_rm"),
        (SetRule(SINCE, vulnerable_rural_rm=Decimal("0.001")), "vulnerable_rural_rm"),
    ],
)
def test_a_change_that_cannot_be_meant_is_refused_by_its_field(office: Office, change: Change, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal, office.writing(office.administrator) as session:
        ask(session, change)
    assert list(refusal.value.problems) == [field]


@pytest.mark.parametrize(
    ("given_figures", "field", "problem"),
    [
        ({"survey_year": None}, "survey_year", "line_year"),
        ({"survey_year": 2099}, "survey_year", "line_year"),
        ({"survey_year": 2022, "published_on": date(2023, 7, 28)}, "survey_year", "line_known"),
        ({"published_on": None}, "published_on", "date"),
        ({"published_on": date(2098, 1, 1)}, "published_on", "date_future"),
        ({"published_on": date(2022, 1, 1)}, "published_on", "line_published_early"),
        ({"state_code": "0803"}, "state_code", "choice"),
        ({"strata": "kampung"}, "strata", "choice"),
        ({"source": "  "}, "source", "required"),
        ({"source": "x" * 201}, "source", "too_long"),
        ({"pgk_household_rm": None}, "pgk_household_rm", "line_amount"),
        ({"pgk_household_rm": Decimal(0)}, "pgk_household_rm", "line_amount"),
        ({"food_per_capita_rm": Decimal("1.005")}, "food_per_capita_rm", "line_amount"),
        ({"food_household_rm": Decimal(3200)}, "food_household_rm", "line_food_above"),
        ({"food_per_capita_rm": Decimal(900)}, "food_per_capita_rm", "line_food_above"),
        ({"pgk_per_capita_rm": Decimal(3200), "food_per_capita_rm": Decimal(420)}, "pgk_per_capita_rm", "line_persons"),
        ({"pgk_per_capita_rm": Decimal(300), "food_per_capita_rm": Decimal(250)}, "pgk_per_capita_rm", "line_persons"),
        ({"food_household_rm": Decimal(100), "food_per_capita_rm": Decimal(30)}, "food_household_rm", "line_jump"),
        ({"food_household_basis": "agakan"}, "basis", "choice"),
    ],
)
def test_figures_that_make_no_sense_are_refused_by_their_field(
    office: Office, given_figures: dict[str, Any], field: str, problem: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        added(office, **given_figures)
    assert refusal.value.problems[field] == problem
    assert office.count("SELECT count(*) FROM poverty_line WHERE added_by IS NOT NULL") == 0


def test_figures_of_before_are_a_measure_however_the_years_came(office: Office) -> None:
    added(office)
    with pytest.raises(InvalidInput) as refusal:
        added(office)
    assert refusal.value.problems == {"survey_year": "line_known"}


def test_figures_that_nobody_adopted_can_be_taken_back_and_no_others(office: Office) -> None:
    line = added(office)
    with office.writing(office.administrator) as session:
        remove_line(session, line)
    line = added(office)
    office.made(AdoptLine(2023, SINCE + timedelta(days=1)))
    shipped = office.count("SELECT id FROM poverty_line WHERE survey_year = 2024")
    for kept in (line, shipped):
        with pytest.raises(NotFound), office.writing(office.administrator) as session:
            remove_line(session, kept)
