"""Finds likely pairs among persons, in memory, without a network: splink on duckdb with the figures of ``model``."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any, Final

import duckdb

from registry.matching import model
from registry.matching.keys import address_key
from registry.matching.names import name_key

if TYPE_CHECKING:
    import pandas as pd

PAIR_COLUMNS: Final = ("person_a", "person_b", "household_a", "household_b", "heads", "score", "reasons")
_ID_TAIL, _ID_HEAD = 4, 6

_SCORED = """
    SELECT
        least(person_id_l, person_id_r) AS person_a, greatest(person_id_l, person_id_r) AS person_b,
        CASE WHEN person_id_l < person_id_r THEN household_id_l ELSE household_id_r END AS household_a,
        CASE WHEN person_id_l < person_id_r THEN household_id_r ELSE household_id_l END AS household_b,
        is_head_l AND is_head_r AS heads, match_probability AS score, {gammas}
    FROM {table}
"""


def find_pairs(people: pd.DataFrame, *, threshold: float = model.THRESHOLD) -> pd.DataFrame:
    """Pairs of persons of different households that are likely one, with score and why.

    ``people`` has person_id, household_id, is_head, name, id_no, born (YYYYMMDD), sex, phone (digits), address,
    village, district, mukim; what is not known is ``None``. Answers the columns :data:`PAIR_COLUMNS`, ``reasons`` a
    list of names of levels; a score is a probability.
    """
    with tempfile.TemporaryDirectory(prefix="ekasih-matching-") as folder:
        connection = duckdb.connect(
            ":memory:",
            config={
                "temp_directory": folder,
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            },
        )
        try:
            return _found(connection, people, threshold)
        finally:
            connection.close()


def prepared(people: pd.DataFrame) -> pd.DataFrame:
    """The persons with the keys that are compared and blocked by beside their facts."""
    keys = {name: name_key(name or "") for name in people["name"].unique()}
    addresses = people[["address", "village"]].drop_duplicates()
    written = {
        (address, village): address_key(_text(address), _text(village))
        for address, village in addresses.itertuples(index=False)
    }
    found = people[
        ["person_id", "household_id", "is_head", "id_no", "born", "sex", "phone", "district", "mukim"]
    ].copy()
    for part in ("ordered", "telling", "sound"):
        by_name = {name: getattr(key, part) for name, key in keys.items()}
        found[part] = people["name"].map(by_name)
    found["address"] = [written[pair] for pair in people[["address", "village"]].itertuples(index=False, name=None)]
    found["initial"] = found["sound"].str[:1]
    found["id_tail"] = found["id_no"].str[-_ID_TAIL:]
    found["id_head"] = found["id_no"].str[:_ID_HEAD]
    return found


def _found(connection: duckdb.DuckDBPyConnection, people: pd.DataFrame, threshold: float) -> pd.DataFrame:
    from splink import DuckDBAPI, Linker  # noqa: PLC0415 - a second to import, for a nightly job

    connection.register("prepared_people", prepared(people))
    # strings of pandas are read once; empty text where a key is missing would join strangers
    connection.execute("""
        CREATE TABLE people AS SELECT * REPLACE (
            nullif(id_no, '') AS id_no, nullif(born, '') AS born, nullif(phone, '') AS phone,
            nullif(sound, '') AS sound, nullif(initial, '') AS initial)
        FROM prepared_people
    """)
    connection.unregister("prepared_people")
    api = DuckDBAPI(connection=connection)
    linker = Linker(api.register("people"), model.settings(persons=len(people)), log_level=None)
    least = min(threshold, model.SUPPORTED)
    predicted = linker.inference.predict(threshold_match_probability=least, warning_mode="never")
    gammas = ", ".join(f"gamma_{item.name}" for item in model.COMPARISONS)
    pairs = connection.sql(_SCORED.format(table=predicted.physical_name, gammas=gammas)).df()
    pairs = _supported(pairs, threshold)
    pairs["reasons"] = _reasons(pairs)
    return pairs[list(PAIR_COLUMNS)]


def _supported(pairs: pd.DataFrame, threshold: float) -> pd.DataFrame:
    """The pairs that stand by themselves, and weaker ones of households of which another pair does.

    Everyone is paired once with a household: a twin does not lean on the pair of the other.
    """
    homes = ["household_a", "household_b"]
    strong = pairs["score"] >= threshold
    known = pairs.loc[strong, homes].drop_duplicates().assign(known=True)
    judged = pairs.merge(known, how="left", on=homes)
    leaning = judged["known"].notna() & (judged["score"] >= model.SUPPORTED)
    kept = judged[(judged["score"] >= threshold) | leaning].sort_values(["score", "person_a"], ascending=[False, True])
    for one, other in (("person_a", "household_b"), ("person_b", "household_a")):
        kept = kept[~kept.duplicated([one, other])]
    return kept.reset_index(drop=True)


def _reasons(pairs: pd.DataFrame) -> list[list[str]]:
    names = [item.name for item in model.COMPARISONS]
    levels = pairs[[f"gamma_{name}" for name in names]].itertuples(index=False, name=None)
    return [
        [told for name, gamma in zip(names, row, strict=True) if (told := model.reason(name, int(gamma)))]
        for row in levels
    ]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
