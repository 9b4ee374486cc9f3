"""Commands about performance indicators: sharing targets out, forecasts, formulas, lights. None needs a database."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from registry.errors import SetupProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer(
    help="Performance indicators: targets that add up, forecasts, formulas, lights.", no_args_is_help=True
)

_PIN = re.compile(r"([0-9A-Za-z.-]{1,60})=([0-9]{1,12})")


@app.callback()
def _group() -> None:
    pass


@app.command(
    epilog="Example: [bold]ekasih kpi cascade kawasan.csv --baseline miskin --target 400003 --how syer sasaran.json[/]"
)
def cascade(
    table: Annotated[Path, typer.Argument(metavar="FILE", help="A .csv of areas: kod, induk and the columns named.")],
    rest: Annotated[
        list[str],
        typer.Argument(metavar="[KOD=N]... OUT", help="Where the targets are written, as JSON; more pins before it."),
    ],
    target: Annotated[int, typer.Option(help="The target of the whole.", min=0)],
    how: Annotated[
        Literal["syer", "keperluan"], typer.Option(help="By the baselines (syer), or by a need (keperluan).")
    ],
    baseline: Annotated[str | None, typer.Option(help="The column of the baselines.", metavar="COL")] = None,
    need: Annotated[str | None, typer.Option(help="The column of the need.", metavar="COL")] = None,
    higher: Annotated[bool, typer.Option("--higher", help="More is better: there is no fall to share out.")] = False,
    pins: Annotated[
        list[str] | None, typer.Option("--pin", help="A target set by hand; may be repeated.", metavar="KOD=N")
    ] = None,
) -> None:
    """Share a target out over areas and those inside them, so that every level adds up."""
    from registry.kpi.table_files import Asked, cascade

    *more, out = rest
    asked = Asked(
        target=target,
        how=how,
        baseline=baseline,
        need=need,
        lower_is_better=not higher,
        pins=_pins([*(pins or ()), *more]),
    )
    found = cascade(table, asked)
    _write(Path(out), {"targets": found})
    typer.echo(f"{len(found):,} areas")


@app.command(epilog="Example: [bold]ekasih kpi forecast siri.csv sasaran.json ramalan.json[/]")
def forecast(
    series: Annotated[Path, typer.Argument(help="A .csv of closed months: siri, bulan, nilai, putus.")],
    specs: Annotated[Path, typer.Argument(help="By series: target, direction, due_in, kind, as JSON.")],
    out: Annotated[Path, typer.Argument(help="Where each is written with its result, as JSON.")],
) -> None:
    """Say where each series is going, and when it meets its target."""
    from registry.kpi.case_files import read_json
    from registry.kpi.table_files import forecasts

    found = forecasts(series, read_json(specs))
    _write(out, found)
    for name, one in found.items():
        typer.echo(f"{name}: {one['result'].get('words', one['result']['state'])}")


@app.command(epilog="Example: [bold]ekasih kpi formula kes.json jawapan.json[/]")
def formula(
    cases: Annotated[Path, typer.Argument(help="Formulas as cases and the values of what they read, as JSON.")],
    out: Annotated[Path, typer.Argument(help="Where each is written with its value or its error, as JSON.")],
) -> None:
    """Check formulas and work out their values."""
    from registry.kpi.case_files import formulas, read_json

    found = formulas(read_json(cases))
    _write(out, found)
    refused = sum("error" in case for case in found["cases"])
    typer.echo(f"{len(found['cases'])} formulas, {refused} refused")


@app.command(epilog="Example: [bold]ekasih kpi light kes.json lampu.json[/]")
def light(
    cases: Annotated[Path, typer.Argument(help="Goals, and figures on a day as lights, as JSON.")],
    out: Annotated[Path, typer.Argument(help="Where each is written with its light, as JSON.")],
) -> None:
    """Say how figures stand against their targets on a day."""
    from registry.kpi.case_files import lights, read_json

    found = lights(read_json(cases))
    _write(out, found)
    typer.echo(f"{len(found['lights'])} lights")


def _pins(texts: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for text in texts:
        match = _PIN.fullmatch(text)
        if match is None or match[1] in found:
            raise SetupProblem(f"{text}: a target set by hand is written once for an area, as KOD=N, such as 0803=120.")
        found[match[1]] = int(match[2])
    return found


def _write(out: Path, found: object) -> None:
    out.write_text(json.dumps(found, indent=1, ensure_ascii=False, default=str) + "\n", encoding="utf-8")
