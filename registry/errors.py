"""The errors of the register, one class for each rule that can be broken."""

from __future__ import annotations

import traceback


class RegistryError(Exception):
    """The register refused a command.

    ``key`` names the sentence in the catalogues (``error.<key>``); ``values`` fill it in. Neither holds personal data.
    """

    key = "refused"

    def __init__(self, message: str = "", **values: object) -> None:
        super().__init__(message or (self.__doc__ or self.key).splitlines()[0])
        self.values = values


class NotPermitted(RegistryError):
    """The acting user may not do this."""

    key = "not_permitted"


class SignInRequired(NotPermitted):
    """Nobody is signed in, or the session has ended."""

    key = "sign_in_required"


class NotFound(RegistryError):
    """There is no such record in the acting user's territory."""

    key = "not_found"


class StaleRecord(RegistryError):
    """The record was changed by someone else since it was opened."""

    key = "stale"


class InvalidInput(RegistryError):
    """Some fields cannot be accepted as they are; ``problems`` maps a field to the key of its message."""

    key = "invalid"

    def __init__(self, problems: dict[str, str], **values: object) -> None:
        super().__init__("", **values)
        self.problems = problems


class DatabaseAway(RegistryError):
    """The database cannot be reached."""

    key = "database_away"


class TookTooLong(RegistryError):
    """What was asked took longer than it may, and was stopped; nothing was changed."""

    key = "took_too_long"


class RecordBusy(RegistryError):
    """Somebody else is changing the same at this moment; nothing was changed."""

    key = "record_busy"


class SetupProblem(RegistryError):
    """The installation lacks something; the message says what to do."""

    key = "setup"


def place_in_code(error: BaseException) -> str:
    """The kinds of an error and its causes, and the lines of code it came through: no value, no message."""
    kinds, cause = [type(error).__name__], error.__cause__
    while cause is not None:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    lines = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"{' from '.join(kinds)} at {lines}"
