"""The record as it was and as it was known agrees with an independent model over ten thousand random events."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from registry.households.commands import EditDwelling, EditIncome
from registry.households.saving import edit_dwelling, edit_income
from tests.world import add_household

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.changes.conftest import World

EVENTS, HOUSEHOLDS, DAYS = 10_000, 100, 300
START = date(2025, 1, 15)
_REPLAY = text("""
    DO $replay$
    DECLARE
        event record;
    BEGIN
        CREATE TEMP TABLE replayed (no integer, known timestamptz);
        FOR event IN
            SELECT e.* FROM jsonb_to_recordset(current_setting('test.events')::jsonb)
                AS e (no integer, household bigint, person bigint, day date, kind text, amount integer)
            ORDER BY e.no
        LOOP
            PERFORM ekasih.keep_baseline(ARRAY[event.household]);
            IF event.kind = 'dwelling' THEN
                UPDATE ekasih.household SET room_count = event.amount, version = version + 1
                WHERE id = event.household;
            ELSE
                UPDATE ekasih.income SET amount_rm = event.amount WHERE person_id = event.person;
                UPDATE ekasih.household SET version = version + 1 WHERE id = event.household;
            END IF;
            INSERT INTO replayed
            SELECT event.no, CASE event.kind
                WHEN 'correction' THEN ekasih.keep_correction(event.household, event.day, 'edit_income', 'test')
                ELSE ekasih.keep_versions(ARRAY[event.household], event.day, 'edit', 'test') END;
        END LOOP;
    END
    $replay$
""")
_ASK = text("""
    SELECT q.no, found.record ->> 'room_count' AS rooms, found.record #>> '{persons,0,income,employment}' AS income
    FROM jsonb_to_recordset(CAST(:questions AS jsonb))
        AS q (no integer, household bigint, valid_on date, known timestamptz)
    CROSS JOIN LATERAL (SELECT ekasih.household_as_of(q.household, q.valid_on, q.known) AS record) AS found
    ORDER BY q.no
