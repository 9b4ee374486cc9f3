"""What a failed command says: the rule broken and what to do, never a person's data, never a trace."""

from __future__ import annotations

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, OperationalError

from registry.db import is_away
from registry.errors import DatabaseAway, InvalidInput
from registry.refusals import sqlstate_of

_TRACE = "Run it again as 'ekasih --debug …' for the trace."


def explain(error: Exception) -> str:
    """One or a few sentences about ``error`` for whoever typed the command."""
    if isinstance(error, DatabaseAway) or (isinstance(error, OperationalError) and _nobody_answers(error)):
        return "The database cannot be reached. Run 'ekasih doctor', or 'ekasih up' for the private cluster."
    if isinstance(error, ValidationError):
        return "\n  ".join(
            ["A setting cannot be used:", *(f"{_variable(p['loc'])}: {p['msg']}" for p in error.errors())]
        )
    if isinstance(error, OSError) and error.filename:
        return _about_file(error)
    if isinstance(error, InvalidInput):
        return "\n".join([str(error), *(f"  {name}: {problem}" for name, problem in error.problems.items())])
    if type(error).__module__.partition(".")[0] in {"geo", "queries", "registry"}:
        return str(error)
    # Words from elsewhere (the server, a library) may quote a row: the class is enough to find it with.
    cause = error.orig if isinstance(error, DBAPIError) else error
    return f"Unexpected error ({type(cause).__name__}). {_TRACE}"


def _nobody_answers(error: OperationalError) -> bool:
    return not sqlstate_of(error) or is_away(error)


def _about_file(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return f"{error.filename} belongs to another account. Run this as that account, or set EKASIH_HOME."
    return f"{error.filename}: {error.strerror}"


def _variable(location: tuple[int | str, ...]) -> str:
    name = "_".join(str(part) for part in location).upper()
    return name if name.startswith("EKASIH_") else f"EKASIH_{name}"
