"""Measures the search for a name by words beside one by trigrams over names: ``python -m bench.searching``."""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from bench.results import median, told
from bench.stage import stage
from queries.households import PAGE_ROWS, Filters, Question, find
from registry.deliveries.birm import import_birm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection, Engine

ROLES: Final = {"administrator": ("MY",), "officer": ("0803",)}
_TRIGRAMS: Final = "CREATE INDEX IF NOT EXISTS bench_trigrams ON ekasih.person USING gin (name_key gin_trgm_ops)"
# as the search was before: every name that is alike, whoever has it
_BESIDE: Final = text("""
    WITH named AS (
        SELECT p.household_id, p.is_head,
            word_similarity(CAST(:word_1 AS text), p.name_key)
                + coalesce(word_similarity(CAST(:word_2 AS text), p.name_key), 0)
                + coalesce(word_similarity(CAST(:word_3 AS text), p.name_key), 0)
                + similarity(CAST(:whole AS text), p.name_key) / 10 AS likeness
        FROM ekasih.person AS p
        WHERE p.name_key %> CAST(:word_1 AS text)
            AND (CAST(:word_2 AS text) IS NULL OR p.name_key %> CAST(:word_2 AS text))
            AND (CAST(:word_3 AS text) IS NULL OR p.name_key %> CAST(:word_3 AS text))
    ), best AS (
        SELECT DISTINCT ON (n.household_id) n.* FROM named AS n ORDER BY n.household_id, n.likeness DESC, n.is_head DESC
    )
    SELECT h.id FROM best JOIN ekasih.household AS h ON h.id = best.household_id
    ORDER BY best.likeness DESC, best.is_head DESC, h.head_name, h.id
    LIMIT :row_limit
""")
_THRESHOLD: Final = text("SELECT set_config('pg_trgm.word_similarity_threshold', :likeness, true)")
_SAMPLE: Final = text("""
    SELECT p.name, p.household_id FROM ekasih.person AS p TABLESAMPLE SYSTEM (5)
    WHERE CAST(:district AS text) = 'MY' OR p.district_code = CAST(:district AS text)
    ORDER BY md5(p.id::text) LIMIT :names
""")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each size in a register of its own."""
    asked = _parser().parse_args(arguments)
    with stage(within=asked.home) as place:
        for households in asked.households:
            engine = place.copied(f"searching_{households}")
            import_birm(engine, place.delivery(households), actor="bench", sample=True)
            measure(engine, place.web(f"searching_{households}"), names=asked.names)
            engine.dispose()
    return 0


def measure(owner: Engine, web: Engine, *, names: int) -> None:
    """Ask for the same names in several ways of typing them, both ways in turns; prints times and what was found."""
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(_TRIGRAMS))
        connection.execute(text("VACUUM ANALYZE ekasih.person, ekasih.household, ekasih.search_word"))
    for role, territory in ROLES.items():
        with owner.begin() as connection:
            samples = connection.execute(_SAMPLE, {"district": territory[0], "names": names}).all()
            who = _account(connection, role, territory)
        with web.begin() as connection:
            connection.execute(text("SELECT ekasih.act_as(:who)"), {"who": who})
            for way, typed in WAYS.items():
                _compare(connection, role, way, [(typed(name, random.Random(name)), home) for name, home in samples])


def _compare(connection: Connection, role: str, way: str, questions: Sequence[tuple[str, int]]) -> None:
    """One line: medians and slowest of twenty, and how often the household was on the first page."""
    times: dict[str, list[float]] = {"words": [], "trigrams": []}
    found: dict[str, int] = {"words": 0, "trigrams": 0}
    first, lost = 0, 0
    for asked, home in questions:
        began = time.perf_counter()
        ours = [int(row["household_id"]) for row in find(connection, Question.parse(asked), Filters()).rows]
        between = time.perf_counter()
        beside = _by_trigrams(connection, Question.parse(asked))
        times["words"].append(between - began)
        times["trigrams"].append(time.perf_counter() - between)
        found["words"] += home in ours
        found["trigrams"] += home in beside
        lost += home in beside and home not in ours
        first += ours[:1] == beside[:1]
    said = ", ".join(
        f"{name} {told(median(spent))} (p95 {told(sorted(spent)[int(len(spent) * 0.95)])}) found {found[name]}"
        for name, spent in times.items()
    )
    print(f"{role}, {way}: {said} of {len(questions)}; same first row {first}; found by trigrams alone {lost}")


def _by_trigrams(connection: Connection, question: Question) -> list[int]:
    words = (*question.words, None, None, None)[:3]
    params = {f"word_{place}": word for place, word in enumerate(words, start=1)}
    params |= {"whole": question.name, "row_limit": PAGE_ROWS}
    for likeness in ("0.6", "0.4"):
        connection.execute(_THRESHOLD, {"likeness": likeness})
        found = [int(row) for row in connection.scalars(_BESIDE, params)]
        if found:
            break
    return found


def _account(connection: Connection, role: str, territory: Sequence[str]) -> int:
    """An account to ask with."""
    statement = text("""
        INSERT INTO ekasih.app_user (login, display_name, role, territory, password_hash)
        VALUES (:login, 'bench', :role, CAST(:territory AS text[]), '!')
        ON CONFLICT (login) DO UPDATE SET territory = excluded.territory RETURNING id
    """)
    reach = [] if territory == ("MY",) else list(territory)
    values = {"login": f"bench-{role}", "role": role, "territory": reach}
    return int(connection.scalar(statement, values) or 0)


def _as_it_is(name: str, _rng: random.Random) -> str:
    return name


def _slipped(name: str, rng: random.Random) -> str:
    """One letter of the longest word is another."""
    word = max(name.split(), key=len)
    place = rng.randrange(1, len(word))
    return name.replace(word, word[:place] + rng.choice("aeioulnrst") + word[place + 1 :], 1)


def _left_out(name: str, rng: random.Random) -> str:
    """A letter of the longest word is missing, and of the second longest as well."""
    longest = sorted(set(name.split()), key=len)[-2:]
    for word in longest:
        if len(word) > 3:
            place = rng.randrange(1, len(word))
            name = name.replace(word, word[:place] + word[place + 1 :], 1)
    return name


def _two_words(name: str, _rng: random.Random) -> str:
    return " ".join(name.split()[:2])


def _one_word(name: str, _rng: random.Random) -> str:
    return max(name.split(), key=len)


def _short_word(name: str, _rng: random.Random) -> str:
    return min(name.split(), key=len)


def _beginnings(name: str, _rng: random.Random) -> str:
    """Each word cut off after four letters."""
    return " ".join(word[:4] for word in name.split())


def _joined(name: str, _rng: random.Random) -> str:
    """The first two words written as one."""
    return name.replace(" ", "", 1)


WAYS: Final[dict[str, Callable[[str, random.Random], str]]] = {
    "as it is": _as_it_is,
    "one letter wrong": _slipped,
    "letters missing in two words": _left_out,
    "the first two words": _two_words,
    "one word": _one_word,
    "the shortest word": _short_word,
    "beginnings of words": _beginnings,
    "two words joined": _joined,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.searching", description=__doc__)
    parser.add_argument("--households", type=int, nargs="+", default=[100_000], help="sizes of the register")
    parser.add_argument("--names", type=int, default=100, help="how many persons are asked for")
    parser.add_argument("--home", type=Path, help="where the private cluster is made")
    return parser


if __name__ == "__main__":
    sys.exit(main())