""")


class Belief:
    """What is known of one fact, day by day: a change holds from its day on, a correction for as long as it stood."""

    def __init__(self, value: int | None) -> None:
        self.days = [value] * (DAYS + 1)

    def change(self, day: int, value: int) -> None:
        self.days[day:] = [value] * (DAYS + 1 - day)

    def correct(self, value: int) -> None:
        wrong = self.days[-1]
        for day in range(DAYS, -1, -1):
            if self.days[day] != wrong:
                break
            self.days[day] = value


def _events(chance: random.Random, homes: dict[int, int]) -> list[dict[str, Any]]:
    day, events = dict.fromkeys(homes, 0), []
    amounts = dict.fromkeys(homes, 1000)
    for number in range(EVENTS):
        household = chance.choice(list(homes))
        day[household] = min(DAYS, day[household] + chance.choice((0, 1, 1, 2, 4)))
        kind = chance.choice(("income", "income", "correction", "dwelling"))
        amount = chance.randrange(1, 9) if kind == "dwelling" else chance.randrange(100, 5000)
        if kind != "dwelling" and amount == amounts[household]:
            amount += 1
        if kind != "dwelling":
            amounts[household] = amount
        events.append(
            {
                "no": number,
                "household": household,
                "person": homes[household],
                "day": (START + timedelta(days=day[household])).isoformat(),
                "kind": kind,
                "amount": amount,
            }
        )
    return events


def test_ten_thousand_events_replayed_answer_as_an_independent_model_does(owner: Connection) -> None:
    chance = random.Random(20250115)
    homes = {}
    for number in range(HOUSEHOLDS):
        household = add_household(owner, f"0803900{number:04}", members=1, income=1000)
        homes[household] = owner.scalar(
            text("SELECT id FROM ekasih.person WHERE household_id = :id"), {"id": household}
        )
    events = _events(chance, homes)
    # the counts have tests of their own; ten thousand changes of one figure in one transaction are slow
    owner.execute(text("ALTER TABLE ekasih.household DISABLE TRIGGER USER"))
    # plans are made while the tables are empty and nothing has counted their rows yet
    owner.execute(text("SET LOCAL enable_seqscan = off"))
    owner.execute(text("SELECT set_config('test.events', :events, true)"), {"events": json.dumps(events)})
    owner.execute(_REPLAY)
    known = {row.no: row.known for row in owner.execute(text("SELECT no, known FROM replayed"))}
    rooms = {household: Belief(None) for household in homes}
    income = {household: Belief(1000) for household in homes}
    questions: list[dict[str, Any]] = []
    expected = []
    for event in events:
        household, at = event["household"], (date.fromisoformat(event["day"]) - START).days
        if event["kind"] == "dwelling":
            rooms[household].change(at, event["amount"])
        elif event["kind"] == "income":
            income[household].change(at, event["amount"])
        else:
            income[household].correct(event["amount"])
        asked = chance.randrange(DAYS + 1)
        moment = known[event["no"]].isoformat()
        valid_on = (START + timedelta(days=asked)).isoformat()
        questions.append({"no": event["no"], "household": household, "valid_on": valid_on, "known": moment})
        expected.append((rooms[household].days[asked], income[household].days[asked]))
    answers = owner.execute(_ASK, {"questions": json.dumps(questions)}).all()
    found = [(None if row.rooms is None else int(row.rooms), int(Decimal(row.income))) for row in answers]
    assert found == expected


def _as_of(owner: Connection, household: int, day: date, known: datetime) -> Any:
    owner.rollback()
    return owner.scalar(
        text("SELECT ekasih.household_as_of(:id, :day, :known)"), {"id": household, "day": day, "known": known}
    )


def test_a_correction_changes_what_was_valid_before_and_a_change_does_not(world: World, owner: Connection) -> None:
    head = int(
        owner.scalar(text("SELECT id FROM ekasih.person WHERE household_id = :id AND is_head"), {"id": world.home}) or 0
    )
    owner.rollback()
    before = datetime.now(UTC)
    with world.writing() as session:
        amounts = {head: {"employment": Decimal(1200)}}
        edit_income(session, EditIncome(household_id=world.home, version=1, amounts=amounts, correction=True))
    with world.writing() as session:
        amounts = {head: {"employment": Decimal(9000)}}
        edit_income(session, EditIncome(household_id=world.home, version=2, amounts=amounts))
    after, then = datetime.now(UTC), date(2025, 6, 1)
    assert _as_of(owner, world.home, then, before)["income_rm"] == 1150
    assert _as_of(owner, world.home, then, after)["income_rm"] == 1200
    assert _as_of(owner, world.home, then, after)["decision"]["status"] == "tegar"
    now = _as_of(owner, world.home, after.date() + timedelta(days=1), after)
    assert (now["income_rm"], now["decision"]["status"]) == (9000, "terkeluar")


def test_a_record_that_never_changed_is_known_from_its_tables_and_not_before(world: World, owner: Connection) -> None:
    now = datetime.now(UTC)
    assert _as_of(owner, world.home, date(2025, 6, 1), now)["head_name"] == "Ahmad Razak bin Osman"
    assert _as_of(owner, world.home, date(2024, 1, 1), now) is None
    assert owner.scalar(text("SELECT count(*) FROM ekasih.household_version")) == 0


def test_versions_follow_the_territory_of_their_household(world: World) -> None:
    with world.writing() as session:
        edit_dwelling(session, EditDwelling(household_id=world.home, version=1, dwelling_type="Teres"))
    counting = text("SELECT count(*) FROM ekasih.household_version")
    with world.reading() as conn:
        assert conn.scalar(counting) == 2
    with world.reading(world.planner) as conn:
        assert conn.scalar(counting) == 0
