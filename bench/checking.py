"""Measures the assisted check on a register of invented people: ``python -m bench.checking``."""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.orm import Session

from bench.results import told
from bench.stage import BASE, stage
from registry.demo import names
from registry.households.checking import CheckStatus, check_status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Engine

GOAL_SECONDS = 0.150
_SIZE = 4
# Names of three or four parts from lists, with a rare part from a made-up list of syllables: words are as unlike each
# other as in a real register, some in thousands of names and many in a few.
_HOUSEHOLDS = text("""
    INSERT INTO ekasih.household (file_no, registered_on, updated_by, state_code, district_code, strata, address,
        village, phone, phone_key, geom, geom_method, geom_accuracy_m, head_name, head_sex, ethnicity, member_count,
        age_0_14, age_15_64, age_65_over, age_unknown, income_rm, per_capita_rm, status, line_id, rule_id, gap_rm,
        food_gap_rm, gap_share, next_review_on)
    SELECT 'X' || g, '2025-01-15', 'bench', left(d.code, 2), d.code, 'urban',
        (g % 400) || ' Jalan ' || streets.words[1 + (g * 7) % cardinality(streets.words)],
        'Kampung ' || streets.words[1 + (g * 13) % cardinality(streets.words)], '01' || (10000000 + g),
        '01' || (10000000 + g), ST_SetSRID(ST_MakePoint(101 + random(), 4 + random()), 4326), 'given', 10, '', 'male',
        'bumiputera', 4, 0, 4, 0, 0, 1000, 250, 'tegar', l.line_id, l.rule_id, 0, 0, 0, '2027-01-15'
    FROM generate_series(1, CAST(:households AS integer)) AS g
    CROSS JOIN (SELECT CAST(:streets AS text[]) AS words) AS streets
    JOIN (SELECT code, row_number() OVER (ORDER BY code) - 1 AS place, count(*) OVER () AS total FROM ekasih.area
          WHERE level = 'district') AS d ON d.place = g % d.total
    JOIN ekasih.lines_in_force('2025-01-15') AS l ON l.state_code = left(d.code, 2) AND l.strata = 'urban'
""")
_PERSONS = text("""
    INSERT INTO ekasih.person (household_id, district_code, member_no, is_head, name, name_key, id_no, id_kind, sex,
        birth_date, relationship)
    SELECT h.id, h.district_code, m.no, m.no = 1, n.name, upper(n.name),
        lpad(((h.id * 7919 + m.no * 104729) % 1000000000000)::text, 12, '0'), 'mykad', 'male', '1980-01-01',
        CASE m.no WHEN 1 THEN 'KIR' ELSE 'Anak' END
    FROM ekasih.household AS h
    CROSS JOIN generate_series(1, 4) AS m (no)
    CROSS JOIN (SELECT CAST(:given AS text[]) AS given, CAST(:family AS text[]) AS family,
                CAST(:rare AS text[]) AS rare) AS parts
    CROSS JOIN LATERAL (SELECT
        parts.given[1 + (h.id * 31 + m.no * 17) % cardinality(parts.given)] || ' '
        || CASE WHEN (h.id + m.no) % 3 = 0 THEN parts.rare[1 + (h.id * 101 + m.no) % cardinality(parts.rare)]
                ELSE parts.given[1 + (h.id * 7 + m.no * 3) % cardinality(parts.given)] END
        || ' bin ' || parts.family[1 + (h.id * 13) % cardinality(parts.family)] AS name) AS n
    ORDER BY h.id, m.no
""")
_SAMPLE = text("""
    SELECT p.name, p.id_no, h.phone, h.address || ' ' || h.village AS address
    FROM ekasih.person AS p TABLESAMPLE SYSTEM (1) JOIN ekasih.household AS h ON h.id = p.household_id
    ORDER BY md5(p.id::text) LIMIT :rows
""")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each size; ends with 1 where the slowest of twenty took longer than was promised."""
    asked = _parser().parse_args(arguments)
    with stage(within=asked.home) as place:
        kept = True
        for persons in asked.persons:
            engine = place.copied(f"checking_{persons}", template=BASE)
            fill(engine, persons)
            kept &= measure(engine, persons, checks=asked.checks)
            engine.dispose()
    return 0 if kept else 1


def fill(engine: Engine, persons: int) -> None:
    """So many invented persons in households of four, made by the database."""
    rng = random.Random(5)
    parts = names.COMMUNITIES
    given = sorted({word for part in parts for name in (*part.male, *part.female) for word in name.split()})
    family = sorted({name for part in parts for name in part.family})
    syllables = ("ba", "di", "ka", "lu", "mi", "na", "ri", "su", "ta", "wa", "za", "hir", "mat", "min", "rul", "zam")
    rare = sorted({"".join(rng.choices(syllables, k=rng.randint(2, 4))).title() for _ in range(40_000)})
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE ekasih.household DISABLE TRIGGER headcount_inserted"))
        connection.execute(_HOUSEHOLDS, {"households": persons // _SIZE, "streets": rare[::20]})
        connection.execute(_PERSONS, {"given": given, "family": family, "rare": rare})
        connection.execute(
            text(
                "INSERT INTO ekasih.app_user (login, display_name, role, territory, password_hash)"
                " VALUES ('bench', 'bench', 'officer', '{0803}', '!')"
            )
        )
        connection.execute(text("INSERT INTO ekasih.setting (key, value) VALUES ('checking.per_minute', '1000000')"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE ekasih.household, ekasih.person, ekasih.search_word"))


def measure(engine: Engine, persons: int, *, checks: int) -> bool:
    """Ask in four ways, with a slip in every second question; prints the median and the slowest of twenty of each."""
    rng = random.Random(9)
    with engine.connect() as connection:
        sample = connection.execute(_SAMPLE, {"rows": checks}).all()
    kept = True
    for way in ("id_no", "name", "phone", "address"):
        seconds, found = [], 0
        for index, row in enumerate(sample):
            said = getattr(row, way)
            command = CheckStatus(**{way: _slipped(said, rng) if index % 2 and way != "phone" else said})
            with Session(engine) as session, session.begin():
                session.execute(text("SELECT ekasih.act_as((SELECT id FROM ekasih.app_user WHERE login = 'bench'))"))
                began = time.perf_counter()
                found += bool(check_status(session, command, secret="bench"))
                seconds.append(time.perf_counter() - began)
        seconds.sort()
        slow = seconds[int(len(seconds) * 0.95)]
        kept &= slow <= GOAL_SECONDS
        middle = seconds[len(seconds) // 2]
        print(
            f"{persons:,} persons, by {way}: median {told(middle)}, p95 {told(slow)} (goal {told(GOAL_SECONDS)}),"
            f" answered {found} of {len(seconds)}"
        )
    return kept


def _slipped(said: str, rng: random.Random) -> str:
    """The words with one letter or digit wrong."""
    places = [index for index, letter in enumerate(said) if letter.isalnum()]
    place = rng.choice(places)
    letters = "0123456789" if said[place].isdigit() else "aeioulnrst"
    return said[:place] + rng.choice(letters) + said[place + 1 :]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.checking", description=__doc__)
    parser.add_argument("--persons", type=int, nargs="+", default=[1_000_000], help="sizes of the register")
    parser.add_argument("--checks", type=int, default=200, help="questions of each kind")
    parser.add_argument("--home", type=Path, help="where the private cluster is made; needs 2 GB for a million")
    return parser


if __name__ == "__main__":
    sys.exit(main())
