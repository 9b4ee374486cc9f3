"""Measures what was promised: ``python -m bench``, or ``make bench``."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from bench import (
    aid,
    articles,
    attacking,
    browser,
    counts,
    deciding,
    features,
    frames,
    importing,
    map_book,
    months,
    probe,
    targets,
    what_if,
)
from bench.results import HEADINGS, machine, markdown
from bench.stage import BASE, stage, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.results import Result
    from bench.stage import Stage

PARTS = (
    "articles", "counts", "import", "aid", "targets", "what_if", "reclassify", "months", "map_book", "probe",
    "features", "map", "frames",
)  # fmt: skip
ATTACK = "attack"
_ATTACKED = 50_000
RESULTS = Path(__file__).with_name("RESULTS.md")
_IMPORTED_ONCE = 300_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print side by side; ends with 0 whatever the figures say, with 1 where the attack finds something."""
    asked = _parser().parse_args(arguments)
    asked.only = asked.only or PARTS
    console = Console(stderr=True)
    results: list[Result] = []
    if ATTACK in asked.only:
        with stage(within=asked.home) as place:
            return attacking.report(place, households=min([*asked.households, _ATTACKED]))
    with stage(within=asked.home) as place:
        engine = place.engine(BASE)
        with engine.connect() as connection:
            facts = machine(connection)
        engine.dispose()
        for result in _measured(place, asked, console):
            results.append(result)
            console.print(f"  {result.measured}: {result.ours} | {result.beside} | {result.ratio}", highlight=False)
    facts.append(f"load of the machine when it ended: {os.getloadavg()[0]:.1f}")
    _print(facts, results)
    if asked.write:
        RESULTS.write_text(markdown(facts, results), encoding="utf-8")
    return 0


def _measured(place: Stage, asked: argparse.Namespace, console: Console) -> Iterator[Result]:
    """Every result as soon as it is there."""
    if "articles" in asked.only:
        console.print("Searching articles …")
        yield from articles.measure(place)
    medians: dict[tuple[str, int], float] = {}
    sizes = sorted(set(asked.households))
    for households in sizes:
        database = f"bench_{households}"
        console.print(f"A register of {households:,} households …")
        if "import" in asked.only:
            imports = asked.repeats if households <= _IMPORTED_ONCE else 1
            yield from importing.measure(place, households=households, database=database, repeats=imports)
            yield from importing.measure_again(place, households=households, database=database)
        else:
            importing.load(place, households=households, database=database)
        engine = place.engine(database)
        tidy(engine)
        yield from _of_aid(place, asked, console, households=households)
        if "counts" in asked.only:
            console.print("  counting")
            yield from counts.measure(engine, households=households, repeats=asked.repeats * 3, medians=medians)
        if "what_if" in asked.only:
            console.print("  supposing")
            yield from what_if.measure(engine, households=households, repeats=asked.repeats)
        if "reclassify" in asked.only:
            console.print("  deciding again")
            yield from deciding.measure(engine, households=households, repeats=asked.repeats)
        engine.dispose()
        if "months" in asked.only:
            console.print("  closing a month")
            yield from months.measure(place, households=households, database=database, repeats=asked.repeats)
        if "map_book" in asked.only:
            console.print("  making the map book")
            yield from map_book.measure(place, households=households, database=database)
    if "counts" in asked.only:
        yield from counts.flatness(medians)
    yield from _as_served(place, asked, console, sizes)


def _as_served(place: Stage, asked: argparse.Namespace, console: Console, sizes: Sequence[int]) -> Iterator[Result]:
    if "probe" in asked.only:
        console.print("Asking for a status …")
        yield from probe.measure(place, database=f"bench_{sizes[0]}")
    if "features" in asked.only:
        console.print("Features and tiles …")
        yield from features.measure(place, database=f"bench_{sizes[0]}", repeats=asked.repeats)
    if "map" in asked.only:
        console.print("The map in a browser …")
        for households in sizes:
            yield from browser.measure(
                place, database=f"bench_{households}", households=households, repeats=asked.repeats * 2
            )
    if "frames" in asked.only:
        console.print("The map month by month in a browser …")
        for households in sizes:
            yield from frames.measure(
                place, database=f"bench_{households}", households=households, repeats=asked.repeats * 2
            )


def _of_aid(place: Stage, asked: argparse.Namespace, console: Console, *, households: int) -> Iterator[Result]:
    database = f"bench_{households}"
    if "aid" in asked.only:
        console.print("  importing aid")
        yield from aid.measure(place, database=database, repeats=asked.repeats)
    if "targets" in asked.only:
        console.print("  counting target groups")
        engine = place.engine(database)
        yield from targets.measure(engine, households=households, repeats=asked.repeats)
        engine.dispose()


def _print(facts: Sequence[str], results: Sequence[Result]) -> None:
    console = Console()
    for fact in facts:
        console.print(fact, highlight=False)
    table = Table(*HEADINGS[:1], box=None, header_style="bold")
    for heading in HEADINGS[1:]:
        table.add_column(heading, justify="right")
    for result in results:
        table.add_row(*result.cells(), style="yellow" if result.met is False else None)
    console.print(table)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--households", type=int, nargs="+", default=[100_000, 1_000_000], help="sizes of the register")
    parser.add_argument("--only", choices=(*PARTS, ATTACK), nargs="+", action="extend", help="what to measure")
    parser.add_argument("--repeats", type=int, default=3, help="how often, for the medians")
    parser.add_argument("--home", type=Path, help="where the private cluster is made; needs 10 GB for a million")
    parser.add_argument("--write", action="store_true", help=f"also write {RESULTS.parent.name}/{RESULTS.name}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
