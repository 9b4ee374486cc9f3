"""Counts of target groups are read from bits: whatever is asked, and whatever has changed, they equal a recount."""

from __future__ import annotations

import json
import os
import random
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry.aid.conditions.fields import FIELDS, HEAD, HOUSEHOLD, MEMBER
from registry.aid.conditions.language import parse
from registry.aid.targets.bitmaps import make_bits
from tests.integration.aid.test_judging import _AID_OF_FOOD
from tests.world import add_household

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.aid.conditions.fields import Field

DAY: Final = "2026-02-28"
QUESTIONS: Final = int(os.environ.get("EKASIH_COUNT_QUESTIONS", "30"))
_HOUSEHOLDS: Final = 60
_SQUARE: Final = {"type": "Polygon", "coordinates": [[[101, 4], [101.1, 4], [101.1, 4.6], [101, 4.6], [101, 4]]]}
_CODES: Final = {
    "negeri": ("08", "10"), "daerah": ("0803", "0801", "1001"), "mukim": ("080301", "080302", "080101"),
    "parlimen": ("P065", "P066"), "dun": ("N24", "N25"), "kawasan": ("C1", "C2", "C3"),
}  # fmt: skip
_NUMBERS: Final = {
    "umur": (-1, 0, 1, 7, 17, 18, 21, 22, 45, 60, 200, 6.5), "bil_ahli": (0, 1, 2, 3, 5), "bil_bilik": (0, 1, 2, 3.5),
    "tanah_ekar": (0, 0.5, 1.25, 2, 0.333), "pendapatan_isirumah": (0, 500, 1200.5, 1200.51, 1e6, 99.999),
    "pendapatan_perkapita": (0, 100, 333.33, 333.34, 333.333, 240.1),
}  # fmt: skip
_ASKED: Final = text("""
    SELECT c.code, c.n, r.n AS again
    FROM (SELECT district_code AS code, households AS n
          FROM ekasih.counts_meeting(CAST(:asked AS jsonb), CAST(:day AS date), CAST(:within AS text[]))) AS c
    FULL JOIN (SELECT district_code AS code, households AS n
               FROM ekasih.recounts_meeting(CAST(:asked AS jsonb), CAST(:day AS date), CAST(:within AS text[]))) AS r
        USING (code)
""")
# of who is found one by one
_TALLIED: Final = text("""
    SELECT t.tallies, r.tallies AS again
    FROM (SELECT district_code, ARRAY[tegar, miskin, households, persons] AS tallies
          FROM ekasih.tallies_meeting(CAST(:asked AS jsonb), CAST(:day AS date), CAST(:within AS text[]))) AS t
    FULL JOIN (SELECT h.district_code, ARRAY[count(*) FILTER (WHERE h.status = 'tegar'),
                   count(*) FILTER (WHERE h.status = 'miskin'), count(*), sum(h.member_count)]::bigint[] AS tallies
               FROM ekasih.households_meeting(
                   CAST(:asked AS jsonb), CAST(:day AS date), CAST(:within AS text[])) AS m (id)
               JOIN ekasih.household AS h ON h.id = m.id GROUP BY h.district_code) AS r USING (district_code)
""")
_FROM_BITS: Final = text("SELECT count(*) FROM ekasih.counts_by_bits(CAST(:asked AS jsonb), CAST(:day AS date), NULL)")
_NOTED: Final = text("SELECT count(*) FROM ekasih.target_stale")


