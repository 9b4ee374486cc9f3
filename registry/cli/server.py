"""Commands about the installation itself: the private cluster, the schema, the web server, the doctor."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from registry.installation.settings import Settings


_LEFT_SECONDS = 24 * 60 * 60


def register(app: typer.Typer) -> None:
    """Add these commands to the main command."""
    app.command(epilog="Example: [bold]ekasih up[/]")(up)
    app.command(epilog="Example: [bold]ekasih down[/]")(down)
    app.command(epilog="Example: [bold]EKASIH_DATABASE_URL=postgresql://admin@db/ekasih ekasih migrate[/]")(migrate)
    app.command(epilog="Example: [bold]EKASIH_HOST=0.0.0.0 ekasih serve[/]")(serve)
    app.command(epilog="Example: [bold]ekasih run[/]")(run)
    app.command(epilog="Example: [bold]ekasih doctor[/]")(doctor)


def up() -> None:
    """Start the private database cluster, making it first where there is none."""
    settings = _private()
    started = settings.cluster.up()
    status = settings.cluster.status()
    typer.echo(f"{'Started' if started else 'Running'}: PostgreSQL {status.version}, socket in {status.socket_folder}")
    if status.data.parent != settings.home:
        typer.echo(f"The database account cannot enter {settings.home}: the data is in {status.data}")


def down() -> None:
    """Stop the private database cluster; the data stays."""
    typer.echo("Stopped" if _private().cluster.down() else "It was not running")


def migrate() -> None:
    """Bring schema, reference tables and bundled boundaries up to date. Nothing happens where they are."""
    from registry.cli.database import migrate as run
    from registry.installation.settings import Settings

    run(Settings.load())
    typer.echo("The database is up to date")


def serve(
    dev: Annotated[bool, typer.Option("--dev", help="One process that reloads when the source changes.")] = False,
    portal: Annotated[bool, typer.Option("--portal", help="The public's pages alone, as app_public.")] = False,
) -> None:
    """Serve the pages; prints the address and, while sample data is loaded, the demo sign-ins."""
    if portal:
        _serve_portal()
    from registry.areas.boundary_files import write_levels
    from registry.cli.database import opened
    from registry.installation.settings import PROJECT, Settings
    from registry.projects.photographs import sweep as sweep_projects
    from registry.status.months import close_months
    from registry.visits.photographs import sweep

    settings = Settings.load()
    _refuse_taken_port(settings)
    with opened(settings) as engine:
        with engine.begin() as connection:
            close_months(connection)
            sweep(settings.home, connection)
            sweep_projects(settings.home, connection)
            write_levels(connection, home=settings.home)
        announce = _announcement(settings, engine)
    _keep_temporary_files(settings.home)
    _ = settings.secret_key, settings.audit_key, settings.portal_key  # made here, once, before the workers ask for them
    typer.echo(announce)
    sys.stdout.flush()
    os.chdir(PROJECT)
    command = _development(settings) if dev else _production(settings)
    os.execv(sys.executable, [sys.executable, *command])  # noqa: S606 - our own server takes this process over


def _serve_portal() -> None:
    """Serve what anybody may open, and nothing else: it signs in as the portal's role, and prepares nothing."""
    from registry.installation.settings import PROJECT, Settings

    settings = Settings.load()
    _refuse_taken_port(settings)
    _ = settings.portal_key
    typer.echo(f"eKasih, portal: {_address(settings)}/awam\nCtrl-C ends it")
    sys.stdout.flush()
    os.chdir(PROJECT)
    command = _production(settings, "portal.app:server", hooks=False)
    os.execv(sys.executable, [sys.executable, *command])  # noqa: S606 - our own server takes this process over


def run() -> None:
    """Everything that 'make run' does after set-up, in one process: migrate, sample data where empty, serve."""
    from registry.cli.deliveries import DEMO_HOUSEHOLDS, DEMO_SEED, demo

    migrate()
    demo(households=DEMO_HOUSEHOLDS, seed=DEMO_SEED, if_empty=True)
    serve(dev=False)


def doctor() -> None:
    """Check the installation; says what is wrong and what to do, and ends with 1 when something is."""
    from registry.installation.doctor import examine
    from registry.installation.settings import Settings

    findings = examine(Settings.load())
    for finding in findings:
        mark, colour = ("✓", typer.colors.GREEN) if finding.fine else ("✗", typer.colors.RED)
        typer.secho(f"{mark} {finding.subject}: {finding.found}", fg=colour)
        if finding.advice:
            typer.echo(f"    {finding.advice}")
    if not all(finding.fine for finding in findings):
        raise typer.Exit(1)


def _keep_temporary_files(home: Path) -> None:
    """Let what is uploaded wait on the disk of the installation, for its eyes alone; what a killed server left goes."""
    if "TMPDIR" in os.environ:
        return
    folder = home / "tmp"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.iterdir():
        if left.stat().st_mtime < time.time() - _LEFT_SECONDS:
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
    os.environ["TMPDIR"] = str(folder)


def _private() -> Settings:
    from registry.errors import SetupProblem
    from registry.installation.settings import Settings

    settings = Settings.load()
    if not settings.private:
        raise SetupProblem("EKASIH_DATABASE_URL names a server of its own: start and stop it with its own means.")
    return settings


def _refuse_taken_port(settings: Settings) -> None:
    from registry.errors import SetupProblem
    from registry.installation.doctor import port_is_free

    if not port_is_free(settings.host, settings.port):
        raise SetupProblem(f"Port {settings.port} on {settings.host} is taken. Set EKASIH_PORT to another one.")


def _announcement(settings: Settings, engine: Engine) -> str:
    from registry.installation.doctor import demo_sign_ins

    lines = [f"eKasih: {_address(settings)}"]
    if sign_ins := demo_sign_ins(engine):
        lines.append("Demo sign-ins (sample data):")
        lines += [f"  {login:<16} {password:<16} {role}" for login, password, role in sign_ins]
    return "\n".join([*lines, "Ctrl-C ends it"])


def _address(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    shown = "localhost" if settings.host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else host  # noqa: S104 - only compared
    return f"http://{shown}:{settings.port}"


def _production(settings: Settings, server: str = "app:server", *, hooks: bool = True) -> list[str]:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return [
        "-m", "gunicorn", server, "--bind", f"{host}:{settings.port}",
        "--worker-class", "registry.serving.worker.BufferingWorker",
        "--workers", str(settings.workers), "--threads", str(settings.threads), "--no-control-socket",
        *(("--config", "python:registry.serving.hooks") if hooks else ()),
        "--timeout", "120", "--graceful-timeout", "10", "--log-level", _gunicorn_level(settings),
    ]  # fmt: skip


def _development(settings: Settings) -> list[str]:
    place = ["--host", settings.host, "--port", str(settings.port)]
    return ["-m", "flask", "--app", "app:server", "run", "--debug", *place]


def _gunicorn_level(settings: Settings) -> str:
    return "warning" if settings.log_level == "info" else settings.log_level
