"""Commands that measure: how poor the register is, how areas stand against each other, and whether aid helped."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.errors import SetupProblem

if TYPE_CHECKING:
    from collections.abc import Collection

app = typer.Typer(help="Measure poverty and what was done against it.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    pass


@app.command(epilog="Example: [bold]ekasih measures effect kesan.csv kesan.json[/]")
def effect(
    table: Annotated[Path, typer.Argument(help="A .csv of aided and other households by programme.")],
    out: Annotated[Path, typer.Argument(help="Where the report is written, as JSON.")],
) -> None:
    """Say of each programme of a table whether incomes of those aided rose more than those of similar households."""
    from poverty.effect import measure_effect
    from poverty.effect_file import UnreadableTable, read_households

    try:
        programmes = read_households(table)
    except UnreadableTable as error:
        raise SetupProblem(f"{table.name}: {error}") from None
    report = {name: measure_effect(households).as_dict() for name, households in programmes.items()}
    out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    for name, found in report.items():
        typer.echo(f"{name}: {found['verdict']} {', '.join(found['reasons'])}".rstrip())


@app.command(epilog="Example: [bold]ekasih measures areas kadar.csv kawasan.json[/]")
def areas(
    table: Annotated[Path, typer.Argument(help="A .csv with the columns kod, nilai (in per cent) and isi_rumah.")],
    out: Annotated[Path, typer.Argument(help="Where the report is written, as JSON.")],
    neighbours: Annotated[
        Path | None, typer.Option(help="A .csv with the columns kod and jiran; else the active boundaries say.")
    ] = None,
) -> None:
    """Find pockets among rates of areas, draw the rates of small ones to the mean, and say how many poor to expect."""
    from poverty.areas_file import UnreadableAreas, read_neighbours, read_values, report

    asked = table
    try:
        values = read_values(table)
        if neighbours:
            asked = neighbours
            around = read_neighbours(neighbours)
    except UnreadableAreas as error:
        raise SetupProblem(f"{asked.name}: {error}") from None
    if not neighbours:
        known = [code for code, area in values.items() if area.value is not None]
        around = _active_neighbours(known)
    elif not values.keys() & around.keys():
        raise SetupProblem(f"{neighbours.name}: It names none of the areas of {table.name}.")
    found = report(values, around)
    out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if found["reason"]:
        typer.echo(f"{found['areas']} areas with a value: too few to look for pockets ({found['reason']})")
    else:
        named = ", ".join(f"{count} {label}" for label, count in sorted(found["labels_lisa"].items()))
        typer.echo(f"{found['areas']} areas, Moran's I {found['moran_I'] or 0:.3f}: {named}")


def _active_neighbours(codes: Collection[str]) -> dict[str, set[str]]:
    """Who is whose neighbour among areas by the active boundaries of their level."""
    from layers.choropleth import level_of
    from registry.areas.neighbours import active_set, neighbours_among
    from registry.cli.database import opened
    from registry.installation.settings import Settings

    level = level_of(sorted(codes))
    with opened(Settings.load()) as engine, engine.begin() as connection:
        set_id = active_set(connection, level)
        if set_id is None:
            raise SetupProblem(f"There are no active boundaries of the level {level}. Give --neighbours.")
        return neighbours_among(connection, set_id, codes)


@app.command(epilog="Example: [bold]ekasih measures register --on 2026-10-31 ukuran.json[/]")
def register(
    out: Annotated[Path, typer.Argument(help="Where the measures are written, as JSON.")],
    on: Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="As the register stood on this day.")],
    neighbours: Annotated[
        Path | None, typer.Option(help="A .csv of neighbouring districts: kod, jiran. Else by the boundaries in force.")
    ] = None,
    structures: Annotated[
        Path | None, typer.Option(help="Structures of multidimensional poverty, as JSON. Else those of the register.")
    ] = None,
) -> None:
    """Measure poverty of the register by state and district: how many, how deep, how unequal, how deprived."""
    from poverty.areas_file import UnreadableAreas, read_neighbours
    from poverty.multidimensional import read_structure
    from registry.cli.database import opened
    from registry.installation.settings import Settings
    from registry.measuring.report import measure_register
    from registry.measuring.structures import kept_structures

    given = None
    if structures is not None:
        try:
            raw = json.loads(structures.read_text(encoding="utf-8"))
            given = [read_structure(code, one) for code, one in raw.items()]
        except (OSError, ValueError, AttributeError) as error:
            raise SetupProblem(f"{structures.name}: {error}") from None
    try:
        beside = None if neighbours is None else read_neighbours(neighbours)
    except UnreadableAreas as error:
        raise SetupProblem(f"{neighbours.name if neighbours else ''}: {error}") from None
    with opened(Settings.load()) as engine, engine.begin() as connection:
        found = measure_register(
            connection,
            on.date(),
            structures=kept_structures(connection) if given is None else given,
            neighbours=beside,
        )
    out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    typer.echo(f"{len(found['by_area']):,} areas")