class Asks:
    """Puts conditions together at random, of all that can be asked."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def group(self) -> dict[str, Any]:
        nodes = [self._node() for _ in range(self._chance.randint(1, 3))]
        polygon = _SQUARE if self._chance.random() < 0.1 else None
        return parse(nodes, polygon).whole()

    def _node(self) -> dict[str, Any]:
        how = self._chance.random()
        if how < 0.15:
            return {"atau": [self._node_of(self._chance.choice((HOUSEHOLD, HEAD, MEMBER))) for _ in range(2)]}
        if how < 0.35:
            inside = [self._node_of(MEMBER) for _ in range(self._chance.randint(1, 2))]
            if self._chance.random() < 0.3:
                inside.append({"atau": [self._node_of(MEMBER), self._node_of(MEMBER)]})
            return {"ahli": inside, "sekurang": self._chance.randint(1, 3)}
        return self._node_of(self._chance.choice((HOUSEHOLD, HOUSEHOLD, HEAD, MEMBER)))

    def _node_of(self, who: str) -> dict[str, Any]:
        field = self._chance.choice([f for f in FIELDS.values() if who in f.who])
        operator = self._chance.choice(field.operators)
        return {"pada": who, "medan": field.name, "op": operator, "nilai": self._value(field, operator)}

    def _value(self, field: Field, operator: str) -> Any:
        if field.kind == "aid":
            return {"keperluan": self._chance.choice(("MAKANAN", "RUMAH"))}
        if operator == "kosong":
            return self._chance.random() < 0.5
        known: Any = _NUMBERS.get(field.name) or _CODES.get(field.name) or field.values
        if operator == "antara":
            return sorted(self._numbers(field, 2))
        if operator in {"dalam", "bukan_dalam"}:
            many = self._chance.randint(1, 3)
            return self._numbers(field, many) if field.kind == "number" else self._chance.choices(known, k=many)
        return self._numbers(field, 1)[0] if field.kind == "number" else self._chance.choice(known)

    def _numbers(self, field: Field, many: int) -> list[float]:
        known = [n for n in _NUMBERS[field.name] if not field.whole or n == int(n)]
        return self._chance.choices(known, k=many)


def _facts(chance: random.Random, *, of_person: bool) -> dict[str, Any]:
    """Some values for columns of a household or of a person; of each some are not known."""
    found: dict[str, Any] = {}
    for field in FIELDS.values():
        if field.of_person is of_person and field.kind == "choice":
            found[field.source] = chance.choice((None, *field.values[:3], "Jawapan lain"))
    if of_person:
        years = chance.choice((0, 6, 7, 17, 18, 21, 22, 45, 60, 91))
        born = f"{2026 - years}-02-{chance.choice(('27', '28'))}"
        return found | {
            "birth_date": chance.choice((None, "2004-02-29", "2026-03-01", born, born, born)),
            "sex": chance.choice((None, "male", "female")),
            "citizen": chance.choice((None, True, False)),
            "in_school": chance.choice((None, True, False)),
        }
    return found | {
        "mukim_code": chance.choice((None, "080301", "080302")),
        "parliament_code": chance.choice((None, "P065", "P066")),
        "dun_code": chance.choice((None, "N24")),
        "catchment_codes": chance.choice(([], ["C1"], ["C1", "C2"])),
        "geom_method": chance.choice(("given", "swapped", "manual", "postcode")),
        "electricity": chance.choice((None, True, False)),
        "rubbish_collection": chance.choice((None, True, False)),
        "room_count": chance.choice((None, 0, 1, 2, 3)),
        "land_acres": chance.choice((None, 0, 0.5, 1.25, 3)),
        "exited_on": chance.choice((None, None, None, None, "2026-01-01")),
    }


def _changed(owner: Connection, chance: random.Random, household: int) -> None:
    facts = _facts(chance, of_person=False)
    facts["exit_reason"] = facts["exited_on"] and "moved_away"
    told = ", ".join(f"{name} = :{name}" for name in facts)
    owner.execute(text(f"UPDATE ekasih.household SET {told} WHERE id = :id"), {**facts, "id": household})
    for person in list(owner.scalars(text("SELECT id FROM ekasih.person WHERE household_id = :id"), {"id": household})):
        facts = _facts(chance, of_person=True)
        told = ", ".join(f"{name} = :{name}" for name in facts)
        owner.execute(text(f"UPDATE ekasih.person SET {told} WHERE id = :id"), {**facts, "id": person})


def _households(owner: Connection, chance: random.Random, many: int, *, first: int) -> list[int]:
    found = []
    for no in range(first, first + many):
        household = add_household(
            owner,
            f"B{no:04}",
            district=chance.choice(("0803", "0801", "1001")),
            strata=chance.choice(("urban", "rural")),
            income=chance.choice((0, 500, 1000, 1200.5, 1200.51, 4000)),
            members=chance.randint(1, 6),
            longitude=chance.choice((101.04, 101.2)),
        )
        _changed(owner, chance, household)
        found.append(household)
    return found


def _asked(owner: Connection, asks: Asks, *, of_bits: bool) -> int:
    """Ask much; of how many the answer is not nothing."""
    told = 0
    for question in range(QUESTIONS):
        asked = {"asked": json.dumps(asks.group(), default=float), "day": DAY}
        within = {"within": ["0803"] if question % 3 == 0 else None}
        rows = owner.execute(_ASKED, asked | within).all()
        assert all(row.n == row.again for row in rows), asked["asked"]
        tallied = owner.execute(_TALLIED, asked | within).all()
        assert len(tallied) == len(rows)
        assert all(row.tallies == row.again for row in tallied), asked["asked"]
        told += bool(rows)
        # only per-capita incomes finer than a sen are beyond bits
        if of_bits and "333.333" not in asked["asked"]:
            assert owner.scalar(_FROM_BITS, asked) > 0
    return told


def test_whatever_is_asked_equals_a_recount_before_and_after_changes(owner: Connection) -> None:
    chance = random.Random(int(os.environ.get("EKASIH_COUNT_SEED", "1")))
    asks = Asks(chance)
    households = _households(owner, chance, _HOUSEHOLDS, first=1)
    owner.execute(_AID_OF_FOOD, dict(zip(("running", "over", "taken_back"), households[:3], strict=True)))
    assert _asked(owner, asks, of_bits=False) > QUESTIONS / 6
    assert make_bits(owner) == len({household >> 13 for household in households})
    assert owner.scalar(_NOTED) == 0
    assert _asked(owner, asks, of_bits=True) > QUESTIONS / 6
    for household in households[::5]:
        _changed(owner, chance, household)
    owner.execute(text("DELETE FROM ekasih.person WHERE household_id = :id AND NOT is_head"), {"id": households[1]})
    _households(owner, chance, 8, first=500)
    assert owner.scalar(_NOTED) > 0
    assert _asked(owner, asks, of_bits=True) > QUESTIONS / 6
    make_bits(owner)
    assert _asked(owner, asks, of_bits=True) > QUESTIONS / 6


def test_a_record_that_bits_cannot_hold_is_counted_from_itself(owner: Connection) -> None:
    old = add_household(owner, "A1", members=2)
    owner.execute(text("UPDATE ekasih.person SET birth_date = '1750-01-01' WHERE household_id = :id"), {"id": old})
    add_household(owner, "A2", members=2)
    make_bits(owner)
    make_bits(owner)
    assert owner.scalar(_NOTED) == 1
    asked = parse([{"pada": MEMBER, "medan": "umur", "op": ">", "nilai": 200}]).whole()
    rows = owner.execute(_ASKED, {"asked": json.dumps(asked), "day": DAY, "within": None}).all()
    assert [(row.n, row.again) for row in rows] == [(1, 1)]


def test_what_is_committed_while_bits_are_made_stays_noted(owner: Connection, owner_engine: Any) -> None:
    first = add_household(owner, "A1", income=0)
    owner.commit()
    with owner_engine.connect() as officer:
        officer.execute(text("UPDATE ekasih.household SET tenure = 'Sewa' WHERE id = :id"), {"id": first})
        make_bits(owner)
        officer.commit()
    owner.commit()
    assert owner.scalar(_NOTED) == 1
    asked = parse([{"pada": HOUSEHOLD, "medan": "pemilikan", "op": "dalam", "nilai": ["Sewa"]}]).whole()
    rows = owner.execute(_ASKED, {"asked": json.dumps(asked), "day": DAY, "within": None}).all()
    assert [(row.n, row.again) for row in rows] == [(1, 1)]


def test_where_very_many_change_at_once_the_whole_block_is_noted(owner: Connection) -> None:
    household = add_household(owner, "A1")
    make_bits(owner)
    owner.execute(
        text("""
            INSERT INTO ekasih.person (household_id, district_code, member_no, is_head, name, name_key, relationship)
            SELECT :id, '0803', n + 10, false, 'x', 'X', 'Anak' FROM generate_series(1, 1100) AS n
        """),
        {"id": household},
    )
    noted = owner.execute(text("SELECT block, household_id FROM ekasih.target_stale")).all()
    assert noted == [(household >> 13, None)]
    unknown = {"pada": MEMBER, "medan": "umur", "op": "kosong", "nilai": True}
    group = parse([{"ahli": [unknown], "sekurang": 20}]).whole()
    asked = {"asked": json.dumps(group), "day": DAY, "within": None}
    assert [row.n for row in owner.execute(_ASKED, asked)] == [1]
    # a family larger than any is counted from itself for ever
    make_bits(owner)
    assert [row.n for row in owner.execute(_ASKED, asked)] == [1]
