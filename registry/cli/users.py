"""Commands about the people who may sign in."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

app = typer.Typer(help="People who may sign in.", no_args_is_help=True)


class RoleName(StrEnum):
    """A role that can be given; the database holds the same names."""

    PLANNER = "planner"
    COORDINATOR = "coordinator"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"


@app.callback()
def _group() -> None:
    pass


@app.command(epilog="Example: [bold]ekasih users add s.lim --name 'S. Lim' --role officer --territory 0803[/]")
def add(
    login: Annotated[str, typer.Argument(help="What the person types to sign in.")],
    name: Annotated[str, typer.Option(help="The name that others see.")],
    role: Annotated[RoleName, typer.Option(help="What the person may do.")],
    territory: Annotated[
        list[str] | None,
        typer.Option(help="A state or district by code; repeat for more. The whole country if left out."),
    ] = None,
) -> None:
    """Add an account. The password is asked for, or read from standard input where that is no terminal."""
    from registry.accounts.users import create_user
    from registry.cli.database import opened
    from registry.installation.settings import Settings

    password = _password()
    with opened(Settings.load()) as engine, engine.begin() as connection:
        create_user(
            connection, login=login, name=name, role=role.value, territory=tuple(territory or ()), password=password
        )
    typer.echo(f"{login} may sign in")


@app.command(name="reset-factor", epilog="Example: [bold]ekasih users reset-factor s.lim[/]")
def reset_factor(login: Annotated[str, typer.Argument(help="Whose authenticator was lost.")]) -> None:
    """Take an account's second factor away; the person sets a new one up at the next sign-in."""
    from registry.accounts.factors import reset_factor_of
    from registry.cli.database import opened
    from registry.installation.settings import Settings

    with opened(Settings.load()) as engine, engine.begin() as connection:
        had_one = reset_factor_of(connection, login)
    typer.echo(f"{login} sets up a new factor at the next sign-in" if had_one else f"{login} has no second factor")


@app.command(name="end-sessions", epilog="Example: [bold]ekasih users end-sessions s.lim[/]")
def end_sessions(login: Annotated[str, typer.Argument(help="Whose sessions end.")]) -> None:
    """End every session of an account at once, and treat its browsers as strangers."""
    from registry.accounts.sessions import end_sessions_of_login
    from registry.cli.database import opened
    from registry.installation.settings import Settings

    with opened(Settings.load()) as engine, engine.begin() as connection:
        ended = end_sessions_of_login(connection, login)
    typer.echo(f"{login}: {ended:,} sessions ended")


@app.command(name="allow-provider", epilog="Example: [bold]ekasih users allow-provider s.lim[/]")
def allow_provider(login: Annotated[str, typer.Argument(help="The login, the same at the identity provider.")]) -> None:
    """Let an account be linked to whom the identity provider next vouches for under this login."""
    from registry.accounts.users import allow_provider as allow
    from registry.cli.database import opened
    from registry.installation.settings import Settings

    with opened(Settings.load()) as engine, engine.begin() as connection:
        allow(connection, login)
    typer.echo(f"{login} may sign in with the identity provider")


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")
