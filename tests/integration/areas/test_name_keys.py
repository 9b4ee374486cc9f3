"""Claims about the key of a place name: PostgreSQL and Python work out the same one."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text

from geo.gazetteer import load_places, load_postcodes
from geo.names import load_areas
from geo.normalising import STEPS, normalise, sql_expression

if TYPE_CHECKING:
    from registry.installation.cluster import Cluster

ODDITIES = (
    "",
    " ",
    "\t",
    "\n",
    "\u00a0",
    "&",
    "'",
    "\u2019",
    "\\",
    "é",
    "ß",
    "\u0131",
    "\u017f",
    "\ufb01",
    "\u0130",
    "Ch",
    "x",
    "12",
    ".",
)


def awkward_names(count: int) -> list[str]:
    """Names put together from the pieces that the rules look for, and from letters that differ between systems."""
    chance = random.Random(7)
    pieces = [step.find.strip() for step in STEPS if not step.pattern] + list(ODDITIES)
    return [
        "".join(chance.choice(pieces) + chance.choice(["", " ", "  "]) for _ in range(chance.randint(0, 7)))
        for _ in range(count)
    ]


def test_the_sql_expression_and_the_function_agree_on_every_name(cluster: Cluster) -> None:
    names = {*load_areas()["name"], *load_places()["name"], *load_postcodes()["town"], *awkward_names(3_000)}
    names |= {name.lower() for name in names}
    engine = create_engine(cluster.url(user="postgres", database="postgres"))
    statement = text(f"SELECT name, {sql_expression('name')} AS key FROM unnest(CAST(:names AS text[])) AS name")
    with engine.connect() as connection:
        rows = connection.execute(statement, {"names": sorted(names)}).all()
    engine.dispose()
    assert len(rows) == len(names)
    assert [(name, key, normalise(name)) for name, key in rows if key != normalise(name)] == []
