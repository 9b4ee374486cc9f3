"""The command line: every command explains itself, and a failure is a sentence without anybody's data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import typer.main
from pydantic import ValidationError
from sqlalchemy.exc import DataError, OperationalError

from registry.cli.app import app
from registry.cli.errors import explain
from registry.errors import InvalidInput, NotFound, SetupProblem
from registry.installation.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

PROMISED = {
    "up", "down", "migrate", "serve", "boundaries import", "boundaries fetch", "import birm", "demo", "counts",
    "reclassify", "recount", "doctor", "users add",
}  # fmt: skip


def commands(command: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{path} {name}".strip())
    if not hasattr(command, "commands"):
        yield path, command


ALL = dict(commands(typer.main.get_command(app)))


def test_every_promised_command_is_there() -> None:
    assert set(ALL) >= PROMISED


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_command_says_what_it_does_and_shows_an_example(name: str) -> None:
    command = ALL[name]
    assert command.help
    assert f"ekasih {name}" in (command.epilog or "")
    assert all(getattr(option, "help", None) for option in command.params if option.name != "help")


def test_a_refusal_is_its_own_sentence() -> None:
    assert explain(NotFound("There is no area with the code 99.")) == "There is no area with the code 99."
    assert explain(SetupProblem()) == "The installation lacks something; the message says what to do."


def test_refused_input_names_its_fields() -> None:
    assert "received_on" in explain(InvalidInput({"received_on": "in_the_future"}))


def test_a_database_error_never_quotes_the_row() -> None:
    error = DataError("INSERT INTO person", {"name": "Aminah"}, ValueError("invalid: 900101-08-1234"))
    assert "Aminah" not in explain(error)
    assert "900101" not in explain(error)


def test_a_database_that_is_away_says_what_to_run() -> None:
    assert "ekasih doctor" in explain(OperationalError("SELECT 1", {}, OSError("refused")))


def test_an_unexpected_error_does_not_quote_values() -> None:
    assert "Aminah" not in explain(KeyError("Aminah"))


def test_a_setting_that_cannot_be_used_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EKASIH_PORT", "eight")
    with pytest.raises(ValidationError) as refused:
        Settings.load()
    assert "EKASIH_PORT" in explain(refused.value)
    assert "eight" not in explain(refused.value)
