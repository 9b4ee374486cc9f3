"""The ``ekasih`` command: its groups, and what a failed command says."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from registry.cli import (
    audit,
    basemap,
    bi,
    boundaries,
    cleansing,
    deliveries,
    figures,
    jobs,
    kpi,
    ledger,
    lines,
    measures,
    report,
    server,
    targets,
    users,
)

EXIT_REFUSED = 2

app = typer.Typer(
    name="ekasih",
    help="The poverty register and map: one private database, one web server, one command for each thing they do.",
    epilog="Settings come from the environment (EKASIH_HOME, EKASIH_DATABASE_URL, …): see README.md.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
server.register(app)
figures.register(app)
cleansing.register(app)
app.add_typer(basemap.app, name="basemap")
app.add_typer(bi.app, name="bi")
app.add_typer(boundaries.app, name="boundaries")
app.add_typer(audit.app, name="audit")
app.add_typer(deliveries.app, name="import")
deliveries.register(app)
jobs.register(app)
app.add_typer(kpi.app, name="kpi")
app.add_typer(ledger.app, name="ledger")
app.add_typer(lines.app, name="lines")
app.add_typer(measures.app, name="measures")
app.add_typer(report.app, name="report")
app.add_typer(targets.app, name="target")
app.add_typer(users.app, name="users")


@app.callback()
def _options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the full trace of an error.")] = False,
) -> None:
    del debug  # read from the arguments by main(), which also sees errors raised before this is called


def main() -> None:
    """Run the command; a refusal is one sentence and exit code 2, never a trace (unless ``--debug`` comes first)."""
    try:
        app()
    except Exception as error:
        if "--debug" in sys.argv[1:2]:
            raise
        from registry.cli.errors import explain

        typer.secho(explain(error), err=True, fg=typer.colors.RED)
        sys.exit(EXIT_REFUSED)
